// SPDX-License-Identifier: Apache-2.0
// The client as it is, with a browser that a test speaks through.
import { describe, expect, it, vi } from "vitest";
import { readPlace } from "../src/format/address";
import { load } from "../src/view/kept";
import { able, cameIn, stage } from "./whole_client";

vi.setConfig({ testTimeout: 30_000 }); // the whole client is read anew for each

describe("who enters once more", () => {
  it("leaves nothing behind that calls again under her name", async () => {
    const { client } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    stage.fake.breaks();
    expect(client.status.is).toBe("waiting");
    client.enter({ nickname: "ana" }, null);
    expect(stage.fake.sockets.length).toBe(2);
    stage.fake.passes(120_000);
    expect(stage.fake.sockets.filter((one) => !one.closed).length).toBeLessThanOrEqual(1);
  });
});

describe("a line that broke", () => {
  it("leads back to where one was, and not to where one was put out", async () => {
    const { client } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    stage.welcomed();
    stage.fake.says(":ana!a@h JOIN #a", ":ana!a@h JOIN #b", ":bea!b@h KICK #b ana :out");
    stage.comesBack();
    expect(stage.said()).toContain("JOIN #a");
    expect(stage.said()).not.toContain("JOIN #b");
  });

  it("asks once for a room that was refused", async () => {
    const { client } = await cameIn();
    client.enter({ nickname: "ana" }, readPlace("#shut"));
    stage.welcomed();
    expect(stage.said()).toContain("JOIN #shut");
    stage.fake.says(":t 475 ana #shut :Cannot join");
    expect(client.isWished("#shut")).toBe(false);
    stage.comesBack();
    expect(stage.said()).not.toContain("JOIN #shut");
  });
});

describe("a room with a password", () => {
  it("is entered with what its link brought along, and asks where that is it no more", async () => {
    const { client } = await cameIn();
    client.enter({ nickname: "ana" }, readPlace("#club,word"));
    stage.welcomed();
    expect(stage.said()).toContain("JOIN #club word");
    expect(client.places.passwordRefused("#club")).toBe(true);
    client.places.join("#club");
    expect(stage.said().at(-1)).toBe("JOIN #club");
  });

  it("is entered by a link that is opened while one is in", async () => {
    const { client } = await cameIn();
    const { screen } = await import("../src/view/screen.svelte");
    client.enter({ nickname: "ana" }, readPlace("#a"));
    stage.welcomed();
    screen.follow(readPlace("#club,word"));
    expect(stage.said().at(-1)).toBe("JOIN #club word");
  });

  async function isIn(...said: string[]) {
    const made = await cameIn();
    made.client.enter({ nickname: "ana" }, readPlace("#a"));
    stage.welcomed();
    made.runCommand(made.client, "/join #a sesame", null);
    stage.fake.says(":ana!a@h JOIN #a", ...said);
    return made;
  }
  it("is come back to with what was told, when the line broke", async () => {
    await isIn();
    stage.comesBack();
    expect(stage.said()).toContain("JOIN #a sesame");
  });

  it("is come back to with what its members know it is by now", async () => {
    await isIn(":t 324 ana #a +nk sesame", ":bea!b@h MODE #a +k barley");
    stage.comesBack();
    expect(stage.said()).toContain("JOIN #a barley");
  });

  it("is not told once more what it refused, nor by who comes in after her", async () => {
    const { client } = await isIn(":ana!a@h PART #a");
    expect(client.places.passwordRefused("#a")).toBe(true);
    expect(client.places.passwordRefused("#a")).toBe(false);
    client.places.join("#b", "secret");
    client.leave();
    client.enter({ nickname: "luis" }, readPlace("#b"));
    stage.welcomed();
    expect(stage.said()).toContain("JOIN #b");
  });

  it("asks for it after another one has, and once", async () => {
    await isIn();
    const { screen } = await import("../src/view/screen.svelte");
    screen.askPassword("#a", false);
    screen.askPassword("#b", true);
    screen.askPassword("#B", false);
    expect(screen.dialog).toMatchObject({ room: "#a" });
    screen.close();
    expect(screen.dialog).toMatchObject({ room: "#b", wrong: true });
    screen.close();
    expect(screen.dialog).toBeNull();
  });
});

