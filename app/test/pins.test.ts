// SPDX-License-Identifier: Apache-2.0
// Pinned messages: as many as a value of metadata holds.
import { expect, it } from "vitest";
import { readPlace } from "../src/format/address";
import { cameIn, stage } from "./whole_client";

it("one pin more than there may be puts the oldest out, and that is told", async () => {
  const { client } = await cameIn();
  const { setPinned } = await import("../src/view/pins");
  client.enter({ nickname: "ana" }, readPlace("#a"));
  stage.welcomed();
  stage.fake.says(":ana!a@h JOIN #a");
  const room = client.now.conversations.get("#a");
  if (room === undefined) {
    throw new Error("she is in no room");
  }
  for (let one = 1; one <= 12; one += 1) {
    await setPinned(room, `m${one}`, true);
  }
  expect(client.now.notices.filter((one) => one.code === "PIN")).toEqual([]);
  await setPinned(room, "m12", true); // it is one of them
  expect(client.now.notices.filter((one) => one.code === "PIN")).toEqual([]);
  await setPinned(room, "m13", true);
  expect(client.now.conversations.get("#a")?.pinned).toEqual(Array.from({ length: 12 }, (_, at) => `m${at + 2}`));
  expect(client.now.notices.map((one) => one.code)).toContain("PIN");
});
