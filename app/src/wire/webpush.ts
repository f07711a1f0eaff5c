// SPDX-License-Identifier: Apache-2.0
// The words of soju.im/webpush: keys as the value of a tag, and the server's key as bytes.
import { escapeTag } from "./line";

/** Base64 for addresses, as VAPID has it. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** "p256dh=…;auth=…" */
export function keysAsTags(keys: Readonly<Record<string, string>>): string {
  return ["p256dh", "auth"].map((key) => `${key}=${escapeTag(keys[key] ?? "")}`).join(";");
}
