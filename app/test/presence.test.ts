// SPDX-License-Identifier: Apache-2.0
// Whether somebody looks, as the server is told of it.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hear } from "../src/state/hear";
import { emptyWorld, type World } from "../src/state/model";
import type { Client } from "../src/view/client.svelte";
import { Presence } from "../src/view/presence";
import { parseLine } from "../src/wire/line";

vi.mock("../src/view/settings.svelte", () => ({ settings: { kept: {} } }));

class Stage {
  sent: string[] = [];
  world: World = { ...emptyWorld, me: "ana", account: "ana", isupport: new Map([["VAPID", "key"]]) };
  capabilities = new Set(["draft/pre-away", "draft/webpush"]);
  readonly presence: Presence;

  constructor() {
    const stage = this;
    this.presence = new Presence({
      get now() {
        return stage.world;
      },
      get world() {
        return stage.world;
      },
      change: (world: World) => (stage.world = world),
      can: (name: string) => stage.capabilities.has(name),
      sendAside: (...[verb, words]: [string, readonly string[]]) => stage.sent.push([verb, ...words].join(" ")),
    } as unknown as Client);
  }

  hears(text: string): void {
    const line = parseLine(text);
    this.world = line === null ? this.world : hear(this.world, line, 1_000);
  }

  looks(): void {
    vi.stubGlobal("document", { hidden: false });
    this.presence.look();
  }
  looksAway(): void {
    vi.stubGlobal("document", { hidden: true });
    this.presence.look();
  }
}

let ana: Stage;
const device = (phone: boolean) => vi.stubGlobal("matchMedia", () => ({ matches: phone }));

beforeEach(() => {
  vi.useFakeTimers();
  device(true);
  ana = new Stage();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a page that nobody sees", () => {
  it("says so at once on a phone, and when it is seen again", () => {
    ana.looksAway();
    expect(ana.sent).toEqual(["AWAY *"]);
    ana.hears(":t 306 ana :You are away");
    ana.looks();
    expect(ana.sent).toEqual(["AWAY *", "AWAY"]);
  });

  it("says so after a minute where it goes on", () => {
    device(false);
    ana.looksAway();
    vi.advanceTimersByTime(59_000);
    expect(ana.sent).toEqual([]);
    vi.advanceTimersByTime(2_000);
    expect(ana.sent).toEqual(["AWAY *"]);
  });

  it("says nothing when it is seen again before that", () => {
    device(false);
    ana.looksAway();
    vi.advanceTimersByTime(30_000);
    ana.looks();
    vi.advanceTimersByTime(60_000);
    expect(ana.sent).toEqual([]);
  });

  it("says it anew on a new line", () => {
    ana.looksAway();
    ana.hears(":t 306 ana :You are away");
    ana.presence.lineOpened();
    expect(ana.sent).toEqual(["AWAY *", "AWAY *"]);
  });
});

describe("an away that she said herself", () => {
  it("stays what it is", () => {
    ana.hears(":t 306 ana :You are away");
    ana.looksAway();
    ana.looks();
    expect(ana.sent).toEqual([]);
  });

  it("stays what it is when it was said on another device", () => {
    ana.hears(":ana!a@h AWAY :at lunch");
    ana.looksAway();
    ana.looks();
    expect(ana.sent).toEqual([]);
  });

  it("stays when it is said while nobody looks here", () => {
    ana.looksAway();
    ana.hears(":ana!a@h AWAY :at lunch");
    ana.looks();
    expect(ana.sent).toEqual(["AWAY *"]);
  });
});

describe("nothing is said", () => {
  it.each([
    ["by a guest", (of: Stage) => (of.world = { ...of.world, account: null })],
    ["where the server would take it for a word", (of: Stage) => of.capabilities.delete("draft/pre-away")],
    ["where it does not push", (of: Stage) => of.capabilities.delete("draft/webpush")],
  ])("%s", (_, without) => {
    without(ana);
    ana.looksAway();
    ana.looks();
    expect(ana.sent).toEqual([]);
  });
});

it("an away without a word is shown as away, without a star", () => {
  ana.hears(":bea!b@h AWAY *");
  expect(ana.world.people.get("bea")?.away).toBe("");
  ana.hears(":t 301 ana bea :*");
  expect(ana.world.people.get("bea")?.away).toBe("");
});
