// SPDX-License-Identifier: Apache-2.0
// What is new to whom: from when on a room is read, and what came while nobody looked.
import { describe, expect, it } from "vitest";
import { IrcCaller } from "./people";
import { setStage } from "./stage";

const stage = setStage();
const { account, guest } = stage;

describe("a room", () => {
  it("that one comes into for the first time has nothing new", async () => {
    const bea = await guest("bea", "old");
    await bea.says("said long before");
    await bea.sees("said long before");
    const ana = await account("ana", "old");
    await ana.sees("said long before");
    await bea.says("said now");
    await ana.sees("said now");
    expect(await ana.page.getByRole("separator", { name: "New" }).count()).toBe(0);
  });

  it("where one only looked has what was said while one was away", async () => {
    const bea = await guest("bea", "quiet");
    await bea.says("hello");
    const eva = await account("eva", "quiet");
    await eva.sees("hello");
    await eva.page.goto("about:blank");
    await bea.says("eva: are you there?");
    await bea.sees("eva: are you there?");
    await eva.page.goto(`${stage.server.address}/#elsewhere`);
    await eva.page.getByRole("navigation").getByRole("button", { name: /^quiet 1/ }).click();
    await eva.page.getByRole("separator", { name: "New" }).waitFor();
  });
});

describe("the first of the unread", () => {
  it("is found where reading ended, however much was said since", async () => {
    const luis = await IrcCaller.enter(stage.irc, "luis", "#long");
    const max = await account("max", "long");
    await luis.says("#long", "hello");
    await max.sees("hello");
    await max.page.goto("about:blank");
    for (let at = 1; at <= 130; at += 1) {
      luis.send(`PRIVMSG #long :number ${at}`);
    }
    await luis.says("#long", "the end");
    await max.page.goto(`${stage.server.address}/#long`);
    await max.sees("the end");
    await max.page.getByRole("button", { name: "Jump to the first unread" }).click();
    await max.sees("number 1");
    const above = await max.page.getByRole("separator", { name: "New" }).evaluate((line) => {
      const rows = [...(line.closest("[data-row]")?.parentElement?.children ?? [])];
      const at = rows.findIndex((row) => row.contains(line));
      return rows[at + 1]?.textContent ?? "";
    });
    expect(above).toContain("number 1");
    luis.leave();
  });
});

describe("what was written in private while one was away", () => {
  it("is seen in the list, and new where it begins", async () => {
    const ada = await account("ada", "home");
    const luis = await IrcCaller.enter(stage.irc, "luisa");
    await luis.says("ada", "good morning");
    const inList = ada.page.getByRole("navigation").getByRole("button", { name: /luisa/ });
    await inList.click();
    await ada.sees("good morning");
    await ada.page.goto("about:blank");
    await luis.says("ada", "good night");
    await ada.page.goto(`${stage.server.address}/#home`);
    await ada.page.getByRole("navigation").getByRole("button", { name: /luisa 1/ }).click();
    await ada.page.getByRole("separator", { name: "New" }).waitFor();
    await ada.sees("good night");
    luis.leave();
  });
});

describe("somebody to whom one never wrote", () => {
  it("is a conversation that begins, and is asked about once", async () => {
    const ana = await account("mar", "first");
    let asked = 0;
    ana.page.on("websocket", (socket) =>
      socket.on("framesent", ({ payload }) => {
        asked += /CHATHISTORY LATEST nobody/.test(String(payload)) ? 1 : 0;
      }),
    );
    await ana.page.goto("about:blank");
    await ana.page.goto(`${stage.server.address}/#@nobody`);
    await ana.page.getByRole("log").getByRole("heading", { name: /nobody/ }).waitFor();
    await ana.composer.fill("good morning");
    await ana.page.getByRole("complementary").waitFor({ state: "detached" });
    expect(asked).toBe(1);
  });
});
