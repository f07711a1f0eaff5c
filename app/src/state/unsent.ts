// SPDX-License-Identifier: Apache-2.0
// What was said and has no receipt yet, as it is kept while the page is away: a reload loses nothing.
import { inConversation } from "./change";
import { newMessage, type Message, type World } from "./model";

/** One message; what it is said by and where. */
export type Unsent = Pick<Message, "id" | "kind" | "time" | "text" | "replyTo" | "delivery" | "error"> & {
  readonly target: string;
};

export function unsentOf(world: World): Unsent[] {
  return [...world.conversations.values()].flatMap((of) =>
    of.outbox.map(({ id, kind, time, text, replyTo, delivery, error }) => ({
      target: of.name,
      ...{ id, kind, time, text, replyTo, delivery, error },
    })),
  );
}

/** What was said longer ago than this is not said by itself any more: its time may have passed. */
const freshMs = 120_000;

/** They stand in their outboxes as before. What is in the history by now is found there by its nonce. */
export function withUnsent(world: World, from: string, unsent: readonly Unsent[], now: number): World {
  return unsent.reduce((made, { target, ...kept }) => {
    const delivery = now - kept.time > freshMs ? "failed" : kept.delivery;
    return inConversation(made, target, (of) => ({
      ...of,
      outbox: [...of.outbox, newMessage({ ...kept, delivery, from })],
    }));
  }, world);
}
