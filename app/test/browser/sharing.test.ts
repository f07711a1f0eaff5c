// SPDX-License-Identifier: Apache-2.0
// Files and who may have them: several at once, more than one's share, gone with their message, and for
// the members of a closed room alone.
import { beforeAll, describe, expect, it } from "vitest";
import { setStage, type Visitor } from "./stage";

const stage = setStage({ visitorsStay: true, settings: '[files]\naccount = "64 KiB"\n' });
let ana: Visitor;
let bea: Visitor;

beforeAll(async () => {
  [ana, bea] = [await stage.account("ana", "lobby"), await stage.account("bea", "lobby")];
});

function file(name: string, bytes = 10) {
  return { name, mimeType: "text/plain", buffer: Buffer.alloc(bytes, name) };
}

async function chooses(by: Visitor, ...files: ReturnType<typeof file>[]): Promise<void> {
  await by.page.locator("input[type=file]").setInputFiles(files);
}

async function sends(by: Visitor): Promise<void> {
  const send = by.page.getByRole("button", { name: "Send" });
  await expect.poll(() => send.isEnabled()).toBe(true);
  await send.click();
}

/** Where the file is that the message has: as the reader's page links to it. */
async function addressOf(reader: Visitor, name: string): Promise<string> {
  const log = reader.page.getByRole("log").locator("article:not(.sending)");
  const link = log.getByRole("link", { name: new RegExp(name) });
  await link.waitFor();
  return new URL((await link.getAttribute("href")) ?? "", stage.server.own).href;
}

async function statusFor(who: Visitor, address: string): Promise<number> {
  return who.page.evaluate(async (path) => (await fetch(path)).status, new URL(address).pathname);
}

async function statusForStranger(address: string): Promise<number> {
  return (await fetch(address)).status;
}

describe("several files", () => {
  it("go at once, each with its name, its size and how far it is, and are one message", async () => {
    await ana.visits("parcels");
    await bea.visits("parcels");
    let held = 0;
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    await ana.page.route("**/upload", async (route) => {
      held += 1;
      await gate;
      await route.continue();
    });
    await chooses(ana, file("one.txt", 1_000), file("two.txt", 2_500), file("three.txt", 10));
    await expect.poll(() => ana.page.getByRole("progressbar").count()).toBe(3);
    await ana.page.getByRole("progressbar", { name: "two.txt" }).waitFor();
    await ana.page.getByRole("listitem").filter({ hasText: "two.txt" }).getByText(/2\.5 kB · \d+ %/).waitFor();
    await expect.poll(() => held).toBe(3);
    go();
    await ana.page.getByRole("progressbar").first().waitFor({ state: "detached" });
    await ana.page.unroute("**/upload");
    await sends(ana);
    const row = bea.page.getByRole("log").getByRole("article").filter({ hasText: "three.txt" });
    await expect.poll(() => row.getByRole("link").count()).toBe(3);
    await row.getByText("2.5 kB · text/plain").waitFor();
  });

  it("of which one fails send the others, and keep that one", async () => {
    await ana.visits("halves");
    ana.expectsRefusal(/\/upload/);
    await ana.page.route("**/upload", (route) =>
      route.request().headers()["content-disposition"]?.includes("bad") === true ? route.abort() : route.continue(),
    );
    await chooses(ana, file("good.txt"), file("bad.txt"));
    const bad = ana.page.getByRole("listitem").filter({ hasText: "bad.txt" });
    await bad.getByText(/Upload failed/).waitFor();
    await ana.page.unroute("**/upload");
    await bad.getByRole("button", { name: "Try again" }).click();
    await sends(ana);
    await expect.poll(() => ana.page.getByRole("log").getByRole("link").count()).toBe(2);
  });
});

describe("more than one's share", () => {
  it("is refused with a word why, and what there is of it stays", async () => {
    const carl = await stage.account("carl", "share");
    carl.expectsRefusal(/\/upload/);
    await chooses(carl, file("most.txt", 60_000));
    await sends(carl);
    await carl.page.getByRole("log").getByRole("link", { name: /most\.txt/ }).waitFor();
    await chooses(carl, file("little.txt", 1_000), file("much.txt", 10_000));
    const much = carl.page.getByRole("listitem").filter({ hasText: "much.txt" });
    await much.getByText(/room|space|share/i).waitFor();
    await sends(carl);
    await carl.page.getByRole("log").getByRole("link", { name: /little\.txt/ }).waitFor();
    expect(await carl.page.getByRole("log").getByRole("link", { name: /much\.txt/ }).count()).toBe(0);
  });
});

describe("a file", () => {
  it("is for everybody who has its link, where anybody may enter", async () => {
    await ana.visits("square");
    await chooses(ana, file("poster.txt"));
    await sends(ana);
    const address = await addressOf(ana, "poster.txt");
    expect(await statusForStranger(address)).toBe(200);
    expect(await statusForStranger(address.replace(/.\/poster/, "_/poster"))).toBe(404);
  });

  it("is gone with its message", async () => {
    await ana.visits("attic");
    await bea.visits("attic");
    await chooses(ana, file("slip.txt"));
    await sends(ana);
    const address = await addressOf(bea, "slip.txt");
    expect(await statusForStranger(address)).toBe(200);
    const row = ana.page.getByRole("log").getByRole("article").filter({ hasText: "slip.txt" });
    await row.hover();
    await row.getByRole("button", { name: "More", exact: true }).click();
    await ana.page.getByRole("menuitem", { name: "Delete" }).click();
    await ana.page.getByRole("dialog", { name: "Delete" }).getByRole("button", { name: "Delete" }).click();
    await bea.page.getByRole("log").getByText("Message deleted").waitFor();
    expect(await bea.page.getByRole("log").getByRole("link").count()).toBe(0);
    await expect.poll(() => statusForStranger(address)).toBeGreaterThanOrEqual(403);
    bea.expectsRefusal(/slip\.txt/);
    expect(await statusFor(bea, address)).toBeGreaterThanOrEqual(403);
  });

  it("of a closed room is for its members alone", async () => {
    await ana.visits("vault");
    await ana.says("/raw MODE #vault +i");
    await ana.page.getByRole("log").getByText(/switched on: Only the invited/).waitFor();
    await chooses(ana, file("plan.txt"));
    await sends(ana);
    const address = await addressOf(ana, "plan.txt");
    expect(await statusFor(ana, address)).toBe(200);
    expect(await statusForStranger(address)).toBe(403);
    bea.expectsRefusal(/plan\.txt/);
    expect(await statusFor(bea, address)).toBe(403);
    await ana.says("/invite bea");
    await bea.page.getByRole("status").getByRole("button", { name: "Join" }).click();
    await bea.isAt("#vault");
    expect(await addressOf(bea, "plan.txt")).toBe(address);
    expect(await statusFor(bea, address)).toBe(200);
  });

  it("of a private conversation is for the two who have it", async () => {
    await ana.says("/query bea");
    await ana.isAt("bea");
    await chooses(ana, file("letter.txt"));
    await sends(ana);
    const address = await addressOf(ana, "letter.txt");
    await bea.page.getByRole("navigation").getByRole("button", { name: /\bana\b/ }).click();
    await bea.isAt("ana");
    await addressOf(bea, "letter.txt");
    expect(await statusFor(bea, address)).toBe(200);
    expect(await statusForStranger(address)).toBe(403);
  });
});