describe("who is away", () => {
  async function isAway() {
    const made = await cameIn();
    made.client.enter({ nickname: "ana" }, null);
    stage.welcomed();
    made.runCommand(made.client, "/away lunch", null);
    stage.fake.says(":t 306 ana :You are away");
    return made;
  }
  it("says so again when the line broke: the server may have forgotten", async () => {
    await isAway();
    stage.comesBack();
    expect(stage.said()).toContain("AWAY lunch");
  });

  it("does not, if she is here again since", async () => {
    const { runCommand, client } = await isAway();
    runCommand(client, "/away", null);
    stage.fake.says(":t 305 ana :You are here");
    stage.comesBack();
    expect(stage.said().some((one) => one.startsWith("AWAY"))).toBe(false);
  });

  it("is so in all tabs", async () => {
    const { client } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    stage.welcomed();
    stage.fake.says(":t 354 ana 152 ana G 0 :Ana");
    expect(client.now.away).toBe(true);
    stage.fake.says(":t 354 ana 152 bea H 0 :Bea", ":t 352 ana #a u h t bea G :0 Bea");
    expect(client.now.away).toBe(true);
    stage.fake.says(":t 352 ana #a u h t ana H :0 Ana");
    expect(client.now.away).toBe(false);
    stage.fake.says(":ana!a@h AWAY :lunch");
    expect(client.now.away).toBe(true);
  });
});

describe("a message that failed", () => {
  it("and is said again by hand is not said once more when a page of history comes", async () => {
    const able = "batch draft/chathistory echo-message labeled-response message-tags";
    const { client } = await cameIn();
    client.enter({ nickname: "ana" }, readPlace("#a"));
    stage.welcomed(able);
    stage.fake.says(":ana!a@h JOIN #a");
    stage.fake.says(`@label=${stage.labelOf("CHATHISTORY LATEST #a")} BATCH +p chathistory #a`, "BATCH -p");
    client.speech.say({ target: "#a", text: "hola" });
    stage.fake.says(`@label=${stage.labelOf("PRIVMSG #a hola")} :t 404 ana #a :Not so fast`);
    stage.comesBack(able);
    stage.fake.says(":ana!a@h JOIN #a");
    client.speech.retry("#a", client.now.conversations.get("#a")?.outbox[0]?.id ?? "");
    stage.fake.says(`@label=${stage.labelOf("CHATHISTORY LATEST #a")} BATCH +p chathistory #a`, "BATCH -p");
    expect(stage.said().filter((one) => one.endsWith("PRIVMSG #a hola"))).toHaveLength(1);
  });
});

describe("a private conversation", () => {
  it("goes along with another nickname, with what was begun there", async () => {
    const { client, settings } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    stage.welcomed();
    client.places.openPrivate("Bea");
    settings.kept.drafts["bea"] = "hola";
    settings.kept.levels["bea"] = "all";
    stage.fake.says(":Bea!b@h NICK Beatriz");
    expect(client.active).toBe("beatriz");
    expect(client.activeConversation?.name).toBe("Beatriz");
    expect(settings.kept.drafts).toEqual({ beatriz: "hola" });
    expect(settings.kept.levels).toEqual({ beatriz: "all" });
  });

  it("stays where it is when there is one with the new name", async () => {
    const { client } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    stage.welcomed();
    client.places.openPrivate("carl");
    client.places.openPrivate("bea");
    stage.fake.says(":bea!b@h NICK carl");
    expect(client.active).toBe("bea");
    expect(client.activeConversation).not.toBeNull();
  });

  it("is closed by /part", async () => {
    const { client, runCommand } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    stage.welcomed();
    client.places.openPrivate("bea");
    const before = stage.said().length;
    expect(runCommand(client, "/part", client.activeConversation)).toBe("done");
    expect(stage.said(before)).toEqual([]);
    expect(client.now.conversations.has("bea")).toBe(false);
  });
});

describe("/topic", () => {
  it("alone says it and changes nothing", async () => {
    const { client, runCommand } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    stage.welcomed();
    stage.fake.says(":ana!a@h JOIN #a", ":t 332 ana #a :Of birds");
    const here = client.now.conversations.get("#a") ?? null;
    const before = stage.said().length;
    runCommand(client, "/topic", here);
    expect(stage.said(before)).toEqual([]);
    expect(client.now.notices.at(-1)?.text).toContain("Of birds");
    runCommand(client, "/topic Of bees", here);
    expect(stage.said(before)).toEqual(["TOPIC #a :Of bees"]);
  });
});

describe("an invitation", () => {
  it("that went out is told", async () => {
    const { client } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    stage.welcomed();
    stage.fake.says(":t 341 ana bea #a");
    expect(client.now.notices.at(-1)).toMatchObject({ tone: "info", text: "bea was invited to #a." });
  });
});

