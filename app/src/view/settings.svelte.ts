// SPDX-License-Identifier: Apache-2.0
// What this browser remembers: how things look, rooms to come back to, drafts. No password, ever.
import { systemLanguage, text, type Language } from "../text/texts.svelte";

export type Theme = "system" | "light" | "dark";
export type Level = "all" | "mentions" | "none";

interface Kept {
  theme: Theme;
  language: Language | "system";
  sound: boolean;
  /** Messages are pushed to this device while no page is open. */
  push: boolean;
  events: boolean;
  membersShown: boolean;
  nickname: string;
  /** Logged in by the server's cookie when last seen. */
  account: boolean;
  rooms: string[];
  levels: Record<string, Level>;
  drafts: Record<string, string>;
  readUntil: Record<string, number>;
  highlights: string[];
  blocked: string[];
  recentEmoji: string[];
}

const place = "tertulia";
const fresh: Kept = {
  theme: "system",
  language: "system",
  sound: false,
  push: false,
  events: true,
  membersShown: true,
  nickname: "",
  account: false,
  rooms: [],
  levels: {},
  drafts: {},
  readUntil: {},
  highlights: [],
  blocked: [],
  recentEmoji: [],
};

function read(kept: string | null): Kept {
  try {
    const found: unknown = JSON.parse(kept ?? "{}");
    return found instanceof Object ? { ...fresh, ...found } : { ...fresh };
  } catch {
    return { ...fresh };
  }
}

function load(): Kept {
  try {
    return read(localStorage.getItem(place));
  } catch {
    return { ...fresh };
  }
}

/** Somebody logged out in another tab. */
export function isLogOut(event: StorageEvent): boolean {
  return event.key === place && read(event.oldValue).account && !read(event.newValue).account;
}

class Settings {
  readonly kept = $state<Kept>(load());

  constructor() {
    // Another tab saved: it knows this one's settings, and this one has to know its.
    window.addEventListener("storage", (event) => {
      if (event.key === place) {
        Object.assign(this.kept, load());
        this.apply();
      }
    });
  }

  save(): void {
    try {
      localStorage.setItem(place, JSON.stringify(this.kept));
    } catch {
      // A browser without storage forgets; all else goes on.
    }
    this.apply();
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
