// SPDX-License-Identifier: Apache-2.0
// What one does before the server has answered what one did before, as on a slow line.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { IrcCaller } from "./people";
import { password, setStage, type Visitor } from "./stage";

const stage = setStage();

/** The line of a page to the server, which can be slow, as what the server says waits, and break. */
class Line {
  private held: (() => void)[] | null = null;
  private holdsFrom: RegExp | null = null;
  private isCut = false;
  private readonly ends: (() => Promise<void>)[] = [];

  static async of(page: Page): Promise<Line> {
    const made = new Line();
    await page.routeWebSocket(/\/irc$/, async (route) => {
      if (made.isCut) {
        await route.close();
        return;
      }
      const server = route.connectToServer();
      server.onMessage((said) => made.pass(said, () => route.send(said)));
      made.ends.push(() => server.close(), () => route.close());
    });
    return made;
  }

  private pass(said: string | Buffer, say: () => void): void {
    if (this.held === null && this.holdsFrom?.test(said.toString()) === true) {
      this.held = [];
    }
    if (this.held === null) {
      say();
    } else {
      this.held.push(say);
    }
  }

  /** At once, or as soon as the server says such a thing. */
  hold(from: RegExp | null = null): void {
    this.holdsFrom = from;
    this.held = from === null ? [] : null;
  }

  release(): void {
    const { held } = this;
    this.held = this.holdsFrom = null;
    held?.forEach((say) => say());
  }

  async cut(): Promise<void> {
    this.isCut = true;
    await Promise.all(this.ends.splice(0).map((end) => end()));
  }

  mend(page: Page): Promise<boolean> {
    this.isCut = false;
    return page.evaluate(() => dispatchEvent(new Event("online")));
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

describe("what is said as soon as the line is back", () => {
  it("comes behind what waited for it", async () => {
    const [ana, line] = await slow("ana", "order");
    const talker = await IrcCaller.enter(stage.irc, "talker", "#order");
    await talker.says("#order", "before");
    await ana.sees("before");
    await line.cut();
    await ana.page.getByText(/The connection broke|Next try in/).waitFor();
    await ana.says("the first");
    await ana.message("the first").waitFor();
    line.hold(/ BATCH \+\S+ chathistory /);
    await line.mend(ana.page);
    await ana.page.getByText(/The connection broke|Next try in/).waitFor({ state: "detached" });
    await ana.says("the second");
    await ana.message("the second").waitFor();
    line.release();
    await ana.sees("the first");
    await ana.sees("the second");
    await talker.sees(/PRIVMSG #order :the second/);
    const said = talker.shown.flatMap((one) => / PRIVMSG #order :(the .*)$/.exec(one)?.[1] ?? []);
    expect(said).toEqual(["the first", "the second"]);
    talker.leave();
  });
});

describe("two pins", () => {
  it("taken away one after the other are both away", async () => {
    const [ana, line] = await slow("ana", "board");
    const { page } = ana;
    for (const text of ["one", "two"]) {
      await ana.says(text);
      await ana.sees(text);
      const row = page.getByRole("article").filter({ hasText: text });
      await row.hover();
      await row.getByRole("button", { name: "More", exact: true }).click();
      await page.getByRole("menuitem", { name: "Pin" }).click();
    }
    const pinned = page.getByRole("dialog", { name: "Pinned" });
    await page.getByRole("button", { name: "2 pinned messages" }).click();
    await expect.poll(() => pinned.getByRole("listitem").count()).toBe(2);
    line.hold();
    await pinned.getByRole("button", { name: "Unpin" }).first().click();
    await pinned.getByRole("button", { name: "Unpin" }).first().click();
    line.release();
    await pinned.getByText("Nothing is pinned").waitFor();
    const reader = await IrcCaller.enter(stage.irc, "reader", "#board");
    reader.send("METADATA #board GET pinned");
    await reader.sees(/ 766 \S+ #board pinned /);
    reader.leave();
  });
});

describe("a room that is to be made", () => {
  it("is not, when one closes the dialog before it is under way", async () => {
    const [ana, line] = await slow("ana", "start");
    await ana.page.getByRole("button", { name: "New room" }).click();
    const dialog = ana.page.getByRole("dialog", { name: "Make a room" });
    await dialog.getByLabel("Name of the room").fill("regret");
    line.hold();
    await dialog.getByRole("button", { name: "Make a room #regret" }).click();
    await ana.closesDialogs();
    await ana.page.keyboard.press("Control+k");
    line.release();
    await ana.page.getByRole("combobox").waitFor();
    await ana.closesDialogs();
    await ana.says("still here");
    await ana.sees("still here");
    expect(await ana.page.getByRole("navigation").getByRole("button", { name: /^regret/ }).count()).toBe(0);
  });
});

describe("a list that has not come yet", () => {
  it("is not said to be empty: the rooms", async () => {
    const [ana, line] = await slow("ana", "listing");
    const { page } = ana;
    line.hold();
    await page.getByRole("button", { name: "Browse rooms" }).click();
    const list = page.getByRole("dialog", { name: "Browse rooms" });
    await list.getByText("Loading…").waitFor();
    await line.cut();
    await list.getByRole("alert").getByText("That could not be done.").waitFor();
    line.release();
    await line.mend(page);
    await list.getByRole("listitem").filter({ hasText: "listing" }).waitFor();
  });

  it("is not said to be empty: who is banned", async () => {
    const [ana, line] = await slow("ana", "banning");
    const { page } = ana;
    await page.getByRole("heading", { name: /^Operators 1/ }).waitFor();
    line.hold();
    await page.getByRole("main").getByRole("heading", { level: 1 }).getByRole("button").click();
    const settings = page.getByRole("dialog", { name: "#banning" });
    await settings.getByText("Loading…").waitFor();
    expect(await settings.getByText("Nobody is banned.").count()).toBe(0);
    await line.cut();
    await settings.getByRole("alert").getByText("That could not be done.").waitFor();
    line.release();
    await line.mend(page);
    await settings.getByText("Nobody is banned.").waitFor();
  });
});

describe("a room that was left on another device", () => {
  async function twoDevices(name: string): Promise<[Visitor, Visitor, Line]> {
    const here = await stage.account(name, `${name}-home`);
    await here.visits(`${name}-spare`);
    const there = await stage.visitor(name, `${name}-home`);
    const line = await Line.of(there.page);
    await there.page.reload();
    await there.logsIn(password);
    await there.listed(`${name}-spare`).waitFor();
    return [here, there, line];
  }

  async function isGone(here: Visitor, there: Visitor, name: string): Promise<void> {
    await there.listed(`${name}-spare`).waitFor({ state: "detached" });
    await there.visits(`${name}-home`);
    await there.says("I am here");
    await there.sees("I am here");
    expect(await there.listed(`${name}-spare`).count()).toBe(0);
    expect(await here.listed(`${name}-spare`).count()).toBe(0);
  }

  it("is left where the page is opened again", async () => {
    const [here, there] = await twoDevices("tess");
    await there.page.goto("about:blank");
    await here.parts("tess-spare");
    await there.page.goto(stage.server.address);
    await there.listed("tess-home").waitFor();
    await isGone(here, there, "tess");
  });

  it("is left where the line was down meanwhile", async () => {
    const [here, there, line] = await twoDevices("teo");
    await line.cut();
    await there.page.getByText(/The connection broke|Next try in/).waitFor();
    await here.parts("teo-spare");
    await line.mend(there.page);
    await there.page.getByText(/The connection broke|Next try in/).waitFor({ state: "detached" });
    await isGone(here, there, "teo");
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