describe("who is put out from another device", () => {
  it("leaves nothing of hers in the browser", async () => {
    const { client, settings } = await cameIn();
    vi.stubGlobal("fetch", () => Promise.reject(new Error("away")));
    client.enter({ nickname: "ana" }, null);
    stage.welcomed();
    stage.fake.says(":ana!a@h JOIN #a");
    Object.assign(settings.kept, { account: true, highlights: ["birds"], blocked: ["luis"], theme: "dark" });
    settings.kept.drafts["#a"] = "hola";
    stage.fake.says("ERROR :Logged out from another of your sessions");
    stage.fake.breaks();
    expect(client.refusal?.kind).toBe("evicted");
    expect(settings.kept).toMatchObject({ account: false, rooms: [], drafts: {}, highlights: [], blocked: [] });
    expect(settings.kept.theme).toBe("dark");
  });
});

describe("who logs out", () => {
  it("leaves nothing of hers in the browser, and nothing open", async () => {
    const { client, settings } = await cameIn();
    const { screen } = await import("../src/view/screen.svelte");
    vi.stubGlobal("fetch", () => Promise.reject(new Error("away")));
    client.enter({ nickname: "ana" }, null);
    stage.welcomed();
    stage.fake.says(":ana!a@h JOIN #a");
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
    stage.welcomed();
    stage.fake.says(...lines);
    stage.fake.breaks();
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
    stage.welcomed();
    stage.fake.says(":ana!a@h JOIN #a");
    client.speech.say({ target: "#a", text: "hola" });
    client.pageLeaves();
    expect([...kept.values()].join()).toContain("hola");
    const nonce = /nonce=(\w+)/.exec(stage.said().at(-1) ?? "")?.[1] ?? "";
    stage.fake.says(`@msgid=m1;+tertulia/nonce=${nonce} :ana!a@h PRIVMSG #a :hola`);
    expect(kept.size).toBe(0);
  });

  it("waits for who has to log in anew", async () => {
    playStorage();
    const { client } = await cameIn();
    vi.setSystemTime(1_000_000);
    client.enter({ nickname: "ana", cookie: true }, null);
    stage.fake.opens(`${able} sasl=EXTERNAL`);
    stage.fake.says(`:t CAP * ACK :${able} sasl`, ":t 903 ana :ok", ":t 001 ana :hi", ":ana!a@h JOIN #a");
    client.speech.say({ target: "#a", text: "hola" });
    stage.fake.breaks();
    stage.fake.passes(60_000);
    stage.fake.opens(`${able} sasl=EXTERNAL`);
    stage.fake.says(`:t CAP * ACK :${able} sasl`, ":t 904 ana :No");
    expect(client.refusal?.kind).toBe("forgotten");
    client.enter({ nickname: "ana" }, null);
    expect(client.now.conversations.get("#a")?.outbox[0]?.text).toBe("hola");
  });

  it("is not for who comes in instead", async () => {
    const kept = playStorage();
    const { client } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    stage.welcomed();
    stage.fake.says(":ana!a@h JOIN #a");
    client.speech.say({ target: "#a", text: "hola" });
    stage.fake.says(":t 465 ana :out");
    client.enter({ nickname: "bea" }, null);
    expect(client.now.conversations.has("#a")).toBe(false);
    expect(kept.size).toBe(0);
  });
});

describe("another spelling of a name", () => {
  it("takes nothing away that was begun there", async () => {
    const { client, settings } = await cameIn();
    client.enter({ nickname: "ana" }, readPlace("#a"));
    stage.welcomed();
    stage.fake.says(":ana!a@h JOIN #a");
    Object.assign(settings.kept, { drafts: { "#a": "hola", bea: "tal" }, levels: { "#a": "all" } });
    client.places.openPrivate("bea");
    stage.fake.says(":bea!b@h RENAME #a #A :louder", ":bea!b@h NICK Bea");
    expect(settings.kept).toMatchObject({ drafts: { "#a": "hola", bea: "tal" }, levels: { "#a": "all" } });
    expect(settings.kept.rooms).toEqual(["#A"]);
    expect(client.now.conversations.get("bea")?.name).toBe("Bea");
  });
});

