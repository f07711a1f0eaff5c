// SPDX-License-Identifier: Apache-2.0
// What is new to whom: from when on a room is read, and what came while nobody looked.
import { describe, expect, it } from "vitest";
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
