// SPDX-License-Identifier: Apache-2.0
// The service worker as the build leaves it, with a browser that a test speaks through.
import { readFileSync } from "node:fs";
import ts from "typescript";
import { expect, it } from "vitest";
import { placeOf } from "../src/format/address";

type Heard = (event: Record<string, unknown>) => void;

const written = readFileSync(new URL("../src/service-worker.ts", import.meta.url), "utf8");
const script = ts.transpile(written.replace(/"__(LAZY_)?ASSETS__"/g, "[]"), {
  target: ts.ScriptTarget.ES2022,
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

it.each(["#redes", "#ñandú/x", "bea", "zoé"])("a press on a notice of %s leads there", async (target) => {
  expect(await openedBy({ target, time: 1 })).toBe(placeOf(target));
  expect(await openedBy(target)).toBe(placeOf(target)); // of the page's own notices
});
