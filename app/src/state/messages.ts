// SPDX-License-Identifier: Apache-2.0
// PRIVMSG NOTICE TAGMSG REDACT EDIT MARKREAD: what is said, and what is said about what was said.
import { fold, isRoomName, nicknameOf, type Line } from "../wire/line";
import {
  append,
  inConversation,
  inKnownConversation,
  inPerson,
  isMe,
  mapMessages,
  notify,
  withEntry,
  without,
} from "./change";
import { newMessage, type Conversation, type Message, type Reaction, type World } from "./model";

/** How long a sign of typing holds (client-tags/typing). */
const typingMs = { active: 6_000, paused: 30_000 } as const;
/** Ours, so that what was under way when the line broke is known again in the history. */
export const nonceTag = "+tertulia/nonce";

export function timeOf(line: Line, now: number): number {
  const time = Date.parse(line.tags["time"] ?? "");
  return Number.isNaN(time) ? now : time;
}

export function idOf(line: Line, now: number): string {
  return line.tags["msgid"] ?? `?${timeOf(line, now)} ${line.source} ${line.parameters.join(" ")}`;
}

const actionStart = "\u0001ACTION ";

function replyOf(line: Line): string | null {
  return line.tags["+reply"] ?? line.tags["+draft/reply"] ?? null;
}

/** What is done rather than said comes as CTCP ACTION. */
function textOf(said: string): Pick<Message, "kind" | "text"> {
  return said.startsWith(actionStart)
    ? { kind: "action", text: said.slice(actionStart.length).replace(/\u0001$/, "") }
    : { kind: "text", text: said };
}

export function messageOf(line: Line, now: number): Message {
  const { kind, text } = textOf(line.parameters[1] ?? "");
  return newMessage({
    id: idOf(line, now),
    kind: kind === "text" && line.command === "NOTICE" ? "notice" : kind,
    time: timeOf(line, now),
    from: nicknameOf(line.source),
    account: line.tags["account"] ?? null,
    text,
    replyTo: replyOf(line),
    bot: line.tags["bot"] !== undefined,
  });
}

