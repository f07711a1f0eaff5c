// SPDX-License-Identifier: Apache-2.0
// The two ends held together: lines from the connection go into the state, wishes of the views go out
// as lines. Knows when to ask for history, to fill gaps and to say again what got no receipt.
import { Connection, type Identity, type Refusal, type Socket, type Status } from "../socket/connection";
import { inEachConversation, inKnownConversation, isMe } from "../state/change";
import { hear, lineBroke, tick } from "../state/hear";
import { emptyWorld, msgidOf, newConversation, type Asked, type Conversation, type Key, type World } from "../state/model";
import {
  ask,
  edit,
  forget,
  leaveAll,
  react,
  say,
  sayAgain,
  setReadUntil,
  unconfirmed,
  type Outcome,
  type Speaking,
  multilineLimits,
  type Wish,
} from "../state/say";
import { fold, formatLine, isRoomName, nicknameOf, type Line } from "../wire/line";
import { announce } from "./announce.svelte";
import { settings } from "./settings.svelte";

/** Pages that a gap is filled with; when more is missing, the window begins anew at its end. */
const gapPagesMax = 5;
/** Members beyond which nobody asks who of them is away. */
const whoMax = 400;
const typingEachMs = 3_000;
const metadataKeys = ["display-name", "avatar", "status", "bot", "pinned"];

function startOfLabels(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(5));
  return [...bytes].map((one) => one.toString(36).padStart(2, "0")).join("");
}

function socketAddress(): string {
  return `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/irc`;
}

function openSocket(): Socket {
  const real = new WebSocket(socketAddress(), ["text.ircv3.net"]);
  const made: Socket = {
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (line) => {
      if (real.readyState === WebSocket.OPEN) {
        real.send(line);
      }
    },
    close: () => real.close(),
  };
  real.onopen = () => made.onopen?.();
  real.onmessage = (event: MessageEvent<unknown>) => made.onmessage?.(event);
  real.onclose = (event) => made.onclose?.(event);
  return made;
}

export class Client {
  world = $state.raw<World>(emptyWorld);
  status = $state.raw<Status>({ is: "closed" });
  refusal = $state.raw<Refusal | null>(null);
  /** Has been welcomed since it was told to enter. */
  inside = $state(false);
  active = $state<Key | null>(null);
  capabilities = $state.raw<ReadonlySet<string>>(new Set());

  private next: World = emptyWorld;
  private drawn = true;
  private connection: Connection | null = null;
  private readonly labelStart = startOfLabels();
  private labels = 0;
  private gapPages = new Map<Key, number>();
  private toOpen: string | null = null;
  private lastTyping = { target: "", at: 0 };
  private waitingFor = new Map<string, (line: Line) => void>();
  /** Said on the line as it is now: their receipts are under way. */
  private readonly saidHere = new Set<string>();

  constructor() {
    setInterval(() => this.change(tick(this.next, Date.now())), 1_000);
  }

  get activeConversation(): Conversation | null {
    return this.active === null ? null : (this.world.conversations.get(this.active) ?? null);
  }

  get can(): (name: string) => boolean {
    return (name) => this.capabilities.has(name);
  }

  private get by(): Speaking {
    return {
      capabilities: this.capabilities,
      multiline: multilineLimits(this.connection?.offered.get("draft/multiline")),
      now: Date.now(),
      label: () => this.newLabel(),
    };
  }

  private newLabel(): string {
    this.labels += 1;
    return `${this.labelStart}${this.labels.toString(36)}`;
  }

  // ---- state

  private change(world: World): void {
    if (world === this.next) {
      return;
    }
    this.next = world;
    if (this.drawn) {
      this.drawn = false;
      const draw = (): void => {
        this.drawn = true;
        this.world = this.next;
      };
      // A hidden page has no frames.
      if (document.hidden) {
        setTimeout(draw, 50);
      } else {
        requestAnimationFrame(draw);
      }
    }
  }

  private does(outcome: Outcome): void {
    this.change(outcome.world);
    outcome.lines.forEach((line) => this.connection?.send(line));
  }

  send(command: string, ...parameters: string[]): void {
    this.connection?.send(formatLine(command, parameters));
  }

  sendRaw(line: string): void {
    this.connection?.send(line);
  }

  /** The first line of the answer. Rejects never: without an answer it never comes. */
  request(command: string, ...parameters: string[]): Promise<Line> {
    const label = this.newLabel();
    this.connection?.send(formatLine(command, parameters, { label }));
    return new Promise((resolve) => {
      this.waitingFor.set(label, resolve);
    });
  }

  // ---- coming and going

