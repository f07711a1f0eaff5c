// SPDX-License-Identifier: Apache-2.0
// What somebody has written, chosen or opened is hers until she gives it up: without a server, over a
// reload, and when she looks elsewhere meanwhile.
import { describe, expect, it } from "vitest";
import { setStage, type Visitor } from "./stage";

const stage = setStage();
const { account, guest } = stage;

async function goes(who: Visitor, room: string): Promise<void> {
  await who.page.getByRole("navigation").getByRole("button", { name: new RegExp(`^${room}`) }).click();
  await who.page.getByRole("heading", { name: `#${room}`, exact: true }).waitFor();
}

async function joins(who: Visitor, room: string): Promise<void> {
  await who.says(`/join #${room}`);
  await who.page.getByRole("heading", { name: `#${room}`, exact: true }).waitFor();
}

const lifeline = /The connection broke|Next try in/;

async function losesServer(who: Visitor): Promise<void> {
  await stage.server.stop();
  await who.page.getByText(lifeline).waitFor();
}

describe("while there is no connection", () => {
  it("an edit and a command stay in the box, and it is said why", async () => {
    const ana = await guest("ana", "offline");
    await ana.says("helo");
    await ana.sees("helo");
    await losesServer(ana);
    await ana.composer.press("ArrowUp");
    await ana.says("hello");
    await ana.page.getByText("nothing was changed").first().waitFor();
    expect(await ana.composer.inputValue()).toBe("hello");
    await ana.composer.press("Escape");
    await ana.says("/topic of what we speak");
    await expect.poll(() => ana.composer.inputValue()).toBe("/topic of what we speak");
    await stage.server.run();
    await ana.page.getByText(lifeline).waitFor({ state: "detached" });
    await ana.composer.press("Enter");
    await ana.page.getByText("of what we speak").first().waitFor();
  });

  it("a message waits, also over a reload, and is said once", async () => {
    const ana = await account("marta", "waiting");
    const bea = await guest("bea", "waiting");
    await ana.says("before");
    await bea.sees("before");
    await ana.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await losesServer(ana);
    await ana.says("after");
    await ana.message("after").waitFor();
    await stage.server.run();
    await ana.page.reload();
    await bea.sees("after");
    await ana.seesOnce("after");
    await bea.seesOnce("after");
  });
});

describe("whoever looks at another room meanwhile", () => {
  it("finds the files that she has chosen, and the edit that she has begun", async () => {
    const ana = await guest("ana", "desk");
    await ana.says("first words");
    await ana.sees("first words");
    await joins(ana, "window");
    await goes(ana, "desk");
    await ana.page.setInputFiles("input[type=file]", {
      name: "notes.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("notes"),
    });
    await ana.page.getByText("notes.txt").waitFor();
    await goes(ana, "window");
    expect(await ana.page.getByText("notes.txt").count()).toBe(0);
    await goes(ana, "desk");
    await ana.page.getByRole("button", { name: "Cancel notes.txt" }).click();
    await ana.composer.press("ArrowUp");
    await ana.composer.fill("first words, mended");
    await goes(ana, "window");
    await goes(ana, "desk");
    expect(await ana.composer.inputValue()).toBe("first words, mended");
    await ana.composer.press("Enter");
    await ana.sees("first words, mended");
  });

  it("leaves neither files nor her place to whoever comes in after her", async () => {
    const ana = await guest("ana", "counter");
    await ana.page.setInputFiles("input[type=file]", {
      name: "private.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("mine"),
    });
    await ana.page.getByText("private.txt").waitFor();
    await ana.says("/quit");
    await ana.page.getByRole("textbox", { name: "Your name" }).fill("bea");
    await ana.page.keyboard.press("Enter");
    await ana.page.getByRole("heading", { name: "#lobby", exact: true }).waitFor();
    expect(await ana.page.getByText("private.txt").count()).toBe(0);
  });

  it("comes back by the browser's own way back", async () => {
    const ana = await guest("ana", "north");
    await joins(ana, "south");
    await ana.page.goBack();
    await ana.page.getByRole("heading", { name: "#north", exact: true }).waitFor();
    await ana.page.goForward();
    await ana.page.getByRole("heading", { name: "#south", exact: true }).waitFor();
    await ana.says("/part");
    await ana.page.getByRole("heading", { name: "#north", exact: true }).waitFor();
    await ana.page.goBack();
    expect(await ana.page.getByRole("heading", { name: "#north", exact: true }).count()).toBe(1);
  });
});

