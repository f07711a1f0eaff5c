// SPDX-License-Identifier: Apache-2.0
// The order of conversations in the list: rooms by name, people by when they last said something.
import type { Conversation, World } from "../state/model";

export function roomsOf(world: World): Conversation[] {
  return [...world.conversations.values()]
    .filter((of) => of.kind === "room")
    .sort((a, b) => a.key.localeCompare(b.key));
}

export function peopleOf(world: World): Conversation[] {
  return [...world.conversations.values()]
    .filter((of) => of.kind === "private")
    .sort((a, b) => b.lastTime - a.lastTime || a.key.localeCompare(b.key));
}

export function ordered(world: World): Conversation[] {
  return [...roomsOf(world), ...peopleOf(world)];
}
