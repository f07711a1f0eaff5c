// SPDX-License-Identifier: Apache-2.0
// What the client knows of the world, as values that are never changed: who hears a line makes a new
// world from the old one. The words are the house's (ARCHITECTURE.md): a room, a person, a member.
import type { Line } from "../wire/line";

/** What a page of history is asked as. */
export type Asked =
  | { readonly way: "latest"; /** Enough for a screen. */ readonly few?: boolean }
  | { readonly way: "older"; readonly before: string }
  | { readonly way: "newer"; readonly after: string }
  | { readonly way: "around"; /** A message, or a time. */ readonly at: string | number }
  | { readonly way: "gap"; readonly after: string };

export interface Question {
  readonly target: string;
  readonly asked: Asked;
}

/** A folded name (wire/line.ts). */
export type Key = string;

export interface Person {
  readonly nickname: string;
  /** Null: a guest. Undefined: not known. */
  readonly account: string | null | undefined;
  readonly realName: string;
  /** Null: here. */
  readonly away: string | null;
  /** Null: not known. */
  readonly online: boolean | null;
  readonly displayName: string;
  readonly avatar: string;
  /** A word of hers on what she is up to. */
  readonly status: string;
  readonly bot: boolean;
}

export interface Member {
  readonly nickname: string;
  /** The marks of all roles, highest first: "@+". */
  readonly roles: string;
}

export interface Reaction {
  readonly emoji: string;
  readonly by: readonly string[];
}

export type MessageKind = "text" | "action" | "notice" | "event";
export type EventKind = "join" | "part" | "quit" | "kick" | "nick" | "topic" | "mode" | "rename";
export type Delivery = "sending" | "sent" | "failed";

export interface Message {
  /** The server's msgid; one that has not come back yet has "~" and its label. */
  readonly id: string;
  /** What one's own had in its place until it came back; null: it was not said here. */
  readonly saidAs: string | null;
  readonly kind: MessageKind;
  readonly event?: EventKind;
  readonly time: number;
  readonly from: string;
  readonly account: string | null;
  /** Of an event: whom it befell, the new name, the topic, the modes. */
  readonly text: string;
  readonly replyTo: string | null;
  readonly reactions: readonly Reaction[];
  readonly delivery: Delivery;
  readonly error: string;
  readonly edited: boolean;
  readonly deletedBy: string | null;
  /** Came by a hook or a bot. */
  readonly bot: boolean;
}

export type ConversationKind = "room" | "private";

export interface Conversation {
  readonly key: Key;
  readonly name: string;
  readonly kind: ConversationKind;
  /** Of a room: whether we are in it. A private one is open or not. */
  readonly joined: boolean;
  readonly topic: string;
  readonly topicBy: string;
  /** Letter to parameter, "" where there is none. */
  readonly modes: ReadonlyMap<string, string>;
  readonly modesKnown: boolean;
  readonly members: ReadonlyMap<Key, Member>;
  /** All of them, as they are on this line. */
  readonly membersKnown: boolean;
  /** A window upon the history, oldest first; what waits to be confirmed is in `outbox`. */
  readonly messages: readonly Message[];
  readonly outbox: readonly Message[];
  /** Whether the window begins at the history's beginning and ends at now. */
  readonly fromStart: boolean;
  readonly toNow: boolean;
  /** The msgids that pages go on from; null: the first and last message's. Not all that stands in a
   * history is a message. */
  readonly edgeBefore: string | null;
  readonly edgeAfter: string | null;
  /** Asked for and not yet answered. */
  readonly loading: "older" | "newer" | "latest" | "around" | null;
  /** Since the line broke: messages may be missing behind this one. */
  readonly gapAfter: string | null;
  /** Time of the last message that was read, on any device. */
  readonly readUntil: number;
  /** Of a private one: up to where it was read has been asked. With a room, the server says it unasked. */
  readonly markerKnown: boolean;
  /** When one came in, by the server's clock; 0: not known. */
  readonly joinedAt: number;
  readonly unread: number;
  readonly mentions: number;
  readonly lastTime: number;
  /** Folded nickname to the time when the sign has run out. */
  readonly typing: ReadonlyMap<Key, { readonly nickname: string; readonly until: number }>;
  /** Masks by letter, as asked for last. */
  readonly lists: ReadonlyMap<string, readonly ListEntry[]>;
  readonly pinned: readonly string[];
}

export interface ListEntry {
  readonly mask: string;
  readonly by: string;
  readonly time: number;
}

export interface ListedRoom {
  readonly name: string;
  readonly count: number;
  readonly topic: string;
}

