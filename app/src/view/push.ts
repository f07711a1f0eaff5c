// SPDX-License-Identifier: Apache-2.0
// Messages to this device while no page is open (draft/webpush): the browser's push service gives an
// address and keys, and the server is told of them at each connection.
import { bytesOf, keysAsTags } from "../wire/webpush";
import type { Client } from "./client.svelte";
import { settings } from "./settings.svelte";

// What the server was told last: it can be taken back at once, while there is still a connection.
let registered: string | null = null;

/** The server can push, to an account's devices. */
export function isPushedTo(client: Client): boolean {
  const offered = client.can("soju.im/webpush") || client.can("draft/webpush");
  // Asked anew with each world that is drawn; but answered for the one that may be a frame ahead.
  const { account, isupport } = client.world === client.now ? client.world : client.now;
  return offered && account !== null && isupport.has("VAPID");
}

/** And the browser can take it. */
export function canPush(client: Client): boolean {
  return isPushedTo(client) && "PushManager" in globalThis;
}

function equal(a: ArrayBuffer | null, b: Uint8Array): boolean {
  const other = new Uint8Array(a ?? new ArrayBuffer(0));
  return other.length === b.length && other.every((byte, at) => byte === b[at]);
}

/** The browser's subscription for this server's key; one for another key is of no use any more. */
async function subscription(manager: PushManager, key: Uint8Array<ArrayBuffer>): Promise<PushSubscription> {
  const kept = await manager.getSubscription();
  if (kept !== null && equal(kept.options.applicationServerKey, key)) {
    return kept;
  }
  await kept?.unsubscribe();
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

/** False where the browser refuses. */
export async function takePushes(client: Client): Promise<boolean> {
  try {
    const worker = await navigator.serviceWorker.ready;
    const key = bytesOf(client.now.isupport.get("VAPID") ?? "");
    const made = await subscription(worker.pushManager, key);
    client.send("WEBPUSH", "REGISTER", made.endpoint, keysAsTags(made.toJSON().keys ?? {}));
    registered = made.endpoint;
    settings.kept.push = true;
    settings.save();
    return true;
  } catch {
    return false;
  }
}

export async function endPushes(client: Client): Promise<void> {
  settings.kept.push = false;
  settings.save();
  if (registered !== null) {
    client.sendAside("WEBPUSH", ["UNREGISTER", registered]);
    registered = null;
  }
  const worker = await navigator.serviceWorker?.getRegistration();
  const kept = await worker?.pushManager?.getSubscription();
  await kept?.unsubscribe();
}
