// SPDX-License-Identifier: Apache-2.0
// Of whom and of what one is told: levels of rooms, words that count as a mention, people whom one does
// not read; and how all that is said to who looks elsewhere.
import { beforeAll, describe, expect, it } from "vitest";
import { setStage, type Visitor } from "./stage";

const stage = setStage({ visitorsStay: true });
let ana: Visitor;
let bea: Visitor;

/** In the page: notices and sounds are written down, and another tab is looked at when that is wanted. */
function watchNotices(): void {
  const kept = globalThis as unknown as { notices: object[]; sounds: number; onNotice: (() => void) | null };
  kept.notices = [];
  kept.sounds = 0;
  class Played {
    static permission = "default";
    static requestPermission(): Promise<string> {
      Played.permission = "granted";
      return Promise.resolve("granted");
    }
    set onclick(what: () => void) {
      kept.onNotice = what;
    }
    constructor(title: string, { body }: { body: string }) {
      kept.notices.push({ title, body });
    }
    close(): void {}
  }
  Object.defineProperty(globalThis, "Notification", { value: Played });
  const Sound = AudioContext;
  Object.defineProperty(globalThis, "AudioContext", {
    value: class extends Sound {
      constructor() {
        super();
        kept.sounds += 1;
      }
    },
  });
}

async function notices(): Promise<unknown> {
  return ana.page.evaluate(() => (globalThis as unknown as { notices: unknown }).notices);
}

async function sounds(): Promise<unknown> {
  return ana.page.evaluate(() => (globalThis as unknown as { sounds: unknown }).sounds);
}

beforeAll(async () => {
  // Without a worker the page gives its notices itself: push.test.ts has the other way.
  ana = await stage.visitor("ana", "lobby", { serviceWorkers: "block" });
  bea = await stage.visitor("bea", "lobby");
  await ana.page.addInitScript(watchNotices);
  await ana.page.reload();
  await Promise.all([ana.comesIn(), bea.comesIn()]);
});

/** ana looks at the lobby, and bea is with her in another room. */
async function part(room: string): Promise<void> {
  await ana.visits(room);
  await bea.visits(room);
  await ana.visits("lobby");
}

/** What is in the list of rooms beside a name. */
async function listed(room: string): Promise<string> {
  const all = await ana.page.getByRole("navigation").getByRole("button", { name: new RegExp(`^${room}\\b`) }).innerText();
  return all.replace(/\s+/g, " ").trim();
}

