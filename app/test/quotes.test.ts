// SPDX-License-Identifier: Apache-2.0
// Messages that are quoted or pinned and stand outside of the window.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeBrowser } from "./fake_browser";
import { stubPage } from "./page";

const stage = vi.hoisted(() => ({ around: null as unknown }));
vi.mock("../src/socket/browser", () => ({
  get browser() {
    return stage.around;
  },
}));

vi.setConfig({ testTimeout: 60_000 }); // the whole client is read anew for each

const able = "batch draft/chathistory echo-message labeled-response message-tags";
let fake: FakeBrowser;

function welcomed(): void {
  fake.opens(able);
  fake.says(`:t CAP * ACK :${able}`, ":t 001 ana :hi", ":ana!a@h JOIN #a");
}

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
  fake = new FakeBrowser();
  stage.around = fake.around;
  stubPage();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** In #a, where a message outside of the window is quoted. */
async function quoting() {
  const { client } = await import("../src/view/client.svelte");
  client.enter({ nickname: "ana" }, "#a");
  welcomed();
  const look = async (): Promise<string | null> => {
    const of = client.now.conversations.get("#a");
    const found = of === undefined ? null : client.quotes.of(of, "m1");
    await vi.advanceTimersByTimeAsync(1);
    return found?.text ?? null;
  };
  return { client, look };
}

const asked = (): string[] => fake.socket.sent.filter((one) => one.includes("AROUND #a msgid=m1"));
const labelAsked = (): string => /label=(\w+)/.exec(asked().at(-1) ?? "")?.[1] ?? "";
function answers(...texts: string[]): void {
  fake.says(`@label=${labelAsked()} :t BATCH +q chathistory #a`);
  texts.forEach((said) => fake.says(`@batch=q;msgid=m1 :bea!b@h PRIVMSG #a :${said}`));
  fake.says(":t BATCH -q");
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
    fake.says(":bea!b@h REDACT #a m1");
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
    fake.says("@draft/target-msgid=m1;draft/edit-text=before :bea!b@h EDIT #a");
    expect(await look()).toBeNull();
    answers("before");
    await look();
    expect(await look()).toBe("before");
  });

  it("that is taken back while it is on its way is not shown", async () => {
    const { look } = await quoting();
    await look();
    const first = labelAsked();
    fake.says(":bea!b@h REDACT #a m1");
    fake.says(`@label=${first} :t BATCH +q chathistory #a`);
    fake.says("@batch=q;msgid=m1 :bea!b@h PRIVMSG #a :my secret", ":t BATCH -q");
    await look();
    expect(await look()).toBeNull();
  });

  it("may have changed while the line was broken", async () => {
    const { look } = await quoting();
    await look();
    answers("my secret");
    await look();
    fake.breaks();
    fake.passes(60_000);
    welcomed();
    expect(await look()).toBeNull();
    expect(asked().length).toBe(1);
  });

  it("is asked for again when the line broke before the answer", async () => {
    const { client, look } = await quoting();
    await look();
    fake.breaks();
    fake.passes(60_000);
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
    fake.says(`@label=${labelAsked()} :t FAIL CHATHISTORY MESSAGE_ERROR AROUND #a :Busy`);
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
