// SPDX-License-Identifier: Apache-2.0
// The service worker as the build leaves it, with a browser that a test speaks through.
import { readFileSync } from "node:fs";
import ts from "typescript";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { placeOf } from "../src/format/address";

type Heard = (event: Record<string, unknown>) => void;

const written = readFileSync(new URL("../src/service-worker.ts", import.meta.url), "utf8");
const script = ts.transpile(written.replace(/"__(LAZY_)?ASSETS__"/g, "[]"), {
  target: ts.ScriptTarget.ES2022,
});

interface Shown {
  readonly body: string;
  readonly renotify: boolean;
  readonly data: unknown;
}

/** Notices as a browser keeps them: one for each tag. */
class Notices {
  constructor(readonly languages: readonly string[] = ["en"]) {}
  readonly shown = new Map<string, Shown & { readonly title: string }>();
  readonly registration = {
    getNotifications: ({ tag }: { tag: string }) => {
      const found = this.shown.get(tag);
      return Promise.resolve(found === undefined ? [] : [{ ...found, close: () => this.shown.delete(tag) }]);
    },
    showNotification: (title: string, { tag, body, renotify, data }: Shown & { tag: string }) => {
      this.shown.set(tag, { title, body, renotify, data });
      return Promise.resolve();
    },
  };
}

/** Pushes these lines to a worker, one after the other, while no page is looked at. */
async function pushes(to: Notices, ...lines: string[]): Promise<void> {
  const heard = new Map<string, Heard>();
  const worker = {
    addEventListener: (name: string, what: Heard) => heard.set(name, what),
    clients: { matchAll: () => Promise.resolve([]) },
    location: { host: "chat.example" },
    navigator: { languages: to.languages },
    registration: to.registration,
  };
  new Function("globalThis", script)(worker);
  for (const line of lines) {
    let done: Promise<unknown> = Promise.resolve();
    heard.get("push")?.({ data: { text: () => line }, waitUntil: (what: Promise<unknown>) => (done = what) });
    await done;
  }
}

const at = (second: number): string => `2026-03-01T12:00:0${second}.000Z`;
const pushed = (second: number): string => `@time=${at(second)} :Bea!b@h PRIVMSG #Redes :hola`;

it("a later message of the same conversation takes the notice's place, and is heard", async () => {
  const notices = new Notices();
  await pushes(notices, pushed(1), pushed(2));
  expect([...notices.shown]).toMatchObject([["#redes", { title: "Bea · #Redes", renotify: true }]]);
});

it("what a hidden page has shown is not heard once more", async () => {
  const notices = new Notices();
  const data = { target: "#redes", time: Date.parse(at(1)) };
  notices.shown.set("#redes", { title: "by the page", body: "hola", renotify: true, data });
  await pushes(notices, pushed(1));
  expect([...notices.shown.values()]).toMatchObject([{ renotify: false }]);
});

it("what was read elsewhere is taken away, by whatever spelling", async () => {
  const notices = new Notices();
  await pushes(notices, pushed(1), `:t MARKREAD #redes timestamp=${at(0)}`);
  expect(notices.shown.size).toBe(1);
  await pushes(notices, `:t MARKREAD #redes timestamp=${at(1)}`);
  expect(notices.shown.size).toBe(0);
});

it.each([
  ["http://chat.example/files/a/caf%C3%A9.png", ["en-GB", "es"], "Picture: café.png"],
  ["http://chat.example/files/a/notes%ZZ.pdf", ["ca"], "Archivo: notes%ZZ.pdf"],
  ["look: https://chat.example/files/a/b.jpg, ok", ["es"], "look: Imagen: b.jpg, ok"],
  ["http://chat.example/files/a/b.png?for=me? http://chat.example/files/a", ["en"], "Picture: b.png http://chat.example/files/a"],
  ["http://elsewhere.example/files/a/b.png http://[", ["en"], "http://elsewhere.example/files/a/b.png http://["],
])("a file of this server has its name in a notice: %s", async (said, languages, body) => {
  const notices = new Notices(languages);
  await pushes(notices, `@time=${at(1)} :Bea!b@h PRIVMSG #redes :${said}`);
  expect([...notices.shown.values()]).toMatchObject([{ body }]);
});

/** Where a press on a notice leads while no page is open. */
async function openedBy(data: unknown): Promise<string> {
  const heard = new Map<string, Heard>();
  let opened = "";
  let done: Promise<unknown> = Promise.resolve();
  const worker = {
    addEventListener: (name: string, what: Heard) => heard.set(name, what),
    clients: {
      matchAll: () => Promise.resolve([]),
      openWindow: (address: string) => {
        opened = address;
        return Promise.resolve(null);
      },
    },
  };
  new Function("globalThis", script)(worker);
  heard.get("notificationclick")?.({
    notification: { close: () => undefined, data },
    waitUntil: (what: Promise<unknown>) => (done = what),
  });
  await done;
  return opened;
}

it.each(["#redes", "##cpp", "#ñandú/x", "bea", "zoé"])("a press on a notice of %s leads there", async (target) => {
  expect(await openedBy({ target, time: 1 })).toBe(placeOf(target));
  expect(await openedBy(target)).toBe(placeOf(target)); // of the page's own notices
});

describe("the page itself", () => {
  const kept = new Response("kept");
  let answer: Promise<Response>;
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("fetch", () => answer);
    vi.stubGlobal("caches", { match: () => Promise.resolve(kept) });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  function opened(): Promise<Response> {
    const heard = new Map<string, Heard>();
    const worker = {
      addEventListener: (name: string, what: Heard) => heard.set(name, what),
      location: { origin: "https://chat.example" },
    };
    new Function("globalThis", script)(worker);
    let given: Promise<Response> = Promise.reject(new Error("not answered"));
    given.catch(() => undefined);
    heard.get("fetch")?.({
      request: { method: "GET", mode: "navigate", url: "https://chat.example/" },
      respondWith: (what: Promise<Response>) => (given = what),
    });
    return given;
  }

  it("comes from the server while there is one", async () => {
    answer = Promise.resolve(new Response("new"));
    expect(await (await opened()).text()).toBe("new");
  });

  it.each([500, 502, 503, 504])("is the kept one where the answer is %i", async (status) => {
    answer = Promise.resolve(new Response("Bad gateway", { status }));
    expect(await opened()).toBe(kept);
  });

  it("is the kept one without a network", async () => {
    answer = Promise.reject(new TypeError("no network"));
    expect(await opened()).toBe(kept);
  });

  it("is the kept one when none has come for three seconds, and not before", async () => {
    answer = new Promise(() => undefined);
    let given: Response | null = null;
    void opened().then((one) => (given = one));
    await vi.advanceTimersByTimeAsync(2_900);
    expect(given).toBeNull();
    await vi.advanceTimersByTimeAsync(200);
    expect(given).toBe(kept);
  });

  it("is what the server says, however late, where none is kept", async () => {
    vi.stubGlobal("caches", { match: () => Promise.resolve(undefined) });
    answer = Promise.resolve(new Response("Bad gateway", { status: 502 }));
    expect((await opened()).status).toBe(502);
  });
});
