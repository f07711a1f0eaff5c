// SPDX-License-Identifier: Apache-2.0
// The two ends held together: lines from the connection go into the state, wishes of the views go out
// as lines. What follows from a line, and what is said and wished of history, places and attention, is
// in files of their own.
import { Answers, type Answer } from "../socket/answers";
import { browser } from "../socket/browser";
import { Connection, type Identity, type Owner, type Refusal, type Status } from "../socket/connection";
import { hear, lineBroke, tick } from "../state/hear";
import { emptyWorld, type Conversation, type Key, type World } from "../state/model";
import { multilineLimits, type Outcome, type Speaking } from "../state/say";
import { ownWordsKey } from "../state/people";
import { withUnsent } from "../state/unsent";
import { text } from "../text/texts.svelte";
import { isLinked, type Place } from "../format/address";
import { fold, formatLine, isRoomName, type Line } from "../wire/line";
import { logOut } from "./account";
import { AgreedLevels } from "./agreed_levels";
import { Attention } from "./attention";
import { earlyCall, type Call } from "./early";
import { Faces } from "./faces";
import { follow } from "./following";
import { History } from "./history";
import { levelsKey } from "./levels";
import { Operators } from "./operators.svelte";
import { Passes } from "./passes.svelte";
import { Places } from "./places";
import { Presence } from "./presence";
import { Privates } from "./privates";
import { endPushes } from "./push";
import { Quotes } from "./quotes.svelte";
import { Searching } from "./searching";
import { settings } from "./settings.svelte";
import { Speech } from "./speech";
import { keepUnsent, renewUnsent, takeUnsent } from "./unsent";

const arrivingMs = 400;
const metadataKeys = ["display-name", "avatar", "status", "bot", "pinned", ownWordsKey, levelsKey];

function startOfLabels(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(5));
  return [...bytes].map((one) => one.toString(36).padStart(2, "0")).join("");
}

/** It waits for the end of its batch, a page of history say: until then there is nothing to be seen
 * of it, and what happened then is not what happens now. */
function isCollected(world: World, line: Line): boolean {
  return line.command !== "BATCH" && world.batches.has(line.tags["batch"] ?? "");
}

export class Client {
  world = $state.raw<World>(emptyWorld);
  /** What most messages leave as it is: who looks only at this is not drawn again with each of them. */
  readonly me = $derived(this.world.me);
  readonly people = $derived(this.world.people);
  readonly blocked = $derived(this.world.blocked);
  readonly highlights = $derived(this.world.highlights);
  status = $state.raw<Status>({ is: "closed" });
  /** Where something was said here last; each time anew. */
  said = $state.raw<{ readonly in: Key } | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  /** Has been welcomed since it was told to enter. */
  inside = $state(false);
  active = $state<Key | null>(null);
  capabilities = $state.raw<ReadonlySet<string>>(new Set());

  readonly history = new History(this);
  readonly places = new Places(this);
  readonly privates = new Privates(this);
  readonly attention = new Attention(this);
  readonly presence = new Presence(this);
  readonly faces = new Faces(this);
  readonly speech = new Speech(this);
  readonly operators = new Operators(this);
  readonly quotes = new Quotes(this);
  readonly searching = new Searching(this);
  readonly passes = new Passes(this);
  readonly levels = new AgreedLevels(this);

  private next: World = emptyWorld;
  private drawn = true;
  private arriving = false;
  private connection: Connection | null = null;
  private knocked: Connection | null = null;
  private readonly labelStart = startOfLabels();
  private labels = 0;
  private early: Call["asked"] = null;
  private readonly answers = new Answers();
  private toOpen: string | null = null;
  /** That room is shown if one is in it, and not come into. */
  private onlyShown = false;
  /** By this server's cookie: an account's rooms are the server's to know. */
  private byCookie = false;
  private shownName = "";
  /** Her account was made just now: the server knows no language of it. */
  private isNew = false;

  constructor() {
    setInterval(() => this.change(tick(this.next, Date.now())), 1_000);
  }

  get activeConversation(): Conversation | null {
    return this.active === null ? null : (this.world.conversations.get(this.active) ?? null);
  }

  /** The world as it is, which may be a frame ahead of the one that is drawn. */
  get now(): World {
    return this.next;
  }

  can(name: string): boolean {
    return this.capabilities.has(name);
  }

  /** The server told others than before. */
  lookAtCapabilities(): void {
    this.capabilities = new Set(this.connection?.capabilities ?? []);
  }

