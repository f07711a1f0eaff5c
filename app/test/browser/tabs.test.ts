// SPDX-License-Identifier: Apache-2.0
// One person in several tabs of one browser: what she read she read everywhere, what she is writing
// stays where she writes it.
import { describe, expect, it } from "vitest";
import { type Visitor, setStage } from "./stage";

const stage = setStage();
const { account, guest } = stage;

/** Another tab of the same browser, in the room. */
async function anotherTab(of: Visitor, room: string) {
  const page = await of.page.context().newPage();
  await page.goto(`${stage.server.address}/#${room}`);
  await page.getByRole("heading", { name: `#${room}`, exact: true }).waitFor();
  return page;
}

describe("a link to a room", () => {
  it("leads there, also for who is in other rooms already", async () => {
    const ana = await account("rut", "first");
    const other = await anotherTab(ana, "second");
    await other.reload();
    await other.getByRole("heading", { name: "#second", exact: true }).waitFor();
  });

  it("that one left and came back to is still a room to come back to", async () => {
    const gus = await guest("gus", "home");
    await gus.says("/join #garden");
    await gus.page.getByRole("heading", { name: "#garden", exact: true }).waitFor();
    await gus.says("something to keep the room's history");
    const bea = await guest("bea", "garden");
    await gus.parts("garden");
    await gus.says("/join #garden");
    await gus.sees("something to keep the room's history");
    await expect.poll(() => gus.page.evaluate(() => localStorage["tertulia"] as string)).toContain("#garden");
    await bea.says("bye");
    await gus.sees("bye");
    expect(await gus.page.evaluate(() => localStorage["tertulia"] as string)).toContain("#garden");
  });
});

describe("in two tabs", () => {
  it("what is read in one is read in the other", async () => {
    const ana = await account("ana", "one");
    const bea = await guest("bea", "one");
    const other = await anotherTab(ana, "two");
    await ana.page.bringToFront();
    await bea.says("news, ana");
    await ana.sees("news, ana");
    await other.getByRole("navigation").getByRole("button", { name: /^one$/ }).waitFor();
    await expect.poll(() => other.title()).toMatch(/^#two/);
  });

  it("a message that is being written stays in its tab, and what is said is in both", async () => {
    const ana = await account("lia", "drafts");
    const other = await anotherTab(ana, "drafts");
    await ana.composer.fill("half a sen");
    const field = other.locator("textarea").last();
    expect(await field.inputValue()).toBe("");
    await field.fill("from the other tab");
    await field.press("Enter");
    await ana.seesOnce("from the other tab");
    expect(await ana.composer.inputValue()).toBe("half a sen");
    await ana.composer.press("Enter");
    await other.getByRole("log").getByText("half a sen", { exact: true }).waitFor();
  });

  it("logging out in one is out in the other", async () => {
    const ana = await account("noa", "both");
    const other = await anotherTab(ana, "both");
    await ana.page.bringToFront();
    await ana.opensSettings("Account");
    await ana.page.getByRole("contentinfo").getByRole("button", { name: "Log out" }).click();
    await ana.page.getByRole("textbox", { name: "Your name" }).waitFor();
    await other.getByRole("textbox", { name: "Your name" }).waitFor();
    expect(new URL(ana.page.url()).hash).toBe("");
  });

  it("leaving one leaves the other inside", async () => {
    const ana = await account("eva", "stay");
    const other = await anotherTab(ana, "stay");
    await other.close();
    await ana.says("still here");
    await ana.sees("still here");
  });
});
