// SPDX-License-Identifier: Apache-2.0
// The client as it is, with a browser that a test speaks through.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeBrowser } from "./fake_browser";
import { stubPage } from "./page";

const stage = vi.hoisted(() => ({ around: null as unknown }));
vi.mock("../src/socket/browser", () => ({
  get browser() {
    return stage.around;
  },
}));

vi.setConfig({ testTimeout: 30_000 }); // the whole client is read anew for each

const able = "batch echo-message message-tags";

async function cameIn() {
  const { client } = await import("../src/view/client.svelte");
  const { settings } = await import("../src/view/settings.svelte");
  const { runCommand } = await import("../src/view/commands");
  return { client, settings, runCommand };
}

let fake: FakeBrowser;

function welcomed(): void {
  fake.opens(able);
  fake.says(`:t CAP * ACK :${able}`, ":t 001 ana :hi");
}
const said = (from = 0): string[] => fake.socket.sent.slice(from);

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

describe("who enters once more", () => {
  it("leaves nothing behind that calls again under her name", async () => {
    const { client } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    fake.breaks();
    expect(client.status.is).toBe("waiting");
    client.enter({ nickname: "ana" }, null);
    expect(fake.sockets.length).toBe(2);
    fake.passes(120_000);
    expect(fake.sockets.filter((one) => !one.closed).length).toBeLessThanOrEqual(1);
  });
});

describe("a line that broke", () => {
  it("leads back to where one was, and not to where one was put out", async () => {
    const { client } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    welcomed();
    fake.says(":ana!a@h JOIN #a", ":ana!a@h JOIN #b", ":bea!b@h KICK #b ana :out");
    fake.breaks();
    fake.passes(60_000);
    welcomed();
    expect(said()).toContain("JOIN #a");
    expect(said()).not.toContain("JOIN #b");
  });

  it("asks once for a room that was refused", async () => {
    const { client } = await cameIn();
    client.enter({ nickname: "ana" }, "#shut");
    welcomed();
    expect(said()).toContain("JOIN #shut");
    fake.says(":t 475 ana #shut :Cannot join");
    expect(client.isWished("#shut")).toBe(false);
    fake.breaks();
    fake.passes(60_000);
    welcomed();
    expect(said()).not.toContain("JOIN #shut");
  });
});

describe("a private conversation", () => {
  it("goes along with another nickname, with what was begun there", async () => {
    const { client, settings } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    welcomed();
    client.places.openPrivate("Bea");
    settings.kept.drafts["bea"] = "hola";
    settings.kept.levels["bea"] = "all";
    fake.says(":Bea!b@h NICK Beatriz");
    expect(client.active).toBe("beatriz");
    expect(client.activeConversation?.name).toBe("Beatriz");
    expect(settings.kept.drafts).toEqual({ beatriz: "hola" });
    expect(settings.kept.levels).toEqual({ beatriz: "all" });
  });

  it("stays where it is when there is one with the new name", async () => {
    const { client } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    welcomed();
    client.places.openPrivate("carl");
    client.places.openPrivate("bea");
    fake.says(":bea!b@h NICK carl");
    expect(client.active).toBe("bea");
    expect(client.activeConversation).not.toBeNull();
  });

  it("is closed by /part", async () => {
    const { client, runCommand } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    welcomed();
    client.places.openPrivate("bea");
    const before = said().length;
    expect(runCommand(client, "/part", client.activeConversation)).toBe("done");
    expect(said(before)).toEqual([]);
    expect(client.now.conversations.has("bea")).toBe(false);
  });
});

describe("/topic", () => {
  it("alone says it and changes nothing", async () => {
    const { client, runCommand } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    welcomed();
    fake.says(":ana!a@h JOIN #a", ":t 332 ana #a :Of birds");
    const here = client.now.conversations.get("#a") ?? null;
    const before = said().length;
    runCommand(client, "/topic", here);
    expect(said(before)).toEqual([]);
    expect(client.now.notices.at(-1)?.text).toContain("Of birds");
    runCommand(client, "/topic Of bees", here);
    expect(said(before)).toEqual(["TOPIC #a :Of bees"]);
  });
});

describe("an invitation", () => {
  it("that went out is told", async () => {
    const { client } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    welcomed();
    fake.says(":t 341 ana bea #a");
    expect(client.now.notices.at(-1)).toMatchObject({ tone: "info", text: "bea was invited to #a." });
  });
});

