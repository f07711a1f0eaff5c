// SPDX-License-Identifier: Apache-2.0
// When to ask for history: at the edges of a conversation's window, and where the line broke. What
// got no receipt before it broke is said again once the gap is filled.
import { messagesIn } from "../state/aside";
import { inKnownConversation } from "../state/change";
import { isForAMoment } from "../state/hear";
import { msgidOf, type Asked, type Conversation, type Key, type Message, type Question } from "../state/model";
import { ask, sayAgain, unconfirmed } from "../state/say";
import { fold } from "../wire/line";
import type { Client } from "./client.svelte";

/** Pages that a gap is filled with; when more is missing, the window begins anew at its end. */
const gapPagesMax = 5;

/** After the server could not answer: asked again so often, later each time. */
const failuresMax = 6;
const restMs = 1_000;

export class History {
  private readonly gapPages = new Map<Key, number>();
  /** Said on the line as it is now: their receipts are under way. */
  private readonly saidHere = new Set<string>();
  /** Where the server could not answer for a moment: how often by now, and what will be asked again. */
  private readonly failures = new Map<Key, number>();
  private readonly resting = new Map<Key, ReturnType<typeof setTimeout>>();

  constructor(private readonly client: Client) {}

  lineOpened(): void {
    this.gapPages.clear();
  }

  lineBroke(): void {
    this.saidHere.clear();
    this.failures.clear();
    this.resting.forEach((timer) => clearTimeout(timer));
    this.resting.clear();
  }

  /** The server could not answer just now. Until it is asked again the window waits as it stands. */
  failed({ target, asked }: Question): void {
    const key = fold(target);
    const failures = (this.failures.get(key) ?? 0) + 1;
    this.failures.set(key, failures);
    if (failures > failuresMax) {
      this.failures.delete(key);
      // What waits to be said is left to her.
      const outbox = (of: Conversation): readonly Message[] =>
        of.outbox.map((one) =>
          one.delivery === "sending" && !this.saidHere.has(one.id) ? { ...one, delivery: "failed" } : one,
        );
      this.client.change(
        inKnownConversation(this.client.now, target, (of) => ({ ...of, loading: null, outbox: outbox(of) })),
      );
      return;
    }
    clearTimeout(this.resting.get(key));
    const again = (): void => {
      this.resting.delete(key);
      const of = this.client.now.conversations.get(key);
      // Meanwhile she may have asked for another place.
      if (of !== undefined && this.askedOf(of) === null) {
        this.ask(of.name, asked);
      }
    };
    this.resting.set(key, setTimeout(again, restMs * 2 ** (failures - 1)));
  }

  answered(target: string): void {
    this.failures.delete(fold(target));
  }

  /** What waits for its receipt on this line need not be said again. */
  saidOnThisLine(ids: readonly string[]): void {
    ids.forEach((id) => this.saidHere.add(id));
  }

  /** A question that nobody hears would be waited for. */
  ask(target: string, asked: Asked): void {
    if (this.client.status.is !== "open") {
      return;
    }
    if (asked.way === "latest" || asked.way === "around") {
      clearTimeout(this.resting.get(fold(target))); // the window begins anew
      this.resting.delete(fold(target));
    }
    this.client.does(ask(this.client.now, this.client.by, target, asked));
  }

  /** One message, wherever it stands; the window stays where it is. Unheard: the line broke first, or
   * the server could not read it now. */
  async fetch(target: string, id: string): Promise<Message | "gone" | "unheard"> {
    const answer = await this.client.request("CHATHISTORY", "AROUND", target, `msgid=${id}`, "1");
    if (answer.length === 0 || answer.some(isForAMoment)) {
      return "unheard";
    }
    const page = messagesIn(this.client.now, target, answer, Date.now());
    return page.find((one) => one.id === id) ?? "gone";
  }

  /** As it is now: what is drawn may be a frame behind, and what it asks for under way already. */
  private now(drawn: Conversation): Conversation {
    return this.client.now.conversations.get(drawn.key) ?? drawn;
  }

  older(drawn: Conversation): void {
    const of = this.now(drawn);
    const before = of.edgeBefore ?? of.messages.map(msgidOf).find((id) => id !== null);
    if (of.loading === null && !of.fromStart && this.client.status.is === "open") {
      this.ask(of.name, before == null ? { way: "latest" } : { way: "older", before });
    }
  }

  newer(drawn: Conversation): void {
    const of = this.now(drawn);
    const after = of.edgeAfter ?? of.messages.map(msgidOf).findLast((id) => id !== null);
    if (of.loading === null && !of.toNow && after != null && this.client.status.is === "open") {
      this.ask(of.name, { way: "newer", after });
    }
  }

  around(target: string, id: string): void {
    this.ask(target, { way: "around", at: id });
  }

  /** Asks for the page in which what is unread begins. False: it begins in the window, or nobody answers. */
  aroundUnread(drawn: Conversation, readUntil: number): boolean {
    const of = this.now(drawn);
    const first = of.messages.find((one) => one.kind !== "event");
    if (of.fromStart || first === undefined || first.time <= readUntil) {
      return false;
    }
    this.ask(of.name, { way: "around", at: readUntil });
    return this.now(of).loading === "around";
  }

  latest(of: Conversation): void {
    this.client.change(
      inKnownConversation(this.client.now, of.name, (it) => ({
        ...it,
        messages: [],
        toNow: true,
        fromStart: false,
        edgeBefore: null,
        edgeAfter: null,
      })),
    );
    this.ask(of.name, { way: "latest" });
  }

  /** After coming in: what was said since, or the end of what there is. */
  catchUp(of: Conversation, few = false): void {
    const asked = this.askedOf(of);
    if (asked !== null) {
      this.client.change(
        inKnownConversation(this.client.now, of.name, (it) => ({
          ...it,
          loading: it.loading ?? (asked.way === "gap" ? null : asked.way), // asked before one was in
        })),
      );
      return;
    }
    if (!this.client.can("draft/chathistory")) {
      this.sayUnconfirmed(of.key);
    } else if (of.gapAfter !== null) {
      this.ask(of.name, { way: "gap", after: of.gapAfter });
    } else if (of.messages.length === 0 || of.toNow) {
      this.ask(of.name, { way: "latest", few });
    }
  }

  private askedOf(of: Conversation): Asked | null {
    return [...this.client.now.questions.values()].find((one) => fold(one.target) === of.key)?.asked ?? null;
  }

  fillGaps(): void {
    for (const of of this.client.now.conversations.values()) {
      if (this.askedOf(of) !== null || this.resting.has(of.key) || (of.kind === "room" && !of.joined)) {
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

  /** There is something that was said before this line. */
  waitsToSay(key: Key): boolean {
    return unconfirmed(this.client.now).some(({ target, id }) => fold(target) === key && !this.saidHere.has(id));
  }

  /** What is not in the history was never heard, and is said again. */
  private sayUnconfirmed(key: Key): void {
    for (const { target, id } of unconfirmed(this.client.now)) {
      if (fold(target) === key && !this.saidHere.has(id)) {
        this.saidHere.add(id);
        this.client.does(sayAgain(this.client.now, this.client.by, target, id));
      }
    }
  }
}
