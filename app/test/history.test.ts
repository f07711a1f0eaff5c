// SPDX-License-Identifier: Apache-2.0
// When history is asked for, and what becomes of an answer that does not come.
import { describe, expect, it, vi } from "vitest";
import { readPlace } from "../src/format/address";
import { cameIn, stage } from "./whole_client";

const able = "batch draft/chathistory echo-message labeled-response message-tags server-time";
const minute = (at: number): string => `2026-03-01T12:${String(at).padStart(2, "0")}:00.000Z`;

/** The answer to the last question that begins so: messages of bea at these minutes. */
function saysPage(question: string, ...minutes: number[]): void {
  const lines = minutes.map((at) => `@batch=p;time=${minute(at)};msgid=m${at} :bea!b@h PRIVMSG #a :hola`);
  stage.fake.says(`@label=${stage.labelOf(question)} :t BATCH +p chathistory #a`, ...lines, ":t BATCH -p");
}

async function isIn() {
  const made = await cameIn();
  made.client.enter({ nickname: "ana" }, readPlace("#a"));
  stage.welcomed(able);
  stage.fake.says(":ana!a@h JOIN #a");
  const room = () => {
    const of = made.client.now.conversations.get("#a");
    if (of === undefined) {
      throw new Error("there is no #a");
    }
    return of;
  };
  return { ...made, room };
}

describe("the first of the unread", () => {
  it("is looked for where reading ended, when all that is loaded is newer", async () => {
    const { client, room } = await isIn();
    saysPage("CHATHISTORY LATEST #a", 50, 51);
    expect(client.history.aroundUnread(room(), Date.parse(minute(3)))).toBe(true);
    expect(stage.said().at(-1)).toMatch(`CHATHISTORY AROUND #a timestamp=${minute(3)} 100`);
    saysPage("CHATHISTORY AROUND #a", 2, 3, 4);
    expect(room().messages.map((one) => one.id)).toEqual(["m2", "m3", "m4"]);
  });

  it("is asked for nowhere when it is there", async () => {
    const { client, room } = await isIn();
    saysPage("CHATHISTORY LATEST #a", 2, 3, 4);
    const before = stage.said().length;
    expect(client.history.aroundUnread(room(), Date.parse(minute(3)))).toBe(false);
    client.history.older(room());
    saysPage("CHATHISTORY BEFORE #a");
    expect(client.history.aroundUnread(room(), Date.parse(minute(1)))).toBe(false);
    expect(stage.said(before).filter((one) => one.includes("AROUND"))).toEqual([]);
  });
});

describe("a server that cannot read its history just now", () => {
  const fails = (question: string, way: string): void =>
    stage.fake.says(`@label=${stage.labelOf(question)} :t FAIL CHATHISTORY MESSAGE_ERROR ${way} #a :Not now`);
  const asked = (words: string): number => stage.said().filter((one) => one.includes(words)).length;

  it("is asked again, and the room does not begin where it ended", async () => {
    const { client, room } = await isIn();
    saysPage("CHATHISTORY LATEST #a", 3, 4);
    client.history.older(room());
    fails("CHATHISTORY BEFORE #a", "BEFORE");
    expect(room().fromStart).toBe(false);
    expect(client.now.notices).toEqual([]);
    client.history.older(room());
    expect(asked("BEFORE")).toBe(1);
    vi.advanceTimersByTime(2_000);
    expect(asked("BEFORE")).toBe(2);
    saysPage("CHATHISTORY BEFORE #a", 1, 2);
    expect(room().messages.map((one) => one.id)).toEqual(["m1", "m2", "m3", "m4"]);
  });

  it("does not make a room empty whose end was asked for", async () => {
    const { room } = await isIn();
    fails("CHATHISTORY LATEST #a", "LATEST");
    expect(room()).toMatchObject({ fromStart: false, loading: "latest" });
    vi.advanceTimersByTime(2_000);
    saysPage("CHATHISTORY LATEST #a", 1);
    expect(room().messages).toHaveLength(1);
  });

  it("leaves the gap open that a broken line made", async () => {
    const { room } = await isIn();
    saysPage("CHATHISTORY LATEST #a", 1);
    stage.comesBack(able);
    stage.fake.says(":ana!a@h JOIN #a");
    fails("CHATHISTORY AFTER #a msgid=m1", "AFTER");
    stage.fake.says(":t BATCH +n netsplit", ":t BATCH -n");
    expect(asked("AFTER #a")).toBe(1);
    expect(room().gapAfter).toBe("m1");
    vi.advanceTimersByTime(2_000);
    saysPage("CHATHISTORY AFTER #a", 2);
    expect(room().messages.map((one) => one.id)).toEqual(["m1", "m2"]);
  });

  it("is asked later each time, and not for ever", async () => {
    const { room } = await isIn();
    for (let at = 0; at < 20; at += 1) {
      fails("CHATHISTORY LATEST #a", "LATEST");
      vi.advanceTimersByTime(60_000);
    }
    expect(asked("LATEST #a")).toBe(7);
    expect(room()).toMatchObject({ fromStart: false, loading: null });
  });

  it("is asked again with whom one talked", async () => {
    const { client } = await isIn();
    stage.fake.says(":t FAIL CHATHISTORY MESSAGE_ERROR TARGETS :Not now");
    expect(client.now.notices).toEqual([]);
    vi.advanceTimersByTime(2_000);
    expect(asked("TARGETS")).toBe(2);
  });
});

it("what will never be had is not asked for again", async () => {
  const { client, room } = await isIn();
  saysPage("CHATHISTORY LATEST #a", 3);
  client.history.older(room());
  const label = stage.labelOf("CHATHISTORY BEFORE #a");
  stage.fake.says(`@label=${label} :t FAIL CHATHISTORY INVALID_TARGET BEFORE #a :No such room`);
  expect(room()).toMatchObject({ fromStart: true, loading: null });
});
