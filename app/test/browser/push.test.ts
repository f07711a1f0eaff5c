// SPDX-License-Identifier: Apache-2.0
// Messages to a device whose page is closed: how the server is told of it, and what the service
// worker makes of what is pushed. No push service is reached: the browser's is played here.
import type { CDPSession } from "playwright-core";
import { describe, expect, it } from "vitest";
import { type Visitor, setStage } from "./stage";

const stage = setStage();
const password = "correct horse";

/** A PushManager that gives one subscription, with keys of its own; its state outlives a reload. */
function playPushManager(): void {
  const kept = "played subscription";
  const base64 = (bytes: ArrayBuffer): string =>
    btoa(String.fromCharCode(...new Uint8Array(bytes)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=/g, "");
  const made = async (given: Uint8Array): Promise<void> => {
    const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, [
      "deriveBits",
    ]);
    const p256dh = base64(await crypto.subtle.exportKey("raw", pair.publicKey));
    const auth = base64(crypto.getRandomValues(new Uint8Array(16)).buffer);
    const endpoint = `https://push.example.net/${crypto.randomUUID()}`;
    localStorage.setItem(kept, JSON.stringify({ endpoint, keys: { p256dh, auth }, key: [...given] }));
  };
  const found = (): unknown => {
    const text = localStorage.getItem(kept);
    if (text === null) {
      return null;
    }
    const { endpoint, keys, key } = JSON.parse(text) as {
      endpoint: string;
      keys: Record<string, string>;
      key: number[];
    };
    return {
      endpoint,
      options: { applicationServerKey: Uint8Array.from(key).buffer },
      toJSON: () => ({ endpoint, keys }),
      unsubscribe: () => {
        localStorage.removeItem(kept);
        return Promise.resolve(true);
      },
    };
  };
  Object.defineProperty(ServiceWorkerRegistration.prototype, "pushManager", {
    value: {
      getSubscription: () => Promise.resolve(found()),
      subscribe: async (wish: { applicationServerKey: Uint8Array }) => {
        await made(wish.applicationServerKey);
        return found();
      },
    },
  });
}

/** With an account, a browser that takes pushes, and what goes through its WebSocket. */
async function subscriber(name: string): Promise<{ who: Visitor; lines: string[] }> {
  const who = await stage.visitor(name, "push", { permissions: ["notifications"] });
  const lines: string[] = [];
  who.page.on("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => lines.push(`> ${String(payload)}`));
    socket.on("framereceived", ({ payload }) => lines.push(`< ${String(payload)}`));
  });
  await who.page.addInitScript(playPushManager);
  await who.page.reload();
  await who.registers(password);
  return { who, lines };
}

async function choose(of: Visitor): Promise<void> {
  await of.page.getByTitle("Settings", { exact: true }).click();
  await of.page.getByRole("tab", { name: "Notifications" }).click();
  await of.page.getByLabel("Tell this device also while the page is closed").click();
}

const countOf = (lines: string[], form: RegExp): number =>
  lines.filter((line) => form.test(line)).length;

describe("a device", () => {
  it("is registered with the real server, again at each connection, and ended", async () => {
    const { who, lines } = await subscriber("ana");
    await choose(who);
    const answered = /^< .*WEBPUSH REGISTER https:\/\/push\.example\.net\/\S+$/m;
    await expect.poll(() => countOf(lines, answered)).toBe(1);
    await who.page.reload();
    await who.page.getByRole("log").waitFor();
    await expect.poll(() => countOf(lines, answered)).toBe(2);
    await choose(who);
    const ended = /^< .*WEBPUSH UNREGISTER https:\/\/push\.example\.net\/\S+$/m;
    await expect.poll(() => countOf(lines, ended)).toBe(1);
    expect(countOf(lines, /FAIL WEBPUSH/)).toBe(0);
  });

  it("is not offered to guests", async () => {
    const eva = await stage.guest("eva", "push");
    await eva.page.getByTitle("Settings", { exact: true }).click();
    await eva.page.getByRole("tab", { name: "Notifications" }).click();
    await eva.page.getByLabel("Words that count as a mention").waitFor();
    expect(await eva.page.getByText("Tell this device also").count()).toBe(0);
  });
});

/** The service worker's registration as Chromium's tools know it. */
async function registration(tools: CDPSession): Promise<string> {
  const known = new Promise<string>((resolve) => {
    tools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const [first] = registrations;
      if (first !== undefined) {
        resolve(first.registrationId);
      }
    });
  });
  await tools.send("ServiceWorker.enable");
  return known;
}

describe("what is pushed", () => {
  it("is shown as a notice of its room, until it is read elsewhere", async () => {
    const who = await stage.visitor("bea", "push", { permissions: ["notifications"] });
    await who.page.evaluate(async () => navigator.serviceWorker.ready);
    const tools = await who.page.context().newCDPSession(who.page);
    const registrationId = await registration(tools);
    const origin = new URL(who.page.url()).origin;
    const push = (data: string): Promise<unknown> =>
      tools.send("ServiceWorker.deliverPushMessage", { origin, registrationId, data });
    const context = who.page.context();
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
    const notices = async (): Promise<readonly string[]> =>
      (await worker.evaluate(async () => {
        const { registration: own } = globalThis as unknown as {
          registration: ServiceWorkerRegistration;
        };
        const shown = await own.getNotifications();
        return shown.map(({ title, body }) => `${title}: ${body}`).sort();
      })) ?? [];
    // Chromium that is asked for its notices forgets one that it is about to show: asked after all are.
    await worker.evaluate(() => {
      const at = globalThis as unknown as { registration: ServiceWorkerRegistration; shown: number };
      const show = at.registration.showNotification.bind(at.registration);
      at.shown = 0;
      at.registration.showNotification = async (...what) => {
        await show(...what);
        at.shown += 1;
      };
    });
    const shown = async (): Promise<number | undefined> =>
      worker.evaluate(() => (globalThis as unknown as { shown: number }).shown);
    // What a page that is looked at shows needs no notice.
    await who.page.goto("about:blank");
    const pages = async (): Promise<number | undefined> =>
      worker.evaluate(async () => {
        const { clients } = globalThis as unknown as {
          clients: { matchAll: (of: object) => Promise<readonly unknown[]> };
        };
        return (await clients.matchAll({ type: "window" })).length;
      });
    await expect.poll(pages).toBe(0);
    const line = "@msgid=x;time=2026-03-01T12:00:00.000Z :ana!~a@h PRIVMSG #push :hola, bea";
    await push(line);
    await push("@time=2026-03-01T12:00:00.000Z :ana!~a@h PRIVMSG bea :\x01ACTION waves\x01");
    await push(":irc.test MARKREAD #push timestamp=2026-03-01T11:59:59.999Z");
    await push("nonsense");
    await push(":ana!~a@h PRIVMSG #other :\x02the last\x02 one");
    const others = ["ana · #other: the last one", "ana: ana waves"];
    await expect.poll(shown).toBe(3);
    await expect.poll(notices).toEqual(["ana · #other: the last one", "ana · #push: hola, bea", "ana: ana waves"]);
    await push(":irc.test MARKREAD #push timestamp=2026-03-01T12:00:00.000Z");
    await expect.poll(notices).toEqual(others);
  });
});