export interface Profile {
  readonly nickname: string;
  readonly user: string;
  readonly realName: string;
  readonly account: string;
  readonly rooms: readonly string[];
  readonly away: string;
  readonly idleSeconds: number | null;
  readonly since: number | null;
  readonly operator: boolean;
  readonly secure: boolean;
}

/** Something the server said that belongs to no message; views show it and let it go. */
export interface Notice {
  readonly number: number;
  readonly tone: "info" | "warning" | "error";
  /** FAIL's code or the numeric. */
  readonly code: string;
  readonly about: string;
  readonly text: string;
}

export interface Invitation {
  readonly room: string;
  readonly by: string;
}

/** How far what was asked for is there; one that failed may be asked for again. */
export type Coming = "asked" | "failed" | "there";

export interface SearchState {
  readonly label: string;
  readonly query: string;
  readonly done: boolean;
  /** It ended without an answer. */
  readonly failed: boolean;
  /** The last page was full: there may be more from before. */
  readonly hasMore: boolean;
  /** The newest first. */
  readonly hits: readonly { readonly target: string; readonly message: Message }[];
}

export interface Batch {
  readonly kind: string;
  readonly parameters: readonly string[];
  readonly label: string;
  readonly parent: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly source: string;
  readonly lines: readonly Line[];
}

export interface World {
  readonly me: string;
  readonly account: string | null;
  readonly network: string;
  readonly isupport: ReadonlyMap<string, string>;
  readonly conversations: ReadonlyMap<Key, Conversation>;
  readonly people: ReadonlyMap<Key, Person>;
  readonly batches: ReadonlyMap<string, Batch>;
  /** History asked for, by label. */
  readonly questions: ReadonlyMap<string, Question>;
  readonly listed: readonly ListedRoom[];
  readonly listing: Coming;
  readonly profile: Profile | null;
  /** About whom WHOIS was asked last and is not answered yet. */
  readonly whoisOf: Key | null;
  /** About whom it was asked last and who is not here. */
  readonly absent: Key | null;
  readonly notices: readonly Notice[];
  readonly invitations: readonly Invitation[];
  readonly search: SearchState | null;
  readonly motd: readonly string[];
  readonly blocked: ReadonlySet<Key>;
  /** Private conversations that were closed, with the time of their last message. */
  readonly closed: ReadonlyMap<Key, number>;
  readonly highlights: readonly string[];
  readonly away: boolean;
  readonly counter: number;
}

export const emptyWorld: World = {
  me: "",
  account: null,
  network: "Tertulia",
  isupport: new Map(),
  conversations: new Map(),
  people: new Map(),
  batches: new Map(),
  questions: new Map(),
  listed: [],
  listing: "asked",
  profile: null,
  whoisOf: null,
  absent: null,
  notices: [],
  invitations: [],
  search: null,
  motd: [],
  blocked: new Set(),
  closed: new Map(),
  highlights: [],
  away: false,
  counter: 0,
};

export function newConversation(key: Key, name: string, kind: ConversationKind): Conversation {
  return {
    key,
    name,
    kind,
    joined: kind === "private",
    topic: "",
    topicBy: "",
    modes: new Map(),
    modesKnown: false,
    members: new Map(),
    membersKnown: kind === "private",
    messages: [],
    outbox: [],
    fromStart: false,
    toNow: true,
    edgeBefore: null,
    edgeAfter: null,
    loading: null,
    gapAfter: null,
    readUntil: 0,
    markerKnown: kind === "room",
    joinedAt: 0,
    unread: 0,
    mentions: 0,
    lastTime: 0,
    typing: new Map(),
    lists: new Map(),
    pinned: [],
  };
}

export function newMessage(of: Partial<Message> & Pick<Message, "id" | "time" | "from">): Message {
  return {
    saidAs: null,
    kind: "text",
    account: null,
    text: "",
    replyTo: null,
    reactions: [],
    delivery: "sent",
    error: "",
    edited: false,
    deletedBy: null,
    bot: false,
    ...of,
  };
}

export function newPerson(nickname: string): Person {
  return {
    nickname,
    account: undefined,
    realName: "",
    away: null,
    online: null,
    displayName: "",
    avatar: "",
    status: "",
    bot: false,
  };
}

/** The server's msgid of a message or event; null where it gave none. */
export function msgidOf(message: Message): string | null {
  const id = message.kind === "event" ? message.id.replace(/^!\w+ /, "") : message.id;
  return /^[?~]/.test(id) ? null : id;
}

/** The most messages a conversation keeps in memory; the far end is let go and read again. */
export const windowMax = 1_000;
