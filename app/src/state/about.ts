// SPDX-License-Identifier: Apache-2.0
// The message that the next one is about: the one that it answers or replaces.
import type { Conversation, Key, Message } from "./model";

/** The message itself: the window of its conversation may move on from it. */
export interface About {
  readonly key: Key;
  readonly message: Message;
}

/** In its newest form, where the window has it. Null: it is nothing of this conversation. */
export function messageAbout(of: Conversation, about: About | null): Message | null {
  if (about === null) {
    return null;
  }
  // The conversation may have another name by now, but its messages are in no other.
  const found = of.messages.find((one) => one.id === about.message.id);
  return found ?? (about.key === of.key ? about.message : null);
}