  get by(): Speaking {
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

  change(world: World): void {
    if (world === this.next) {
      return;
    }
    this.next = world;
    if (this.arriving && !this.hasArrived()) {
      return;
    }
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

  /** The first conversation is drawn with what was said there, not bare and then once more; but who
   * comes in sees something soon. */
  private arrives(): void {
    this.arriving = true;
    setTimeout(() => {
      if (this.arriving) {
        this.arriving = false;
        this.drawNow();
      }
    }, arrivingMs);
  }

  private hasArrived(): boolean {
    const of = this.next.conversations.get(this.active ?? "");
    this.arriving = of === undefined || (of.messages.length === 0 && !of.fromStart);
    return !this.arriving;
  }

  /** For what cannot wait for the next frame. */
  drawNow(): void {
    this.drawn = true;
    this.world = this.next;
  }

  does(outcome: Outcome): void {
    this.change(outcome.world);
    outcome.lines.forEach((line) => this.connection?.send(line));
  }

  /** What the reader wishes. False, and she is told, where there is nobody to hear it. */
  send(command: string, ...parameters: string[]): boolean {
    return this.sendRaw(formatLine(command, parameters));
  }

  sendRaw(line: string): boolean {
    return this.isHeard() && this.connection?.send(line) === true;
  }

  /** By the way: nobody misses it where there is no line. */
  sendAside(command: string, parameters: readonly string[], tags: Readonly<Record<string, string>> = {}): void {
    this.connection?.send(formatLine(command, parameters, tags));
  }

  isHeard(): boolean {
    if (this.status.is === "open") {
      return true;
    }
    if (!this.next.notices.some((one) => one.code === "OFFLINE")) {
      this.tell("warning", "OFFLINE", text.of.notConnected);
    }
    return false;
  }

  /** Asks for what is nobody else's: the answer goes into no conversation. */
  request(command: string, ...parameters: string[]): Promise<Answer> {
    return this.requestWith({}, command, ...parameters);
  }

  requestWith(tags: Readonly<Record<string, string>>, command: string, ...parameters: string[]): Promise<Answer> {
    if (!this.can("labeled-response") || this.status.is !== "open") {
      return Promise.resolve([]);
    }
    const label = this.newLabel();
    const line = formatLine(command, parameters, { ...tags, label });
    const answer = this.answers.expect(label, line);
    this.connection?.send(line);
    return answer;
  }

  // ---- coming and going

  /** Shown: the name as it was written, where a nickname could not be it. */
  enter(identity: Identity, to: Place | null, shown = "", isNew = false): void {
    // One that still waits would call again beside the new one, and hold her name.
    this.connection?.stop();
    this.connection = null;
    this.refusal = null;
    this.active = null;
    this.toOpen = to?.room ?? null;
    this.onlyShown = !isLinked();
    this.byCookie = identity.cookie === true;
    this.places.forgetPasswords();
    this.places.learn(to);
    this.places.waitOnlyFor([]);
    this.speech.forgetAway();
    this.shownName = shown;
    this.isNew = isNew;
    // Until the server says it: she is who she says.
    const world = {
      ...emptyWorld,
      me: identity.nickname,
      account: identity.cookie === true ? identity.nickname : null,
      highlights: settings.kept.highlights,
      blocked: new Set(settings.kept.blocked),
      closed: new Map(Object.entries(settings.kept.closed)),
    };
    this.change(withUnsent(world, identity.nickname, takeUnsent(identity.nickname), Date.now()));
    const early = identity.cookie === true ? earlyCall() : null;
    this.connection = early?.connection ?? this.knocked ?? new Connection(browser, this.owner);
    this.knocked = null;
    if (early === null) {
      this.connection.start(identity);
    } else {
      this.takeOver(early);
    }
  }

  private takeOver(call: Call): void {
    const { asked } = call;
    this.early = asked;
    if (asked !== null) {
      const question = { target: asked.room, asked: { way: "latest" } as const };
      this.change({ ...this.next, questions: new Map([[asked.label, question]]) });
    }
    call.tell(this.owner);
    if (!this.arriving) {
      this.drawNow(); // with the page itself
    }
  }

  /** Somebody is about to enter: what can be done before one knows who she is, is done. */
  knock(): void {
    if (this.status.is === "closed") {
      this.knocked ??= new Connection(browser, this.owner);
      this.knocked.knock();
    }
  }

  private readonly owner: Owner = {
    heard: (line) => this.heard(line),
    status: (status) => this.statusIs(status),
    refused: (why) => {
      this.refusal = why;
      if (why.kind !== "evicted") {
        this.pageLeaves(); // what she said waits for her to come back
      }
      this.inside = false;
      if (why.kind === "evicted" || why.kind === "forgotten") {
        void endPushes(this); // what is said to her is not for whoever has this browser now
      }
      if (why.kind === "evicted") {
        void logOut();
        this.places.leaveAddress();
        settings.forgetReader();
      }
      if (why.kind === "forgotten") {
        settings.kept.account = false;
        settings.save();
      }
    },
  };

  leave(): void {
    this.connection?.stop();
    this.connection = null;
    this.inside = false;
    this.active = null;
    this.change(emptyWorld);
  }

  /** The page may go at any moment. */
  pageLeaves(): void {
    if (this.inside) {
      keepUnsent(this.next);
    }
  }

  nudge(): void {
    this.connection?.nudge();
  }

  isWished(room: string): boolean {
    return this.toOpen !== null && fold(this.toOpen) === fold(room);
  }

  /** The room that is shown once one is in it; null: none in particular. */
  opensNext(room: string | null): void {
    this.onlyShown = false;
    this.toOpen = room;
  }

  /** In what was to be shown if one is in it, one is not. */
  showsNoOther(): void {
    if (this.onlyShown) {
      this.opensNext(null);
    }
  }

  private statusIs(status: Status): void {
    const wasOpen = this.status.is === "open";
    this.status = status;
    if (status.is === "open") {
      this.opened();
    } else if (wasOpen) {
      this.change(lineBroke(this.next));
      this.history.lineBroke();
      this.answers.lineBroke();
      this.places.lineBroke();
      this.passes.lineBroke();
      this.levels.lineBroke();
    }
  }

  private opened(): void {
    this.lookAtCapabilities();
    this.inside = true;
    this.presence.lineOpened();
    this.faces.lineOpened();
    this.places.lineOpened();
    const broughtBack = this.byCookie && settings.kept.reader !== "";
    if (settings.comesIn(this.next.account)) {
      this.change({ ...this.next, highlights: [], blocked: new Set(), closed: new Map() });
    }
    this.history.lineOpened();
    this.quotes.lineOpened();
    this.privates.lineOpened();
    settings.kept.nickname = settings.kept.nickname || this.next.me;
    // Which she left on another device this browser does not know.
    const known = this.places.known();
    const rooms = new Set(broughtBack ? [] : known);
    if (this.toOpen !== null && isRoomName(this.toOpen) && !(broughtBack && this.onlyShown)) {
      rooms.add(this.toOpen);
    }
    if (rooms.size === 0 && !broughtBack) {
      rooms.add("#lobby");
    }
    if (this.toOpen?.startsWith("@") === true) {
      this.places.go(this.toOpen);
      this.toOpen = null;
    } else if (this.active === null) {
      if (this.toOpen === null) {
        this.toOpen = [...rooms, ...known][0] ?? null;
        this.onlyShown = broughtBack;
      }
      this.arrives();
    }
    this.speak();
    this.speech.sayAwayAgain();
    const before = this.early;
    this.early = null;
    const asked = before?.joined === true ? before.room : null;
    [...rooms].filter((room) => room !== asked).forEach((room) => this.places.comeBackTo(room));
    if (broughtBack) {
      void this.places.lookWhereOneIs(); // behind what was just wished
    } else {
      this.places.waitOnlyFor(rooms);
    }
    if (this.can("draft/metadata-2")) {
      if (this.shownName !== "") {
        // A guest's is forgotten with the line.
        const now = this.next.people.get(fold(this.next.me))?.displayName;
        this.send("METADATA", "*", "SET", "display-name", now || this.shownName);
      }
      this.send("METADATA", "*", "SUB", ...metadataKeys); // the answer has that name already
    }
    this.privates.comeBack();
  }

  /** What the server says should be in the reader's language. An account has one for all its
   * programs: it is changed only by who chose one here. Whether it has one the server does not tell, but a
   * new one has none. */
  speak(): void {
    const chosen = settings.kept.language !== "system";
    if (this.can("draft/languages") && (chosen || this.isNew || this.next.account === null)) {
      this.send("LANGUAGE", text.language);
    }
    this.isNew = false;
  }

  // ---- hearing

  heard(line: Line): void {
    if (this.answers.take(line) || this.operators.take(line)) {
      return;
    }
    const before = this.next;
    const after = hear(before, line, Date.now());
    if (isCollected(before, line)) {
      this.next = after;
      return;
    }
    this.change(after);
    renewUnsent(after);
    follow(this, line, before, after);
  }

  // ---- beside the conversations

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
}

export const client = new Client();