  enter(identity: Identity, room: string | null): void {
    this.refusal = null;
    this.toOpen = room;
    this.change({
      ...emptyWorld,
      highlights: settings.kept.highlights,
      blocked: new Set(settings.kept.blocked),
    });
    this.connection = new Connection(
      {
        open: openSocket,
        now: () => Date.now(),
        chance: () => Math.random(),
        later: (ms, what) => {
          const timer = setTimeout(what, ms);
          return () => clearTimeout(timer);
        },
      },
      {
        heard: (line) => this.heard(line),
        status: (status) => this.statusIs(status),
        refused: (why) => {
          this.refusal = why;
          this.inside = false;
        },
      },
      identity,
    );
    this.connection.start();
  }

  leave(): void {
    this.connection?.stop();
    this.connection = null;
    this.inside = false;
    this.active = null;
    this.change(emptyWorld);
  }

  nudge(): void {
    this.connection?.nudge();
  }

  private statusIs(status: Status): void {
    const wasOpen = this.status.is === "open";
    this.status = status;
    if (status.is === "open") {
      this.opened();
    } else if (wasOpen) {
      this.change(leaveAll(lineBroke(this.next)));
      this.waitingFor.clear();
      this.saidHere.clear();
    }
  }

  private opened(): void {
    this.capabilities = new Set(this.connection?.capabilities ?? []);
    this.inside = true;
    this.gapPages.clear();
    settings.kept.nickname = settings.kept.nickname || this.next.me;
    const rooms = new Set(settings.kept.rooms);
    for (const of of this.next.conversations.values()) {
      if (of.kind === "room") {
        rooms.add(of.name);
      }
    }
    if (this.toOpen !== null && isRoomName(this.toOpen)) {
      rooms.add(this.toOpen);
    }
    if (rooms.size === 0) {
      rooms.add("#lobby");
    }
    this.toOpen ??= [...rooms][0] ?? null;
    [...rooms].forEach((room) => this.send("JOIN", room));
    if (this.can("draft/metadata-2")) {
      this.send("METADATA", "*", "SUB", ...metadataKeys);
    }
    if (this.can("draft/chathistory")) {
      const now = new Date().toISOString();
      this.send("CHATHISTORY", "TARGETS", `timestamp=${now}`, "timestamp=1970-01-01T00:00:00.000Z", "50");
    }
    for (const of of this.next.conversations.values()) {
      if (of.kind === "private") {
        this.catchUp(of);
      }
    }
  }

  // ---- hearing

  private heard(line: Line): void {
    const before = this.next;
    const after = hear(before, line, Date.now());
    this.change(after);
    const label = line.tags["label"];
    const waits = label === undefined ? undefined : this.waitingFor.get(label);
    if (label !== undefined && waits !== undefined) {
      this.waitingFor.delete(label);
      waits(line);
    }
    this.follow(line, before, after);
  }

  private follow(line: Line, before: World, after: World): void {
    const [first = "", second = ""] = line.parameters;
    switch (line.command) {
      case "JOIN":
        if (isMe(after, nicknameOf(line.source))) {
          this.joined(first);
        }
        break;
      case "PART":
      case "KICK": {
        const who = line.command === "KICK" ? second : nicknameOf(line.source);
        if (isMe(before, who)) {
          this.forgetRoom(first);
        }
        break;
      }
      case "366":
        this.membersKnown(second);
        break;
      case "CAP":
        this.capabilities = new Set(this.connection?.capabilities ?? []);
        break;
      case "BATCH":
        if (first.startsWith("-")) {
          this.fillGaps();
          announce.compare(this, before, after);
        }
        break;
      case "PRIVMSG":
      case "NOTICE":
        announce.compare(this, before, after);
        break;
      case "INVITE":
        if (isMe(after, first)) {
          announce.invited(after, second, nicknameOf(line.source));
        }
        break;
    }
  }

  private joined(room: string): void {
    const key = fold(room);
    const kept = settings.kept;
    if (!kept.rooms.some((one) => fold(one) === key)) {
      kept.rooms = [...kept.rooms, room];
      settings.save();
    }
    const of = this.next.conversations.get(key);
    if (of === undefined) {
      return;
    }
    if (!this.can("draft/read-marker") && kept.readUntil[key] !== undefined) {
      this.change(
        inKnownConversation(this.next, room, (it) => ({
          ...it,
          readUntil: Math.max(it.readUntil, kept.readUntil[key] ?? 0),
        })),
      );
    }
    this.send("MODE", room);
    this.catchUp(of);
    if (this.active === null || (this.toOpen !== null && fold(this.toOpen) === key)) {
      this.open(key);
      this.toOpen = null;
    }
  }

  private membersKnown(room: string): void {
    const of = this.next.conversations.get(fold(room));
    if (of !== undefined && of.members.size <= whoMax) {
      this.send("WHO", room, "%tnfar,152");
    }
  }

