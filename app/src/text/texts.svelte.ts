// SPDX-License-Identifier: Apache-2.0
// The language that is spoken now; components read `text.of` and are drawn again when it changes.
import { en, type Texts } from "./en";
import { es } from "./es";

export type Language = "en" | "es";

export function systemLanguage(): Language {
  return navigator.languages.some((one) => /^(es|ca|gl|eu)\b/.test(one)) ? "es" : "en";
}

class Spoken {
  language = $state<Language>("en");
  readonly of: Texts = $derived(this.language === "es" ? es : en);
  /** With the region of the browser, where it is of this language: it says how times are written. */
  readonly locale: string = $derived(
    navigator.languages.find((one) => one.startsWith(this.language)) ?? this.language,
  );

  speak(language: Language): void {
    this.language = language;
    document.documentElement.lang = language;
  }
}

export const text = new Spoken();
