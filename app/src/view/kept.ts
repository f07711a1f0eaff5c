// SPDX-License-Identifier: Apache-2.0
// What this browser remembers: how things look, rooms to come back to, drafts. No password, ever.
import type { Language } from "../text/texts.svelte";

export type Theme = "system" | "light" | "dark";
export type Level = "all" | "mentions" | "none";

export interface Kept {
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
  /** Whose all this is: her account, folded. "": a guest's. */
  reader: string;
  rooms: string[];
  /** Private conversations that were closed, with the time of their last message. */
  closed: Record<string, number>;
  levels: Record<string, Level>;
  /** Of which conversations the server has not been told. */
  levelsUnsent: string[];
  drafts: Record<string, string>;
  readUntil: Record<string, number>;
  highlights: string[];
  blocked: string[];
  recentEmoji: string[];
}

/** Its name in the browser's storage. */
export const keptAs = "tertulia";

/** What is one reader's own: who comes next in this browser finds nothing of it. */
export function ofNobody() {
  return {
    account: false,
    reader: "",
    rooms: [],
    closed: {},
    levels: {},
    levelsUnsent: [],
    drafts: {},
    readUntil: {},
    highlights: [],
    blocked: [],
  } satisfies Partial<Kept>;
}

function fresh(): Kept {
  return {
    theme: "system",
    language: "system",
    sound: false,
    push: false,
    events: true,
    membersShown: true,
    nickname: "",
    recentEmoji: [],
    ...ofNobody(),
  };
}

function read(kept: string | null): Kept {
  try {
    const found: unknown = JSON.parse(kept ?? "{}");
    return found instanceof Object ? { ...fresh(), ...found } : fresh();
  } catch {
    return fresh();
  }
}

export function load(): Kept {
  try {
    return read(localStorage.getItem(keptAs));
  } catch {
    return fresh();
  }
}

/** Somebody logged out in another tab. */
export function isLogOut(event: StorageEvent): boolean {
  return event.key === keptAs && read(event.oldValue).account && !read(event.newValue).account;
}
