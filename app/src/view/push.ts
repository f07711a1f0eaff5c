// SPDX-License-Identifier: Apache-2.0
// Messages to this device while no page is open (soju.im/webpush): the browser's push service gives an
// address and keys, and the server is told of them at each connection.
import { bytesOf, keysAsTags } from "../wire/webpush";
import type { Client } from "./client.svelte";
import { settings } from "./settings.svelte";

/** Where the server can push and the browser can take it. */
export function canPush(client: Client): boolean {
  const offered = client.can("soju.im/webpush") || client.can("draft/webpush");
  return offered && client.world.isupport.has("VAPID") && "PushManager" in globalThis;
}

/** False where the browser refuses. */
export async function takePushes(client: Client): Promise<boolean> {
  try {
    const worker = await navigator.serviceWorker.ready;
    const subscription =
      (await worker.pushManager.getSubscription()) ??
      (await worker.pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: bytesOf(client.now.isupport.get("VAPID") ?? ""),
      }));
    const { keys = {} } = subscription.toJSON();
    client.send("WEBPUSH", "REGISTER", subscription.endpoint, keysAsTags(keys));
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
  const worker = await navigator.serviceWorker?.getRegistration();
  const subscription = await worker?.pushManager?.getSubscription();
  if (subscription != null) {
    client.send("WEBPUSH", "UNREGISTER", subscription.endpoint);
    await subscription.unsubscribe();
  }
}
