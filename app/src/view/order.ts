// SPDX-License-Identifier: Apache-2.0
// The order of conversations in the list: rooms by name, people by when they last said something.
import type { Conversation, World } from "../state/model";

/** A browser reads what it knows of alphabets when it is first asked: most names do not need it. */
const isPlain = /^[\x00-\x7f]*$/;
function byName(a: Conversation, b: Conversation): number {
  if (isPlain.test(a.key) && isPlain.test(b.key)) {
    return a.key < b.key ? -1 : 1;
  }
  return a.key.localeCompare(b.key);
}

export function roomsOf(world: World): Conversation[] {
  return [...world.conversations.values()]
    .filter((of) => of.kind === "room")
    .sort(byName);
}

export function peopleOf(world: World): Conversation[] {
  return [...world.conversations.values()]
    .filter((of) => of.kind === "private")
    .sort((a, b) => b.lastTime - a.lastTime || byName(a, b));
}

export function ordered(world: World): Conversation[] {
  return [...roomsOf(world), ...peopleOf(world)];
}
