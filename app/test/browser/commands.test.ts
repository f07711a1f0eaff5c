// SPDX-License-Identifier: Apache-2.0
// What is typed behind a slash; and the words that users of the five classic chats remember, which do
// in the browser what they did there.
import { beforeAll, describe, expect, it } from "vitest";
import { setStage, type Visitor } from "./stage";

const stage = setStage({ visitorsStay: true });
let ana: Visitor;
let bea: Visitor;

beforeAll(async () => {
  ana = await stage.guest("ana", "lobby");
  bea = await stage.guest("bea", "lobby");
});

/** The choices that are offered, by their names. */
async function offered(by: Visitor): Promise<string[]> {
  return (await by.page.getByRole("option").allInnerTexts()).map((one) => one.split("\n")[0]?.trim() ?? "");
}

async function isOutside(who: Visitor): Promise<void> {
  await who.page.getByRole("textbox", { name: "Your name" }).waitFor();
  expect(await who.page.getByRole("log").count()).toBe(0);
}

describe("a slash", () => {
  it("offers the commands that begin like it, with what they do", async () => {
    await ana.visits("slash");
    await ana.composer.pressSequentially("/");
    await ana.page.getByRole("option", { name: /\/join #room \[password\] Join or make a room/ }).waitFor();
    await ana.composer.pressSequentially("to");
    await expect.poll(() => offered(ana)).toEqual(["/topic [text]"]);
    await ana.composer.press("Tab");
    expect(await ana.composer.inputValue()).toBe("/topic");
    await ana.composer.fill("");
  });

  it("is walked through with arrows, and Esc leaves what was written", async () => {
    await ana.isAt("#slash");
    await ana.composer.pressSequentially("/p");
    await ana.page.getByRole("option").first().waitFor();
    await ana.composer.press("Escape");
    await ana.page.getByRole("option").first().waitFor({ state: "detached" });
    expect(await ana.composer.inputValue()).toBe("/p");
    await ana.composer.fill("");
    await ana.composer.pressSequentially("/m");
    await expect.poll(() => offered(ana)).toEqual(["/msg name text", "/me …"]);
    await ana.composer.press("ArrowDown");
    await ana.page.getByRole("option", { name: /\/me/, selected: true }).waitFor();
    await ana.composer.press("Enter");
    expect(await ana.composer.inputValue()).toBe("/me ");
    await ana.composer.pressSequentially("waves");
    await ana.composer.press("Enter");
    await bea.visits("slash");
    await bea.page.getByRole("log").getByRole("article").filter({ hasText: /ana\s+waves/ }).waitFor();
  });

  it("with a name that is written out goes at the first Enter", async () => {
    await ana.visits("slash");
    await ana.composer.pressSequentially("/join #slash");
    await ana.page.getByRole("option", { name: /#slash/ }).waitFor();
    await ana.composer.press("Enter");
    expect(await ana.composer.inputValue()).toBe("");
  });

  it("that stands twice is said once", async () => {
    await ana.visits("slash");
    await bea.visits("slash");
    await ana.says("//topic is a command");
    await bea.sees("/topic is a command");
  });

  it("lacks nothing that a command needs, or says how it goes", async () => {
    await ana.visits("slash");
    await ana.says("/msg bea");
    await ana.page.getByRole("status").getByText("It goes like this: /msg name text").waitFor();
    expect(await ana.composer.inputValue()).toBe("/msg bea");
    await ana.composer.fill("");
  });
});

describe("a command", () => {
  it("gives oneself another name: /nick", async () => {
    const room = await stage.meeting(ana, bea);
    await bea.says("/nick beatrice");
    await ana.page.getByRole("log").getByText("bea is now beatrice").waitFor();
    await bea.says("/nick bea");
    await ana.member("bea").waitFor();
    await ana.isAt(`#${room}`);
  });

  it("tells who somebody is: /whois", async () => {
    const room = await stage.meeting(ana, bea);
    await ana.says("/whois bea");
    const person = ana.page.getByRole("dialog", { name: "bea" });
    await person.getByText("bea · Guest").waitFor();
    await person.getByRole("definition").filter({ hasText: `#${room}` }).waitFor();
  });

  it("lists all rooms: /list", async () => {
    const room = await stage.meeting(ana, bea);
    await ana.says("/list");
    const listed = ana.page.getByRole("dialog", { name: "Browse rooms" }).getByRole("listitem");
    await listed.filter({ hasText: room }).waitFor();
  });

  it("looks for words: /search", async () => {
    await stage.meeting(ana, bea);
    await bea.says("the hidden marmalade");
    await ana.sees("the hidden marmalade");
    const hits = ana.page.getByRole("region", { name: "Search" });
    const look = async (): Promise<number> => {
      await ana.says("/search marmalade hidden");
      await hits.getByText(/^(1 hit|Nothing found\.)$/).waitFor();
      return hits.getByRole("button", { name: /the hidden marmalade/ }).count();
    };
    await expect.poll(look, { interval: 500 }).toBe(1); // the index follows by itself
    await ana.composer.press("Escape");
    await hits.waitFor({ state: "detached" });
  });

  it("makes somebody an operator: /op", async () => {
    await stage.meeting(ana, bea);
    await ana.says("/op bea");
    await bea.page.getByRole("log").getByText("ana made bea operator").waitFor();
    await bea.page.getByRole("heading", { name: /^Operators 2/ }).waitFor();
  });

  it("lifts a ban, and whom it met comes in again: /unban", async () => {
    const room = await stage.meeting(ana, bea);
    await ana.says("/ban bea");
    await ana.page.getByRole("log").getByText(/ana banned bea/).waitFor();
    await bea.parts(room);
    await bea.says(`/join #${room}`);
    await bea.page.getByRole("status").getByText(`You are banned from #${room}.`).waitFor();
    await ana.says("/unban bea");
    await ana.page.getByRole("log").getByText(/ana lifted the ban of bea/).waitFor();
    await bea.visits(room);
    await ana.member("bea").waitFor();
  });
});

describe("the words of the classic chats", () => {
  it("make a room, enter it and leave it: #cR, #gR, #eR", async () => {
    await ana.says("#cR tapas");
    await ana.isAt("#tapas");
    await ana.page.getByRole("heading", { name: /^Operators 1/ }).waitFor();
    await bea.says("#gR tapas");
    await bea.isAt("#tapas");
    await ana.member("bea").waitFor();
    await bea.says("#eR");
    await ana.member("bea").waitFor({ state: "detached" });
    await bea.page.getByRole("navigation").getByRole("button", { name: /^tapas/ }).waitFor({ state: "detached" });
  });

  it("list the rooms and who is in one: #lR, #show users", async () => {
    await ana.visits("tapas");
    await ana.says("#lR");
    await ana.page.getByRole("dialog", { name: "Browse rooms" }).getByRole("listitem").filter({ hasText: "tapas" }).waitFor();
    await ana.page.keyboard.press("Escape");
    await ana.page.getByRole("button", { name: /^Members: / }).click();
    await ana.member("ana").waitFor({ state: "hidden" });
    await ana.says("#show users");
    await ana.member("ana").waitFor();
  });

  it("say something to one person alone: #/private", async () => {
    await ana.visits("tapas");
    await bea.visits("tapas");
    await ana.says("#/private bea a secret <b>word</b>");
    await ana.isAt("bea");
    await ana.sees("a secret <b>word</b>");
    await bea.page.getByRole("navigation").getByRole("button", { name: /^\S* ?ana/ }).click();
    await bea.isAt("ana");
    await bea.sees("a secret <b>word</b>");
    await bea.visits("tapas");
    expect(await bea.message("a secret <b>word</b>").count()).toBe(0);
  });

  it("are completed like commands", async () => {
    await ana.visits("tapas");
    await ana.composer.pressSequentially("#c");
    await ana.page.getByRole("option", { name: /^#cR room/ }).waitFor();
    await ana.composer.fill("");
    await ana.composer.pressSequentially("\\e");
    await expect.poll(() => offered(ana)).toEqual(["\\exit"]);
    await ana.composer.fill("");
  });

  it("are words like others within a sentence", async () => {
    await ana.visits("tapas");
    await bea.visits("tapas");
    await ana.says("FIN del cuento");
    await bea.sees("FIN del cuento");
    await ana.says("\\exit is how one leaves");
    await bea.sees("\\exit is how one leaves");
  });

  it.each(["\\exit", "FIN", "#exit"])("end it: %s", async (word) => {
    await bea.visits("tapas");
    await bea.says(word);
    await isOutside(bea);
    await ana.visits("tapas");
    await ana.member("bea").waitFor({ state: "detached" });
    await bea.comesIn();
  });
});
