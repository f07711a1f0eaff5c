// SPDX-License-Identifier: Apache-2.0
// Messages that others refer to and that stand outside of the window: quoted and pinned ones, fetched
// one by one, each once, and the oldest forgotten.
import type { Conversation, Message } from "../state/model";
import { client } from "./client.svelte";

const keptMax = 200;

class Quotes {
  private kept = $state.raw<ReadonlyMap<string, Message>>(new Map());
  private readonly asked = new Set<string>();

  /** Null: not known yet, or not there. */
  of(conversation: Conversation, id: string): Message | null {
    const here = conversation.messages.find((one) => one.id === id) ?? this.kept.get(id);
    if (here === undefined) {
      void this.fetch(conversation.name, id);
    }
    return here ?? null;
  }

  private async fetch(target: string, id: string): Promise<void> {
    if (this.asked.has(id) || !client.can("draft/chathistory") || client.status.is !== "open") {
      return;
    }
    this.asked.add(id);
    const found = await client.history.fetch(target, id);
    if (found !== null) {
      this.kept = new Map([...this.kept, [id, found] as const].slice(-keptMax));
    }
    if (this.asked.size > 5 * keptMax) {
      this.asked.clear();
    }
  }
}

export const quotes = new Quotes();
