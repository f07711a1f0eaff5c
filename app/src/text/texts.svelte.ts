// SPDX-License-Identifier: Apache-2.0
// The language that is spoken now; components read `text.of` and are drawn again when it changes.
import { unknown } from "../format/time";
import { en, type Texts } from "./en";
import { es } from "./es";

export type Language = "en" | "es";

/** The first of the reader's languages that is one of these decides: who reads Spanish as well reads
 * English, where that comes first. Catalan, Galician and Basque read Spanish. */
export function systemLanguage(): Language {
  const first = navigator.languages.find((one) => /^(en|es|ca|gl|eu)\b/.test(one)) ?? "en";
  return first.startsWith("en") ? "en" : "es";
}

class Spoken {
  language = $state<Language>("en");
  readonly of: Texts = $derived(this.language === "es" ? es : en);
  private timesKnown = $state(false);
  /** How times are written: with the region of the browser, where it is of this language. */
  readonly locale: string = $derived(
    this.timesKnown
      ? (navigator.languages.find((one) => one.startsWith(this.language)) ?? this.language)
      : unknown,
  );

  /** For when there is time for it: the first screen is there. */
  learnTimes(): void {
    this.timesKnown = true;
  }

  speak(language: Language): void {
    this.language = language;
    document.documentElement.lang = language;
  }
}

export const text = new Spoken();
