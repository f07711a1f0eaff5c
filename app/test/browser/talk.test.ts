// SPDX-License-Identifier: Apache-2.0
// What people do with the app, in Chromium, with the real server.
import { describe, expect, it } from "vitest";
import { setStage } from "./stage";

const stage = setStage();
const { guest, visitor } = stage;

describe("two guests", () => {
  it("come in by a link with nothing but a name, and talk", async () => {
    const ana = await guest("ana", "talk");
    const bea = await guest("bea", "talk");
    await ana.says("hola bea");
    await bea.sees("hola bea");
    await bea.says("line one\nline two");
    await ana.page.getByRole("log").getByText("line two").waitFor();
    await bea.seesOnce("hola bea");
  });

  it("see who is there, and who types", async () => {
    const ana = await guest("ana", "company");
    const bea = await guest("bea", "company");
    await ana.page.getByRole("complementary").getByRole("button", { name: /bea/ }).waitFor();
    await bea.composer.pressSequentially("hm");
    await ana.page.getByText("bea is typing…").waitFor();
  });

  it("are told of a mention elsewhere by badge and title", async () => {
    const ana = await guest("ana", "one");
    const bea = await guest("bea", "two");
    await ana.composer.fill("/join #two");
    await ana.composer.press("Enter");
    await ana.page.getByRole("heading", { name: "#two", exact: true }).waitFor();
    await ana.page.getByRole("navigation").getByRole("button", { name: /^one/ }).click();
    await ana.page.getByRole("heading", { name: "#one", exact: true }).waitFor();
    await bea.says("are you there, ana?");
    await expect.poll(() => ana.page.title()).toMatch(/^\(1\) #one/);
    await ana.page.getByRole("navigation").getByRole("button", { name: /^two/ }).click();
    await ana.page.getByRole("separator", { name: "New" }).waitFor();
    await expect.poll(() => ana.page.title()).toMatch(/^#two/);
  });

  it("a name that is taken is refused with a word why", async () => {
    await guest("ana", "taken");
    const other = await visitor("ana", "taken");
    await other.page.getByRole("textbox", { name: "Your name" }).fill("ana");
    await other.page.keyboard.press("Enter");
    await other.page.getByText("Somebody has this name").waitFor();
  });
});

describe("messages", () => {
  it("name rooms: a press leads to one that is there, and makes another only for who wishes it", async () => {
    const ana = await guest("ana", "naming");
    await guest("bea", "named");
    await ana.says("#include what is said in #named");
    await ana.page.getByRole("log").getByRole("button", { name: "#include" }).click();
    const asked = ana.page.getByRole("dialog", { name: "Make a room" });
    await asked.getByText("There is no room #include to be seen. Make it?").waitFor();
    await asked.getByRole("button", { name: "Cancel" }).click();
    await ana.page.getByRole("log").getByRole("button", { name: "#named" }).click();
    await ana.isAt("#named");
    expect(await ana.listed("include").count()).toBe(0);
  });

  it("read light Markdown", async () => {
    const ana = await guest("ana", "markdown");
    await ana.says("**bold** and `code` :tada:");
    const log = ana.page.getByRole("log");
    await log.locator("strong", { hasText: "bold" }).waitFor();
    await log.locator("code", { hasText: "code" }).waitFor();
    await log.getByText("🎉").waitFor();
  });

  it("complete names", async () => {
    const ana = await guest("ana", "complete");
    await guest("beatriz", "complete");
    await ana.page.getByRole("complementary").getByRole("button", { name: /beatriz/ }).waitFor();
    await ana.composer.pressSequentially("@be");
    await ana.page.getByRole("option", { name: /beatriz/ }).waitFor();
    await ana.composer.press("Tab");
    expect(await ana.composer.inputValue()).toBe("@beatriz ");
  });

  it("answer one another", async () => {
    const ana = await guest("ana", "answers");
    const bea = await guest("bea", "answers");
    await ana.says("who brings the cups?");
    await bea.sees("who brings the cups?");
    await bea.message("who brings the cups?").hover();
    await bea.page.getByRole("button", { name: "Reply", exact: true }).click();
    await bea.says("I do");
    await ana.page.getByRole("button", { name: /ana who brings the cups\?/ }).waitFor();
  });
});

describe("a server that restarts amid a conversation", () => {
  it("loses nothing and doubles nothing", async () => {
    const ana = await guest("ana", "restart");
    const bea = await guest("bea", "restart");
    await ana.says("before");
    await bea.sees("before");
    await stage.server.stop();
    await ana.page.getByText(/Trying again|Next try/).waitFor();
    await ana.says("meanwhile");
    await stage.server.run();
    await bea.sees("meanwhile");
    await ana.says("after");
    await bea.sees("after");
    for (const one of [ana, bea]) {
      await one.seesOnce("before");
      await one.seesOnce("meanwhile");
      await one.seesOnce("after");
    }
  });
});

describe("an account", () => {
  it("stays logged in by its cookie, with no password in storage", async () => {
    const made = await visitor("sofia", "home");
    const { page } = made;
    await made.registers("correct horse");
    await made.says("my room");
    await made.sees("my room");
    await page.reload();
    await page.getByRole("log").waitFor();
    await made.sees("my room");
    await page.getByRole("button", { name: /sofia Account/ }).waitFor();
    const kept = await page.evaluate(() => JSON.stringify(localStorage) + document.cookie);
    expect(kept).not.toContain("correct horse");
    expect(kept).not.toContain("tertulia=");
  });
});
