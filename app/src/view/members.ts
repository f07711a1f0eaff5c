// SPDX-License-Identifier: Apache-2.0
// The members of a room by role, by name. It is sorted anew only when they change: a room may have
// thousands, and each message makes another world.
import type { Key, Member, Person } from "../state/model";
import { parsePrefixes } from "../wire/capabilities";
import { fold } from "../wire/line";
import { rankAmong } from "./roles";

export interface Group {
  /** Of the highest role; "" for none. */
  readonly letter: string;
  /** By their keys: names that are folded already. */
  readonly members: readonly (readonly [Key, Member])[];
}

/** By ISUPPORT's PREFIX, the highest role first. */
export function groupsByRole(members: ReadonlyMap<Key, Member>, prefix: string | undefined): Group[] {
  const { letters, marks } = parsePrefixes(prefix);
  const groups = [...letters, ""].map((letter) => ({ letter, members: [] as [Key, Member][] }));
  for (const entry of members) {
    groups[rankAmong(marks, entry[1])]?.members.push(entry);
  }
  groups.forEach((group) => group.members.sort(([a], [b]) => (a < b ? -1 : 1)));
  return groups.filter((group) => group.members.length > 0);
}

/** Those whose nickname or shown name has the words in it. */
export function filtered(groups: readonly Group[], words: string, people: ReadonlyMap<Key, Person>): Group[] {
  const wanted = fold(words.trim());
  const fits = (key: Key): boolean =>
    key.includes(wanted) || fold(people.get(key)?.displayName ?? "").includes(wanted);
  return groups
    .map(({ letter, members }) => ({ letter, members: members.filter(([key]) => fits(key)) }))
    .filter((group) => group.members.length > 0);
}
