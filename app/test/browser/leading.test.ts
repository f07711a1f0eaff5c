// SPDX-License-Identifier: Apache-2.0
// A room and who leads it: its rules as both browsers see them, roles given and taken, somebody put out,
// a ban and a mute lifted; and what those who lead nothing are not offered.
import { beforeAll, describe, expect, it } from "vitest";
import { setStage, type Visitor } from "./stage";

const stage = setStage({ visitorsStay: true });
let ana: Visitor;
let bea: Visitor;

beforeAll(async () => {
  ana = await stage.guest("ana", "lobby");
  bea = await stage.guest("bea", "lobby");
});

const meet = (): Promise<string> => stage.meeting(ana, bea);

/** The room's dialog, once it knows the room's rules. */
async function opens(by: Visitor) {
  await by.page.getByRole("button", { name: "Room settings" }).click();
  const dialog = by.page.getByRole("dialog");
  await expect.poll(() => dialog.getByRole("button", { name: "Save" }).isEnabled()).toBe(true);
  return dialog;
}

async function opensPerson(by: Visitor, whom: string) {
  await by.member(whom).click();
  const dialog = by.page.getByRole("dialog");
  await dialog.getByRole("heading", { name: whom }).waitFor();
  return dialog;
}

async function reads(by: Visitor, event: string): Promise<void> {
  await by.page.getByRole("log").getByText(event).last().waitFor();
}

describe("the rules of a room", () => {
  it("hold as soon as they are ticked, and no longer than that", async () => {
    await meet();
    const dialog = await opens(ana);
    await dialog.getByLabel("Only those with a voice speak").check();
    await reads(bea, "ana switched on: Only those with a voice speak");
    await bea.says("silenced");
    await bea.page.getByText(/^Not sent/).last().waitFor();
    await dialog.getByLabel("Only those with a voice speak").uncheck();
    await reads(bea, "ana switched off: Only those with a voice speak");
    await bea.says("heard");
    await ana.sees("heard");
    await ana.closesDialogs();
  });

  it("make whoever speaks too fast wait, and tell how long", async () => {
    await meet();
    const dialog = await opens(ana);
    await dialog.getByLabel("Slow mode, seconds between messages").fill("600");
    await dialog.getByRole("button", { name: "Save" }).click();
    await reads(bea, "ana switched on: Slow mode, seconds between messages: 600");
    await bea.page.getByText("Slow mode, seconds between messages: 600").last().waitFor();
    await bea.says("the first");
    await ana.sees("the first");
    await bea.says("too soon");
    await bea.page.getByText(/^Not sent/).last().waitFor();
    await ana.says("the end");
    await bea.sees("the end");
    expect(await ana.message("too soon").count()).toBe(0);
  });

  it("keep history for as many days as is said", async () => {
    await meet();
    const dialog = await opens(ana);
    await dialog.getByLabel("Days that history is kept").fill("7");
    await dialog.getByRole("button", { name: "Save" }).click();
    await reads(bea, "ana switched on: Days that history is kept: 7");
    await reads(ana, "ana switched on: Days that history is kept: 7");
    const again = await opens(ana);
    expect(await again.getByLabel("Days that history is kept").inputValue()).toBe("7");
    await ana.closesDialogs();
  });

  it("let in no more members than are said", async () => {
    const room = await meet();
    const dialog = await opens(ana);
    await dialog.getByLabel("Members at most").fill("2");
    await dialog.getByRole("button", { name: "Save" }).click();
    await reads(bea, "ana switched on: Members at most: 2");
    const cora = await stage.guest("cora", "lobby");
    await cora.says(`/join #${room}`);
    await cora.page.getByRole("status").getByText(`#${room} is full.`).last().waitFor();
    await bea.says("/part");
    await ana.member("bea").waitFor({ state: "detached" });
    await cora.says(`/join #${room}`);
    await cora.isAt(`#${room}`);
  });

  it("are seen by members, and not theirs to change", async () => {
    await meet();
    const dialog = await opens(bea);
    for (const field of ["Slow mode", "Members at most", "Only those with a voice speak", "Name of the room"]) {
      expect(await dialog.getByLabel(field).count(), field).toBe(0);
    }
    expect(await dialog.getByText("Nobody is banned.").count()).toBe(0);
    await dialog.getByRole("button", { name: "Leave room" }).waitFor();
    await bea.closesDialogs();
  });
});

describe("a room's name", () => {
  it("is changed for all who are in it, and who comes by the old one finds it", async () => {
    const room = await meet();
    const dialog = await opens(ana);
    await dialog.getByLabel("Name of the room").fill(`${room}-new`);
    await dialog.getByRole("button", { name: "Save" }).click();
    await bea.isAt(`#${room}-new`);
    await reads(bea, `ana renamed the room to #${room}-new`);
    expect(new URL(bea.page.url()).hash).toBe(`#${room}-new`);
    await bea.parts(`${room}-new`);
    await bea.says(`/join #${room}`);
    await bea.isAt(`#${room}-new`);
    await ana.says("found?");
    await bea.sees("found?");
  });
});

