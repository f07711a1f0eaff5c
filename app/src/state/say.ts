// SPDX-License-Identifier: Apache-2.0
// What we want to happen: a world and a wish in, the next world and the lines to be sent out. A
// message of ours stands in the conversation's outbox until its echo comes, which is the receipt.
import { parseTokens } from "../wire/capabilities";
import { fewLines, latestPage, pageSize } from "../wire/history";
import { fold, formatLine } from "../wire/line";
import { byteLength, roomForText, splitBytes } from "../wire/pieces";
import { inConversation, inKnownConversation } from "./change";
import { nonceTag } from "./messages";
import { newMessage, type Asked, type Message, type World } from "./model";

export interface Outcome {
  readonly world: World;
  readonly lines: readonly string[];
}

/** How long one message of many lines may be. */
export interface MultilineLimits {
  readonly bytes: number;
  readonly lines: number;
}

/** The value of the capability: "max-bytes=4096,max-lines=64". */
export function multilineLimits(value: string | undefined): MultilineLimits {
  const found = parseTokens((value ?? "").split(","));
  return {
    bytes: Number(found.get("max-bytes")) || 4_096,
    lines: Number(found.get("max-lines")) || 24,
  };
}

export interface Speaking {
  readonly capabilities: ReadonlySet<string>;
  readonly multiline: MultilineLimits;
  readonly now: number;
  /** A new label each time; never used again, not even by another tab. */
  readonly label: () => string;
}

export interface Wish {
  readonly target: string;
  readonly text: string;
  readonly replyTo?: string | null;
  readonly kind?: "text" | "action" | "notice";
}

function tagsFor(by: Speaking, label: string, replyTo: string | null): Record<string, string> {
  if (!by.capabilities.has("message-tags")) {
    return {};
  }
  return {
    ...(by.capabilities.has("labeled-response") ? { label } : {}),
    [nonceTag]: label,
    ...(replyTo === null ? {} : { "+reply": replyTo, "+draft/reply": replyTo }),
  };
}

function asBatch(world: World, by: Speaking, message: Message, target: string): string[] {
  const label = message.id.slice(1);
  const bytesMax = roomForText(world.me, target);
  const reference = `m${label.replace(/\W/g, "")}`;
  const body: string[] = [];
  for (const line of message.text.split("\n")) {
    splitBytes(line, bytesMax).forEach((piece, at) => {
      const concat = at > 0 ? { "draft/multiline-concat": "" } : {};
      body.push(formatLine("PRIVMSG", [target, piece], { batch: reference, ...concat }));
    });
  }
  return [
    formatLine(
      "BATCH",
      [`+${reference}`, "draft/multiline", target],
      tagsFor(by, label, message.replyTo),
    ),
    ...body,
    formatLine("BATCH", [`-${reference}`]),
  ];
}

function asLine(by: Speaking, message: Message, target: string): string {
  const verb = message.kind === "notice" ? "NOTICE" : "PRIVMSG";
  const text = message.kind === "action" ? `\u0001ACTION ${message.text}\u0001` : message.text;
  return formatLine(verb, [target, text], tagsFor(by, message.id.slice(1), message.replyTo));
}

function linesFor(world: World, by: Speaking, message: Message, target: string): string[] {
  const long = message.text.includes("\n") || byteLength(message.text) > roomForText(world.me, target);
  return long && message.kind === "text" && by.capabilities.has("draft/multiline")
    ? asBatch(world, by, message, target)
    : [asLine(by, message, target)];
}

/** As few messages as the limits allow, each with as many lines as fit. */
function inBatches(lines: readonly string[], limits: MultilineLimits, lineBytes: number): string[] {
  const made: string[] = [];
  let here: string[] = [];
  let bytes = 0;
  let count = 0;
  for (const line of lines.flatMap((one) => splitBytes(one, limits.bytes))) {
    const size = byteLength(line) + 1;
    const cost = Math.max(1, splitBytes(line, lineBytes).length);
    if (here.length > 0 && (bytes + size > limits.bytes || count + cost > limits.lines)) {
      made.push(here.join("\n"));
      here = [];
      bytes = count = 0;
    }
    here.push(line);
    bytes += size;
    count += cost;
  }
  made.push(here.join("\n"));
  return made.filter((one) => one.trim() !== "");
}

/** The texts of the messages that a text becomes where there are no long ones. */
function pieces(world: World, by: Speaking, wish: Wish): string[] {
  const text = wish.text.replace(/\r/g, "").replace(/^\n+|\s+$/g, "");
  const lines = text.split("\n");
  if (by.capabilities.has("draft/multiline") && (wish.kind ?? "text") === "text") {
    return inBatches(lines, by.multiline, roomForText(world.me, wish.target));
  }
  const bytesMax = roomForText(world.me, wish.target) - (wish.kind === "action" ? 9 : 0);
  return lines.filter((one) => one.trim() !== "").flatMap((one) => splitBytes(one, bytesMax));
}

