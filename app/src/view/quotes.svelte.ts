// SPDX-License-Identifier: Apache-2.0
// Messages that others refer to and that stand outside of the window: quoted and pinned ones, fetched
// one by one. The oldest are forgotten, and what was changed or taken back is read anew.
import { changeIn } from "../state/messages";
import type { Conversation, Message } from "../state/model";
import type { Line } from "../wire/line";
import type { Client } from "./client.svelte";

/** More than a page shows, or it would fetch in a circle. */
const keptMax = 500;
/** A server that is busy is not asked at once again. */
const patienceMs = 30_000;

export class Quotes {
  private kept = $state.raw<ReadonlyMap<string, Message | "gone">>(new Map());
  /** Under way: a number each, so that an answer from before a change is known. */
  private readonly asked = new Map<string, number>();
  private times = 0;

  constructor(private readonly client: Client) {}

  /** Null: not known yet, or not there. */
  of(conversation: Conversation, id: string): Message | null {
    const here = conversation.messages.find((one) => one.id === id) ?? this.kept.get(id);
    if (here === undefined) {
      void this.fetch(conversation.name, id);
    }
    return here === undefined || here === "gone" ? null : here;
  }

  /** It is not there, or not any more, or nothing can be asked for. */
  isGone(id: string): boolean {
    return this.kept.get(id) === "gone" || !this.canAsk;
  }

  private get canAsk(): boolean {
    return this.client.can("draft/chathistory") && this.client.can("labeled-response");
  }

  heard(line: Line): void {
    const id = changeIn(line)?.id;
    if (id !== undefined && (this.kept.has(id) || this.asked.has(id))) {
      this.asked.delete(id);
      this.kept = new Map([...this.kept].filter(([one]) => one !== id));
    }
  }

  /** What changed while there was no line is not known. */
  lineOpened(): void {
    this.asked.clear();
    this.kept = new Map();
  }

  private async fetch(target: string, id: string): Promise<void> {
    const { client } = this;
    if (this.asked.has(id) || !this.canAsk || client.status.is !== "open") {
      return;
    }
    this.times += 1;
    const time = this.times;
    this.asked.set(id, time);
    const found = await client.history.fetch(target, id);
    if (this.asked.get(id) !== time) {
      return; // it has been changed meanwhile, and was asked for again
    }
    if (found === "unheard") {
      setTimeout(() => this.forget(id, time), patienceMs);
      return;
    }
    this.asked.delete(id);
    this.kept = new Map([...this.kept, [id, found] as const].slice(-keptMax));
  }

  private forget(id: string, time: number): void {
    if (this.asked.get(id) === time) {
      this.asked.delete(id);
    }
  }
}
