// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { hear, lineBroke, tick } from "../src/state/hear";
import { pageSize } from "../src/wire/history";
import { emptyWorld, windowMax, type World } from "../src/state/model";
import { ask, forget, say, sayAgain, unconfirmed, type Outcome, type Speaking } from "../src/state/say";
import { unsentOf, withUnsent } from "../src/state/unsent";
import { parseLine } from "../src/wire/line";
import { byteLength, splitBytes } from "../src/wire/pieces";

const everything = new Set([
  "message-tags",
  "labeled-response",
  "echo-message",
  "batch",
  "draft/chathistory",
  "draft/multiline",
]);

/** A client that has joined #lobby as ana, with the verbs of a conversation. */
class Client {
  world: World = emptyWorld;
  sent: string[] = [];
  private labels = 0;

  constructor(readonly capabilities: ReadonlySet<string> = everything) {
    this.hears(":t 001 ana :hi", ":ana!a@h JOIN #lobby");
  }

  get by(): Speaking {
    return {
      capabilities: this.capabilities,
      multiline: { bytes: 4_096, lines: 64 },
      now: 1_000,
      label: () => `L${(this.labels += 1)}`,
    };
  }

  hears(...lines: string[]): void {
    for (const text of lines) {
      const line = parseLine(text);
      if (line !== null) {
        this.world = hear(this.world, line, 1_000);
      }
    }
  }

  does(outcome: Outcome): void {
    this.world = outcome.world;
    this.sent = [...outcome.lines];
  }

  says(text: string): void {
    this.does(say(this.world, this.by, { target: "#lobby", text }));
  }

  asks(asked: Parameters<typeof ask>[3]): void {
    this.does(ask(this.world, this.by, "#lobby", asked));
  }

  page(label: string, ...ids: string[]): void {
    this.hears(`@label=${label} :t BATCH +p chathistory #lobby`);
    ids.forEach((id) => this.hears(`@batch=p;msgid=${id} :bea!b@h PRIVMSG #lobby :${id}`));
    this.hears(":t BATCH -p");
  }

  live(...ids: string[]): void {
    ids.forEach((id) => this.hears(`@msgid=${id} :bea!b@h PRIVMSG #lobby :${id}`));
  }

  get lobby() {
    const of = this.world.conversations.get("#lobby");
    if (of === undefined) {
      throw new Error("there is no #lobby");
    }
    return of;
  }

  get ids(): string[] {
    return this.lobby.messages.filter((one) => one.kind !== "event").map((one) => one.id);
  }
}

