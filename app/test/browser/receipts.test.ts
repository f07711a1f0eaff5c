// SPDX-License-Identifier: Apache-2.0
// What one does before the server has answered what one did before, as on a slow line.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { IrcCaller } from "./people";
import { setStage, type Visitor } from "./stage";

const stage = setStage();

/** The line of a page to the server, which can be made slow: what the server says waits. */
class Line {
  private held: (() => void)[] | null = null;

  static async of(page: Page): Promise<Line> {
    const made = new Line();
    await page.routeWebSocket(/\/irc$/, (route) => {
      const server = route.connectToServer();
      server.onMessage((said) => made.pass(() => route.send(said)));
    });
    return made;
  }

  private pass(say: () => void): void {
    if (this.held === null) {
      say();
    } else {
      this.held.push(say);
    }
  }

  hold(): void {
    this.held = [];
  }

  release(): void {
    const { held } = this;
    this.held = null;
    held?.forEach((say) => say());
  }
}

async function slow(name: string, room: string): Promise<[Visitor, Line]> {
  const who = await stage.visitor(name, room);
  const line = await Line.of(who.page);
  await who.page.reload();
  await who.comesIn();
  return [who, line];
}

describe("a message without a receipt yet", () => {
  it("stays the same row when it has it", async () => {
    const [ana, line] = await slow("ana", "same");
    line.hold();
    await ana.says("it is me");
    const row = ana.page.getByRole("article").filter({ hasText: "it is me" });
    await row.and(ana.page.locator(".sending")).evaluate((one) => one.setAttribute("data-seen", ""));
    line.release();
    await ana.sees("it is me");
    expect(await row.getAttribute("data-seen")).toBe("");
  });

  it("is what ArrowUp means, which edits nothing else meanwhile", async () => {
    const [ana, line] = await slow("ana", "arrow");
    await ana.says("the one before");
    await ana.sees("the one before");
    line.hold();
    await ana.says("the last one");
    await ana.composer.press("ArrowUp");
    await ana.composer.pressSequentially("more");
    expect(await ana.composer.inputValue()).toBe("more");
    line.release();
    await ana.sees("the last one");
    await ana.composer.fill("");
    await ana.composer.press("ArrowUp");
    await expect.poll(() => ana.composer.inputValue()).toBe("the last one");
  });
});

describe("a message that has its receipt before it is drawn", () => {
  it("is seen by who said it while she looked at what was", async () => {
    const ana = await stage.guest("ana", "above");
    const talker = await IrcCaller.enter(stage.irc, "talker", "#above");
    for (let at = 1; at <= 60; at += 1) {
      await talker.says("#above", `news ${at}`);
    }
    await ana.sees("news 60");
    await ana.looksUp();
    await ana.page.evaluate(() => {
      const atOnce = requestAnimationFrame;
      globalThis.requestAnimationFrame = (draw) => Number(setTimeout(() => atOnce(draw), 300));
    });
    await ana.says("here I am");
    await expect.poll(() => ana.message("here I am").isVisible()).toBe(true);
    await ana.page.getByRole("button", { name: "Jump to now" }).waitFor({ state: "detached" });
    talker.leave();
  });
});

describe("a room that one is on the way out of", () => {
  it("is come back to", async () => {
    const [ana, line] = await slow("ana", "door");
    await ana.says("to keep the room's history");
    await ana.sees("to keep the room's history");
    const bea = await stage.guest("bea", "door");
    line.hold();
    await ana.says("/part");
    await ana.says("/part");
    await ana.says("/join #door");
    line.release();
    await ana.isAt("#door");
    await bea.member("ana").waitFor();
    await bea.says("back?");
    await ana.sees("back?");
  });
});

describe("Alt ArrowUp", () => {
  it("moves on, and begins no edit of what was said last", async () => {
    const ana = await stage.guest("ana", "first");
    await ana.visits("second");
    await ana.says("said last");
    await ana.sees("said last");
    await ana.composer.press("Alt+ArrowUp");
    await ana.isAt("#first");
    await ana.visits("second");
    await ana.sees("said last");
    expect(await ana.page.getByText("Editing your message").count()).toBe(0);
  });
});

describe("a high screen", () => {
  it("is full of messages, also of short ones", async () => {
    const talker = await IrcCaller.enter(stage.irc, "poet", "#tall");
    for (let at = 1; at <= 120; at += 1) {
      await talker.says("#tall", `verse ${at}`);
    }
    const ana = await stage.guest("ana", "tall", { viewport: { width: 1200, height: 1800 } });
    await ana.sees("verse 120");
    const log = ana.page.getByRole("log");
    await expect.poll(() => log.evaluate((one) => one.scrollHeight - one.clientHeight)).toBeGreaterThan(100);
    talker.leave();
  });
});
