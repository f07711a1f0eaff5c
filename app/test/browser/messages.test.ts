// SPDX-License-Identifier: Apache-2.0
// Messages between two browsers: how they look, what may be done with them, and what the other one sees
// of it.
import { beforeAll, describe, expect, it } from "vitest";
import { IrcCaller } from "./people";
import { setStage, type Visitor } from "./stage";

const stage = setStage({ visitorsStay: true });
let ana: Visitor;
let bea: Visitor;

beforeAll(async () => {
  ana = await stage.guest("ana", "lobby", { permissions: ["clipboard-read", "clipboard-write"] });
  bea = await stage.guest("bea", "lobby");
});

const meet = (): Promise<string> => stage.meeting(ana, bea);

function row(of: Visitor, text: string) {
  return of.page.getByRole("log").getByRole("article").filter({ hasText: text }).last();
}

/** From the menu of a message; that it has tools is a sign that the server has it. */
async function chooses(by: Visitor, text: string, what: string): Promise<void> {
  await row(by, text).hover();
  await row(by, text).getByRole("button", { name: "More", exact: true }).click();
  await by.page.getByRole("menuitem", { name: what }).click();
}

async function presses(by: Visitor, text: string, button: string): Promise<void> {
  await row(by, text).hover();
  await row(by, text).getByRole("button", { name: button, exact: true }).click();
}

async function copied(): Promise<string> {
  return ana.page.evaluate(() => navigator.clipboard.readText());
}

describe("a message that was refused", () => {
  it("stays with a word why, and is said when one tries again and may", async () => {
    const room = await meet();
    await ana.says(`/raw MODE #${room} +m`);
    await ana.page.getByRole("log").getByText(/ana switched on: Only those with a voice/).waitFor();
    await bea.says("may I?");
    const failed = row(bea, "may I?").getByRole("alert");
    await failed.getByText(/^Not sent/).waitFor();
    expect(await ana.message("may I?").count()).toBe(0);
    await ana.says("/voice bea");
    await bea.page.getByRole("log").getByText("ana gave bea a voice").waitFor();
    await failed.getByRole("button", { name: "Try again" }).click();
    await ana.seesOnce("may I?");
    await failed.waitFor({ state: "detached" });
    await bea.seesOnce("may I?");
  });

  it("is gone when it is discarded, and nobody saw it", async () => {
    const room = await meet();
    await ana.says(`/raw MODE #${room} +m`);
    await ana.page.getByRole("log").getByText(/ana switched on: Only those with a voice/).waitFor();
    await bea.says("never heard");
    await row(bea, "never heard").getByRole("button", { name: "Discard" }).click();
    await bea.message("never heard").waitFor({ state: "detached" });
    await ana.says("the end");
    await bea.sees("the end");
    expect(await ana.message("never heard").count()).toBe(0);
  });
});

describe("light Markdown", () => {
  it("has italics, quotes and lists", async () => {
    await meet();
    await ana.says("*slanted* and _so too_\n> quoted <b>words</b>\n- first\n- second\n1. one\n2. two");
    const seen = row(bea, "slanted");
    await seen.waitFor();
    expect(await seen.getByRole("emphasis").allTextContents()).toEqual(["slanted", "so too"]);
    expect(await seen.getByRole("blockquote").innerText()).toBe("quoted <b>words</b>");
    expect(await seen.getByRole("list").first().getByRole("listitem").allTextContents()).toEqual(["first", "second"]);
    expect(await seen.getByRole("list").last().getByRole("listitem").allTextContents()).toEqual(["one", "two"]);
  });

  it("leads outside without telling where from, in a page of its own", async () => {
    await meet();
    await ana.says("look at https://example.org/a?b=c&d=(e), and [not](javascript:alert(1))");
    const link = row(bea, "look at").getByRole("link");
    await link.waitFor();
    expect(await link.count()).toBe(1);
    expect(await link.getAttribute("href")).toBe("https://example.org/a?b=c&d=(e)");
    expect(await link.getAttribute("target")).toBe("_blank");
    expect((await link.getAttribute("rel"))?.split(" ")).toEqual(expect.arrayContaining(["noopener", "noreferrer"]));
  });
});