describe("a message of mine", () => {
  it("waits in the outbox until its echo comes", () => {
    const ana = new Client();
    ana.says("hola");
    expect(ana.sent).toEqual(["@label=L1;+tertulia/nonce=L1 PRIVMSG #lobby hola"]);
    expect(ana.lobby.outbox.map((one) => one.delivery)).toEqual(["sending"]);
    ana.hears("@label=L1;msgid=m1 :ana!a@h PRIVMSG #lobby :hola");
    expect(ana.lobby.outbox).toEqual([]);
    expect(ana.ids).toEqual(["m1"]);
  });

  it("fails with what the server says, and can be tried again", () => {
    const ana = new Client();
    ana.says("hola");
    ana.hears("@label=L1 :t 404 ana #lobby :You may not speak here");
    expect(ana.lobby.outbox[0]).toMatchObject({
      delivery: "failed",
      error: "You may not speak here",
    });
    ana.does(sayAgain(ana.world, ana.by, "#lobby", "~L1"));
    expect(ana.sent).toHaveLength(1);
    expect(ana.lobby.outbox[0]?.delivery).toBe("sending");
    ana.world = forget(ana.world, "#lobby", "~L1");
    expect(ana.lobby.outbox).toEqual([]);
  });

  it("waits over a reload of the page, as it was", () => {
    const ana = new Client();
    ana.does(say(ana.world, ana.by, { target: "#lobby", text: "hola", replyTo: "m0" }));
    ana.says("refused");
    ana.hears("@label=L2 :t 404 ana #lobby :No");
    const next = new Client();
    next.world = withUnsent(next.world, "ana", unsentOf(ana.world), 61_000);
    expect(next.lobby.outbox).toEqual(ana.lobby.outbox.map((one) => ({ ...one, account: null })));
    next.does(sayAgain(next.world, next.by, "#lobby", "~L1"));
    expect(next.sent).toEqual(["@label=L1;+tertulia/nonce=L1;+reply=m0;+draft/reply=m0 PRIVMSG #lobby hola"]);
    next.hears("@label=L1;msgid=m1 :ana!a@h PRIVMSG #lobby :hola");
    expect(unsentOf(next.world).map((one) => one.text)).toEqual(["refused"]);
  });

  it("is not said by itself any more when the page comes back minutes later", () => {
    const ana = new Client();
    ana.says("hola");
    const next = new Client();
    next.world = withUnsent(next.world, "ana", unsentOf(ana.world), 200_000);
    expect(next.lobby.outbox[0]).toMatchObject({ text: "hola", delivery: "failed" });
    expect(unconfirmed(next.world)).toEqual([]);
    next.does(sayAgain(next.world, next.by, "#lobby", "~L1"));
    expect(next.sent).toHaveLength(1);
  });

  it("of several lines is one batch", () => {
    const ana = new Client();
    ana.says("one\n\ntwo");
    expect(ana.sent).toEqual([
      "@label=L1;+tertulia/nonce=L1 BATCH +mL1 draft/multiline #lobby",
      "@batch=mL1 PRIVMSG #lobby one",
      "@batch=mL1 PRIVMSG #lobby :",
      "@batch=mL1 PRIVMSG #lobby two",
      "BATCH -mL1",
    ]);
    ana.hears(
      "@label=L1;msgid=m1 :ana!a@h BATCH +e draft/multiline #lobby",
      "@batch=e :ana!a@h PRIVMSG #lobby one",
      "@batch=e :ana!a@h PRIVMSG #lobby :",
      "@batch=e :ana!a@h PRIVMSG #lobby two",
      ":t BATCH -e",
    );
    expect(ana.lobby.outbox).toEqual([]);
    expect(ana.lobby.messages.find((one) => one.id === "m1")?.text).toBe("one\n\ntwo");
  });

  it("of several lines is several where the server knows no long ones", () => {
    const ana = new Client(new Set([...everything].filter((one) => one !== "draft/multiline")));
    ana.says("one\n\ntwo");
    expect(ana.sent).toHaveLength(2);
    expect(ana.lobby.outbox).toHaveLength(2);
  });

  it("of more lines than one message may have becomes two", () => {
    const ana = new Client();
    ana.says(Array.from({ length: 70 }, (_, at) => `line ${at}`).join("\n"));
    expect(ana.lobby.outbox.map((one) => one.text.split("\n").length)).toEqual([64, 6]);
  });

  it("is not said twice when its echo was lost with the line", () => {
    const ana = new Client();
    ana.live("m1");
    ana.says("hola");
    ana.world = lineBroke(ana.world);
    expect(unconfirmed(ana.world)).toEqual([{ target: "#lobby", id: "~L1" }]);
    ana.asks({ way: "gap", after: "m1" });
    ana.hears(
      "@label=L2 :t BATCH +p chathistory #lobby",
      "@batch=p;msgid=m2;+tertulia/nonce=L1 :ana!a@h PRIVMSG #lobby hola",
      ":t BATCH -p",
    );
    expect(unconfirmed(ana.world)).toEqual([]);
    expect(ana.ids).toEqual(["m1", "m2"]);
  });
});

