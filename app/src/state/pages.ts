// SPDX-License-Identifier: Apache-2.0
// Pages of history into a conversation's window: before it, behind it, instead of it, and into the
// gap that a broken line left. Nothing comes in twice, and order is the server's.
import { pageSize, windowMax, type Asked, type Conversation, type Message } from "./model";

function unlessIn(messages: readonly Message[], page: readonly Message[]): Message[] {
  const known = new Set(messages.map((one) => one.id));
  return page.filter((one) => !known.has(one.id));
}

function fill(
  of: Conversation,
  page: readonly Message[],
  after: string,
  lineCount: number,
): Conversation {
  const at = of.messages.findIndex((one) => one.id === after);
  const head = of.messages.slice(0, at + 1);
  const known = new Set(head.map((one) => one.id));
  const fresh = page.filter((one) => !known.has(one.id));
  const paged = new Set(page.map((one) => one.id));
  // What came live since the line is back and stands in the page too has its place there.
  const tail = of.messages.slice(at + 1).filter((one) => !paged.has(one.id));
  const messages = [...head, ...fresh, ...tail];
  const last = page[page.length - 1];
  const tooMany = Math.max(0, messages.length - windowMax);
  return {
    ...of,
    messages: messages.slice(tooMany),
    fromStart: of.fromStart && tooMany === 0,
    gapAfter: lineCount > 0 && last !== undefined ? last.id : null,
  };
}

/** `lineCount`: of the answer with all that is no message. Only an empty answer says that there is no
 * more that way. */
export function takePage(
  of: Conversation,
  page: readonly Message[],
  asked: Asked,
  lineCount: number,
): Conversation {
  const lastTime = page.reduce((latest, one) => Math.max(latest, one.time), of.lastTime);
  const done = { ...of, lastTime, loading: null };
  switch (asked.way) {
    case "latest": {
      // Live ones that came while the page was under way stay behind it.
      const live = of.toNow ? unlessIn(page, of.messages) : [];
      const lastOfPage = page[page.length - 1];
      const newer = live.filter((one) => lastOfPage === undefined || one.time >= lastOfPage.time);
      return {
        ...done,
        messages: [...page, ...newer],
        fromStart: lineCount === 0,
        toNow: true,
        gapAfter: null,
      };
    }
    case "older": {
      const messages = [...unlessIn(of.messages, page), ...of.messages];
      const tooMany = messages.length > windowMax;
      return {
        ...done,
        messages: messages.slice(0, windowMax),
        fromStart: lineCount === 0,
        toNow: of.toNow && !tooMany,
      };
    }
    case "newer": {
      const messages = [...of.messages, ...unlessIn(of.messages, page)];
      const tooMany = Math.max(0, messages.length - windowMax);
      const reachesNow = lineCount < pageSize;
      return {
        ...done,
        messages: messages.slice(tooMany),
        fromStart: of.fromStart && tooMany === 0,
        // Near now, live messages come in from here on; what came in between fills the gap.
        toNow: reachesNow,
        gapAfter: reachesNow ? (messages[messages.length - 1]?.id ?? null) : null,
      };
    }
    case "around":
      return { ...done, messages: [...page], fromStart: false, toNow: false, gapAfter: null };
    case "gap":
      return fill(done, page, asked.after, lineCount);
  }
}
