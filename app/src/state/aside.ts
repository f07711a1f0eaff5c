// SPDX-License-Identifier: Apache-2.0
// Answers read beside the world, which they leave as it is: the messages of a page, the hits of a
// search, what a service said.
import type { Line } from "../wire/line";
import { fold, isRoomName } from "../wire/line";
import { hear } from "./hear";
import { emptyWorld, newConversation, type Message, type SearchState, type World } from "./model";

function labelOf(lines: readonly Line[]): string {
  return lines[0]?.tags["label"] ?? "";
}

/** An empty world of the same person, in which an answer can be heard. */
function beside(world: World): World {
  return { ...emptyWorld, me: world.me, account: world.account, isupport: world.isupport };
}

export function messagesIn(
  world: World,
  target: string,
  answer: readonly Line[],
  now: number,
): readonly Message[] {
  const key = fold(target);
  const empty = newConversation(key, target, isRoomName(target) ? "room" : "private");
  const start: World = {
    ...beside(world),
    conversations: new Map([[key, empty]]),
    questions: new Map([[labelOf(answer), { target, asked: { way: "around", at: "" } }]]),
  };
  const end = answer.reduce((made, line) => hear(made, line, now), start);
  return end.conversations.get(key)?.messages ?? [];
}

export function hitsIn(world: World, answer: readonly Line[], now: number): SearchState["hits"] {
  const search = { label: labelOf(answer), query: "", done: false, failed: false, hasMore: false, hits: [] };
  const start: World = { ...beside(world), search };
  const end = answer.reduce((made, line) => hear(made, line, now), start);
  return end.search?.hits ?? [];
}

/** What a service said, a text a line. */
export function noticesIn(answer: readonly Line[]): string[] {
  return answer
    .filter((line) => line.command === "NOTICE")
    .map((line) => line.parameters[1] ?? "");
}

/** What the server said against it; null where it did as it was asked. */
export function refusalIn(answer: readonly Line[]): string | null {
  const refused = answer.find((line) => line.command === "FAIL" || /^[45]\d\d$/.test(line.command));
  return refused === undefined ? null : (refused.parameters.at(-1) ?? "");
}

export interface Session {
  /** As NickServ calls it: "1-23". */
  readonly name: string;
  readonly door: string;
  readonly address: string;
  readonly since: number;
  readonly own: boolean;
}

/** "1-23: web from 192.0.2.7, since 2026-03-01T12:00:00Z, silent for 4 s (this one)", in the words of
 * either language. */
export function sessionIn(text: string): Session | null {
  const found = /^(\d+-\d+): (\S+) \S+ (\S+), \S+ ([\d:TZ.-]+),/.exec(text);
  if (found === null) {
    return null;
  }
  const [, name = "", door = "", address = "", since = ""] = found;
  return { name, door, address, since: Date.parse(since) || 0, own: text.endsWith(")") };
}
