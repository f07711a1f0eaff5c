// SPDX-License-Identifier: Apache-2.0
// Pages of history into a conversation's window: before it, behind it, instead of it, and into the
// gap that a broken line left. Nothing comes in twice, and order is the server's.
import { msgidOf, windowMax, type Asked, type Conversation, type Message } from "./model";

export interface Page {
  readonly messages: readonly Message[];
  /** Of the answer, with all that is no message: only an empty one says that there is no more. */
  readonly lineCount: number;
  /** As many lines as were asked for: there may be more. */
  readonly isFull: boolean;
  /** The msgids of its first and last line. */
  readonly first: string | null;
  readonly last: string | null;
}

function unlessIn(messages: readonly Message[], page: readonly Message[]): Message[] {
  const known = new Set(messages.map((one) => one.id));
  return page.filter((one) => !known.has(one.id));
}

/** Behind the message that the gap begins at; where that is no message, by time. */
function placeOfGap(of: Conversation, page: Page, after: string): number {
  const at = of.messages.findIndex((one) => msgidOf(one) === after);
  const from = page.messages[0]?.time ?? 0;
  return at >= 0 ? at + 1 : of.messages.filter((one) => one.time <= from).length;
}

function fill(of: Conversation, page: Page, after: string): Conversation {
  const at = placeOfGap(of, page, after);
  const head = of.messages.slice(0, at);
  const paged = new Set(page.messages.map((one) => one.id));
  // What came live since the line is back and stands in the page too has its place there.
  const tail = of.messages.slice(at).filter((one) => !paged.has(one.id));
  const messages = [...head, ...unlessIn(head, page.messages), ...tail];
  const tooMany = Math.max(0, messages.length - windowMax);
  return {
    ...of,
    messages: messages.slice(tooMany),
    fromStart: of.fromStart && tooMany === 0,
    edgeBefore: tooMany === 0 ? of.edgeBefore : null,
    gapAfter: page.lineCount > 0 && page.last !== after ? page.last : null,
  };
}

function latest(of: Conversation, page: Page): Conversation {
  // Live ones that came while the page was under way stay behind it.
  const live = of.toNow ? unlessIn(page.messages, of.messages) : [];
  const end = page.messages[page.messages.length - 1];
  return {
    ...of,
    messages: [...page.messages, ...live.filter((one) => end === undefined || one.time >= end.time)],
    fromStart: page.lineCount === 0,
    toNow: true,
    edgeBefore: page.first,
    edgeAfter: null,
    gapAfter: null,
  };
}

function older(of: Conversation, page: Page): Conversation {
  const messages = [...unlessIn(of.messages, page.messages), ...of.messages];
  const tooMany = messages.length > windowMax;
  return {
    ...of,
    messages: messages.slice(0, windowMax),
    fromStart: page.lineCount === 0,
    toNow: of.toNow && !tooMany,
    edgeBefore: page.first,
    edgeAfter: tooMany ? null : of.edgeAfter,
  };
}

function newer(of: Conversation, page: Page): Conversation {
  const messages = [...of.messages, ...unlessIn(of.messages, page.messages)];
  const tooMany = Math.max(0, messages.length - windowMax);
  // Near now, live messages come in from here on; what came in between fills the gap.
  const reachesNow = !page.isFull;
  const end = messages[messages.length - 1];
  return {
    ...of,
    messages: messages.slice(tooMany),
    fromStart: of.fromStart && tooMany === 0,
    edgeBefore: tooMany === 0 ? of.edgeBefore : null,
    edgeAfter: page.last ?? of.edgeAfter,
    toNow: reachesNow,
    gapAfter: reachesNow ? (page.last ?? (end === undefined ? null : msgidOf(end))) : null,
  };
}

export function takePage(before: Conversation, page: Page, asked: Asked): Conversation {
  const lastTime = page.messages.reduce(
    (time, one) => (one.kind === "event" ? time : Math.max(time, one.time)),
    before.lastTime,
  );
  const of: Conversation = { ...before, lastTime, loading: null };
  switch (asked.way) {
    case "latest":
      return latest(of, page);
    case "older":
      return older(of, page);
    case "newer":
      return newer(of, page);
    case "around":
      return {
        ...of,
        messages: page.messages,
        fromStart: false,
        toNow: false,
        edgeBefore: page.first,
        edgeAfter: page.last,
        gapAfter: null,
      };
    case "gap":
      return fill({ ...of, loading: before.loading }, page, asked.after);
  }
}
