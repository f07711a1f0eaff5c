// SPDX-License-Identifier: Apache-2.0
// Keeps the app, so that it opens without a network: its shell at once, what is loaded on use when the
// page says that it is idle. Shows what the server pushes. It keeps no conversation and no upload.
/// <reference lib="webworker" />
const worker = globalThis as unknown as ServiceWorkerGlobalScope;

// The build puts the lists here; the first one changes with any file, and so the cache's name.
const assets = "__ASSETS__" as unknown as readonly string[];
const lazyAssets = "__LAZY_ASSETS__" as unknown as readonly string[];
const cacheName = `shell ${assets.join(" ")}`;

worker.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll([...assets]))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name))),
      )
      .then(() => worker.clients.claim()),
  );
});

async function keepLazyAssets(): Promise<void> {
  const cache = await caches.open(cacheName);
  const known = await Promise.all(lazyAssets.map((address) => cache.match(address)));
  await cache.addAll(lazyAssets.filter((_, at) => known[at] === undefined));
}

// One file that cannot be had is no fault: it is fetched when it is wanted.
worker.addEventListener("message", (event) => {
  if (event.data === "idle") {
    event.waitUntil(keepLazyAssets().catch(() => undefined));
  }
});

/** Whatever the request says beside its address: a script is asked for in another way than it was
 * kept, and a server may say that this makes a difference (Vary). */
const asKept = { ignoreVary: true };

async function hashedFile(request: Request): Promise<Response> {
  const kept = await caches.match(request, asKept);
  if (kept !== undefined) {
    return kept;
  }
  const answer = await fetch(request);
  if (answer.ok) {
    const cache = await caches.open(cacheName);
    await cache.put(request, answer.clone());
  }
  return answer;
}

/** Who opens the app waits no longer than this for a server that does not answer. */
const patienceMs = 3_000;

async function pageItself(request: Request): Promise<Response> {
  const fetched = fetch(request).catch(() => Response.error());
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMs));
  const answer = await Promise.race([fetched, late]);
  // A proxy answers for a server that is away with one of 500 and more.
  const serves = answer !== null && answer.type !== "error" && answer.status < 500;
  return serves ? answer : ((await caches.match("/", asKept)) ?? fetched);
}

// Hashed files never change: from the cache, also those that are loaded when first wanted. The page
// itself: from the server while there is one.
worker.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== worker.location.origin) {
    return;
  }
  if (url.pathname.startsWith("/assets/")) {
    event.respondWith(hashedFile(event.request));
  } else if (event.request.mode === "navigate" && url.pathname === "/") {
    event.respondWith(pageItself(event.request));
  }
});

interface Said {
  readonly is: "said";
  readonly title: string;
  readonly body: string;
  readonly target: string;
  readonly time: number;
}
interface Read {
  readonly is: "read";
  readonly target: string;
  readonly time: number;
}

/** In the browser's language; which one was chosen in the page is not known here. */
function wordFor(picture: boolean): string {
  const first = worker.navigator.languages.find((one) => /^(en|es|ca|gl|eu)\b/.test(one)) ?? "en";
  const [ofPicture, ofFile] = first.startsWith("en") ? ["Picture", "File"] : ["Imagen", "Archivo"];
  return picture ? ofPicture : ofFile;
}

/** "caf%C3%A9.png" -> "café.png", where it can be read, and without what would turn it around. */
function readable(name: string): string {
  try {
    return decodeURIComponent(name).replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
  } catch {
    return name;
  }
}