describe("emoji", () => {
  it("are looked for in the picker, and put where the cursor is", async () => {
    await meet();
    await ana.composer.fill("good  morning");
    await ana.composer.press("Home");
    for (let at = 0; at < "good ".length; at += 1) {
      await ana.composer.press("ArrowRight");
    }
    await ana.page.getByRole("button", { name: "Emoji", exact: true }).click();
    const picker = ana.page.getByRole("dialog", { name: "Emoji" });
    await picker.getByRole("searchbox").fill("sunflower");
    await picker.getByRole("button", { name: "sunflower" }).click();
    await picker.waitFor({ state: "detached" });
    expect(await ana.composer.inputValue()).toBe("good 🌻 morning");
    await ana.composer.press("Enter");
    await bea.sees("good 🌻 morning");
  });

  it("are completed behind a colon, and taken with Tab", async () => {
    await meet();
    await ana.composer.pressSequentially("ready :rocke");
    await ana.page.getByRole("option", { name: "🚀 :rocket:" }).waitFor();
    await ana.composer.press("Tab");
    await expect.poll(() => ana.composer.inputValue()).toBe("ready 🚀 ");
    await ana.composer.press("Enter");
    await bea.sees("ready 🚀");
  });
});

describe("a reaction", () => {
  it("is counted in both browsers, joined, and taken back", async () => {
    await meet();
    await ana.says("shall we?");
    await bea.sees("shall we?");
    await presses(bea, "shall we?", "React 👍");
    const seen = (of: Visitor) => row(of, "shall we?").getByRole("button", { name: /^👍 / });
    await seen(ana).getByText("1").waitFor();
    expect(await seen(ana).getAttribute("aria-pressed")).toBe("false");
    await seen(ana).click();
    await expect.poll(() => seen(bea).getAttribute("aria-label")).toBe("👍 2: bea, ana");
    expect(await seen(bea).getAttribute("aria-pressed")).toBe("true");
    await seen(bea).click();
    await expect.poll(() => seen(ana).getAttribute("aria-label")).toBe("👍 1: ana");
    await seen(ana).click();
    await seen(bea).waitFor({ state: "detached" });
    await seen(ana).waitFor({ state: "detached" });
  });

  it("is told with who it is of in the message's details, which a finger reaches, too", async () => {
    await meet();
    await ana.says("who says what?");
    await bea.sees("who says what?");
    await presses(bea, "who says what?", "React 👍");
    await row(ana, "who says what?").getByRole("button", { name: /^👍 / }).waitFor();
    await ana.message("who says what?").hover();
    await ana.page.getByRole("button", { name: "More", exact: true }).click();
    await ana.page.getByRole("menuitem", { name: "Details" }).click();
    const details = ana.page.getByRole("dialog", { name: "Details" });
    await details.getByText(/^👍 bea$/).waitFor();
    await details.getByText(String(new Date().getFullYear())).waitFor();
    await ana.isAccessible("a message's details");
    await ana.closesDialogs();
  });

  it("is chosen in a picker that stays while the mouse is on its way there, and closes where it was opened", async () => {
    await meet();
    await ana.says("a long way");
    await bea.sees("a long way");
    await ana.says("the row beside it");
    await bea.sees("the row beside it");
    const { mouse } = bea.page;
    await presses(bea, "the row beside it", "React");
    const picker = bea.page.getByRole("dialog", { name: "Emoji" });
    const first = picker.getByRole("group").getByRole("button").first();
    const { x, y, width, height } = (await first.boundingBox())!;
    await mouse.move(x + width / 2, y + height / 2, { steps: 60 });
    await picker.waitFor();
    await row(bea, "the row beside it").getByRole("button", { name: "React", exact: true }).click();
    await picker.waitFor({ state: "detached" });
  });

  it("to the message that one is answering leaves one where one writes", async () => {
    await meet();
    await ana.says("the question");
    await bea.sees("the question");
    await presses(bea, "the question", "Reply");
    await bea.page.keyboard.press("Control+f");
    const search = bea.page.getByRole("searchbox");
    await expect.poll(() => search.evaluate((one) => one === document.activeElement)).toBe(true);
    await presses(ana, "the question", "React 👍");
    await row(bea, "the question").getByRole("button", { name: "👍 1: ana" }).waitFor();
    await bea.page.keyboard.type("elsewhere");
    expect(await search.inputValue()).toBe("elsewhere");
    await bea.page.keyboard.press("Escape");
    await bea.composer.press("Escape");
  });

  it("may be any emoji of the picker", async () => {
    await meet();
    await ana.says("what is this?");
    await bea.sees("what is this?");
    await presses(bea, "what is this?", "React");
    const picker = bea.page.getByRole("dialog", { name: "Emoji" });
    await picker.getByRole("searchbox").fill("cactus");
    await picker.getByRole("searchbox").press("Enter");
    await row(ana, "what is this?").getByRole("button", { name: "🌵 1: bea" }).waitFor();
  });
});

