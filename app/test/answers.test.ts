// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { Answers } from "../src/socket/answers";
import { hitsIn, messagesIn, noticesIn, sessionIn } from "../src/state/aside";
import { emptyWorld } from "../src/state/model";
import { searchAttributes, withFilter, wordsOf } from "../src/state/search";
import { invitationTo, readPlace, placeIn, placeOf } from "../src/format/address";
import { readMask, sentencesOf } from "../src/view/modes";
import { keysAsTags } from "../src/wire/webpush";
import { en } from "../src/text/en";
import { parseLine, type Line } from "../src/wire/line";

const me = { ...emptyWorld, me: "ana" };
const line = (text: string): Line => parseLine(text) as Line;

/** Which of the lines were taken, and the answer under the label L. */
async function answerOf(...texts: string[]): Promise<[boolean[], readonly Line[]]> {
  const answers = new Answers();
  const coming = answers.expect("L", "@label=L ASK");
  const taken = texts.map((one) => answers.take(line(one)));
  answers.lineBroke();
  return [taken, await coming];
}

describe("an answer", () => {
  it("of one line is taken by its label, and nothing else is", async () => {
    const [taken, lines] = await answerOf(
      ":t PRIVMSG #lobby :hola",
      "@label=other :t NOTICE ana :no",
      "@label=L :NickServ NOTICE ana :yes",
      ":NickServ NOTICE ana :later",
    );
    expect(taken).toEqual([false, false, true, false]);
    expect(noticesIn(lines)).toEqual(["yes"]);
  });

  it("is a batch with all that is in it, also batches", async () => {
    const [taken, lines] = await answerOf(
      "@label=L :t BATCH +p chathistory #lobby",
      ":bea!b@h PRIVMSG #lobby :live",
      "@batch=p;msgid=m1 :t BATCH +q draft/multiline #lobby",
      "@batch=q :bea!b@h PRIVMSG #lobby one",
      "@batch=q :bea!b@h PRIVMSG #lobby two",
      ":t BATCH -q",
      "@batch=p;msgid=m2 :bea!b@h PRIVMSG #lobby three",
      ":t BATCH -p",
    );
    expect(taken).toEqual([true, false, true, true, true, true, true, true]);
    const messages = messagesIn(me, "#lobby", lines, 0);
    expect(messages.map((one) => [one.id, one.text])).toEqual([
      ["m1", "one\ntwo"],
      ["m2", "three"],
    ]);
  });

  it("that never came because the line broke is an empty one", async () => {
    expect((await answerOf("@label=L :t BATCH +p search"))[1]).toEqual([]);
  });

  it("to what was too long to be read is an empty one, and is told to all; others are still waited for", async () => {
    const answers = new Answers();
    const isThere = { other: false, first: false, second: false };
    const long = "x".repeat(511);
    const first = answers.expect("1", `@label=1 ${long}`).then((lines) => (isThere.first = lines.length === 0));
    void answers.expect("2", `@label=2 ASK ${"x".repeat(500)}`).then(() => (isThere.other = true));
    void answers.expect("3", `@a=${"é".repeat(2_050)};label=3 ASK`).then(() => (isThere.second = true));
    expect(answers.take(line(":t 417 ana :Input line was too long"))).toBe(false);
    await first;
    expect(isThere).toEqual({ first: true, other: false, second: false });
    expect(answers.take(line("@label=2 :t 417 ana :Of another kind"))).toBe(true);
    expect(answers.take(line(":t 417 ana :Input line was too long"))).toBe(false);
    await Promise.resolve();
    expect(isThere).toEqual({ first: true, other: true, second: true });
  });

  it("of a search are its hits", async () => {
    const [, lines] = await answerOf(
      "@label=L :t BATCH +s draft/search",
      "@batch=s;msgid=m1;time=2026-03-01T12:00:00.000Z :ana!a@h PRIVMSG #lobby cups",
      ":t BATCH -s",
    );
    expect(hitsIn(me, lines, 0).map((one) => one.message.id)).toEqual(["m1"]);
  });
});

describe("a session", () => {
  it.each([
    ["1-23: web from 192.0.2.7, since 2026-03-01T12:00:00.000Z, silent for 4 s (this one)", true],
    ["1-23: web desde 192.0.2.7, desde 2026-03-01T12:00:00.000Z, 4 s en silencio", false],
  ])("is read in either language: %s", (said, own) => {
    expect(sessionIn(said)).toEqual({
      name: "1-23",
      door: "web",
      address: "192.0.2.7",
      since: Date.parse("2026-03-01T12:00:00.000Z"),
      own,
    });
  });

  it("is nothing else that NickServ says", () => {
    expect(sessionIn("You are not logged in")).toBeNull();
  });
});

