// SPDX-License-Identifier: Apache-2.0
// What a line says that the reader has not read: what she is told of when she looks elsewhere.
import type { Line } from "../wire/line";
import { withEntry } from "./change";
import { hear } from "./hear";
import { isUnread } from "./messages";
import type { Conversation, Message, World } from "./model";

export interface News {
  readonly of: Conversation;
  readonly message: Message;
}

/** A window that ends before now leaves out what is said now: it is heard once more, as if it did not. */
function saidBehind(before: World, was: Conversation, line: Line, now: number): Message | undefined {
  const atNow: Conversation = { ...was, messages: [], toNow: true };
  const world = { ...before, conversations: withEntry(before.conversations, was.key, atNow) };
  return hear(world, line, now).conversations.get(was.key)?.messages.at(-1);
}

function lastOf(before: World, of: Conversation, line: Line, now: number): Message | undefined {
  const was = before.conversations.get(of.key);
  if (!of.toNow && was !== undefined) {
    return saidBehind(before, was, line, now);
  }
  const last = of.messages.at(-1);
  return last?.id === was?.messages.at(-1)?.id ? undefined : last;
}

/** What was written while she was away is unread, and no news, where she has just come in. */
function isFirstPage(before: World, was: Conversation, line: Line): boolean {
  const page = line.command === "BATCH" ? before.batches.get((line.parameters[0] ?? "").slice(1)) : undefined;
  return was.kind === "private" && was.messages.length === 0 && page?.kind === "chathistory";
}

/** Between two worlds, of which the line made the second. */
export function newsIn(before: World, after: World, line: Line, now: number): readonly News[] {
  const found: News[] = [];
  for (const [key, of] of after.conversations) {
    // Older pages of history are not news: they leave the count of the unread as it is.
    const was = before.conversations.get(key);
    if (of.unread <= (was?.unread ?? 0) || (was !== undefined && isFirstPage(before, was, line))) {
      continue;
    }
    const message = lastOf(before, of, line, now);
    if (message !== undefined && isUnread(after, of, message)) {
      found.push({ of, message });
    }
  }
  return found;
}
