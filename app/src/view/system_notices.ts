// SPDX-License-Identifier: Apache-2.0
// Notices of the system, one for each conversation. The service worker shows them where there is one:
// those that it makes of pushes (service-worker.ts) have the same tag, and one takes the other's place.
import { whenIdle } from "./idle";

export interface SystemNotice {
  readonly title: string;
  readonly body: string;
  /** The conversation's. */
  readonly key: string;
  readonly time: number;
}

/** What the library of types does not know of: a notice that takes another's place is heard, too. */
type Options = NotificationOptions & { readonly renotify?: boolean };

function timeOf(shown: Notification): number {
  const data: unknown = shown.data;
  return data instanceof Object && "time" in data ? Number(data.time) : 0;
}

async function registration(): Promise<ServiceWorkerRegistration | null> {
  const found = await navigator.serviceWorker?.getRegistration();
  return found?.active ? found : null;
}

async function show({ title, body, key, time }: SystemNotice, pressed: () => void): Promise<void> {
  const options: Options = { body, tag: key, renotify: true, icon: "/icon.svg", data: { target: key, time } };
  const worker = await registration();
  if (worker === null) {
    const shown = new Notification(title, options);
    shown.onclick = () => {
      window.focus();
      pressed();
      shown.close();
    };
    return;
  }
  const there = await worker.getNotifications({ tag: key });
  if (!there.some((one) => timeOf(one) >= time)) {
    await worker.showNotification(title, options);
  }
}

async function close(key: string, until: number): Promise<void> {
  const worker = await registration();
  const there = (await worker?.getNotifications({ tag: key })) ?? [];
  there.filter((one) => timeOf(one) <= until).forEach((one) => one.close());
}

/** One after the other: a browser that is asked for its notices forgets the one that it is about to
 * show. */
let last: Promise<void> = Promise.resolve();

export function showSystemNotice(notice: SystemNotice, pressed: () => void): Promise<void> {
  last = last.then(() => show(notice, pressed)).catch(() => undefined);
  return last;
}

/** What has been read needs no notice any more, whether this page showed it or a push did. */
export function closeSystemNotices(key: string, until: number): void {
  if (globalThis.Notification?.permission === "granted") {
    whenIdle(() => {
      last = last.then(() => close(key, until)).catch(() => undefined);
    });
  }
}