export function say(world: World, by: Speaking, wish: Wish): Outcome {
  const messages = pieces(world, by, wish).map((text, at) =>
    newMessage({
      id: `~${by.label()}`,
      kind: wish.kind ?? "text",
      time: by.now,
      from: world.me,
      account: world.account,
      text,
      replyTo: at === 0 ? (wish.replyTo ?? null) : null,
      delivery: "sending",
    }),
  );
  // Without echoes nothing would ever confirm them.
  const echoed = by.capabilities.has("echo-message");
  const made = inConversation(world, wish.target, (of) =>
    echoed
      ? { ...of, outbox: [...of.outbox, ...messages] }
      : {
          ...of,
          messages: [
            ...of.messages,
            ...messages.map((one): Message => ({ ...one, delivery: "sent" })),
          ],
        },
  );
  return {
    world: made,
    lines: messages.flatMap((one) => linesFor(world, by, one, wish.target)),
  };
}

/** What failed, or was under way when the line broke, once more; its nonce stays what it was. */
export function sayAgain(world: World, by: Speaking, target: string, id: string): Outcome {
  const of = world.conversations.get(fold(target));
  const message = of?.outbox.find((one) => one.id === id);
  if (of === undefined || message === undefined) {
    return { world, lines: [] };
  }
  const again: Message = { ...message, delivery: "sending", error: "" };
  return {
    world: inConversation(world, target, (it) => ({
      ...it,
      outbox: it.outbox.map((one) => (one.id === id ? again : one)),
    })),
    lines: linesFor(world, by, again, of.name),
  };
}

export function forget(world: World, target: string, id: string): World {
  return inKnownConversation(world, target, (of) => ({
    ...of,
    outbox: of.outbox.filter((one) => one.id !== id),
  }));
}

/** What waits for its receipt, in the order in which it was said. */
export function unconfirmed(world: World): { target: string; id: string }[] {
  return [...world.conversations.values()].flatMap((of) =>
    of.outbox
      .filter((one) => one.delivery === "sending")
      .map((one) => ({ target: of.name, id: one.id })),
  );
}

/** Where in the history: at a message, or at a time. */
function pointIn(at: string | number): string {
  return typeof at === "string" ? `msgid=${at}` : `timestamp=${new Date(at).toISOString()}`;
}

export function ask(world: World, by: Speaking, target: string, asked: Asked): Outcome {
  if (!by.capabilities.has("draft/chathistory") || !by.capabilities.has("batch")) {
    return { world, lines: [] };
  }
  const label = by.label();
  const tags: Record<string, string> = by.capabilities.has("labeled-response") ? { label } : {};
  const size = pageSize(world.isupport);
  const page = (...words: string[]): string => formatLine("CHATHISTORY", [...words, `${size}`], tags);
  const isFew = asked.way === "latest" && asked.few === true;
  const line = {
    latest: () => latestPage(target, isFew ? Math.min(fewLines, size) : size, tags),
    older: () => page("BEFORE", target, `msgid=${asked.way === "older" ? asked.before : ""}`),
    newer: () => page("AFTER", target, `msgid=${asked.way === "newer" ? asked.after : ""}`),
    gap: () => page("AFTER", target, `msgid=${asked.way === "gap" ? asked.after : ""}`),
    around: () => page("AROUND", target, asked.way === "around" ? pointIn(asked.at) : ""),
  }[asked.way]();
  // Where the window begins anew, pages for the old one are not waited for.
  const begins = asked.way === "latest" || asked.way === "around";
  const others = [...world.questions].filter(
    ([, one]) => !begins || fold(one.target) !== fold(target),
  );
  const questions = new Map(others).set(label, { target, asked });
  const made = { ...world, questions };
  return {
    world: inKnownConversation(made, target, (of) => ({
      ...of,
      loading: asked.way === "gap" ? of.loading : asked.way,
    })),
    lines: [line],
  };
}

export function setReadUntil(world: World, target: string, time: number): World {
  return inKnownConversation(world, target, (of) =>
    time <= of.readUntil && of.unread === 0
      ? of
      : { ...of, markerKnown: true, readUntil: Math.max(time, of.readUntil), unread: 0, mentions: 0 },
  );
}

/** EDIT has the message and its new text in tags (draft/message-edit). */
export function editTags(id: string, text: string): Record<string, string> {
  return { "draft/target-msgid": id, "draft/edit-text": text };
}

export function react(target: string, id: string, emoji: string, add: boolean): string {
  const verb = add ? "+draft/react" : "+draft/unreact";
  return formatLine("TAGMSG", [target], { [verb]: emoji, "+reply": id, "+draft/reply": id });
}
