// SPDX-License-Identifier: Apache-2.0
// With keys alone; and for whom nothing should move.
import { describe, expect, it } from "vitest";
import { setStage } from "./stage";

const stage = setStage();
const { guest, visitor } = stage;

describe("keys", () => {
  it("lead to any room or person by a few letters", async () => {
    const ana = await guest("ana", "alpha");
    await guest("beatriz", "alpha");
    await ana.page.getByRole("complementary").getByRole("button", { name: /beatriz/ }).waitFor();
    await ana.page.keyboard.press("Control+k");
    const field = ana.page.getByRole("combobox", { name: "Type a room or a name" });
    await field.fill("#ga<b>mma");
    await ana.page.getByRole("option", { name: /ga<b>mma/ }).waitFor();
    await field.press("Enter");
    await ana.page.getByRole("heading", { name: "#ga<b>mma", exact: true }).waitFor();
    await ana.page.keyboard.press("Control+k");
    await field.fill("beat");
    await field.press("Enter");
    await ana.page.getByRole("heading", { name: "beatriz", exact: true }).waitFor();
    await ana.page.keyboard.press("Control+k");
    await field.press("Escape");
    await ana.page.getByRole("dialog").waitFor({ state: "detached" });
    await expect.poll(() => ana.composer.evaluate((one) => one === document.activeElement)).toBe(true);
  });

  it("go from one conversation to the next", async () => {
    const ana = await guest("ana", "alpha");
    await ana.says("/join #beta");
    await ana.page.getByRole("heading", { name: "#beta", exact: true }).waitFor();
    await ana.page.keyboard.press("Alt+ArrowUp");
    await ana.page.getByRole("heading", { name: "#alpha", exact: true }).waitFor();
    await ana.page.keyboard.press("Alt+ArrowDown");
    await ana.page.getByRole("heading", { name: "#beta", exact: true }).waitFor();
  });

  it("are listed at a question mark, unless it is being written", async () => {
    const ana = await guest("ana", "list");
    await ana.composer.press("?");
    expect(await ana.page.getByRole("dialog").count()).toBe(0);
    expect(await ana.composer.inputValue()).toBe("?");
    await ana.composer.fill("");
    await ana.page.getByRole("log").focus();
    await ana.page.keyboard.press("?");
    await ana.page.getByRole("dialog", { name: "Keyboard" }).getByText("Previous, next conversation").waitFor();
    await ana.page.keyboard.press("Escape");
    await ana.page.getByRole("dialog").waitFor({ state: "detached" });
  });
});

describe("who wants no motion", () => {
  it("sees none", async () => {
    const ana = await visitor("ana", "still", { reducedMotion: "reduce" });
    await ana.comesIn();
    await ana.page.keyboard.press("Control+k");
    await ana.page.getByRole("dialog").waitFor();
    const moving = await ana.page.evaluate(() =>
      document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().duration ?? 0) > 1).length,
    );
    expect(moving).toBe(0);
    const durations = await ana.page.evaluate(() =>
      [...document.querySelectorAll("*")].flatMap((one) => {
        const style = getComputedStyle(one);
        return `${style.transitionDuration}, ${style.animationDuration}`.split(", ").map(parseFloat);
      }),
    );
    expect(Math.max(...durations)).toBeLessThan(0.001);
  });
});