describe("the window upon the history", () => {
  it("is filled where the line broke, with no gap and nothing twice", () => {
    const ana = new Client();
    ana.live("m1", "m2");
    ana.world = lineBroke(ana.world);
    expect(ana.lobby.gapAfter).toBe("m2");
    ana.asks({ way: "gap", after: "m2" });
    ana.live("m5", "m6");
    ana.page("L1", "m3", "m4", "m5");
    expect(ana.ids).toEqual(["m1", "m2", "m3", "m4", "m5", "m6"]);
    expect(ana.lobby.gapAfter).toBe("m5");
    ana.asks({ way: "gap", after: "m5" });
    ana.page("L2", "m6");
    ana.asks({ way: "gap", after: "m6" });
    ana.page("L3");
    expect(ana.ids).toEqual(["m1", "m2", "m3", "m4", "m5", "m6"]);
    expect(ana.lobby.gapAfter).toBeNull();
  });

  it("learns what was deleted while the line was broken", () => {
    const ana = new Client();
    ana.live("m1");
    ana.world = lineBroke(ana.world);
    ana.asks({ way: "gap", after: "m1" });
    ana.hears(
      "@label=L1 :t BATCH +p chathistory #lobby",
      "@batch=p;msgid=x :bea!b@h REDACT #lobby m1",
      ":t BATCH -p",
    );
    expect(ana.lobby.messages.find((one) => one.id === "m1")?.deletedBy).toBe("bea");
  });

  it("grows backwards until there is no more", () => {
    const ana = new Client();
    ana.live("m3");
    ana.asks({ way: "older", before: "m3" });
    expect(ana.lobby.loading).toBe("older");
    ana.page("L1", "m1", "m2");
    expect(ana.ids).toEqual(["m1", "m2", "m3"]);
    expect(ana.lobby.fromStart).toBe(false);
    ana.asks({ way: "older", before: "m1" });
    ana.page("L2");
    expect(ana.lobby.fromStart).toBe(true);
    expect(ana.lobby.loading).toBeNull();
  });

  it("stays bounded, and lets go of the far end", () => {
    const ana = new Client();
    const ids = Array.from({ length: windowMax + 10 }, (_, at) => `m${at}`);
    ana.live(...ids);
    expect(ana.lobby.messages).toHaveLength(windowMax);
    ana.asks({ way: "older", before: "m11" });
    ana.page("L1", ...Array.from({ length: pageSize(ana.world.isupport) }, (_, at) => `old${at}`));
    expect(ana.lobby.messages).toHaveLength(windowMax);
    expect(ana.lobby.toNow).toBe(false);
    ana.live("later");
    expect(ana.ids).not.toContain("later");
  });

  it("asks for no more at once than the server gives, and takes a full page for no end", () => {
    const ana = new Client();
    ana.hears(":t 005 ana CHATHISTORY=2 :are supported");
    ana.asks({ way: "around", at: "m5" });
    expect(ana.sent).toEqual(["@label=L1 CHATHISTORY AROUND #lobby msgid=m5 2"]);
    ana.page("L1", "m4", "m5");
    ana.asks({ way: "newer", after: "m5" });
    ana.page("L2", "m6", "m7");
    expect(ana.lobby.toNow).toBe(false);
    ana.asks({ way: "newer", after: "m7" });
    ana.page("L3", "m8");
    expect(ana.lobby.toNow).toBe(true);
    ana.asks({ way: "latest", few: true });
    expect(ana.sent).toEqual(["@label=L4 CHATHISTORY LATEST #lobby * 2"]);
  });

  it("asks for as many as it likes where the server has no bound", () => {
    const ana = new Client();
    ana.hears(":t 005 ana CHATHISTORY=0 :are supported");
    ana.asks({ way: "older", before: "m5" });
    expect(ana.sent).toEqual(["@label=L1 CHATHISTORY BEFORE #lobby msgid=m5 100"]);
  });

  it("reaches now again with what was said while the last page came", () => {
    const ana = new Client();
    ana.asks({ way: "around", at: "m5" });
    ana.page("L1", "m4", "m5");
    expect(ana.lobby.toNow).toBe(false);
    ana.asks({ way: "newer", after: "m5" });
    ana.live("m7");
    ana.page("L2", "m6");
    expect(ana.lobby.toNow).toBe(true);
    expect(ana.lobby.gapAfter).toBe("m6");
    ana.live("m8");
    ana.asks({ way: "gap", after: "m6" });
    ana.page("L3", "m7", "m8");
    expect(ana.ids).toEqual(["m4", "m5", "m6", "m7", "m8"]);
  });

  it("takes no page that was asked for before it began anew", () => {
    const ana = new Client();
    ana.asks({ way: "around", at: "m5" });
    ana.page("L1", "m4", "m5");
    ana.asks({ way: "newer", after: "m5" });
    ana.asks({ way: "latest" });
    ana.page("L2", "m6", "m7");
    expect(ana.ids).toEqual(["m4", "m5"]);
    expect(ana.lobby.loading).toBe("latest");
    ana.page("L3", "m98", "m99");
    expect(ana.ids).toEqual(["m98", "m99"]);
    expect(ana.lobby.toNow).toBe(true);
  });

  it("goes on behind pages that hold no message", () => {
    const ana = new Client();
    ana.live("m9");
    ana.asks({ way: "older", before: "m9" });
    ana.hears(
      "@label=L1 :t BATCH +p chathistory #lobby",
      "@batch=p;msgid=r1;+draft/react=x;+draft/reply=m0 :bea!b@h TAGMSG #lobby",
      ":t BATCH -p",
    );
    expect(ana.lobby.fromStart).toBe(false);
    expect(ana.lobby.edgeBefore).toBe("r1");
    ana.world = lineBroke(ana.world);
    ana.asks({ way: "gap", after: "m9" });
    ana.hears(
      "@label=L2 :t BATCH +p chathistory #lobby",
      "@batch=p;msgid=r2;+draft/react=x;+draft/reply=m9 :bea!b@h TAGMSG #lobby",
      ":t BATCH -p",
    );
    expect(ana.lobby.gapAfter).toBe("r2");
    ana.asks({ way: "gap", after: "r2" });
    ana.page("L3", "m10");
    expect(ana.ids).toEqual(["m9", "m10"]);
    expect(ana.lobby.messages.find((one) => one.id === "m9")?.reactions).toHaveLength(1);
  });

  it("shows who came and went, once", () => {
    const ana = new Client();
    ana.hears("@msgid=j1;time=2026-03-01T12:00:00.000Z :bea!b@h JOIN #lobby");
    ana.asks({ way: "latest" });
    ana.hears(
      "@label=L1 :t BATCH +p chathistory #lobby",
      "@batch=p;msgid=j0;time=2026-03-01T11:00:00.000Z :carl!c@h QUIT :bye",
      "@batch=p;msgid=j1;time=2026-03-01T12:00:00.000Z :bea!b@h JOIN #lobby",
      ":t BATCH -p",
    );
    expect(ana.lobby.messages.map((one) => one.event)).toEqual(["quit", "join"]);
  });

  it("stops waiting when the server refuses to tell", () => {
    const ana = new Client();
    ana.live("m1");
    ana.asks({ way: "older", before: "m1" });
    ana.hears("@label=L1 :t FAIL CHATHISTORY INVALID_TARGET BEFORE #lobby :no");
    expect(ana.lobby.loading).toBeNull();
    expect(ana.world.notices).toEqual([]);
  });
});

