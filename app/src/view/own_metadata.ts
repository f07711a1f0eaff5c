// SPDX-License-Identifier: Apache-2.0
// What an account keeps with the server and shows to nobody: metadata that only its own devices read
// (docs/protocol/irc.md).
import type { Client } from "./client.svelte";

export function hasOwnMetadata(client: Client): boolean {
  return client.now.account !== null && client.can("draft/metadata-2");
}

/** "": nothing is kept there; null: nobody says. */
export async function ownMetadata(client: Client, key: string): Promise<string | null> {
  if (!hasOwnMetadata(client)) {
    return null;
  }
  const answer = await client.request("METADATA", "*", "GET", key);
  const told = answer.find((line) => line.command === "761" || line.command === "766");
  return told === undefined ? null : told.command === "761" ? (told.parameters[4] ?? "") : "";
}
