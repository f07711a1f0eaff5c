// SPDX-License-Identifier: Apache-2.0
// When history is asked for, and what becomes of an answer that does not come.
import { describe, expect, it, vi } from "vitest";
import { cameIn, stage } from "./whole_client";

vi.setConfig({ testTimeout: 60_000 }); // the whole client is read anew for each

const able = "batch draft/chathistory echo-message labeled-response message-tags server-time";
const minute = (at: number): string => `2026-03-01T12:${String(at).padStart(2, "0")}:00.000Z`;

/** The answer to the last question that begins so: messages of bea at these minutes. */
function saysPage(question: string, ...minutes: number[]): void {
  const lines = minutes.map((at) => `@batch=p;time=${minute(at)};msgid=m${at} :bea!b@h PRIVMSG #a :hola`);
  stage.fake.says(`@label=${stage.labelOf(question)} :t BATCH +p chathistory #a`, ...lines, ":t BATCH -p");
}

async function isIn() {
  const made = await cameIn();
  made.client.enter({ nickname: "ana" }, "#a");
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