describe("signs of typing", () => {
  it("run out by themselves and end with the message", () => {
    const ana = new Client();
    ana.hears("@+typing=active :bea!b@h TAGMSG #lobby", "@+typing=active :carl!c@h TAGMSG #lobby");
    expect([...ana.lobby.typing.keys()]).toEqual(["bea", "carl"]);
    ana.live("m1");
    expect([...ana.lobby.typing.keys()]).toEqual(["carl"]);
    ana.world = tick(ana.world, 8_000);
    expect(ana.lobby.typing.size).toBe(0);
  });
});

describe("whom one does not want to read", () => {
  it("is told by the server, by name or account, and changes with it", () => {
    const ana = new Client();
    ana.hears(
      ":t 271 ana ana Bea!*@*",
      ":t 271 ana ana a:Carl",
      ":t 271 ana ana *!*@192.0.2.7",
      ":t 272 ana :End",
      ":ana!a@h SILENCE +dora!*@*",
      ":ana!a@h SILENCE -bea!*@*",
    );
    expect([...ana.world.blocked].sort()).toEqual(["carl", "dora"]);
  });

  it("counts as nothing new", () => {
    const ana = new Client();
    ana.hears(":t 271 ana ana bea!*@*");
    ana.live("m1");
    expect(ana.lobby.unread).toBe(0);
  });
});

describe("a question that is refused", () => {
  it.each(["older", "latest"] as const)("about %s ones is not asked again", (way) => {
    const ana = new Client();
    ana.asks(way === "latest" ? { way } : { way, before: "m1" });
    ana.hears("@label=L1 :t FAIL CHATHISTORY INVALID_TARGET LATEST #lobby :no");
    expect(ana.lobby.loading).toBeNull();
    expect(ana.lobby.fromStart).toBe(true);
  });
});

