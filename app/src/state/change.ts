// SPDX-License-Identifier: Apache-2.0
// Small steps from one world to the next, which the families of verbs are made of.
import { fold, isRoomName } from "../wire/line";
import {
  newConversation,
  newPerson,
  windowMax,
  type Conversation,
  type Key,
  type Message,
  type Notice,
  type Person,
  type World,
} from "./model";

export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}

export function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) {
    return map;
  }
  const made = new Map(map);
  made.delete(key);
  return made;
}

export function conversationOf(world: World, name: string): Conversation | undefined {
  return world.conversations.get(fold(name));
}

/** Opens the conversation where there is none. */
export function inConversation(
  world: World,
  name: string,
  change: (of: Conversation) => Conversation,
): World {
  const key = fold(name);
  const before =
    world.conversations.get(key) ??
    newConversation(key, name, isRoomName(name) ? "room" : "private");
  const after = change(before);
  return world.conversations.get(key) === after
    ? world
    : { ...world, conversations: withEntry(world.conversations, key, after) };
}

export function inKnownConversation(
  world: World,
  name: string,
  change: (of: Conversation) => Conversation,
): World {
  return world.conversations.has(fold(name)) ? inConversation(world, name, change) : world;
}

export function inEachConversation(
  world: World,
  change: (of: Conversation) => Conversation,
): World {
  let changed = false;
  const made = new Map<Key, Conversation>();
  for (const [key, before] of world.conversations) {
    const after = change(before);
    changed ||= after !== before;
    made.set(key, after);
  }
  return changed ? { ...world, conversations: made } : world;
}

export function inPerson(
  world: World,
  nickname: string,
  change: Partial<Omit<Person, "nickname">>,
): World {
  const key = fold(nickname);
  const before = world.people.get(key) ?? newPerson(nickname);
  return { ...world, people: withEntry(world.people, key, { ...before, ...change }) };
}

/** What people call somebody: the name that she shows, or her nickname. */
export function nameOf(world: World, nickname: string): string {
  return world.people.get(fold(nickname))?.displayName || nickname;
}

export function isMe(world: World, nickname: string): boolean {
  return fold(nickname) === fold(world.me);
}

export function mapMessages(
  of: Conversation,
  id: string,
  change: (message: Message) => Message,
): Conversation {
  const at = of.messages.findIndex((one) => one.id === id);
  const before = of.messages[at];
  if (before === undefined) {
    return of;
  }
  const messages = of.messages.slice();
  messages[at] = change(before);
  return { ...of, messages };
}

/** Puts a live message behind the others; what does not fit the window goes at its start. */
export function append(of: Conversation, message: Message): Conversation {
  const lastTime = Math.max(of.lastTime, message.time);
  if (!of.toNow) {
    return { ...of, lastTime };
  }
  const at = of.messages.findIndex((one) => one.id === message.id);
  if (at >= 0) {
    return of;
  }
  const messages = [...of.messages, message];
  const tooMany = messages.length - windowMax;
  return tooMany > 0
    ? {
        ...of,
        lastTime,
        messages: messages.slice(tooMany),
        fromStart: false,
        edgeBefore: null,
      }
    : { ...of, lastTime, messages };
}

const noticesMax = 20;

export function notify(world: World, notice: Omit<Notice, "number">): World {
  const number = world.counter + 1;
  return {
    ...world,
    counter: number,
    notices: [...world.notices, { ...notice, number }].slice(-noticesMax),
  };
}

/** It has another name, also where a page of it is on its way. */
export function renameConversation(world: World, of: Conversation, name: string): World {
  const key = fold(name);
  const conversations = new Map(world.conversations);
  conversations.delete(of.key);
  conversations.set(key, { ...of, key, name });
  const questions = new Map(
    [...world.questions].map(([label, one]) => [label, fold(one.target) === of.key ? { ...one, target: name } : one]),
  );
  return { ...world, conversations, questions };
}
