// SPDX-License-Identifier: Apache-2.0
// Messages that are quoted or pinned and stand outside of the window.
import { describe, expect, it, vi } from "vitest";
import { readPlace } from "../src/format/address";
import { cameIn, stage } from "./whole_client";

const able = "batch draft/chathistory echo-message labeled-response message-tags";

function welcomed(): void {
  stage.welcomed(able);
  stage.fake.says(":ana!a@h JOIN #a");
}

/** In #a, where a message outside of the window is quoted. */
async function quoting() {
  const { client } = await cameIn();
  client.enter({ nickname: "ana" }, readPlace("#a"));
  welcomed();
  const look = async (): Promise<string | null> => {
    const of = client.now.conversations.get("#a");
    const found = of === undefined ? null : client.quotes.of(of, "m1");
    await vi.advanceTimersByTimeAsync(1);
    return found?.text ?? null;
  };
  return { client, look };
}

const asked = (): string[] => stage.fake.socket.sent.filter((one) => one.includes("AROUND #a msgid=m1"));
const labelAsked = (): string => /label=(\w+)/.exec(asked().at(-1) ?? "")?.[1] ?? "";
function answers(...texts: string[]): void {
  stage.fake.says(`@label=${labelAsked()} :t BATCH +q chathistory #a`);
  texts.forEach((said) => stage.fake.says(`@batch=q;msgid=m1 :bea!b@h PRIVMSG #a :${said}`));
  stage.fake.says(":t BATCH -q");
}

describe("a quoted message", () => {
  it("is asked for once and shown", async () => {
    const { look } = await quoting();
    await look();
    await look();
    expect(asked().length).toBe(1);
    answers("my secret");
    await look();
    expect(await look()).toBe("my secret");
    expect(asked().length).toBe(1);
  });

  it("that is taken back is not shown any more", async () => {
    const { client, look } = await quoting();
    await look();
    answers("my secret");
    await look();
    stage.fake.says(":bea!b@h REDACT #a m1");
    expect(await look()).toBeNull();
    answers();
    await look();
    expect(await look()).toBeNull();
    expect(client.quotes.isGone("m1")).toBe(true);
  });

  it("that is changed is read anew", async () => {
    const { look } = await quoting();
    await look();
    answers("befor");
    await look();
    stage.fake.says("@draft/target-msgid=m1;draft/edit-text=before :bea!b@h EDIT #a");
    expect(await look()).toBeNull();
    answers("before");
    await look();
    expect(await look()).toBe("before");
  });

  it("that is taken back while it is on its way is not shown", async () => {
    const { look } = await quoting();
    await look();
    const first = labelAsked();
    stage.fake.says(":bea!b@h REDACT #a m1");
    stage.fake.says(`@label=${first} :t BATCH +q chathistory #a`);
    stage.fake.says("@batch=q;msgid=m1 :bea!b@h PRIVMSG #a :my secret", ":t BATCH -q");
    await look();
    expect(await look()).toBeNull();
  });

  it("may have changed while the line was broken", async () => {
    const { look } = await quoting();
    await look();
    answers("my secret");
    await look();
    stage.fake.breaks();
    stage.fake.passes(60_000);
    welcomed();
    expect(await look()).toBeNull();
    expect(asked().length).toBe(1);
  });

  it("is asked for again when the line broke before the answer", async () => {
    const { client, look } = await quoting();
    await look();
    stage.fake.breaks();
    stage.fake.passes(60_000);
    welcomed();
    await look();
    expect(client.quotes.isGone("m1")).toBe(false);
    answers("here I am");
    await look();
    expect(await look()).toBe("here I am");
  });

  it("is asked for again, after a while, when the server could not read it", async () => {
    const { look } = await quoting();
    await look();
    stage.fake.says(`@label=${labelAsked()} :t FAIL CHATHISTORY MESSAGE_ERROR AROUND #a :Busy`);
    await look();
    await look();
    expect(asked().length).toBe(1);
    await vi.advanceTimersByTimeAsync(31_000);
    await look();
    expect(asked().length).toBe(2);
  });

  it("that is not there is told from one that is on its way", async () => {
    const { client, look } = await quoting();
    await look();
    expect(client.quotes.isGone("m1")).toBe(false);
    answers();
    await look();
    expect(client.quotes.isGone("m1")).toBe(true);
    expect(asked().length).toBe(1);
  });
});