describe("what a reader leaves behind whose cookie ran out", () => {
  const able = "batch echo-message message-tags sasl";

  async function wasForgotten() {
    const made = await cameIn();
    Object.assign(made.settings.kept, { reader: "ana", account: false, rooms: ["#hers"], highlights: ["birds"] });
    made.settings.kept.drafts["#hers"] = "nobody reads this";
    return made;
  }
  function welcomes(account: string): void {
    stage.fake.opens(able.replace("sasl", "sasl=EXTERNAL"));
    stage.fake.says(`:t CAP * ACK :${able}`, "AUTHENTICATE +", `:t 900 ${account} u@h ${account} :You are`, ":t 903 * :Yes");
    stage.fake.says(`:t 001 ${account} :hi`);
  }

  it("is hers when she comes back", async () => {
    const { client, settings } = await wasForgotten();
    client.enter({ nickname: "Ana", cookie: true }, null);
    welcomes("Ana");
    expect(settings.kept.drafts).toEqual({ "#hers": "nobody reads this" });
    expect(client.now.highlights).toEqual(["birds"]);
  });

  it("is gone when somebody else logs in, or a guest comes", async () => {
    for (const identity of [{ nickname: "bea", cookie: true }, { nickname: "ana" }]) {
      const { client, settings } = await wasForgotten();
      client.enter(identity, null);
      if (identity.cookie) {
        welcomes("bea");
      } else {
        stage.welcomed();
      }
      expect(settings.kept).toMatchObject({ drafts: {}, highlights: [], reader: identity.cookie ? "bea" : "" });
      expect(client.now.highlights).toEqual([]);
      expect(stage.said()).not.toContain("JOIN #hers");
      client.leave();
    }
  });

  it("is not touched by a guest in another tab, while she is logged in here", async () => {
    const stored = new Map<string, string>();
    vi.stubGlobal("localStorage", {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
    });
    const { client, settings } = await wasForgotten();
    settings.kept.account = true; // as the other tab saved it
    settings.save();
    client.enter({ nickname: "gus" }, null);
    stage.welcomed();
    settings.kept.drafts["#lobby"] = "a guest's";
    settings.save();
    expect(stage.said()).not.toContain("JOIN #hers");
    expect(client.now.highlights).toEqual([]);
    settings.forgetReader();
    expect(load()).toMatchObject({ account: true, reader: "ana", drafts: { "#hers": "nobody reads this" } });
    expect(settings.kept.drafts).toEqual({ "#hers": "nobody reads this" });
  });

  it("stays hers when her account has another name", async () => {
    const { client, settings } = await wasForgotten();
    client.enter({ nickname: "ana", cookie: true }, null);
    welcomes("ana");
    stage.fake.says(":ana!a@h ACCOUNT anabel");
    expect(settings.kept).toMatchObject({ reader: "anabel", drafts: { "#hers": "nobody reads this" } });
  });

  it("is still a guest's who makes an account", async () => {
    const { client, settings } = await cameIn();
    settings.kept.drafts["#a"] = "hola";
    client.enter({ nickname: "ana", cookie: true }, null);
    welcomes("ana");
    expect(settings.kept).toMatchObject({ reader: "ana", drafts: { "#a": "hola" } });
  });
});

describe("another nickname", () => {
  it("is kept for the next visit once the server has given it", async () => {
    const { client, settings, runCommand } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    stage.welcomed();
    runCommand(client, "/nick bea", null);
    expect(settings.kept.nickname).toBe("ana");
    stage.fake.says(":t 433 ana bea :taken");
    expect(settings.kept.nickname).toBe("ana");
    stage.fake.says(":luis!l@h NICK carl", ":ana!a@h NICK dora");
    expect(settings.kept.nickname).toBe("dora");
  });
});