  private forgetRoom(room: string): void {
    const key = fold(room);
    settings.kept.rooms = settings.kept.rooms.filter((one) => fold(one) !== key);
    settings.save();
    if (this.active === key && !this.next.conversations.has(key)) {
      const rooms = [...this.next.conversations.values()];
      this.active = rooms[0]?.key ?? null;
    }
  }

  private catchUp(of: Conversation): void {
    if (!this.can("draft/chathistory")) {
      this.sayUnconfirmed(of.key);
    } else if (of.gapAfter !== null) {
      this.ask(of.name, { way: "gap", after: of.gapAfter });
    } else if (of.messages.length === 0 || of.toNow) {
      this.ask(of.name, { way: "latest" });
    }
  }

  private isAsked(of: Conversation): boolean {
    return [...this.next.questions.values()].some((one) => fold(one.target) === of.key);
  }

  private fillGaps(): void {
    for (const of of this.next.conversations.values()) {
      if (this.isAsked(of) || (of.kind === "room" && !of.joined)) {
        continue;
      }
      if (of.gapAfter === null || !of.toNow) {
        this.gapPages.delete(of.key);
        this.sayUnconfirmed(of.key);
        continue;
      }
      const pages = (this.gapPages.get(of.key) ?? 0) + 1;
      this.gapPages.set(of.key, pages);
      this.ask(
        of.name,
        pages > gapPagesMax ? { way: "latest" } : { way: "gap", after: of.gapAfter },
      );
    }
  }

  /** After the gap is filled: what is not in the history was never heard, and is said again. */
  private sayUnconfirmed(key: Key): void {
    for (const { target, id } of unconfirmed(this.next)) {
      if (fold(target) === key && !this.saidHere.has(id)) {
        this.saidHere.add(id);
        this.does(sayAgain(this.next, this.by, target, id));
      }
    }
  }

  // ---- wishes

  ask(target: string, asked: Asked): void {
    this.does(ask(this.next, this.by, target, asked));
  }

  older(of: Conversation): void {
    const before = of.edgeBefore ?? of.messages.map(msgidOf).find((id) => id !== null);
    if (of.loading === null && !of.fromStart && this.status.is === "open") {
      this.ask(of.name, before == null ? { way: "latest" } : { way: "older", before });
    }
  }

  newer(of: Conversation): void {
    const after = of.edgeAfter ?? of.messages.map(msgidOf).findLast((id) => id !== null);
    if (of.loading === null && !of.toNow && after != null && this.status.is === "open") {
      this.ask(of.name, { way: "newer", after });
    }
  }

  around(target: string, id: string): void {
    this.ask(target, { way: "around", at: id });
  }

  latest(of: Conversation): void {
    this.change(inKnownConversation(this.next, of.name, (it) => ({ ...it, messages: [], toNow: true })));
    this.ask(of.name, { way: "latest" });
  }

  say(wish: Wish): void {
    const before = new Set(unconfirmed(this.next).map((one) => one.id));
    this.does(say(this.next, this.by, wish));
    if (this.status.is === "open") {
      unconfirmed(this.next)
        .filter((one) => !before.has(one.id))
        .forEach((one) => this.saidHere.add(one.id));
    }
    this.lastTyping = { target: "", at: 0 };
  }

  retry(target: string, id: string): void {
    this.does(sayAgain(this.next, this.by, target, id));
  }

  discard(target: string, id: string): void {
    this.change(forget(this.next, target, id));
  }

  edit(target: string, id: string, newText: string): void {
    this.sendRaw(edit(target, id, newText));
  }

  remove(target: string, id: string, reason = ""): void {
    this.send("REDACT", target, id, ...(reason === "" ? [] : [reason]));
  }

  react(target: string, id: string, emoji: string, add: boolean): void {
    this.sendRaw(react(target, id, emoji, add));
  }

  typing(target: string, how: "active" | "paused" | "done"): void {
    const now = Date.now();
    const fresh = this.lastTyping.target === target && now - this.lastTyping.at < typingEachMs;
    if (!this.can("message-tags") || (how === "active" && fresh)) {
      return;
    }
    if (how === "done" && this.lastTyping.target !== target) {
      return;
    }
    this.lastTyping = how === "done" ? { target: "", at: 0 } : { target, at: now };
    this.sendRaw(formatLine("TAGMSG", [target], { "+typing": how }));
  }

  join(room: string, password = ""): void {
    const name = isRoomName(room) ? room : `#${room}`;
    const key = fold(name);
    if (this.next.conversations.get(key)?.joined === true) {
      this.open(key);
      return;
    }
    this.toOpen = name;
    this.send("JOIN", name, ...(password === "" ? [] : [password]));
  }

  part(room: string): void {
    if (this.next.conversations.get(fold(room))?.joined === true) {
      this.send("PART", room);
    } else {
      this.close(fold(room));
    }
  }