describe("one's own message", () => {
  it("is edited, and others see the new words and that it was", async () => {
    await meet();
    await ana.says("see you on mondai");
    await bea.sees("see you on mondai");
    await presses(ana, "see you on mondai", "Edit");
    await ana.page.getByText("Editing your message").waitFor();
    expect(await ana.composer.inputValue()).toBe("see you on mondai");
    await ana.says("see you on Monday");
    await row(bea, "see you on Monday").getByText("(edited)").waitFor();
    expect(await bea.message("see you on mondai").count()).toBe(0);
    await expect.poll(() => ana.composer.inputValue()).toBe("");
  });

  it("keeps its lines when it is edited, and takes more", async () => {
    await meet();
    await ana.says("milk\nbread");
    await row(bea, "bread").waitFor();
    await ana.page.getByRole("log").locator("article.sending").waitFor({ state: "detached" });
    await ana.composer.press("ArrowUp");
    await ana.page.getByText("Editing your message").waitFor();
    expect(await ana.composer.inputValue()).toBe("milk\nbread");
    await ana.says("milk\nbread\neggs");
    const changed = row(bea, "eggs");
    await changed.getByText("(edited)").waitFor();
    expect(await changed.getByText(/milk\s*bread\s*eggs/).count()).toBeGreaterThan(0);
  });

  it("that is edited says how much too long it is, and stays to be shortened", async () => {
    await meet();
    await ana.says("short");
    await bea.sees("short");
    await presses(ana, "short", "Edit");
    await ana.composer.fill(`${"long ".repeat(600)}x`);
    const told = ana.page.getByText("Too long: leave out one letter.");
    await told.waitFor();
    await ana.composer.press("Enter");
    await ana.page.getByRole("status").filter({ has: told }).waitFor();
    await ana.composer.press("Backspace");
    await ana.composer.press("Enter");
    await row(bea, "long long").getByText("(edited)").waitFor();
  });

  it("is deleted when that was asked once more, and others are told by whom", async () => {
    await meet();
    await ana.says("a slip");
    await bea.sees("a slip");
    await chooses(ana, "a slip", "Delete");
    const asked = ana.page.getByRole("dialog", { name: "Delete" });
    await asked.getByText("Delete this message for everyone?").waitFor();
    await asked.getByRole("button", { name: "Cancel" }).click();
    await bea.sees("a slip");
    await chooses(ana, "a slip", "Delete");
    await asked.getByRole("button", { name: "Delete" }).click();
    await bea.page.getByRole("log").getByText("Message deleted").waitFor();
    expect(await bea.page.getByText("a slip", { exact: true }).count()).toBe(0);
  });

  it("is deleted, too, where nothing is left of it when it is edited, and that was asked", async () => {
    await meet();
    await ana.says("another slip");
    await bea.sees("another slip");
    await presses(ana, "another slip", "Edit");
    await ana.composer.fill("");
    await ana.composer.press("Enter");
    const asked = ana.page.getByRole("dialog", { name: "Delete" });
    await asked.getByRole("button", { name: "Delete" }).click();
    await bea.page.getByRole("log").getByText("Message deleted").waitFor();
    await ana.page.getByText("Editing your message").waitFor({ state: "detached" });
  });
});

