// SPDX-License-Identifier: Apache-2.0
// Pinned messages are the room's metadata `pinned`: their msgids, the newest last. A value has 300
// bytes, so the oldest give way.
import { inKnownConversation } from "../state/change";
import type { Conversation } from "../state/model";
import { client } from "./client.svelte";

const pinsMax = 12;

export function setPinned({ name, key }: Conversation, id: string, pinned: boolean): void {
  const now = client.now.conversations.get(key)?.pinned ?? [];
  const others = now.filter((one) => one !== id);
  const ids = (pinned ? [...others, id] : others).slice(-pinsMax);
  if (!client.isHeard()) {
    return;
  }
  // At once: the next one may be pinned before the answer to this. A refusal asks how it is (following.ts).
  client.change(inKnownConversation(client.now, name, (of) => ({ ...of, pinned: ids })));
  client.send("METADATA", name, "SET", "pinned", ...(ids.length > 0 ? [ids.join(" ")] : []));
}