describe("a message in another room", () => {
  it("is counted, and its room's level says whether one is told", async () => {
    await part("levels");
    await bea.says("first");
    await expect.poll(() => listed("levels")).toMatch(/^levels 1/);
    await expect.poll(() => ana.page.title()).toMatch(/^• #lobby/);
    await ana.opensSettings("Notifications");
    await ana.page.getByLabel("#levels").selectOption({ label: "Nothing" });
    await expect.poll(() => listed("levels")).toBe("levels");
    await bea.says("second, ana");
    await bea.sees("second, ana");
    await ana.page.getByLabel("#levels").selectOption({ label: "Mentions only" });
    await expect.poll(() => listed("levels")).toMatch(/^levels 1/); // the mention alone
    await ana.page.keyboard.press("Escape");
    await ana.visits("levels");
    await ana.sees("second, ana");
  });

  it("that has one of one's own words counts as a mention, also with markup in the word", async () => {
    await part("words");
    await ana.opensSettings("Notifications");
    await ana.page.getByLabel("Words that count as a mention").fill("paella, <b>.*</b>");
    await ana.page.getByLabel("Words that count as a mention").press("Enter");
    await ana.page.keyboard.press("Escape");
    await bea.says("who wants paellas?");
    await bea.says("who wants Paella?");
    await bea.says("and this: <b>.*</b>");
    await expect.poll(() => ana.page.title()).toMatch(/^\(2\) #lobby/);
    await ana.visits("words");
    await expect.poll(() => ana.page.title()).toMatch(/^#words/);
  });
});

describe("a notice of the page", () => {
  it("is given only to who asked for it, and without a sound", async () => {
    await part("told");
    await bea.says("ana, unheard");
    await expect.poll(() => ana.page.title()).toMatch(/^\(1\)/);
    expect(await notices()).toEqual([]);
    await ana.opensSettings("Notifications");
    expect(await ana.page.getByLabel("Sound").isChecked()).toBe(false);
    await ana.page.getByRole("button", { name: "Allow notifications" }).click();
    await ana.page.getByRole("button", { name: "Allow notifications" }).waitFor({ state: "detached" });
    await ana.page.keyboard.press("Escape");
    await bea.says("no mention");
    await bea.says("ana: <b>heard</b>");
    await expect.poll(notices).toEqual([{ title: "bea · #told", body: "ana: <b>heard</b>" }]);
    expect(await sounds()).toBe(0);
  });

  it("leads to its room when it is pressed", async () => {
    await ana.isAt("#lobby");
    await ana.page.evaluate(() => (globalThis as unknown as { onNotice: () => void }).onNotice());
    await ana.isAt("#told");
    await ana.sees("ana: <b>heard</b>");
  });

  it("has a sound for who wants one, and is given for every message where that was chosen", async () => {
    await part("loud");
    await ana.opensSettings("Notifications");
    await ana.page.getByLabel("Sound").check();
    await ana.page.getByLabel("#loud").selectOption({ label: "Every message" });
    await ana.page.keyboard.press("Escape");
    await bea.says("to nobody in particular");
    await expect.poll(notices).toContainEqual({ title: "bea · #loud", body: "to nobody in particular" });
    expect(await sounds()).toBe(1);
    await ana.opensSettings("Notifications");
    await ana.page.getByLabel("Sound").uncheck();
    await ana.page.keyboard.press("Escape");
  });

  it("is not given of what one is looking at", async () => {
    await ana.page.bringToFront();
    await ana.visits("loud");
    const before = await notices();
    await bea.says("ana, look");
    await ana.sees("ana, look");
    expect(await notices()).toEqual(before);
  });
});

describe("whoever listens to the screen", () => {
  it("is told what is said where she is, and by whom", async () => {
    await ana.visits("spoken");
    await bea.visits("spoken");
    await bea.says("good **evening**");
    await ana.page
      .locator("[aria-live=polite], [role=log]:not([aria-live=off])")
      .getByText("bea: good evening")
      .waitFor({ state: "attached" });
  });
});

describe("somebody blocked", () => {
  it("is read again when unblocked, where that was done or in the settings", async () => {
    await ana.visits("peace");
    await bea.visits("peace");
    await ana.member("bea").click();
    await ana.page.getByRole("dialog").getByRole("button", { name: "Block", exact: true }).click();
    await ana.page.getByRole("dialog").getByRole("button", { name: "Unblock" }).waitFor();
    await ana.page.keyboard.press("Escape");
    await bea.says("unread");
    await ana.page.getByText("A message of somebody you have blocked").waitFor();
    expect(await ana.message("unread").count()).toBe(0);
    await ana.opensSettings("Blocked people");
    await ana.page.getByRole("listitem").filter({ hasText: "bea" }).getByRole("button", { name: "Unblock" }).click();
    await ana.page.getByText("You have blocked nobody.").waitFor();
    await ana.page.keyboard.press("Escape");
    await ana.sees("unread");
    await bea.says("read");
    await ana.sees("read");
  });

  it("hears nothing of it, and reaches nobody in private", async () => {
    await ana.visits("peace");
    await ana.member("bea").click();
    await ana.page.getByRole("dialog").getByRole("button", { name: "Block", exact: true }).click();
    await ana.page.getByRole("dialog").getByRole("button", { name: "Unblock" }).waitFor();
    await ana.page.keyboard.press("Escape");
    await bea.says("/msg ana psst");
    await bea.visits("peace");
    await bea.says("the end");
    await ana.page.getByText("A message of somebody you have blocked").last().waitFor();
    expect(await ana.page.getByRole("navigation").getByRole("button", { name: /bea/ }).count()).toBe(0);
    await ana.member("bea").click();
    await ana.page.getByRole("dialog").getByRole("button", { name: "Unblock" }).click();
    await ana.page.keyboard.press("Escape");
  });
});

describe("being away", () => {
  it("is told in a private conversation, with the word why", async () => {
    await bea.says("/away out <u>there</u>");
    await ana.says("/query bea");
    await ana.isAt("bea");
    await ana.page.getByText("Away: out <u>there</u>").waitFor();
    await bea.says("/away");
    await ana.page.getByText("Away: out <u>there</u>").waitFor({ state: "detached" });
  });

  it("is chosen in one's profile, and ended there", async () => {
    await bea.visits("absence");
    await ana.visits("absence");
    await bea.opensSettings("Profile");
    await bea.page.getByRole("button", { name: "Set as away" }).click();
    await ana.member("bea").getByTitle("Away").waitFor();
    await bea.page.getByRole("button", { name: "I am back" }).click();
    await ana.member("bea").getByTitle("Here").waitFor();
  });
});