describe("a private conversation", () => {
  it("has an address, and a reload stays in it", async () => {
    const ana = await guest("ana", "yard");
    await guest("bea", "yard");
    await ana.says("/query bea");
    await ana.page.getByRole("heading", { name: "bea", exact: true }).waitFor();
    expect(new URL(ana.page.url()).hash).toBe("#@bea");
    await ana.page.reload();
    await ana.page.getByRole("textbox", { name: "Your name" }).fill("ana");
    await ana.page.keyboard.press("Enter");
    await ana.page.getByRole("heading", { name: "bea", exact: true }).waitFor();
  });
});

describe("a command that is none", () => {
  it("stays in the box, to be mended", async () => {
    const ana = await guest("ana", "mistakes");
    await ana.says("/topicc of what we speak");
    await ana.page.getByText("/topicc").first().waitFor();
    expect(await ana.composer.inputValue()).toBe("/topicc of what we speak");
  });
});

describe("whoever says something while she looks at what was", () => {
  it("sees it said", async () => {
    const ana = await guest("ana", "long");
    for (let at = 1; at <= 40; at += 1) {
      await ana.says(`line ${at}`);
    }
    await ana.sees("line 40");
    await ana.looksUp();
    await ana.says("and this");
    await expect.poll(() => ana.message("and this").first().isVisible()).toBe(true);
    await ana.page.getByRole("button", { name: "Jump to now" }).waitFor({ state: "detached" });
  });
});

describe("a dialog", () => {
  it("begins at its field, and leads back to where one was", async () => {
    const ana = await guest("ana", "fields");
    const bea = await guest("bea", "fields");
    await bea.page.getByRole("complementary").getByRole("button", { name: /ana/ }).waitFor();
    await ana.page.keyboard.press("Control+k");
    await ana.page.getByRole("combobox").waitFor();
    await ana.page.keyboard.type("@bea");
    await ana.page.getByRole("option", { name: /bea/ }).waitFor();
    expect(await ana.page.getByRole("option").count()).toBe(1);
    await ana.page.keyboard.press("Escape");
    await ana.page.getByRole("complementary").getByRole("button", { name: /bea/ }).click();
    await ana.page.getByRole("button", { name: "Remove from room" }).click();
    await ana.page.keyboard.type("noise");
    expect(await ana.page.getByLabel("Reason").inputValue()).toBe("noise");
    await ana.page.keyboard.press("Escape");
    await expect.poll(() => ana.page.evaluate(() => document.activeElement === document.body)).toBe(false);
  });

  it("for a room's password says that one was wrong", async () => {
    const ana = await guest("ana", "open");
    const bea = await guest("bea", "elsewhere");
    await joins(ana, "closed");
    await ana.says("/raw MODE #closed +k sesamo");
    await ana.says("locked");
    await ana.sees("locked");
    await bea.says("/join #closed");
    await bea.page.getByLabel(/has a password/).fill("nuts");
    expect(await bea.page.getByText("That is not its password.").count()).toBe(0);
    await bea.page.keyboard.press("Enter");
    await bea.page.getByText("That is not its password.").waitFor();
    await bea.page.getByLabel(/has a password/).fill("sesamo");
    await bea.page.keyboard.press("Enter");
    await bea.page.getByRole("heading", { name: "#closed", exact: true }).waitFor();
  });
});
