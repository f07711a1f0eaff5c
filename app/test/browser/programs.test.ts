// SPDX-License-Identifier: Apache-2.0
// What programs need of people: keys, webhooks, and rooms as files.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Visitor, setStage } from "./stage";

const stage = setStage();
const { account, guest } = stage;

/** The first line for the shell that is shown, as the words of a request. */
async function commandShown(by: Visitor, start: string): Promise<{ url: string; key: string; said: string }> {
  const line = (await by.page.locator("code", { hasText: start }).textContent()) ?? "";
  const quoted = [...line.matchAll(/'([^']*)'/g)].map(([, word = ""]) => word);
  return {
    url: quoted.at(-1) ?? "",
    said: quoted.at(-2) ?? "",
    key: quoted.length > 2 ? (quoted[0] ?? "").replace(/^Authorization: /, "") : "",
  };
}

/** As a program does: no cookie, no page. With a front before the server it asks there. */
async function posts(command: { url: string; key: string; said: string }): Promise<number> {
  const headers = command.key === "" ? {} : { Authorization: command.key };
  const { pathname } = new URL(command.url);
  const answer = await fetch(stage.server.own + pathname, { method: "POST", body: command.said, headers });
  return answer.status;
}

async function opensRoomSettings(by: Visitor): Promise<void> {
  await by.page.getByRole("button", { name: "Room settings" }).click();
}

describe("a key for a program", () => {
  it("is made, shown once with a line that works, listed, and revoked", async () => {
    const ana = await account("ana", "keys");
    await ana.opensSettings("Account");
    const keys = ana.page.getByRole("region", { name: "Keys for programs" });
    await keys.getByText("No program has a key.").waitFor();
    await keys.getByRole("textbox").fill("build");
    await keys.getByRole("button", { name: "Make a key" }).click();
    await keys.getByText("it is not shown again").waitFor();
    const command = await commandShown(ana, "curl");
    expect(command.url).toMatch(/\/api\/rooms\/keys\/messages$/);
    expect(await posts(command)).toBe(201);
    await ana.sees("Hello from a program");
    await ana.page.keyboard.press("Escape");
    await ana.opensSettings("Account");
    await keys.getByText("build").waitFor();
    expect(await keys.locator("code").count()).toBe(0);
    await keys.getByRole("button", { name: "Revoke: build" }).click();
    await keys.getByRole("button", { name: "Really revoke?: build" }).click();
    await keys.getByText("No program has a key.").waitFor();
    expect(await posts(command)).toBe(401);
  });

  it("with a name that is taken is refused with a word why, and hostile names are text", async () => {
    const bea = await account("bea", "keys");
    bea.expectsRefusal(/\/api\/tokens/);
    await bea.opensSettings("Account");
    const keys = bea.page.getByRole("region", { name: "Keys for programs" });
    const make = async (): Promise<void> => {
      await keys.getByRole("textbox").fill("<img>'$(id)");
      await keys.getByRole("button", { name: "Make a key" }).click();
    };
    await make();
    await keys.locator("li").waitFor();
    await make();
    await keys.getByText("This name is taken.").waitFor();
    await keys.locator("li", { hasText: "<img" }).waitFor();
    expect(await keys.locator("img").count()).toBe(0);
  });
});

describe("a webhook", () => {
  it("of a room is made by its operator, used by a program, and revoked", async () => {
    const olga = await account("olga", "o'hooks");
    await opensRoomSettings(olga);
    const hooks = olga.page.getByRole("region", { name: "Webhooks" });
    await hooks.getByRole("textbox").fill("robot");
    await hooks.getByRole("button", { name: "Make a webhook" }).click();
    await hooks.getByText("it is not shown again").waitFor();
    const command = await commandShown(olga, "curl");
    expect(await posts(command)).toBe(201);
    await olga.sees("Hello from a program");
    const row = olga.page.getByRole("article").filter({ hasText: "Hello from a program" });
    const marked = row.getByText("bot", { exact: true });
    await marked.waitFor();
    await olga.page.reload();
    await marked.waitFor();
    await opensRoomSettings(olga);
    await hooks.getByRole("button", { name: "Revoke: robot" }).click();
    await hooks.getByRole("button", { name: "Really revoke?: robot" }).click();
    await hooks.getByText("No program writes into this room.").waitFor();
    expect(await posts(command)).toBe(404);
  });

  it("is nothing for members without a role, nor for guests", async () => {
    const ana = await account("ines", "plain");
    const bea = await account("berta", "plain");
    const guestOne = await guest("gus", "plain");
    await opensRoomSettings(ana);
    await ana.page.getByRole("region", { name: "Webhooks" }).waitFor();
    await opensRoomSettings(bea);
    await bea.page.getByRole("region", { name: "Export this room" }).waitFor();
    expect(await bea.page.getByRole("region", { name: "Webhooks" }).count()).toBe(0);
    await opensRoomSettings(guestOne);
    await guestOne.page.getByRole("dialog").getByText("Notifications").waitFor();
    expect(await guestOne.page.getByRole("region", { name: /Webhooks|Export/ }).count()).toBe(0);
  });
});

describe("a room", () => {
  it.each([
    ["Web page", /^export\.html$/, "&lt;b&gt;hola"],
    ["Text", /^export\.txt$/, "<b>hola"],
    ["JSON", /^export\.jsonl$/, '"text":"<b>hola'],
  ])("is saved as a file: %s", async (format, name, content) => {
    const ana = await account(`eva${format.slice(0, 3).trim().toLowerCase()}`, "export");
    await ana.says("<b>hola");
    await ana.sees("<b>hola");
    await opensRoomSettings(ana);
    const saved = ana.page.waitForEvent("download");
    await ana.page.getByRole("link", { name: format }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toMatch(name);
    expect(readFileSync((await file.path()) ?? "", "utf8")).toContain(content);
  });
});
