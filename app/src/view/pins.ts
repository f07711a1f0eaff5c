// SPDX-License-Identifier: Apache-2.0
// Pinned messages are the room's metadata `pinned`: their msgids, the newest last. A value has 300
// bytes, so the oldest give way.
import { refusalIn } from "../state/aside";
import { inKnownConversation } from "../state/change";
import type { Conversation } from "../state/model";
import { text } from "../text/texts.svelte";
import { client } from "./client.svelte";

const pinsMax = 12;

export async function setPinned({ name, key }: Conversation, id: string, pinned: boolean): Promise<void> {
  const now = client.now.conversations.get(key)?.pinned ?? [];
  const others = now.filter((one) => one !== id);
  const ids = (pinned ? [...others, id] : others).slice(-pinsMax);
  if (!client.isHeard()) {
    return;
  }
  if (pinned && others.length >= pinsMax) {
    client.tell("info", "PIN", text.of.pinsFull(pinsMax));
  }
  // At once: the next one may be pinned before the answer to this.
  client.change(inKnownConversation(client.now, name, (of) => ({ ...of, pinned: ids })));
  const words = [name, "SET", "pinned", ...(ids.length > 0 ? [ids.join(" ")] : [])];
  if (!client.can("labeled-response")) {
    client.send("METADATA", ...words);
    return;
  }
  const refusal = refusalIn(await client.request("METADATA", ...words));
  if (refusal !== null) {
    client.tell("error", "METADATA", refusal);
    client.sendAside("METADATA", [name, "GET", "pinned"]); // how it is
  }
}