describe("an address", () => {
  it.each([
    ["#lobby", { room: "#lobby", message: null, password: "" }],
    ["#redes%2F2/AbC_-9", { room: "#redes/2", message: "AbC_-9", password: "" }],
    ["##fisica", { room: "#fisica", message: null, password: "" }],
    ["#%23fisica", { room: "##fisica", message: null, password: "" }],
    ["#@bea", { room: "@bea", message: null, password: "" }],
    ["#%40bea", { room: "#@bea", message: null, password: "" }],
    ["#club,s%C3%AD%2Fno", { room: "#club", message: null, password: "sí/no" }],
    ["#club/AbC,word", { room: "#club", message: "AbC", password: "word" }],
    ["#club,", { room: "#club", message: null, password: "" }],
    ["#,word", null],
    ["", null],
    ["#%ZZ", null],
  ])("%s is a place", (hash, place) => {
    expect(readPlace(hash)).toEqual(place);
  });

  it("leads back to the place that it was made of", () => {
    expect(readPlace(placeOf("bea|2").slice(1))).toEqual({ room: "@bea|2", message: null, password: "" });
    for (const room of ["##cpp", "###", "#@bea", "#a#b"]) {
      expect(readPlace(placeOf(room).slice(1))?.room).toBe(room);
    }
    const address = placeOf("#año/2 %", "x/y");
    expect(readPlace(address.slice(1))).toEqual({ room: "#año/2 %", message: "x/y", password: "" });
  });

  it("brings the password of its room along, whatever is in it", () => {
    const address = invitationTo("#año/2, no", "sí/no, #?%");
    expect(readPlace(address.slice(1))).toEqual({ room: "#año/2, no", message: null, password: "sí/no, #?%" });
  });

  it("of another server is none of ours", () => {
    expect(placeIn("https://elsewhere.example/#lobby/m1", "https://here.example")).toBeNull();
    expect(placeIn("https://here.example/files/x/#y", "https://here.example")).toBeNull();
    expect(placeIn("https://here.example/#lobby", "https://here.example")?.room).toBe("#lobby");
  });
});

describe("modes in words", () => {
  const world = {
    ...me,
    isupport: new Map([
      ["PREFIX", "(qaohv)~&@%+"],
      ["CHANMODES", "beI,k,lHW,imnstCRM"],
    ]),
  };

  it.each([
    ["+o bea", ["ana made bea operator"]],
    ["-v bea", ["ana took the voice from bea"]],
    ["+b-b carl!*@* m:a:dora", ["ana banned carl", "ana unmuted dora"]],
    ["+iW 10", ["ana switched on: Only the invited", "ana switched on: Slow mode, seconds between messages: 10"]],
    ["-k *", ["ana switched off: Password of the room"]],
    ["+z", ["ana changed the room: +z"]],
  ])("%s", (modes, sentences) => {
    expect(sentencesOf(world, en, "ana", modes)).toEqual(sentences);
  });

  it("a mask says whom it fits, what it does and for how long", () => {
    expect(readMask("t:2h:m:a:Ana")).toEqual({ whom: "Ana", mutes: true, lasts: "2h" });
    expect(readMask("*!*@192.0.2.7")).toEqual({ whom: "192.0.2.7", mutes: false, lasts: "" });
  });
});

describe("a search", () => {
  it.each([
    ["cups from:@ana", "from=ana;text=cups"],
    ["in:#lobby after:2026-05-01T00:00:00Z two words", "in=#lobby;after=2026-05-01T00:00:00.000Z;text=two\\swords"],
    ["a;b\\c", "text=a\\:b\\\\c"],
    ["from:", "text=from:"],
    ["“of tea”  «dos tazas», „x“", 'text="of\\stea"\\s"dos\\stazas"\\s,\\s"x"'],
    ['from:"Ana María" in:"#lobby" cups', "from=Ana\\sMaría;in=#lobby;text=cups"],
    ['"a from:ana in:b', 'text="a\\sfrom:ana\\sin:b'],
  ])("%s", (typed, attributes) => {
    expect(searchAttributes(typed)).toBe(attributes);
  });

  it("looks in texts for what is no filter", () => {
    expect(wordsOf('cups "of tea" from:ana «té»')).toEqual(["cups", "of", "tea", "té"]);
    expect(wordsOf('from:"Ana María" “a in:b"')).toEqual(["a", "in:b"]);
  });

  it("has one filter of a kind, and phrases stay whole", () => {
    expect(withFilter('from:"Ana María" “two  words” cups', "from:")).toBe('"two  words" cups from:');
    expect(withFilter("cups from:", "from:")).toBe("cups from:");
    expect(withFilter("in:#a cups", "in:bea ")).toBe("cups in:bea ");
  });
});

it("keys of a push service are written as tags", () => {
  expect(keysAsTags({ auth: "a;b", p256dh: "c=" })).toBe("p256dh=c=;auth=a\\:b");
});
