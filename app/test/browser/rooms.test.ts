// SPDX-License-Identifier: Apache-2.0
// Rooms: made and found, led, and what stands in them: pinned messages, links, history.
import { describe, expect, it } from "vitest";
import { IrcCaller } from "./people";
import { setStage, type Visitor } from "./stage";

const stage = setStage();
const { guest } = stage;

async function pins(by: Visitor, text: string): Promise<void> {
  await by.says(text);
  await by.message(text).hover();
  await by.page.getByRole("button", { name: "More", exact: true }).click();
  await by.page.getByRole("menuitem", { name: "Pin" }).click();
  await by.page.getByRole("button", { name: "1 pinned message" }).waitFor();
}

describe("a room", () => {
  it("with a password asks for it", async () => {
    const ana = await guest("ana", "lobby");
    await ana.page.getByRole("button", { name: "New room" }).click();
    await ana.page.getByLabel("Name of the room").fill("secreta");
    await ana.page.getByLabel("Password of the room").fill("abc");
    await ana.page.getByRole("button", { name: /Make a room/ }).click();
    await ana.page.getByRole("heading", { name: "#secreta", exact: true }).waitFor();
    const bea = await guest("bea", "lobby");
    await bea.says("/join #secreta");
    await bea.page.getByLabel(/#secreta has a password/).fill("abc");
    await bea.page.getByRole("dialog").getByRole("button", { name: "Join" }).click();
    await bea.page.getByRole("heading", { name: "#secreta", exact: true }).waitFor();
  });

  it("with a password has a link that brings it along, to a guest and to who is known by her cookie", async () => {
    const ana = await guest("ana", "club");
    await ana.says("/raw MODE #club +k sí/no?");
    await ana.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await ana.page.getByRole("button", { name: "Room settings" }).click();
    await ana.page.getByRole("button", { name: "Copy link with the password" }).click();
    await ana.page.getByText("Copied: whoever has this link can enter").waitFor();
    const link = await ana.page.evaluate(() => navigator.clipboard.readText());
    const place = new URL(link).hash.slice(1);
    const bea = await guest("bea", place);
    await bea.isAt("#club");
    expect(new URL(bea.page.url()).hash).toBe("#club");
    const carla = await stage.account("carla", "lobby");
    await carla.page.goto("about:blank");
    await carla.page.goto(link);
    await carla.isAt("#club");
    expect(new URL(carla.page.url()).hash).toBe("#club");
    const dora = await guest("dora", "lobby");
    await dora.page.goto(link);
    await dora.isAt("#club");
    expect(new URL(dora.page.url()).hash).toBe("#club");
    await ana.page.keyboard.press("Escape");
    await ana.says("/raw MODE #club +k other");
    const eva = await stage.visitor("eva", place);
    await eva.page.getByRole("textbox", { name: "Your name" }).fill("eva");
    await eva.page.keyboard.press("Enter");
    await eva.page.getByText("That is not its password.").waitFor();
  });

  it("for the invited has a link, but none that brings a password along", async () => {
    const ana = await guest("ana", "circle");
    await ana.says("/raw MODE #circle +ik word");
    await ana.page.getByRole("button", { name: "Room settings" }).click();
    await ana.page.getByText("It opens for whoever is invited below.").waitFor();
    expect(await ana.page.getByRole("button", { name: "Copy link with the password" }).count()).toBe(0);
  });

  it("keeps what its operators pin, also for who comes later", async () => {
    const ana = await guest("ana", "pins");
    await pins(ana, "read this first");
    const bea = await guest("bea", "pins");
    await bea.page.getByRole("button", { name: "1 pinned message" }).click();
    await bea.page.getByRole("dialog").getByText("read this first").click();
    await bea.page.locator("article.flash").getByText("read this first").waitFor();
  });

  it("keeps it no longer when it is unpinned, for nobody", async () => {
    const ana = await guest("ana", "unpins");
    const bea = await guest("bea", "unpins");
    await pins(ana, "of no use any more");
    const pinned = bea.page.getByRole("button", { name: "1 pinned message" });
    await pinned.click();
    await bea.page.getByRole("dialog").getByText("of no use any more").waitFor();
    expect(await bea.page.getByRole("dialog").getByRole("button", { name: "Unpin" }).count()).toBe(0);
    await ana.page.getByRole("button", { name: "1 pinned message" }).click();
    await ana.page.getByRole("dialog").getByRole("button", { name: "Unpin" }).click();
    await bea.page.getByRole("dialog").getByText("of no use any more").waitFor({ state: "detached" });
    await bea.closesDialogs();
    await pinned.waitFor({ state: "detached" });
    await bea.sees("of no use any more");
  });

  it("tells who comes and goes, or not, as one has it in the settings", async () => {
    const ana = await guest("ana", "doorway");
    await guest("bea", "doorway");
    const coming = ana.page.getByRole("log").getByText(/bea joined|joined.*bea/);
    await coming.waitFor();
    await ana.opensSettings("Appearance");
    const shown = ana.page.getByLabel("Show who comes and goes");
    await shown.uncheck();
    await coming.waitFor({ state: "detached" });
    await shown.check();
    await coming.waitFor();
  });

  it("lets its operator put somebody out, with a word why", async () => {
    const ana = await guest("ana", "out");
    const rude = await guest("rude", "out");
    await ana.page.getByRole("complementary").getByRole("button", { name: /rude/ }).click();
    await ana.page.getByRole("button", { name: "Ban", exact: true }).click();
    await ana.page.getByLabel("Reason").fill("enough <i>");
    await ana.page.getByRole("dialog").getByRole("button", { name: "Ban" }).click();
    await ana.page.getByRole("log").getByText("ana removed rude: enough <i>").waitFor();
    await rude.page.getByRole("button", { name: "Join" }).click();
    await rude.page.getByRole("status").getByText(/#out/).or(rude.page.locator(".notice.error")).first().waitFor();
  });

  it("leads from a member to a private conversation", async () => {
    const ana = await guest("ana", "meet");
    const bea = await guest("bea", "meet");
    await ana.page.getByRole("complementary").getByRole("button", { name: /bea/ }).click();
    await ana.page.getByRole("button", { name: "Private message" }).click();
    await ana.page.getByRole("heading", { name: "bea", exact: true }).waitFor();
    await ana.says("psst");
    await bea.page.getByRole("navigation").getByRole("button", { name: /ana/ }).click();
    await bea.sees("psst");
  });

  it("is left behind when one leaves it", async () => {
    const ana = await guest("ana", "leave");
    await ana.page.getByRole("button", { name: "Room settings" }).click();
    await ana.page.getByRole("button", { name: "Leave room" }).click();
    await ana.page.getByRole("heading", { name: "Welcome" }).waitFor();
  });

  it("lets its operator silence somebody for an hour", async () => {
    const ana = await guest("ana", "order");
    const loud = await guest("loud", "order");
    await ana.page.getByRole("complementary").getByRole("button", { name: /loud/ }).click();
    await ana.page.getByLabel("For how long").selectOption({ label: "1 hour" });
    await ana.page.getByRole("button", { name: "Mute", exact: true }).click();
    await ana.page.keyboard.press("Escape");
    await ana.page.getByRole("log").getByText("ana muted loud").waitFor();
    await loud.says("can you hear me?");
    await loud.page.getByText(/Not sent/).waitFor();
    await ana.page.getByRole("button", { name: "Room settings" }).click();
    await ana.page.getByText(/muted · for 1 hour/).waitFor();
  });
});

describe("a link to a message", () => {
  it("leads to it, however far back it stands", async () => {
    const talker = await IrcCaller.enter(stage.irc, "talker", "#far");
    const first = await talker.says("#far", "the very first");
    for (let at = 0; at < 400; at += 1) {
      talker.send(`PRIVMSG #far :line ${at}`);
    }
    await talker.says("#far", "the last");
    const ana = await guest("ana", `far/${first}`);
    await ana.page.locator("article.flash").getByText("the very first").waitFor();
    await ana.page.getByRole("button", { name: "Jump to now" }).click();
    await ana.sees("the last");
    talker.leave();
  });

  it("that stands in a message is followed in place", async () => {
    const ana = await guest("ana", "links");
    await ana.says("the goal");
    await ana.sees("the goal");
    const goal = ana.page.locator("[data-row]").last();
    await expect.poll(() => goal.getAttribute("data-row")).not.toMatch(/^~/); // confirmed
    const id = await goal.getAttribute("data-row");
    await ana.says("/join #elsewhere");
    await ana.page.getByRole("heading", { name: "#elsewhere", exact: true }).waitFor();
    await ana.says(`see ${stage.server.address}/#links/${id ?? ""}`);
    await ana.page.getByRole("log").getByRole("link").click();
    await ana.page.locator("article.flash").getByText("the goal").waitFor();
  });
});