describe("what is new", () => {
  const says = (ana: Client, at: string, text: string): void =>
    ana.hears(`@time=2026-03-01T12:${at}:00.000Z;msgid=m${at} :bea!b@h PRIVMSG #lobby :${text}`);

  it("in a room that was never read, is what is said from now on", () => {
    const ana = new Client();
    ana.hears("@time=2026-03-01T12:05:00.000Z :ana!a@h JOIN #lobby", ":t MARKREAD #lobby *");
    says(ana, "04", "before");
    expect(ana.lobby.unread).toBe(0);
    says(ana, "06", "after");
    expect(ana.lobby.unread).toBe(1);
  });

  it("in a room that was read, is what was said since", () => {
    const ana = new Client();
    ana.hears(":t MARKREAD #lobby timestamp=2026-03-01T12:03:00.000Z", ":t MARKREAD #lobby *");
    says(ana, "04", "since");
    expect(ana.lobby.unread).toBe(1);
  });

  it.each([
    ["hola ana", 1],
    ["see `ana.h`, or\\n```\\nana = 1\\n```", 0],
    ["https://example.org/ana", 0],
    ["`code` for ana: https://example.org/", 1],
  ])("names her: %s", (text, mentions) => {
    const ana = new Client();
    says(ana, "04", text.replace(/\\n/g, " "));
    expect(ana.lobby.mentions).toBe(mentions);
  });
});

describe("a room that gets another name", () => {
  it("is the same room", () => {
    const ana = new Client();
    ana.live("m1");
    ana.hears("@msgid=r1 :ana!a@h RENAME #lobby #salon :better");
    expect([...ana.world.conversations.keys()]).toEqual(["#salon"]);
    expect(ana.world.conversations.get("#salon")?.messages.map((one) => one.id)).toContain("m1");
  });

  it("has the page that was asked for under the old one", () => {
    const ana = new Client();
    ana.live("m3");
    ana.asks({ way: "older", before: "m3" });
    ana.hears("@msgid=r1 :ana!a@h RENAME #lobby #salon :better");
    ana.page("L1", "m1", "m2");
    const salon = ana.world.conversations.get("#salon");
    expect(salon?.loading).toBeNull();
    expect(salon?.messages.map((one) => one.id)).toEqual(expect.arrayContaining(["m1", "m2", "m3"]));
  });

  it("is no fault for who asks for the old one", () => {
    const ana = new Client();
    ana.hears(":t FAIL JOIN CHANNEL_RENAMED #old #new :It is called #new now");
    expect(ana.world.notices).toEqual([]);
  });
});

describe("hostile lines", () => {
  it.each([
    ":x BATCH -unknown",
    "BATCH",
    "JOIN",
    ":bea!b@h KICK",
    "@msgid=__proto__ :bea!b@h PRIVMSG __proto__ :x",
    "@__proto__=x :bea!b@h TAGMSG #lobby",
    ":bea!b@h PRIVMSG constructor :x",
    ":t 353 ana",
    ":t 005 ana PREFIX=(((( CHANMODES=,,,,, :x",
    ":bea!b@h MODE #lobby +ooooo",
    "@time=never :bea!b@h PRIVMSG #lobby :x",
    "@+draft/react=;+draft/reply=m1 :bea!b@h TAGMSG #lobby",
    ":bea!b@h NICK",
    ":bea!b@h REDACT #lobby",
    "MARKREAD #lobby *",
  ])("%s does no harm", (line) => {
    const ana = new Client();
    ana.live("m1");
    ana.hears(line);
    ana.live("m2");
    expect(ana.ids).toEqual(expect.arrayContaining(["m1", "m2"]));
  });
});

describe("pieces", () => {
  it("fit, keep words and characters whole, and join to the text again", () => {
    const text = "una ñandú 👩‍👩‍👧 ".repeat(60);
    const pieces = splitBytes(text, 100);
    expect(pieces.join("")).toBe(text);
    expect(Math.max(...pieces.map(byteLength))).toBeLessThanOrEqual(100);
  });
});
