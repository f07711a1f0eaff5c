// SPDX-License-Identifier: Apache-2.0
// The order of conversations in the list: rooms by name, people by when they last said something.
import type { Conversation, World } from "../state/model";

const isPlain = /^[\x00-\x7f]*$/;
type Order = (a: Conversation, b: Conversation) => number;

/** By name. A browser reads what it knows of alphabets when it is first asked: few lists need it. */
function orderOf(all: readonly Conversation[]): Order {
  return all.every((of) => isPlain.test(of.key))
    ? (a, b) => (a.key < b.key ? -1 : 1)
    : (a, b) => a.key.localeCompare(b.key);
}

export function roomsOf(world: World): Conversation[] {
  const all = [...world.conversations.values()].filter((of) => of.kind === "room");
  return all.sort(orderOf(all));
}

export function peopleOf(world: World): Conversation[] {
  const all = [...world.conversations.values()].filter((of) => of.kind === "private");
  const byName = orderOf(all);
  return all.sort((a, b) => b.lastTime - a.lastTime || byName(a, b));
}

export function ordered(world: World): Conversation[] {
  return [...roomsOf(world), ...peopleOf(world)];
}
