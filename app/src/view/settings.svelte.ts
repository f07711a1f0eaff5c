// SPDX-License-Identifier: Apache-2.0
// What this browser remembers (kept.ts), for the views.
import { systemLanguage, text } from "../text/texts.svelte";
import { fold } from "../wire/line";
import { keptAs, load, ofNobody, type Kept } from "./kept";

class Settings {
  readonly kept = $state<Kept>(load());
  /** A guest beside a tab that is logged in: what is kept is that one's, and this tab keeps nothing. */
  private isApart = false;

  constructor() {
    // Another tab saved: it knows this one's settings, and this one has to know its.
    window.addEventListener("storage", (event) => {
      if (event.key === keptAs && !this.isApart) {
        Object.assign(this.kept, load());
        this.apply();
      }
    });
  }

  save(): void {
    try {
      if (!this.isApart) {
        localStorage.setItem(keptAs, JSON.stringify(this.kept));
      }
    } catch {
      // A browser without storage forgets; all else goes on.
    }
    this.apply();
  }

  forgetReader(): void {
    if (this.isApart) {
      this.isApart = false;
      Object.assign(this.kept, load());
      return;
    }
    Object.assign(this.kept, ofNobody());
    this.save();
  }

  /** True: what was kept was another account's, and is gone. Who comes back finds all that was hers, and a
   * guest who has an account now what she had as a guest. */
  comesIn(account: string | null): boolean {
    const { kept } = this;
    if (account === null && kept.account) {
      this.isApart = true;
      Object.assign(kept, ofNobody());
      return true;
    }
    const isAnother = kept.reader !== "" && kept.reader !== fold(account ?? "");
    if (isAnother) {
      Object.assign(kept, ofNobody(), { account: kept.account });
    }
    this.isNow(account);
    return isAnother;
  }

  /** The same person, whose account may have another name now. */
  isNow(account: string | null): void {
    const reader = fold(account ?? "");
    if (this.kept.reader !== reader) {
      this.kept.reader = reader;
      this.save();
    }
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