  /** Of a private conversation, or a room that one is not in any more. */
  close(key: Key): void {
    const conversations = new Map(this.next.conversations);
    conversations.delete(key);
    this.change({ ...this.next, conversations });
    this.forgetRoom(key);
  }

  open(key: Key): void {
    this.active = key;
    const of = this.next.conversations.get(key);
    if (of !== undefined) {
      history.replaceState(null, "", of.kind === "room" ? `/#${encodeURIComponent(of.name.slice(1))}` : "/");
    }
  }

  openPrivate(nickname: string): void {
    const key = fold(nickname);
    if (!this.next.conversations.has(key)) {
      const conversations = new Map(this.next.conversations);
      conversations.set(key, newConversation(key, nickname, "private"));
      this.change({ ...this.next, conversations });
      this.world = this.next;
    }
    const of = this.next.conversations.get(key);
    if (of !== undefined && of.messages.length === 0 && of.loading === null) {
      this.ask(of.name, { way: "latest" });
      if (this.can("draft/read-marker")) {
        this.send("MARKREAD", of.name);
      }
    }
    if (this.next.isupport.has("MONITOR")) {
      this.send("MONITOR", "+", nickname);
    }
    this.open(key);
  }

  /** What is seen is read, here and on all devices. */
  markRead(of: Conversation): void {
    const last = of.messages[of.messages.length - 1];
    const time = Math.max(last?.time ?? 0, of.toNow ? of.lastTime : 0);
    if (!of.toNow || time === 0 || (time <= of.readUntil && of.unread === 0)) {
      return;
    }
    const moved = time > of.readUntil;
    this.change(setReadUntil(this.next, of.name, time));
    if (moved && this.can("draft/read-marker")) {
      this.send("MARKREAD", of.name, `timestamp=${new Date(time).toISOString()}`);
    } else if (moved) {
      settings.kept.readUntil[of.key] = time;
      settings.save();
    }
  }

  list(): void {
    this.change({ ...this.next, listed: [], listing: true });
    this.send("LIST");
  }

  whois(nickname: string): void {
    this.change({ ...this.next, profile: null });
    this.send("WHOIS", nickname);
  }

  search(query: string): void {
    const attributes: string[] = [];
    const words: string[] = [];
    const escape = (value: string): string =>
      value.replace(/\\/g, "\\\\").replace(/;/g, "\\:").replace(/ /g, "\\s");
    for (const word of query.split(/\s+/).filter(Boolean)) {
      const found = /^(from|in|before|after):(.+)$/i.exec(word);
      const [, key = "", value = ""] = found ?? [];
      if (found === null) {
        words.push(word);
      } else if (key.toLowerCase() === "before" || key.toLowerCase() === "after") {
        const time = Date.parse(value);
        attributes.push(`${key.toLowerCase()}=${Number.isNaN(time) ? value : new Date(time).toISOString()}`);
      } else {
        attributes.push(`${key.toLowerCase()}=${escape(value.replace(/^@/, ""))}`);
      }
    }
    if (words.length > 0) {
      attributes.push(`text=${escape(words.join(" "))}`);
    }
    const label = this.newLabel();
    this.change({ ...this.next, search: { label, query, done: false, hits: [] } });
    this.sendRaw(formatLine("SEARCH", [attributes.join(";")], { label }));
  }

  endSearch(): void {
    this.change({ ...this.next, search: null });
  }

  dismiss(notice: number): void {
    this.change({ ...this.next, notices: this.next.notices.filter((one) => one.number !== notice) });
  }

  tell(tone: "info" | "warning" | "error", code: string, said: string): void {
    const number = this.next.counter + 1;
    this.change({
      ...this.next,
      counter: number,
      notices: [...this.next.notices, { number, tone, code, about: "", text: said }],
    });
  }

  refuseInvitation(room: string): void {
    this.change({
      ...this.next,
      invitations: this.next.invitations.filter((one) => fold(one.room) !== fold(room)),
    });
  }

  setHighlights(words: string[]): void {
    settings.kept.highlights = words;
    settings.save();
    this.change({ ...this.next, highlights: words });
  }

  setBlocked(nickname: string, blocked: boolean): void {
    const key = fold(nickname);
    const others = settings.kept.blocked.filter((one) => one !== key);
    settings.kept.blocked = blocked ? [...others, key] : others;
    settings.save();
    this.change({ ...this.next, blocked: new Set(settings.kept.blocked) });
  }

  askList(room: string, letter: string): void {
    this.change(
      inEachConversation(this.next, (of) => {
        if (of.key !== fold(room)) {
          return of;
        }
        const lists = new Map(of.lists);
        lists.delete(letter);
        return { ...of, lists };
      }),
    );
    this.send("MODE", room, `+${letter}`);
  }
}

export const client = new Client();
