// SPDX-License-Identifier: Apache-2.0
// What is on the screen only for a while: faults, questions, lists and menus that are open, files on their
// way, a line that broke. Nothing that axe finds in any of it, nothing wider than the screen; and the
// combinations of size, light and language that access.test.ts leaves out.
import type { BrowserContextOptions } from "playwright-core";
import { describe, expect, it } from "vitest";
import { en } from "../../src/text/en";
import { es } from "../../src/text/es";
import { IrcCaller } from "./people";
import { phone, setStage, type Visitor } from "./stage";

const stage = setStage();
const patience = { timeout: 300_000 };

const wholly = [
  ["wide, dark, Spanish", { locale: "es-ES", colorScheme: "dark" }, es],
  ["phone, light, English", { locale: "en-GB", colorScheme: "light", ...phone }, en],
] as const;
const mainly = [
  ["wide, light, English", { locale: "en-GB", colorScheme: "light" }, en],
  ["phone, light, Spanish", { locale: "es-ES", colorScheme: "light", ...phone }, es],
  ["phone, dark, English", { locale: "en-GB", colorScheme: "dark", ...phone }, en],
] as const;

async function check(who: Visitor, what: string): Promise<void> {
  await who.isAccessible(what);
  await who.fits(what);
}

describe.each([...wholly, ...mainly])("the entrance: %s", (_, options, words) => {
  it("in all its ways, and with what is wrong said", patience, async () => {
    const ana = await stage.visitor("nobody", "states", options);
    ana.expectsRefusal(/\/api\/login/);
    const { page } = ana;
    await check(ana, "guest");
    await page.getByRole("tab", { name: words.register }).click();
    await check(ana, "register");
    await page.getByRole("textbox", { name: words.yourName }).fill("nobody");
    await page.getByLabel(words.password, { exact: true }).fill("one password");
    await page.getByLabel(words.passwordAgain).fill("another one");
    await page.getByRole("button", { name: words.register, exact: true }).click();
    await page.getByRole("alert").getByText(words.passwordsDiffer).waitFor();
    await check(ana, "a fault");
    await page.getByRole("tab", { name: words.logIn }).click();
    await page.getByLabel(words.password, { exact: true }).fill("wrong horse");
    await page.getByRole("button", { name: words.enter, exact: true }).click();
    await page.getByRole("alert").getByText(words.wrongPassword).waitFor();
    await check(ana, "log in, refused");
  });
});

describe.each(mainly)("the main screens: %s", (where, options, words) => {
  it("the conversation, its rooms and oneself", patience, async () => {
    const ana = await stage.visitor(`main${mainly.findIndex(([one]) => one === where)}`, "states", options);
    await ana.comesInUnseen();
    const { page } = ana;
    await ana.composer.fill("a message with `code`, **bold**, @nobody and https://example.org/");
    await page.getByRole("button", { name: words.send, exact: true }).click();
    await page.getByRole("log").getByRole("article").last().waitFor();
    await check(ana, "conversation");
    if ("isMobile" in options) {
      await page.getByRole("button", { name: words.menu }).tap();
      await page.getByRole("heading", { name: words.rooms }).waitFor();
      await check(ana, "rooms");
    }
    await page.getByTitle(words.settings, { exact: true }).click();
    await page.getByRole("dialog").waitFor();
    await check(ana, "settings");
    await ana.closesDialogs();
    await page.getByRole("main").getByRole("heading", { level: 1 }).getByRole("button").click();
    await page.getByRole("dialog").waitFor();
    await check(ana, "room");
  });
});

