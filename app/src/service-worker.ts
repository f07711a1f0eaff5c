// SPDX-License-Identifier: Apache-2.0
// Keeps the shell of the app, so that it opens without a network; shows what the server pushes. It
// keeps no conversation and no upload.
/// <reference lib="webworker" />
const worker = globalThis as unknown as ServiceWorkerGlobalScope;

// The build puts the list here; the text changes with any file, and so the cache's name.
const assets = "__ASSETS__" as unknown as readonly string[];
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
    event.respondWith(
      fetch(event.request).catch(async () => (await caches.match("/", asKept)) ?? Response.error()),
    );
  }
});

interface Pushed {
  readonly title: string;
  readonly body: string;
  readonly target: string;
}

/** One line of IRC is a push's text (draft/webpush). */
function readPush(text: string): Pushed | null {
  const found = /^(?:@\S+ +)?:([^ !]+)\S* +(?:PRIVMSG|NOTICE) +(\S+) +:?(.*)$/.exec(text.trim());
  if (found === null) {
    return null;
  }
  const [, from = "", to = "", body = ""] = found;
  const room = to.startsWith("#");
  return { title: room ? `${from} · ${to}` : from, body, target: room ? to : from };
}

worker.addEventListener("push", (event) => {
  const pushed = readPush(event.data?.text() ?? "");
  if (pushed !== null) {
    event.waitUntil(
      worker.registration.showNotification(pushed.title, {
        body: pushed.body,
        tag: pushed.target,
        icon: "/icon.svg",
        data: pushed.target,
      }),
    );
  }
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const target = String(event.notification.data ?? "");
  const address = `/#${encodeURIComponent(target.replace(/^#/, ""))}`;
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
