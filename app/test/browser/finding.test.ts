// SPDX-License-Identifier: Apache-2.0
// Rooms: how they are found, made and joined, by whom, and how one is invited.
import { beforeAll, describe, expect, it } from "vitest";
import { IrcCaller } from "./people";
import { setStage, type Visitor } from "./stage";

const stage = setStage({ visitorsStay: true });
let ana: Visitor;
let bea: Visitor;

beforeAll(async () => {
  [ana, bea] = await Promise.all(["ana", "bea"].map((name) => stage.guest(name, "lobby"))) as [Visitor, Visitor];
});

async function makes(by: Visitor, room: string, ...rules: string[]): Promise<void> {
  await by.page.getByRole("button", { name: "New room" }).click();
  const dialog = by.page.getByRole("dialog", { name: "Make a room" });
  await dialog.getByLabel("Name of the room").fill(room);
  await dialog.getByLabel("Topic").fill(`all about ${room}`);
  for (const rule of rules) {
    await dialog.getByLabel(rule).check();
  }
  const name = `#${room.replace(/ /g, "-")}`;
  await dialog.getByRole("button", { name: `Make a room ${name}` }).click();
  await by.isAt(name);
  await by.page.getByText(`all about ${room}`).first().waitFor(); // its rules came before
}

/** The list of rooms, once it has come. */
async function browses(by: Visitor) {
  await by.page.getByRole("button", { name: "Browse rooms" }).click();
  const dialog = by.page.getByRole("dialog", { name: "Browse rooms" });
  await dialog.getByRole("listitem").filter({ hasText: "lobby" }).waitFor();
  return dialog;
}

describe("the list of rooms", () => {
  it("tells topics and how many are in each, is filtered, and leads into one", async () => {
    await makes(ana, "painting");
    await makes(ana, "music");
    const list = await browses(bea);
    const painting = list.getByRole("listitem").filter({ hasText: "painting" });
    await painting.getByText("all about painting").waitFor();
    await painting.getByText("1 member", { exact: true }).waitFor();
    await list.getByRole("listitem").filter({ hasText: "lobby" }).getByText("2 members").waitFor();
    await list.getByLabel("Filter").fill("about MUSIC");
    await expect.poll(() => list.getByRole("listitem").count()).toBe(1);
    await list.getByLabel("Filter").fill("no such thing");
    await list.getByText("Nothing fits.").waitFor();
    await list.getByLabel("Filter").fill("paint");
    await painting.getByRole("button", { name: "Join" }).click();
    await bea.isAt("#painting");
    await bea.page.getByText("all about painting").first().waitFor();
    await ana.page.getByRole("navigation").getByRole("button", { name: /^painting/ }).click();
    await ana.member("bea").waitFor();
  });

  it("offers to open, not to join, a room that one is in", async () => {
    const list = await browses(ana);
    const music = list.getByRole("listitem").filter({ hasText: "music" });
    expect(await music.getByRole("button", { name: "Join" }).count()).toBe(0);
    await music.getByRole("button", { name: "Open" }).click();
    await ana.isAt("#music");
  });

  it("keeps silent about a hidden room, but for who is in it", async () => {
    await makes(ana, "cellar", "Hidden from the list");
    const outside = await browses(bea);
    expect(await outside.getByText("cellar").count()).toBe(0);
    await bea.closesDialogs();
    const inside = await browses(ana);
    await inside.getByRole("listitem").filter({ hasText: "cellar" }).first().waitFor();
    await ana.closesDialogs();
  });
});

