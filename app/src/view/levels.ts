// SPDX-License-Identifier: Apache-2.0
// What of the unread is shown: nothing where the reader wants to be told of nothing.
import type { Conversation, Key } from "../state/model";
import type { Level } from "./kept";

export interface Shown {
  readonly unread: number;
  readonly mentions: number;
}

const nothing: Shown = { unread: 0, mentions: 0 };

export function shownOf(levels: Readonly<Record<Key, Level>>, of: Conversation): Shown {
  return levels[of.key] === "none" ? nothing : of;
}

export function shownOfAll(levels: Readonly<Record<Key, Level>>, all: Iterable<Conversation>): Shown {
  return [...all].reduce((sum, of) => {
    const { unread, mentions } = shownOf(levels, of);
    return { unread: sum.unread + unread, mentions: sum.mentions + mentions };
  }, nothing);
}