describe("a role", () => {
  it("is given and taken by a press, and both see what it opens", async () => {
    await meet();
    expect(await (await opensPerson(bea, "ana")).getByRole("button", { name: "Remove from room" }).count()).toBe(0);
    await bea.closesDialogs();
    const dialog = await opensPerson(ana, "bea");
    await dialog.getByRole("button", { name: "Make operator" }).click();
    await reads(bea, "ana made bea operator");
    await dialog.getByRole("button", { name: "No longer operator" }).waitFor();
    const settings = await opens(bea);
    await settings.getByLabel("Only those with a voice speak").waitFor();
    await dialog.getByRole("button", { name: "No longer operator" }).click();
    await reads(bea, "ana took the role of operator from bea");
    await settings.getByLabel("Only those with a voice speak").waitFor({ state: "detached" });
    await bea.closesDialogs();
    await ana.closesDialogs();
  });

  it("that is a voice lets speak where only those speak that have one", async () => {
    const room = await meet();
    await ana.says(`/raw MODE #${room} +m`);
    await reads(bea, "ana switched on: Only those with a voice speak");
    const dialog = await opensPerson(ana, "bea");
    await dialog.getByRole("button", { name: "Give a voice" }).click();
    await reads(bea, "ana gave bea a voice");
    await bea.says("thank you");
    await ana.sees("thank you");
    await ana.closesDialogs();
  });
});

describe("whoever is removed from a room", () => {
  it("is told by whom and why, hears no more of it, and may come back", async () => {
    await meet();
    const dialog = await opensPerson(ana, "bea");
    await dialog.getByRole("button", { name: "Remove from room" }).click();
    const asked = ana.page.getByRole("dialog", { name: "Remove from room" });
    await asked.getByText("Remove bea from the room?").waitFor();
    await asked.getByLabel("Reason").fill("go & <b>rest</b>");
    await asked.getByRole("button", { name: "Remove from room" }).click();
    await reads(ana, "ana removed bea: go & <b>rest</b>");
    await ana.member("bea").waitFor({ state: "detached" });
    await bea.page.getByText("go & <b>rest</b>").first().waitFor();
    await ana.says("behind her back");
    await ana.sees("behind her back");
    expect(await bea.message("behind her back").count()).toBe(0);
    await bea.page.getByRole("main").getByRole("button", { name: "Join" }).click();
    await ana.member("bea").waitFor();
    await bea.sees("behind her back");
  });

  it("stays when that was thought better of", async () => {
    await meet();
    const dialog = await opensPerson(ana, "bea");
    await dialog.getByRole("button", { name: "Remove from room" }).click();
    await ana.page.getByRole("dialog", { name: "Remove from room" }).getByRole("button", { name: "Cancel" }).click();
    await bea.says("still here");
    await ana.sees("still here");
  });
});

describe("a ban", () => {
  it("keeps out until it is lifted in the room's dialog", async () => {
    await meet();
    await ana.says("/ban bea");
    await ana.says("/kick bea");
    await ana.member("bea").waitFor({ state: "detached" });
    const dialog = await opens(ana);
    const ban = dialog.getByRole("listitem").filter({ hasText: "bea" });
    await ban.getByText("by ana").waitFor();
    const join = bea.page.getByRole("main").getByRole("button", { name: "Join" });
    await join.click();
    await bea.page.getByRole("status").getByText("You are banned from").last().waitFor();
    await ban.getByRole("button", { name: "Lift" }).click();
    await dialog.getByText("Nobody is banned.").waitFor();
    await ana.closesDialogs();
    await join.click();
    await ana.member("bea").waitFor();
    await reads(ana, "ana lifted the ban of bea");
  });
});

describe("a mute", () => {
  it("takes the word, and is lifted where it was imposed", async () => {
    await meet();
    const dialog = await opensPerson(ana, "bea");
    await dialog.getByRole("button", { name: "Mute", exact: true }).click();
    await reads(bea, "ana muted bea");
    await bea.says("hm?");
    await bea.page.getByText(/^Not sent/).last().waitFor();
    await dialog.getByRole("button", { name: "Unmute" }).click();
    await reads(bea, "ana unmuted bea");
    await bea.says("at last");
    await ana.sees("at last");
    await ana.closesDialogs();
  });

  it("of the address follows a guest to her next name", async () => {
    const room = await meet();
    const dora = await stage.guest("dora", "lobby");
    await dora.visits(room);
    await ana.member("dora").waitFor();
    const dialog = await opensPerson(ana, "dora");
    await dialog.getByLabel("And whoever else comes from the same address").check();
    await dialog.getByRole("button", { name: "Mute", exact: true }).click();
    await reads(dora, "ana muted ");
    await dora.says("/nick theodora");
    await ana.member("theodora").waitFor();
    await dora.says("me again");
    await dora.page.getByText(/^Not sent/).last().waitFor();
    await ana.closesDialogs();
  });
});
