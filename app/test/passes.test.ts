// SPDX-License-Identifier: Apache-2.0
// Passes to the files of closed rooms: one for each conversation, for guests, as long as it is good.
import { describe, expect, it, vi } from "vitest";
import { readPlace } from "../src/format/address";
import { cameIn, stage } from "./whole_client";

const can = "batch labeled-response message-tags";

async function guest() {
  const { client } = await cameIn();
  client.enter({ nickname: "eva" }, readPlace("#den"));
  stage.welcomed(can, "eva");
  return client.passes;
}

const asked = (): number => stage.said().filter((one) => one.includes("TOKEN GENERATE TERTULIA/FILES #den")).length;

async function gets(pass: string): Promise<void> {
  stage.fake.says(`@label=${stage.labelOf("TOKEN")} :t TOKEN GENERATE TERTULIA/FILES https://t/files :${pass}`);
  await stage.settles();
}

describe("a pass to a room's files", () => {
  it("is added to their addresses once the server gave it, and to no other room's", async () => {
    const passes = await guest();
    expect(passes.addTo("/files/x/cat.png", "#den")).toBe("/files/x/cat.png");
    const renewed = passes.renew("#den");
    await gets("pass-1.ab");
    expect(await renewed).toBe(true);
    expect(passes.addTo("/files/x/cat.png", "#den")).toBe("/files/x/cat.png?for=pass-1.ab");
    expect(passes.addTo("/files/x/cat.png", "#other")).toBe("/files/x/cat.png");
  });

  it("is asked for once by all that want it", async () => {
    const passes = await guest();
    const both = Promise.all([passes.renew("#den"), passes.renew("#den")]);
    await gets("pass-1.ab");
    expect(await both).toEqual([true, true]);
    expect(asked()).toBe(1);
  });

  it("is not asked for again while it is good: it does not help then", async () => {
    const passes = await guest();
    void passes.renew("#den");
    await gets("pass-1.ab");
    expect(await passes.renew("#den")).toBe(false);
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    void passes.renew("#den");
    await gets("pass-1.cd");
    expect(passes.addTo("/files/x", "#den")).toBe("/files/x?for=pass-1.cd");
  });

  it("that the server does not give is none, and is not asked for again at once", async () => {
    const passes = await guest();
    const renewed = passes.renew("#den");
    stage.fake.says(`@label=${stage.labelOf("TOKEN")} :t FAIL TOKEN INVALID_SCOPE #den :No`);
    expect(await renewed).toBe(false);
    expect(await passes.renew("#den")).toBe(false);
    expect(passes.addTo("/files/x", "#den")).toBe("/files/x");
    expect(asked()).toBe(1);
  });

  it("is over after its time, and stands in place of another in a link", async () => {
    const passes = await guest();
    void passes.renew("#den");
    await gets("pass-1.ab");
    expect(passes.addTo("/files/x?for=1f.old", "#den")).toBe("/files/x?for=pass-1.ab");
    expect(passes.isOver("#den")).toBe(false);
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(passes.isOver("#den")).toBe(true);
    expect(passes.isOver("#other")).toBe(false);
  });

  it("is asked for anew after a broken line", async () => {
    const passes = await guest();
    void passes.renew("#den");
    await gets("pass-1.ab");
    stage.comesBack(can, "eva");
    const renewed = passes.renew("#den");
    await gets("pass-2.ef");
    expect(await renewed).toBe(true);
    expect(passes.addTo("/files/x", "#den")).toBe("/files/x?for=pass-2.ef");
  });
});
