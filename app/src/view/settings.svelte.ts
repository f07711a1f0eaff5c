// SPDX-License-Identifier: Apache-2.0
// What this browser remembers (kept.ts), for the views.
import { systemLanguage, text } from "../text/texts.svelte";
import { keptAs, load, ofNobody, type Kept } from "./kept";

class Settings {
  readonly kept = $state<Kept>(load());

  constructor() {
    // Another tab saved: it knows this one's settings, and this one has to know its.
    window.addEventListener("storage", (event) => {
      if (event.key === keptAs) {
        Object.assign(this.kept, load());
        this.apply();
      }
    });
  }

  save(): void {
    try {
      localStorage.setItem(keptAs, JSON.stringify(this.kept));
    } catch {
      // A browser without storage forgets; all else goes on.
    }
    this.apply();
  }

  forgetReader(): void {
    Object.assign(this.kept, ofNobody());
    this.save();
  }

  apply(): void {
    const { theme, language } = this.kept;
    text.speak(language === "system" ? systemLanguage() : language);
    if (theme === "system") {
      delete document.documentElement.dataset["theme"];
    } else {
      document.documentElement.dataset["theme"] = theme;
    }
  }
}

export const settings = new Settings();