describe("who is put out from another device", () => {
  it("leaves nothing of hers in the browser", async () => {
    const { client, settings } = await cameIn();
    vi.stubGlobal("fetch", () => Promise.reject(new Error("away")));
    client.enter({ nickname: "ana" }, null);
    welcomed();
    fake.says(":ana!a@h JOIN #a");
    Object.assign(settings.kept, { account: true, highlights: ["birds"], blocked: ["luis"], theme: "dark" });
    settings.kept.drafts["#a"] = "hola";
    fake.says("ERROR :Logged out from another of your sessions");
    fake.breaks();
    expect(client.refusal?.kind).toBe("evicted");
    expect(settings.kept).toMatchObject({ account: false, rooms: [], drafts: {}, highlights: [], blocked: [] });
    expect(settings.kept.theme).toBe("dark");
  });
});

describe("who is put out, or has a cookie that ran out", () => {
  it.each([
    ["evicted", ["ERROR :Logged out from another of your sessions"]],
    ["forgotten", [":t 904 ana :No"]],
  ])("is pushed nothing any more: %s", async (kind, lines) => {
    const { client, settings } = await cameIn();
    let ended = 0;
    const subscription = { unsubscribe: () => (ended += 1) };
    const pushManager = { getSubscription: () => Promise.resolve(subscription) };
    const serviceWorker = { getRegistration: () => Promise.resolve({ pushManager }) };
    vi.stubGlobal("navigator", { languages: ["en"], serviceWorker });
    vi.stubGlobal("fetch", () => Promise.reject(new Error("away")));
    settings.kept.push = true;
    client.enter({ nickname: "ana", cookie: kind === "forgotten" }, null);
    welcomed();
    fake.says(...lines);
    fake.breaks();
    await vi.waitFor(() => expect(ended).toBe(1));
    expect(client.refusal?.kind).toBe(kind);
    expect(settings.kept.push).toBe(false);
  });
});

/** What a tab keeps for its next page. */
function playStorage(): Map<string, string> {
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  return kept;
}

describe("what has no receipt yet", () => {
  it("is kept for a page that is thrown away in the background, until it has one", async () => {
    const kept = playStorage();
    const { client } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    welcomed();
    fake.says(":ana!a@h JOIN #a");
    client.speech.say({ target: "#a", text: "hola" });
    client.pageLeaves();
    expect([...kept.values()].join()).toContain("hola");
    const nonce = /nonce=(\w+)/.exec(said().at(-1) ?? "")?.[1] ?? "";
    fake.says(`@msgid=m1;+tertulia/nonce=${nonce} :ana!a@h PRIVMSG #a :hola`);
    expect(kept.size).toBe(0);
  });

  it("waits for who has to log in anew", async () => {
    playStorage();
    const { client } = await cameIn();
    vi.setSystemTime(1_000_000);
    client.enter({ nickname: "ana", cookie: true }, null);
    fake.opens(`${able} sasl=EXTERNAL`);
    fake.says(`:t CAP * ACK :${able} sasl`, ":t 903 ana :ok", ":t 001 ana :hi", ":ana!a@h JOIN #a");
    client.speech.say({ target: "#a", text: "hola" });
    fake.breaks();
    fake.passes(60_000);
    fake.opens(`${able} sasl=EXTERNAL`);
    fake.says(`:t CAP * ACK :${able} sasl`, ":t 904 ana :No");
    expect(client.refusal?.kind).toBe("forgotten");
    client.enter({ nickname: "ana" }, null);
    expect(client.now.conversations.get("#a")?.outbox[0]?.text).toBe("hola");
  });

  it("is not for who comes in instead", async () => {
    const kept = playStorage();
    const { client } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    welcomed();
    fake.says(":ana!a@h JOIN #a");
    client.speech.say({ target: "#a", text: "hola" });
    fake.says(":t 465 ana :out");
    client.enter({ nickname: "bea" }, null);
    expect(client.now.conversations.has("#a")).toBe(false);
    expect(kept.size).toBe(0);
  });
});

describe("who logs out", () => {
  it("leaves nothing of hers in the browser, and nothing open", async () => {
    const { client, settings } = await cameIn();
    const { screen } = await import("../src/view/screen.svelte");
    vi.stubGlobal("fetch", () => Promise.reject(new Error("away")));
    client.enter({ nickname: "ana" }, null);
    welcomed();
    fake.says(":ana!a@h JOIN #a");
    Object.assign(settings.kept, { nickname: "ana", highlights: ["birds"], blocked: ["luis"] });
    settings.kept.drafts["#a"] = "hola";
    settings.kept.levels["#a"] = "all";
    screen.show({ is: "settings" });
    screen.logOut();
    const nothing = { rooms: [], drafts: {}, levels: {}, highlights: [], blocked: [] };
    expect(settings.kept).toMatchObject({ ...nothing, nickname: "ana" });
    expect(screen.dialog).toBeNull();
    expect(client.inside).toBe(false);
  });
});
