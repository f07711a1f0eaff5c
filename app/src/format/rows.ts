// SPDX-License-Identifier: Apache-2.0
// Messages as the rows of a page: days between them, the line before what is unread, messages of one
// author together, and who came and went in one sentence.
import { fold } from "../wire/line";
import type { Message } from "../state/model";
import { dayOf } from "./time";

export type Row =
  | { readonly is: "day"; readonly id: string; readonly time: number }
  | { readonly is: "unread"; readonly id: string }
  | { readonly is: "events"; readonly id: string; readonly events: readonly Message[] }
  | {
      readonly is: "message";
      readonly id: string;
      readonly message: Message;
      /** With name and picture: the first of its group. */
      readonly first: boolean;
    };

const groupMs = 5 * 60_000;

function sameGroup(before: Message, message: Message): boolean {
  return (
    message.time - before.time < groupMs &&
    message.replyTo === null &&
    before.kind !== "event" &&
    (before.kind === "action") === (message.kind === "action") &&
    (before.from === message.from || fold(before.from) === fold(message.from))
  );
}

export interface RowOptions {
  /** The line stands before the first message of others behind this time; 0: nowhere. */
  readonly unreadAfter: number;
  readonly me: string;
  readonly events: boolean;
}

const comingAndGoing = new Set(["join", "part", "quit", "nick"]);

export function rowsOf(messages: readonly Message[], options: RowOptions): Row[] {
  const rows: Row[] = [];
  let before: Message | null = null;
  let lineDrawn = options.unreadAfter === 0;
  for (const message of messages) {
    if (message.kind === "event" && !options.events && comingAndGoing.has(message.event ?? "")) {
      continue;
    }
    const newDay = before === null || dayOf(before.time) !== dayOf(message.time);
    if (newDay) {
      rows.push({ is: "day", id: `day ${dayOf(message.time)}`, time: message.time });
    }
    const isNew =
      !lineDrawn &&
      message.time > options.unreadAfter &&
      message.kind !== "event" &&
      fold(message.from) !== fold(options.me);
    if (isNew) {
      lineDrawn = true;
      rows.push({ is: "unread", id: "unread" });
    }
    const last = rows[rows.length - 1];
    if (message.kind === "event") {
      if (last?.is === "events") {
        rows[rows.length - 1] = { ...last, events: [...last.events, message] };
      } else {
        rows.push({ is: "events", id: message.id, events: [message] });
      }
    } else {
      const first = newDay || isNew || before === null || !sameGroup(before, message);
      rows.push({ is: "message", id: message.id, message, first });
    }
    before = message;
  }
  return rows;
}

/** One's own message stays the same row when it comes back. */
export function keyOf(row: Row): string {
  return row.is === "message" ? (row.message.saidAs ?? row.id) : row.id;
}

function sameRow(one: Row | undefined, other: Row): one is Row {
  switch (other.is) {
    case "message":
      return one?.is === "message" && one.message === other.message && one.first === other.first;
    case "events":
      return (
        one?.is === "events" &&
        one.events.length === other.events.length &&
        one.events.every((event, at) => event === other.events[at])
      );
    default:
      return one?.is === other.is;
  }
}

/** The rows, those of them that stand in `before` as they were: what was drawn of them holds. */
export function keepRows(before: ReadonlyMap<string, Row>, rows: readonly Row[]): Row[] {
  return rows.map((row) => {
    const known = before.get(row.id);
    return sameRow(known, row) ? known : row;
  });
}

/** A stable one of twelve colours for a name. */
export function hueOf(name: string): number {
  let sum = 7;
  for (const character of fold(name)) {
    sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  }
  return sum % 12;
}