describe("a room that one makes", () => {
  it("is one's own, with its topic, and open to whoever comes", async () => {
    await makes(ana, "open-house");
    await ana.page.getByRole("heading", { name: /^(Owners|Operators)/ }).waitFor();
    await bea.visits("open-house");
    await bea.page.getByText("all about open-house").first().waitFor();
    await ana.member("bea").waitFor();
  });

  it("for the invited alone refuses who was not, and says so", async () => {
    await makes(ana, "circle", "Only the invited");
    await bea.says("/join #circle");
    await bea.page.getByRole("status").getByText("#circle is for the invited.").last().waitFor();
    expect(await bea.page.getByRole("heading", { level: 1, name: "#circle" }).count()).toBe(0);
    expect(await bea.page.getByRole("navigation").getByRole("button", { name: /^circle/ }).count()).toBe(0);
  });

  it("says beside its link for whom that opens", async () => {
    await makes(ana, "salon", "Only the invited");
    await ana.page.getByRole("button", { name: "Room settings" }).click();
    await ana.page.getByRole("dialog").getByText("It opens for whoever is invited below.").waitFor();
    await ana.closesDialogs();
  });

  it("lets in whom its operator invites, who is told of it and follows with one press", async () => {
    await ana.visits("circle");
    await ana.page.getByRole("button", { name: "Room settings" }).click();
    await ana.page.getByLabel("Whom?").fill("bea");
    await ana.page.getByRole("dialog").getByRole("button", { name: "Invite" }).click();
    await ana.page.getByRole("status").getByText("bea was invited to #circle.").waitFor();
    await ana.closesDialogs();
    const notice = bea.page.getByRole("status").filter({ hasText: "ana invites you to #circle" });
    await notice.getByRole("button", { name: "Join" }).click();
    await bea.isAt("#circle");
    await notice.getByText("ana invites you").waitFor({ state: "detached" });
    await ana.member("bea").waitFor();
  });

  it("whose invitation is refused stays as closed as it was", async () => {
    await makes(ana, "attic", "Only the invited");
    await ana.says("/invite bea");
    const notice = bea.page.getByRole("status").filter({ hasText: "ana invites you to #attic" });
    await notice.getByRole("button", { name: "Close" }).first().click();
    await notice.getByText("ana invites you to #attic").waitFor({ state: "detached" });
    expect(await bea.page.getByRole("navigation").getByRole("button", { name: /^attic/ }).count()).toBe(0);
  });
});

describe("the link to a room", () => {
  it("is copied, and leads whoever opens it there", async () => {
    await makes(ana, "café & más");
    await ana.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await ana.page.getByRole("button", { name: "Room settings" }).click();
    await ana.page.getByRole("button", { name: "Copy link" }).click();
    await ana.page.getByRole("button", { name: "Copied" }).waitFor();
    const link = await ana.page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(await ana.page.getByLabel("Link to this room").inputValue());
    await ana.closesDialogs();
    await bea.page.goto(link);
    await bea.isAt("#café-&-más");
    await ana.member("bea").waitFor();
  });
});

describe("the topic", () => {
  it("is set in the room's dialog, and all see it", async () => {
    await makes(ana, "subjects");
    await bea.visits("subjects");
    await ana.page.getByRole("button", { name: "Room settings" }).click();
    await ana.page.getByLabel("Topic", { exact: true }).fill("today: <b>lists</b>");
    await ana.page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await bea.page.getByRole("log").getByText("ana set the topic: today: <b>lists</b>").waitFor();
    await bea.page.getByRole("main").getByText("today: <b>lists</b>", { exact: true }).first().waitFor();
  });
});

describe("the members", () => {
  it("stand by their roles, and follow when one is given", async () => {
    await makes(ana, "school");
    await bea.visits("school");
    const carl = await IrcCaller.enter(stage.irc, "carl", "#school");
    const list = ana.page.getByRole("complementary", { name: "Members" });
    const order = async (): Promise<string[]> =>
      (await list.locator("h3, button.member").allTextContents()).map((one) => one.replace(/\s+/g, " ").trim());
    await ana.member("carl").waitFor();
    await expect.poll(order).toEqual(["Operators 1", "A ana", "Members 2", "B bea", "C carl"]);
    await ana.says("/voice carl");
    await expect.poll(order).toEqual(["Operators 1", "A ana", "With a voice 1", "C carl", "Members 1", "B bea"]);
    carl.leave();
    await ana.member("carl").waitFor({ state: "detached" });
  });

  it("are seen going away and coming back", async () => {
    await bea.says("/away at <i>lunch</i>");
    await ana.member("bea").getByTitle("Away").waitFor();
    await ana.member("bea").click();
    await ana.page.getByRole("dialog").getByText("Away: at <i>lunch</i>").waitFor();
    await ana.closesDialogs();
    await bea.says("/away");
    await ana.member("bea").getByTitle("Here").waitFor();
  });
});
