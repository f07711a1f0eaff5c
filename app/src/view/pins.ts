// SPDX-License-Identifier: Apache-2.0
// Pinned messages are the room's metadata `pinned`: their msgids, the newest last. A value has 300
// bytes, so the oldest give way.
import type { Conversation } from "../state/model";
import { client } from "./client.svelte";

const pinsMax = 12;

export function setPinned(of: Conversation, id: string, pinned: boolean): void {
  const others = of.pinned.filter((one) => one !== id);
  const ids = (pinned ? [...others, id] : others).slice(-pinsMax);
  client.send("METADATA", of.name, "SET", "pinned", ...(ids.length > 0 ? [ids.join(" ")] : []));
}
