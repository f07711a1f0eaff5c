// SPDX-License-Identifier: Apache-2.0
// Of which messages of a conversation the reader wants to be told: what of the unread is shown, nothing
// where that is nothing; and how an account's choice is written down at the server.
import type { Conversation, Key } from "../state/model";
import { metadataBytesMax } from "../state/people";
import { fold } from "../wire/line";
import { byteLength } from "../wire/pieces";
import type { Level } from "./kept";

type Levels = Readonly<Record<Key, Level>>;

/** Metadata that the server tells its owner alone, and by which it pushes (docs/protocol/irc.md). */
export const levelsKey = "tertulia/levels";

/** Of all that are not named; it makes that none is named another thing than nothing kept. */
const usual = "*=mentions";

/** "*=mentions,#class=all,#noise=none": as many as the server takes, and whether that is all of them. */
export function levelsText(levels: Levels): { readonly value: string; readonly all: boolean } {
  const unusual = Object.entries(levels).filter(([, level]) => level !== "mentions");
  let value = usual;
  for (const [key, level] of unusual) {
    const more = `${value},${key}=${level}`;
    if (byteLength(more) > metadataBytesMax) {
      return { value, all: false };
    }
    value = more;
  }
  return { value, all: true };
}

export function levelsIn(value: string): Record<Key, Level> {
  const made: Record<Key, Level> = {};
  for (const one of value.split(",")) {
    const [, name = "", level] = /^(.+)=(all|none)$/.exec(one.trim()) ?? [];
    if (level === "all" || level === "none") {
      made[fold(name)] = level;
    }
  }
  return made;
}

export interface Shown {
  readonly unread: number;
  readonly mentions: number;
}

const nothing: Shown = { unread: 0, mentions: 0 };

export function shownOf(levels: Levels, of: Conversation): Shown {
  return levels[of.key] === "none" ? nothing : of;
}

export function shownOfAll(levels: Levels, all: Iterable<Conversation>): Shown {
  return [...all].reduce((sum, of) => {
    const { unread, mentions } = shownOf(levels, of);
    return { unread: sum.unread + unread, mentions: sum.mentions + mentions };
  }, nothing);
}