describe("the message of somebody else", () => {
  it("is neither edited nor deleted by who leads nothing", async () => {
    await meet();
    await ana.says("mine alone");
    await row(bea, "mine alone").hover();
    await row(bea, "mine alone").getByRole("button", { name: "More", exact: true }).click();
    await bea.page.getByRole("menuitem", { name: "Report" }).waitFor();
    expect(await bea.page.getByRole("menuitem", { name: "Delete" }).count()).toBe(0);
    expect(await row(bea, "mine alone").getByRole("button", { name: "Edit", exact: true }).count()).toBe(0);
    await bea.page.keyboard.press("Escape");
  });

  it("is deleted by the room's operator, who is named", async () => {
    await meet();
    await bea.says("rude words");
    await ana.sees("rude words");
    await chooses(ana, "rude words", "Delete");
    await ana.page.getByRole("dialog", { name: "Delete" }).getByRole("button", { name: "Delete" }).click();
    await bea.page.getByRole("log").getByText("Message deleted by ana").waitFor();
  });
});

describe("the field", () => {
  it("takes a new line within the message at Shift Enter", async () => {
    await meet();
    await ana.composer.pressSequentially("first line");
    await ana.composer.press("Shift+Enter");
    await ana.composer.pressSequentially("second line");
    expect(await ana.composer.inputValue()).toBe("first line\nsecond line");
    await ana.composer.press("Enter");
    await row(bea, "first line").getByText(/^first line\s*second line$/).first().waitFor();
    expect(await bea.page.getByRole("log").getByRole("article").count()).toBe(1);
  });
});