describe.each(wholly)("what is there for a while: %s", (where, options, words) => {
  const isPhone = "isMobile" in options;
  const number = wholly.findIndex(([one]) => one === where);

  async function comesIn(name: string, room: string, more: BrowserContextOptions = {}): Promise<Visitor> {
    const made = await stage.visitor(`${name}${number}`, `${room}${number}`, { ...options, ...more });
    await made.comesInUnseen();
    return made;
  }

  async function sends(by: Visitor, text: string): Promise<void> {
    await by.composer.fill(text);
    await by.page.getByRole("button", { name: words.send, exact: true }).click();
  }

  async function opensTools(of: Visitor, text: string) {
    const row = of.page.getByRole("log").getByRole("article").filter({ hasText: text }).last();
    if (!isPhone) {
      await row.hover();
    } else if (!(await row.getByRole("button", { name: words.more, exact: true }).isVisible())) {
      await row.getByText(text).tap();
    }
    return row;
  }

  it("of a message and of writing one", patience, async () => {
    const ana = await comesIn("ana", "talk");
    const { page } = ana;
    const bea = await IrcCaller.enter(stage.irc, `bea${number}`, `#talk${number}`);
    await bea.says(`#talk${number}`, "who brings the cups?");
    await ana.sees("who brings the cups?");
    const row = await opensTools(ana, "who brings the cups?");
    await row.getByRole("button", { name: words.more, exact: true }).click();
    await page.getByRole("menu").waitFor();
    await check(ana, "menu of a message");
    await page.getByRole("menuitem", { name: words.report }).click();
    await page.getByRole("dialog").getByLabel(words.reason).waitFor();
    await check(ana, "a question before something is done");
    await ana.closesDialogs();
    await (await opensTools(ana, "who brings the cups?")).getByRole("button", { name: words.reply, exact: true }).click();
    await check(ana, "an answer");
    await ana.composer.fill("");
    await ana.composer.pressSequentially("@be");
    await page.getByRole("option").first().waitFor();
    await check(ana, "completion of names");
    await ana.composer.fill("");
    await ana.composer.pressSequentially("/");
    await page.getByRole("option").first().waitFor();
    await check(ana, "completion of commands");
    await ana.composer.fill("");
    await sends(ana, "/topic");
    bea.send(`JOIN #closed${number}`, `MODE #closed${number} +k sesamo`, `INVITE ana${number} #closed${number}`);
    await page.getByRole("status").getByText(words.invitedTo(`bea${number}`, `#closed${number}`)).waitFor();
    await check(ana, "notices");
    bea.leave();
  });

  it("of files on their way", patience, async () => {
    const ana = await comesIn("fia", "files");
    ana.expectsRefusal(/\/upload/);
    const { page } = ana;
    await page.route("**/upload", (route) =>
      route.request().headers()["content-disposition"]?.includes("slow") === true ? undefined : route.abort(),
    );
    const files = ["slow.txt", "failed.txt"].map((name) => ({ name, mimeType: "text/plain", buffer: Buffer.from(name) }));
    await page.locator("input[type=file]").setInputFiles(files);
    await page.getByRole("progressbar", { name: "slow.txt" }).waitFor();
    await page.getByRole("button", { name: words.retry }).waitFor();
    await check(ana, "files under way and failed");
    for (const { name } of files) {
      await page.getByRole("button", { name: `${words.cancel} ${name}` }).click();
    }
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["x"], "dropped.txt"));
      document.querySelector("textarea")?.dispatchEvent(new DragEvent("dragenter", { bubbles: true, dataTransfer }));
    });
    await page.getByText(words.dropHere).waitFor();
    await check(ana, "where files are dropped");
  });

  it("of a room and of a person", patience, async () => {
    const ana = await comesIn("eva", "house");
    const { page } = ana;
    const bea = await IrcCaller.enter(stage.irc, `cora${number}`, `#house${number}`);
    bea.send(`JOIN #locked${number}`, `MODE #locked${number} +k sesamo`);
    await bea.sees(/MODE .*\+k/);
    await sends(ana, `/join #locked${number}`);
    await page.getByRole("dialog").waitFor();
    await check(ana, "a room's password");
    await ana.closesDialogs();
    await page.getByRole("button", { name: new RegExp(`^${words.members}: `) }).click();
    if (isPhone) {
      await page.getByRole("complementary", { name: words.members }).waitFor();
      await check(ana, "members");
      await page.keyboard.press("Escape");
    }
    await page.getByRole("main").getByRole("heading", { level: 1 }).getByRole("button").click();
    const hooks = page.getByRole("region", { name: words.webhooks });
    await hooks.getByRole("textbox").fill("robot");
    await hooks.getByRole("button", { name: words.makeWebhook }).click();
    await hooks.getByText(words.shownOnce).waitFor();
    await check(ana, "a webhook just made");
    await ana.closesDialogs();
    bea.send(`PRIVMSG eva${number} :psst`, "AWAY :at lunch");
    await sends(ana, `/query cora${number}`);
    await ana.sees("psst");
    await page.getByText(`${words.away}: at lunch`).waitFor();
    await check(ana, "a private conversation");
    bea.leave();
  });

  it("of choosing an emoji", patience, async () => {
    const ana = await comesIn("emma", "emoji");
    await ana.page.getByRole("button", { name: words.emoji, exact: true }).click();
    await ana.page.getByRole("dialog", { name: words.emoji }).getByRole("searchbox").waitFor();
    await check(ana, "the emoji");
  });

  it("of a member whom one may put out, and whom one does not read", patience, async () => {
    const ana = await comesIn("ona", "order");
    const [rude, room] = [`rude${number}`, `#order${number}`];
    const other = await IrcCaller.enter(stage.irc, rude, room);
    await other.says(room, "a rude word");
    await ana.sees("a rude word");
    await sends(ana, `/whois ${rude}`);
    const person = ana.page.getByRole("dialog", { name: rude });
    await person.getByRole("button", { name: words.ban, exact: true }).waitFor();
    await check(ana, "a member and what may be done with her");
    await person.getByRole("button", { name: words.block, exact: true }).click();
    await person.getByRole("button", { name: words.unblock, exact: true }).waitFor();
    await ana.closesDialogs();
    await ana.page.getByRole("log").getByRole("button", { name: words.blockedMessage }).waitFor();
    await check(ana, "a message of somebody who is blocked");
    other.leave();
  });

  it("of a message that was refused", patience, async () => {
    const host = await IrcCaller.enter(stage.irc, `host${number}`, `#quiet${number}`);
    host.send(`MODE #quiet${number} +m`);
    await host.sees(/ MODE \S+ \+m/);
    const ana = await comesIn("mia", "quiet");
    await sends(ana, "may I?");
    await ana.page.getByRole("log").getByRole("alert").getByText(words.notSent).waitFor();
    await check(ana, "a message that failed");
    host.leave();
  });

  it("of a part that could not be loaded", patience, async () => {
    const ana = await comesIn("lola", "parts", { serviceWorkers: "block" });
    await ana.page.route(/\/assets\/Keys-[^/]+\.js/, (route) => route.abort());
    await sends(ana, "/help");
    const dialog = ana.page.getByRole("dialog", { name: words.notLoaded });
    await dialog.getByRole("alert").getByText(words.notLoadedHint).waitFor();
    await check(ana, "a part that is missing");
    await dialog.getByRole("button", { name: words.reload, exact: true }).waitFor();
  });

  it("of a search, of nowhere, and of a line that broke", patience, async () => {
    const ana = await comesIn("lia", "found");
    const { page } = ana;
    await sends(ana, "the needle in it");
    await ana.sees("the needle in it");
    await page.getByRole("button", { name: words.search, exact: true }).click();
    const field = page.getByRole("searchbox", { name: words.search });
    const hits = page.getByRole("region", { name: words.search });
    const look = async (): Promise<number> => {
      await field.fill("needle");
      await field.press("Enter");
      await hits.getByText(words.searchHits(1), { exact: true }).or(hits.getByText(words.searchNone)).waitFor();
      return hits.getByRole("button", { name: /needle/ }).count();
    };
    await expect.poll(look, { interval: 500 }).toBe(1);
    await check(ana, "hits");
    await page.keyboard.press("Escape");
    await field.waitFor({ state: "detached" });
    const lifeline = page.getByRole("main").getByRole("status").filter({ hasText: words.lineBroke });
    await stage.server.stop();
    await lifeline.waitFor();
    await check(ana, "no line");
    await stage.server.run();
    await lifeline.waitFor({ state: "detached" });
    await sends(ana, "/part");
    await page.getByRole("heading", { name: words.welcome }).waitFor();
    await check(ana, "nowhere");
  });
});
