// SPDX-License-Identifier: Apache-2.0
// A room that is made, and one that there is already.
import { describe, expect, it, vi } from "vitest";
import { readPlace } from "../src/format/address";
import { cameIn, stage } from "./whole_client";

const able = "batch echo-message labeled-response message-tags";

async function making() {
  const { client } = await cameIn();
  const { makeRoom } = await import("../src/view/making");
  client.enter({ nickname: "ana" }, readPlace("#a"));
  stage.welcomed(able);
  stage.fake.says(":ana!a@h JOIN #a");
  const before = stage.said().length;
  const wish = { name: "#plan", topic: "Of the party", secret: false, inviteOnly: true, password: "" };
  return { client, makeRoom, outcome: makeRoom(client, wish, () => true), sent: () => stage.said(before) };
}
const listed = (...rooms: string[]): void =>
  stage.fake.says(
    `@label=${stage.labelOf("LIST #plan")} :t BATCH +l labeled-response`,
    ...rooms.map((room) => `@batch=l :t 322 ana ${room} 3 :Open to all`),
    "@batch=l :t 323 ana :End",
    ":t BATCH -l",
  );
async function pressed(room = "#plan") {
  const made = await making();
  const { visitOrAsk } = await import("../src/view/making");
  const { screen } = await import("../src/view/screen.svelte");
  const before = stage.said().length;
  const gone = visitOrAsk(made.client, room);
  return { ...made, screen, gone, sent: () => stage.said(before) };
}
async function comesIn(names: string): Promise<void> {
  stage.fake.says(":ana!a@h JOIN #plan", `:t 353 ana = #plan :${names}`, ":t 366 ana #plan :End");
  await vi.advanceTimersByTimeAsync(1);
}

it("a new room becomes what it shall be once one is its operator", async () => {
  const { outcome, sent } = await making();
  listed();
  expect(await outcome).toBe("under way");
  expect(sent().at(-1)).toBe("JOIN #plan");
  await comesIn("@ana");
  expect(sent()).toContain("MODE #plan +i");
  expect(sent()).toContain("TOPIC #plan :Of the party");
});

it("a room that there is already is not entered", async () => {
  const { outcome, sent } = await making();
  listed("#Plan");
  expect(await outcome).toBe("taken");
  expect(sent().join("\n")).not.toContain("JOIN");
});

it("a room that hid is left again, and nothing of it is changed", async () => {
  const { client, outcome, sent } = await making();
  listed();
  await outcome;
  await comesIn("@bea ana");
  expect(sent()).toContain("PART #plan");
  expect(sent()).not.toContain("MODE #plan +i");
  expect(client.now.notices.at(-1)).toMatchObject({ tone: "error", code: "MAKE" });
});

it("a room that one may not enter is not changed when one enters it later", async () => {
  const { outcome, sent } = await making();
  listed();
  await outcome;
  stage.fake.says(":t 473 ana #plan :Only the invited");
  await comesIn("@ana");
  expect(sent()).not.toContain("MODE #plan +i");
});

it("a room that one is in is not made", async () => {
  const { client, makeRoom } = await making();
  const wish = { name: "#A", topic: "", secret: true, inviteOnly: false, password: "" };
  expect(await makeRoom(client, wish, () => true)).toBe("taken");
});

it("a new room becomes what it shall be also when the line breaks on the way into it", async () => {
  const { outcome } = await making();
  listed();
  await outcome;
  stage.comesBack(able);
  expect(stage.said()).toContain("JOIN #plan");
  await comesIn("@ana");
  expect(stage.said()).toContain("MODE #plan +i");
});

it("a room that is not wanted any more is not entered", async () => {
  const { client, makeRoom } = await making();
  const wish = { name: "#plan", topic: "", secret: false, inviteOnly: false, password: "" };
  const outcome = makeRoom(client, wish, () => false);
  listed();
  expect(await outcome).toBe("dropped");
  expect(stage.said()).not.toContain("JOIN #plan");
});

describe("a room's name in a message, when it is pressed,", () => {
  it("leads there where the room is", async () => {
    const { gone, screen, sent } = await pressed();
    listed("#Plan");
    await gone;
    expect(sent().at(-1)).toBe("JOIN #plan");
    expect(screen.dialog).toBeNull();
  });

  it("makes none that there is not before it was asked", async () => {
    const { gone, screen, sent } = await pressed();
    listed();
    await gone;
    expect(sent().join("\n")).not.toContain("JOIN");
    expect(screen.dialog).toMatchObject({ is: "confirm", question: "There is no room #plan to be seen. Make it?" });
    if (screen.dialog?.is === "confirm") {
      screen.dialog.then("");
    }
    expect(sent().at(-1)).toBe("JOIN #plan");
  });

  it("leads at once where one is", async () => {
    const { client, gone, sent } = await pressed("#A");
    await gone;
    expect(sent()).toEqual([]);
    expect(client.active).toBe("#a");
  });

  it("leads to one that hides for who is invited", async () => {
    const { client } = await making();
    const { visitOrAsk } = await import("../src/view/making");
    stage.fake.says(":bea!b@h INVITE ana #den");
    await visitOrAsk(client, "#den");
    expect(stage.said().at(-1)).toBe("JOIN #den");
  });

  it("takes nobody away who went on elsewhere meanwhile", async () => {
    const { client, gone, screen, sent } = await pressed();
    client.places.openPrivate("bea");
    listed();
    await gone;
    expect(screen.dialog).toBeNull();
    expect(sent().join("\n")).not.toContain("JOIN");
  });
});
