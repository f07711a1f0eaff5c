// SPDX-License-Identifier: Apache-2.0
// Private conversations, which nobody joins: the server says nothing of them unasked. Up to where they
// were read is asked (draft/read-marker), whether the other one is there (MONITOR), and what was said
// since. One after the other, so that what the reader says does not wait behind it.
import { hear } from "../state/hear";
import type { Conversation, Key, World } from "../state/model";
import { byteLength } from "../wire/pieces";
import type { Line } from "../wire/line";
import type { Client } from "./client.svelte";
import { peopleOf } from "./order";

/** Conversations of which the server is asked to tell. */
const listedMax = 50;
/** Bytes of names in one MONITOR. */
const namesMax = 400;
/** Between two questions where answers are not told apart. */
const pauseMs = 500;
/** The list, when it could not be had: asked for again so often, later each time. */
const failuresMax = 4;
const restMs = 2_000;

export class Privates {
  private readonly watched = new Set<Key>();
  private waiting: Key[] = [];
  private asking = false;
  private failures = 0;
  private again: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly client: Client) {}

  lineOpened(): void {
    this.watched.clear();
    this.waiting = [];
    this.failures = 0;
    clearTimeout(this.again);
  }

  /** The line is open: those that are known are caught up with, those that there are asked for. */
  comeBack(): void {
    for (const of of peopleOf(this.client.now)) {
      if (of.messages.length > 0 || of.outbox.length > 0 || of.key === this.client.active) {
        this.client.history.catchUp(of);
      }
    }
    if (this.client.can("draft/chathistory") && this.client.can("batch")) {
      this.askList();
    } else {
      this.lookAtAll();
    }
  }

  private askList(): void {
    const until = `timestamp=${new Date().toISOString()}`;
    this.client.sendAside("CHATHISTORY", ["TARGETS", until, "timestamp=1970-01-01T00:00:00.000Z", `${listedMax}`]);
  }

  /** The server could not list them just now. */
  listFailed(): void {
    this.failures += 1;
    if (this.failures > failuresMax) {
      this.lookAtAll();
    } else {
      this.again = setTimeout(() => this.askList(), restMs * 2 ** (this.failures - 1));
    }
  }

  lookAtAll(): void {
    this.lookAt(peopleOf(this.client.now).map((of) => of.key));
  }

  /** Somebody began to talk. */
  lookAtNew(before: World): void {
    const { conversations } = this.client.now;
    if (conversations.size > before.conversations.size) {
      this.lookAt([...conversations.keys()].filter((key) => !before.conversations.has(key)));
    }
  }

  lookAt(keys: readonly Key[]): void {
    const all = keys.filter((key) => this.client.now.conversations.get(key)?.kind === "private");
    this.watch(all);
    this.waiting.push(...all.filter((key) => !this.waiting.includes(key)));
    if (!this.asking) {
      this.asking = true;
      void this.askWaiting().finally(() => (this.asking = false));
    }
  }

  lookAway(key: Key): void {
    if (this.watched.delete(key)) {
      this.client.sendAside("MONITOR", ["-", key]);
    }
  }

  /** As many as the server watches for one; a new line knows of none. */
  private watch(keys: readonly Key[]): void {
    const said = this.client.now.isupport.get("MONITOR");
    if (said === undefined || this.client.status.is !== "open") {
      return;
    }
    const room = (said === "" ? Infinity : Number(said) || 0) - this.watched.size;
    const added = keys.filter((key) => !this.watched.has(key)).slice(0, Math.max(0, room));
    let names: string[] = [];
    for (const key of added) {
      this.watched.add(key);
      if (byteLength([...names, key].join(",")) > namesMax) {
        this.client.sendAside("MONITOR", ["+", names.join(",")]);
        names = [];
      }
      names.push(this.client.now.conversations.get(key)?.name ?? key);
    }
    if (names.length > 0) {
      this.client.sendAside("MONITOR", ["+", names.join(",")]);
    }
  }

  private async askWaiting(): Promise<void> {
    for (let key = this.waiting.shift(); key !== undefined; key = this.waiting.shift()) {
      await this.askMarker(key);
    }
  }

  private async askMarker(key: Key): Promise<void> {
    const of = this.client.now.conversations.get(key);
    if (of === undefined || this.client.status.is !== "open") {
      return;
    }
    if (!this.client.can("draft/read-marker")) {
      this.client.attention.recall(of);
    } else if (this.client.can("labeled-response")) {
      const answer = await this.client.request("MARKREAD", of.name);
      if (this.client.status.is !== "open") {
        return;
      }
      // A refusal is no marker either.
      const unread: Line = { tags: {}, source: "", command: "MARKREAD", parameters: [of.name, "*"] };
      const marker = answer.find((line) => line.command === "MARKREAD") ?? unread;
      this.client.change(hear(this.client.now, marker, Date.now()));
    } else {
      this.client.sendAside("MARKREAD", [of.name]);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    this.readOn(key);
  }

  /** What was said since it was read, where nothing was loaded yet. */
  private readOn(key: Key): void {
    const of = this.client.now.conversations.get(key);
    if (of !== undefined && of.loading === null && of.lastTime > of.readUntil && !isLoaded(of)) {
      this.client.history.ask(of.name, { way: "latest" });
    }
  }
}

function isLoaded(of: Conversation): boolean {
  return of.messages.length > 0 && (of.fromStart || of.edgeBefore !== null || of.gapAfter !== null);
}
