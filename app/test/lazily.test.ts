// SPDX-License-Identifier: Apache-2.0
// Parts of the app that cannot be had.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { text } from "../src/text/texts.svelte";
import { lazily, newVersion } from "../src/view/lazily";

const told = vi.hoisted(() => ({ notices: [] as { code: string; text: string }[] }));
vi.mock("../src/view/client.svelte", () => ({
  client: {
    now: told,
    tell: (_: string, code: string, said: string) => told.notices.push({ code, text: said }),
  },
}));

const gone = (): Promise<never> => Promise.reject(new TypeError("404"));

function serverHas(page: string | null): void {
  vi.stubGlobal("fetch", () => (page === null ? gone() : Promise.resolve(new Response(page))));
}

beforeEach(() => {
  told.notices.length = 0;
  vi.stubGlobal("document", { querySelector: () => ({ getAttribute: () => "/assets/index-a1.js" }) });
});
afterEach(() => vi.unstubAllGlobals());

describe("a part of the app", () => {
  it("that can be had is given, and nothing is said", async () => {
    expect(await lazily(Promise.resolve("part"))).toBe("part");
    expect(told.notices).toEqual([]);
  });

  it("that is gone with an update leads to the new version", async () => {
    serverHas('<script type="module" src="/assets/index-b2.js">');
    expect(await lazily(gone())).toBeNull();
    await vi.waitFor(() => expect(told.notices).toEqual([{ code: newVersion, text: text.of.newVersion }]));
  });

  it.each([
    ["without a network", null],
    ["for a moment", '<script type="module" src="/assets/index-a1.js">'],
  ])("that is not to be had %s is no new version", async (_, page) => {
    serverHas(page);
    await lazily(gone());
    await vi.waitFor(() => expect(told.notices.map((one) => one.text)).toEqual([text.of.notLoadedHint]));
  });

  it("is told of once", async () => {
    serverHas("");
    await lazily(gone());
    await vi.waitFor(() => expect(told.notices).toHaveLength(1));
    await lazily(gone());
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told.notices).toHaveLength(1);
  });
});