describe("an account's own words", () => {
  const withWords = "batch labeled-response message-tags draft/metadata-2";
  const key = "tertulia/highlights";
  const labelOf = (line: string): string => /label=([^; ]+)/.exec(line)?.[1] ?? "";

  async function comesIn(kept: string[]) {
    const { client, settings } = await cameIn();
    settings.kept.highlights = kept;
    client.enter({ nickname: "ana" }, null);
    stage.fake.opens(withWords);
    stage.fake.says(
      `:t CAP * ACK :${withWords}`,
      ":t 900 ana ana!a@h ana :hi",
      ":t 001 ana :hi",
      ":t 376 ana :end",
    );
    const asked = stage.said().find((one) => one.includes(`METADATA * GET ${key}`)) ?? "";
    return { client, settings, label: labelOf(asked) };
  }

  it("come from the server, for all her devices", async () => {
    const { client, label } = await comesIn([]);
    stage.fake.says(`@label=${label} :t 761 ana * ${key} * :jazz, rock`);
    await vi.advanceTimersByTimeAsync(100);
    expect(client.now.highlights).toEqual(["jazz", "rock"]);
    stage.fake.says(`:t METADATA ana ${key} * :jazz`); // changed on another device
    expect(client.now.highlights).toEqual(["jazz"]);
  });

  it("that this browser kept are brought there, once, beside those that are there", async () => {
    const { client, settings, label } = await comesIn(["rock"]);
    stage.fake.says(`@label=${label} :t 761 ana * ${key} * :jazz`);
    await vi.advanceTimersByTimeAsync(100);
    expect(stage.said()).toContain(`METADATA * SET ${key} :jazz, rock`);
    expect(client.now.highlights).toEqual(["jazz", "rock"]);
    expect(settings.kept.highlights).toEqual([]);
  });

  it("go there when they change; those of a guest stay in this browser", async () => {
    const { client, settings, label } = await comesIn([]);
    stage.fake.says(`@label=${label} :t 766 ana * ${key} :none`);
    client.attention.setHighlights(["jazz"]);
    expect(stage.said()).toContain(`METADATA * SET ${key} jazz`);
    client.change({ ...client.now, account: null });
    const before = stage.said().length;
    client.attention.setHighlights(["rock"]);
    expect(stage.said(before)).toEqual([]);
    expect(settings.kept.highlights).toEqual(["rock"]);
  });
});

describe("an account that comes back with its cookie", () => {
  const can = "batch echo-message message-tags labeled-response sasl";

  async function comesBack(room: string | null) {
    const made = await cameIn();
    Object.assign(made.settings.kept, { reader: "ana", account: true, rooms: ["#a", "#b"] });
    made.client.enter({ nickname: "ana", cookie: true }, readPlace(room ?? ""));
    stage.fake.opens(can.replace("sasl", "sasl=EXTERNAL"));
    stage.fake.says(`:t CAP * ACK :${can}`, "AUTHENTICATE +", ":t 900 ana u@h ana :You are", ":t 903 * :Yes", ":t 001 ana :hi");
    return made;
  }
  async function knowsWhere(): Promise<void> {
    stage.fake.says(`@label=${stage.labelOf("MODE ana")} :t 221 ana +i`);
    await stage.settles();
  }

  it("is where the server brings it, and forgets what was left elsewhere", async () => {
    const { client, settings } = await comesBack(null);
    stage.fake.says(":ana!a@h JOIN #b", ":ana!a@h JOIN #c");
    await knowsWhere();
    expect(stage.said().filter((one) => one.startsWith("JOIN"))).toEqual([]);
    expect([...client.now.conversations.keys()]).toEqual(["#b", "#c"]);
    expect(settings.kept.rooms).toEqual(["#b", "#c"]);
  });

  it("leaves in the page what it left elsewhere while the line was down", async () => {
    const { client } = await comesBack(null);
    stage.fake.says(":ana!a@h JOIN #a", ":ana!a@h JOIN #b");
    await knowsWhere();
    stage.fake.breaks();
    stage.fake.passes(60_000);
    stage.fake.opens(can.replace("sasl", "sasl=EXTERNAL"));
    stage.fake.says(`:t CAP * ACK :${can}`, "AUTHENTICATE +", ":t 903 * :Yes", ":t 001 ana :hi", ":ana!a@h JOIN #b");
    await knowsWhere();
    expect([...client.now.conversations.keys()]).toEqual(["#b"]);
    expect(client.active).toBe("#b");
  });

  it("is led where a link leads, and nowhere else, if it is in no room", async () => {
    const { client } = await comesBack("#x");
    stage.fake.says(":ana!a@h JOIN #x");
    await knowsWhere();
    expect(stage.said().filter((one) => one.startsWith("JOIN"))).toEqual(["JOIN #x"]);
    expect(client.active).toBe("#x");
  });

  it("is in the lobby, if it is in no room", async () => {
    await comesBack(null);
    await knowsWhere();
    expect(stage.said().at(-1)).toBe("JOIN #lobby");
  });

  it("does not come in again where its page stood that is loaded anew", async () => {
    await cameIn();
    for (const room of ["#a", "#z"]) {
      history.replaceState({ conversation: room }, "", `/${room}`);
      const { client } = await comesBack(room);
      stage.fake.says(":ana!a@h JOIN #b");
      await knowsWhere();
      expect(stage.said().filter((one) => one.startsWith("JOIN"))).toEqual([]);
      expect(client.active).toBe("#b");
      expect(client.isWished(room)).toBe(false);
      client.leave();
    }
  });
});