/** The conversation that a message belongs to: a room, or the other one's name. */
export function targetOf(world: World, line: Line): string {
  const target = (line.parameters[0] ?? "").replace(/^[~&@%+]+(?=#)/, "");
  if (isRoomName(target)) {
    return target;
  }
  const from = nicknameOf(line.source);
  return isMe(world, from) ? target : from;
}

const wordBefore = "(^|[^\\p{L}\\p{N}_])";
const wordAfter = "($|[^\\p{L}\\p{N}_])";

/** One's nickname and few words are looked for in all messages, over and over. */
const patterns = new Map<string, RegExp>();
const patternsMax = 100;

function patternOf(word: string): RegExp {
  const known = patterns.get(word);
  if (known !== undefined) {
    return known;
  }
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const made = new RegExp(wordBefore + escaped + wordAfter, "iu");
  if (patterns.size >= patternsMax) {
    patterns.clear();
  }
  patterns.set(word, made);
  return made;
}

export function hasWord(text: string, word: string): boolean {
  return word !== "" && patternOf(word).test(text);
}

/** Code and addresses speak of nobody. */
const unspoken = /```[^]*?```|`[^`\n]+`|https?:\/\/\S+/gi;

/** Somebody else says it, and it stands. */
function isOfOthers({ me }: Pick<World, "me">, message: Message): boolean {
  return message.kind !== "event" && message.deletedBy === null && fold(message.from) !== fold(me);
}

/** Somebody else says it in a room and names the reader, uses a word of hers or answers her. */
export function isForMe(
  reader: Pick<World, "me" | "highlights">,
  message: Message,
  answered: Message | null,
): boolean {
  if (!isOfOthers(reader, message)) {
    return false;
  }
  if (answered !== null && fold(answered.from) === fold(reader.me)) {
    return true;
  }
  const spoken = message.text.replace(unspoken, " ");
  return [reader.me, ...reader.highlights].some((word) => hasWord(spoken, word));
}

export function mentionsMe(world: World, of: Conversation, message: Message): boolean {
  if (of.kind === "private") {
    return isOfOthers(world, message);
  }
  const { replyTo } = message;
  const answered = replyTo === null ? undefined : of.messages.find((one) => one.id === replyTo);
  return isForMe(world, message, answered ?? null);
}

export function isUnread(world: World, of: Conversation, message: Message): boolean {
  return (
    message.time > of.readUntil &&
    isOfOthers(world, message) &&
    !world.blocked.has(fold(message.from))
  );
}

/** Unread ones as the window shows them, once it reaches to now and it is known where reading ended. */
export function recount(world: World, of: Conversation): Conversation {
  if (!of.toNow || !of.markerKnown) {
    return of;
  }
  const unread = of.messages.filter((one) => isUnread(world, of, one));
  const mentions = unread.filter((one) => mentionsMe(world, of, one)).length;
  return unread.length === of.unread && mentions === of.mentions
    ? of
    : { ...of, unread: unread.length, mentions };
}

export function withMessage(world: World, of: Conversation, message: Message): Conversation {
  const known = of.messages.some((one) => one.id === message.id);
  const made = { ...append(of, message), typing: without(of.typing, fold(message.from)) };
  if (known || !isUnread(world, of, message)) {
    return made;
  }
  const mention = mentionsMe(world, of, message) ? 1 : 0;
  return { ...made, unread: of.unread + 1, mentions: of.mentions + mention };
}

/** Who speaks with an account (account-tag) has it. */
function withAuthor(world: World, { from, account }: Message): World {
  return account === null || world.people.get(fold(from))?.account === account
    ? world
    : inPerson(world, from, { account });
}

function say(world: World, line: Line, now: number): World {
  const message = messageOf(line, now);
  const target = targetOf(world, line);
  if (message.kind === "text" && message.text.startsWith("\u0001")) {
    return world; // another CTCP: no conversation
  }
  const ofServer = !line.source.includes("!") || /^(\w*serv)$/i.test(message.from);
  if (message.kind === "notice" && ofServer && !world.conversations.has(fold(target))) {
    return notify(world, { tone: "info", code: "NOTICE", about: message.from, text: message.text });
  }
  const confirmed = `~${line.tags["label"] ?? line.tags[nonceTag]}`;
  return inConversation(withAuthor(world, message), target, (of) => {
    if (!of.outbox.some((one) => one.id === confirmed)) {
      return withMessage(world, of, message);
    }
    const outbox = of.outbox.filter((one) => one.id !== confirmed);
    return withMessage(world, { ...of, outbox }, { ...message, saidAs: confirmed });
  });
}

export function react(
  reactions: readonly Reaction[],
  emoji: string,
  by: string,
  add: boolean,
): readonly Reaction[] {
  const found = reactions.find((one) => one.emoji === emoji);
  const others = (found?.by ?? []).filter((one) => fold(one) !== fold(by));
  const names = add ? [...others, by] : others;
  if (found === undefined) {
    return add ? [...reactions, { emoji, by: names }] : reactions;
  }
  return names.length === 0
    ? reactions.filter((one) => one !== found)
    : reactions.map((one) => (one === found ? { emoji, by: names } : one));
}

function signal(world: World, line: Line, now: number): World {
  const from = nicknameOf(line.source);
  const target = targetOf(world, line);
  const typing = line.tags["+typing"] ?? line.tags["+draft/typing"];
  let made = world;
  if (typing !== undefined && !isMe(world, from)) {
    made = inKnownConversation(made, target, (of) => ({
      ...of,
      typing:
        typing === "active" || typing === "paused"
          ? withEntry(of.typing, fold(from), { nickname: from, until: now + typingMs[typing] })
          : without(of.typing, fold(from)),
    }));
  }
  return inKnownConversation(made, target, (of) => applyReaction(of, line));
}

export function applyReaction(of: Conversation, line: Line): Conversation {
  const about = replyOf(line);
  const added = line.tags["+draft/react"];
  const removed = line.tags["+draft/unreact"];
  const emoji = added ?? removed;
  if (about === null || emoji === undefined || emoji === "") {
    return of;
  }
  return mapMessages(of, about, (message) => ({
    ...message,
    reactions: react(message.reactions, emoji, nicknameOf(line.source), added !== undefined),
  }));
}

interface Change {
  readonly id: string;
  readonly change: (message: Message) => Message;
}

function redactionIn(line: Line): Change {
  const deletedBy = nicknameOf(line.source);
  return {
    id: line.parameters[1] ?? "",
    change: (message) => ({ ...message, text: "", reactions: [], deletedBy }),
  };
}

/** EDIT has the message and its new text in tags (draft/message-edit). */
function editIn(line: Line): Change {
  const text = line.tags["draft/edit-text"];
  return {
    id: line.tags["draft/target-msgid"] ?? "",
    change: (message) =>
      message.deletedBy === null && text !== undefined
        ? { ...message, ...textOf(text), edited: true }
        : message,
  };
}

/** Which message a line takes back or changes, and how; null: it does neither. */
export function changeIn(line: Line): Change | null {
  switch (line.command) {
    case "REDACT":
      return redactionIn(line);
    case "EDIT":
      return editIn(line);
    default:
      return null;
  }
}

export function applyChange(of: Conversation, line: Line): Conversation {
  const found = changeIn(line);
  return found === null ? of : mapMessages(of, found.id, found.change);
}

/** What was found is another copy of the message. */
function inHits(world: World, { id, change }: Change): World {
  const { search } = world;
  if (search === null || !search.hits.some((one) => one.message.id === id)) {
    return world;
  }
  const hits = search.hits.map((one) =>
    one.message.id === id ? { ...one, message: change(one.message) } : one,
  );
  return { ...world, search: { ...search, hits } };
}

function redact(world: World, line: Line): World {
  return inKnownConversation(inHits(world, redactionIn(line)), targetOf(world, line), (of) =>
    recount(world, applyChange(of, line)),
  );
}

function edit(world: World, line: Line): World {
  return inKnownConversation(inHits(world, editIn(line)), targetOf(world, line), (of) =>
    applyChange(of, line),
  );
}

/** Where nothing was ever read: what was said in a room before one came in is no news to anybody. */
function beginReading(of: Conversation): Conversation {
  return { ...of, markerKnown: true, readUntil: of.readUntil === 0 ? of.joinedAt : of.readUntil };
}

function markRead(world: World, line: Line): World {
  const [target = "", mark = ""] = line.parameters;
  if (mark === "*") {
    return inKnownConversation(world, target, (of) => recount(world, beginReading(of)));
  }
  const time = Date.parse(mark.replace(/^timestamp=/, ""));
  if (Number.isNaN(time)) {
    return world;
  }
  return inKnownConversation(world, target, (of) =>
    time <= of.readUntil && of.markerKnown
      ? of
      : recount(world, { ...of, markerKnown: true, readUntil: Math.max(time, of.readUntil) }),
  );
}

export const messageVerbs: Readonly<
  Record<string, (world: World, line: Line, now: number) => World>
> = {
  PRIVMSG: say,
  NOTICE: say,
  TAGMSG: signal,
  REDACT: redact,
  EDIT: edit,
  MARKREAD: markRead,
};