describe("what is copied", () => {
  it("is the text as it was written", async () => {
    await meet();
    await bea.says("**bold** `code` <b>");
    await row(ana, "bold").waitFor();
    await chooses(ana, "bold", "Copy text");
    await ana.page.getByRole("status").getByText("Copied").last().waitFor();
    expect(await copied()).toBe("**bold** `code` <b>");
  });

  it("is a link that leads to the message", async () => {
    await meet();
    await ana.says("the one meant");
    await bea.sees("the one meant");
    await chooses(ana, "the one meant", "Copy link");
    await expect.poll(copied).toMatch(/\/#room\d+\/\S+$/);
    await bea.page.goto(await copied());
    await bea.page.locator("article.flash").getByText("the one meant").waitFor();
  });
});

describe("a conversation", () => {
  it("names an author once for what she says at a stretch, and tells the day", async () => {
    await meet();
    await ana.says("one");
    await ana.says("two");
    await bea.sees("two");
    await bea.says("three");
    await ana.sees("three");
    await ana.says("four");
    await bea.sees("four");
    const log = bea.page.getByRole("log");
    await expect.poll(() => log.getByRole("article").getByRole("button", { name: /^(ana|bea)$/ }).allTextContents())
      .toEqual(["ana", "bea", "ana"]);
    expect(await log.getByRole("heading", { name: "Today" }).count()).toBe(1);
  });

  it("tells what an answer is about, and leads there", async () => {
    await meet();
    await ana.says("which day?");
    await bea.sees("which day?");
    for (let at = 0; at < 40; at += 1) {
      await ana.says(`in between ${at}`);
    }
    await bea.sees("in between 39");
    await bea.looksUp();
    await presses(bea, "which day?", "Reply");
    await bea.says("Friday");
    const quotation = row(ana, "Friday").getByRole("button", { name: /ana which day\?/ });
    await quotation.click();
    await ana.page.locator("article.flash").getByText("which day?").waitFor();
    await expect.poll(() => ana.message("which day?").first().isVisible()).toBe(true);
    await ana.page.getByRole("button", { name: "Jump to now" }).click();
  });

  it("that has much new in it begins where one stopped reading, at a press", async () => {
    const room = await meet();
    await ana.says("read by all");
    await bea.sees("read by all");
    await bea.visits("elsewhere");
    const talker = await IrcCaller.enter(stage.irc, "talker", `#${room}`);
    for (let at = 1; at <= 60; at += 1) {
      await talker.says(`#${room}`, `news ${at}`);
    }
    await bea.page.getByRole("navigation").getByRole("button", { name: new RegExp(`^${room} 60`) }).click();
    await bea.sees("news 60");
    await bea.page.getByRole("button", { name: "Jump to the first unread" }).click();
    await bea.page.getByRole("separator", { name: "New" }).waitFor();
    await expect.poll(() => bea.message("news 1").first().isVisible()).toBe(true);
    talker.leave();
  });
});

describe("a page up", () => {
  it("leads up where of the messages only the last few are drawn yet", async () => {
    const room = await meet();
    await bea.page.evaluate(() => {
      globalThis.requestIdleCallback = () => 0; // the page never gets to what it draws when it has nothing to do
    });
    const talker = await IrcCaller.enter(stage.irc, "lecturer", `#${room}`);
    for (let at = 1; at <= 40; at += 1) {
      await talker.says(`#${room}`, `lesson ${at}`);
    }
    await bea.sees("lesson 40");
    await bea.page.keyboard.press("PageUp");
    await bea.page.getByRole("button", { name: "Jump to now" }).waitFor();
    await bea.message("lesson 12").waitFor();
    await expect.poll(() => bea.message("lesson 40").evaluate((one) => one.getBoundingClientRect().top > innerHeight)).toBe(true);
    talker.leave();
  });
});

describe("Esc", () => {
  it("marks what is new as read, wherever in the conversation one looks", async () => {
    const room = await meet();
    const talker = await IrcCaller.enter(stage.irc, "orator", `#${room}`);
    for (let at = 1; at <= 40; at += 1) {
      await talker.says(`#${room}`, `speech ${at}`);
    }
    await bea.sees("speech 40");
    const toNow = bea.page.getByRole("button", { name: "Jump to now" });
    await bea.page.keyboard.press("PageUp"); // while rows come in
    await toNow.waitFor();
    await talker.says(`#${room}`, "applause");
    const counted = (where: "main" | "navigation") => bea.page.getByRole(where).getByText("1 new message", { exact: true });
    await counted("main").waitFor();
    await counted("navigation").waitFor();
    await bea.page.keyboard.press("Escape");
    await toNow.waitFor();
    await counted("navigation").waitFor({ state: "detached" });
    talker.leave();
  });
});

describe("times", () => {
  it("are written as the reader's language and clock have them", async () => {
    const room = await meet();
    await ana.says("at what time?");
    const when = async (locale: string, timezoneId: string): Promise<() => Promise<string>> => {
      const reader = await stage.visitor(`r${timezoneId.length}`, room, { locale, timezoneId });
      await reader.comesIn();
      const time = reader.page.getByRole("log").getByRole("article").filter({ hasText: "at what time?" }).locator("time");
      await time.waitFor();
      await row(reader, "at what time?").hover();
      await expect.poll(() => time.getAttribute("title")).not.toBeNull();
      return async () => `${await time.getAttribute("title")} | ${await time.innerText()}`;
    };
    const [american, spanish] = [await when("en-US", "America/New_York"), await when("es-ES", "Europe/Madrid")];
    await expect.poll(american).toMatch(/^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, [A-Z]\w+ \d+, \d{4} at .* [AP]M \| \d+:\d\d\s[AP]M$/);
    await expect.poll(spanish).toMatch(/^(lunes|martes|miércoles|jueves|viernes|sábado|domingo), \d+ de \w+ de \d{4}, .* \| \d+:\d\d$/);
  });
});