/** A full stop at the end is not the link's. */
const filesLink =
  /https?:\/\/([^\s<>"'`/]+)\/files\/[^\s<>"'`/]+\/([^\s<>"'`/?#]*[^\s<>"'`/?#.,;:!*_~)])(?:\?[^\s<>"'`]+)?/gi;

/** As view/glimpse.ts has them: files of this server by their names, not by their addresses. */
function withNames(text: string): string {
  return text.replace(filesLink, (link, host: string, name: string) =>
    host === worker.location.host
      ? `${wordFor(/\.(png|jpe?g|gif|webp|avif)$/i.test(name))}: ${readable(name)}`
      : link,
  );
}

/** What of a text is for programs and colours is left out; "/me waves" is "ana waves". */
function shown(text: string, from: string): string {
  const action = /^\x01ACTION (.*?)\x01?$/.exec(text);
  const plain = action === null ? text : `${from} ${action[1] ?? ""}`;
  return withNames(plain.replace(/\x03\d{0,2}(,\d{1,2})?|\p{Cc}/gu, ""));
}

/** One line of IRC is a push's text (draft/webpush): a message, or up to where something was read. */
function readPush(text: string): Said | Read | null {
  const found = /^(?:@(\S+) +)?:([^ !]+)\S* +([A-Z]+) +(\S+) +:?(.*)$/s.exec(text.trim());
  if (found === null) {
    return null;
  }
  const [, tags = "", from = "", verb = "", to = "", body = ""] = found;
  if (verb === "MARKREAD") {
    return { is: "read", target: to, time: Date.parse(body.replace("timestamp=", "")) };
  }
  if (verb !== "PRIVMSG" && verb !== "NOTICE") {
    return null;
  }
  const room = to.startsWith("#");
  const time = Date.parse(/(?:^|;)time=([^;]+)/.exec(tags)?.[1] ?? "");
  return {
    is: "said",
    title: room ? `${from} · ${to}` : from,
    body: shown(body, from),
    target: room ? to : from,
    time: Number.isNaN(time) ? Date.now() : time,
  };
}

async function isLookedAt(): Promise<boolean> {
  const windows = await worker.clients.matchAll({ type: "window" });
  return windows.some((one) => one.focused);
}

/** A conversation's notice, whether a page shows it (view/system_notices.ts) or a push. */
async function noticesOf(target: string): Promise<{ tag: string; shown: readonly Notification[] }> {
  const tag = target.normalize("NFC").toLowerCase();
  return { tag, shown: await worker.registration.getNotifications({ tag }) };
}

const timeOf = (shown: Notification): number => (shown.data as { time: number }).time;

async function show(pushed: Said): Promise<void> {
  if (await isLookedAt()) {
    return; // the page shows it
  }
  const { title, body, target, time } = pushed;
  const { tag, shown } = await noticesOf(target);
  const options: NotificationOptions & { renotify: boolean } = {
    body,
    tag,
    renotify: !shown.some((one) => timeOf(one) >= time), // a hidden page was sooner
    icon: "/icon.svg",
    data: { target, time },
  };
  await worker.registration.showNotification(title, options);
}

/** What was read elsewhere needs no notice any more. Our server does not push it to browsers, as there
 * is nothing to be seen of it; others do. */
async function clear(read: Read): Promise<void> {
  const { shown } = await noticesOf(read.target);
  shown.filter((one) => timeOf(one) <= read.time).forEach((one) => one.close());
}

/** One after the other: a browser that is asked for its notices forgets the one that it is about to
 * show. */
let lastPush: Promise<void> = Promise.resolve();

worker.addEventListener("push", (event) => {
  const pushed = readPush(event.data?.text() ?? "");
  if (pushed !== null) {
    const handle = (): Promise<void> => (pushed.is === "said" ? show(pushed) : clear(pushed));
    lastPush = lastPush.then(handle, handle);
    event.waitUntil(lastPush);
  }
});

/** As format/address.ts writes it; the worker is one file, and shares none with the page. */
function addressOf(target: string): string {
  return target.startsWith("#")
    ? `/#${encodeURIComponent(target.slice(1))}`
    : `/#@${encodeURIComponent(target)}`;
}

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  // A notice that is older than this worker may have the target alone.
  const data: unknown = event.notification.data;
  const target = String(data instanceof Object && "target" in data ? data.target : (data ?? ""));
  const address = addressOf(target);
  event.waitUntil(
    worker.clients.matchAll({ type: "window" }).then(async (windows) => {
      const [first] = windows;
      if (first !== undefined) {
        first.postMessage({ open: target });
        await first.focus();
      } else {
        await worker.clients.openWindow(address);
      }
    }),
  );
});
