// SPDX-License-Identifier: Apache-2.0
// What is written about a room, who is in it, and what the server says of either.
import { describe, expect, it } from "vitest";
import { hear, lineBroke } from "../src/state/hear";
import { emptyWorld, newPerson, type Member, type World } from "../src/state/model";
import { refusedRoom } from "../src/state/rooms";
import { filtered, groupsByRole } from "../src/view/members";
import { formOf, modeChanges, newTopic, roomNamed } from "../src/view/room_form";
import { pathOfRoom } from "../src/view/secrets";
import { parseLine, type Line } from "../src/wire/line";
import { lettersBeyond } from "../src/wire/pieces";

function line(text: string): Line {
  const found = parseLine(text);
  if (found === null) {
    throw new Error(text);
  }
  return found;
}
const heard = (world: World, ...lines: string[]): World =>
  lines.reduce((made, text) => hear(made, line(text), 1_000), world);
const inside = heard(emptyWorld, ":t 001 ana :hi", ":ana!a@h JOIN #a");
const roomIn = (world: World) => world.conversations.get("#a");

describe("a room that one comes into again", () => {
  it("has the topic that it has now", () => {
    const before = heard(inside, ":t 332 ana #a :Of birds", ":t 333 ana #a bea 1", ":t 367 ana #a x!*@*");
    const after = heard(lineBroke(before), ":ana!a@h JOIN #a");
    expect(roomIn(after)).toMatchObject({ topic: "", topicBy: "", lists: new Map() });
  });

  it("has modes that are known once the server said them", () => {
    expect(roomIn(inside)?.modesKnown).toBe(false);
    const known = heard(inside, ":t 324 ana #a +nt");
    expect(roomIn(known)?.modesKnown).toBe(true);
    expect(roomIn(heard(known, ":ana!a@h JOIN #a"))?.modesKnown).toBe(false);
  });
});

describe("what is pinned", () => {
  const before = heard(inside, ":t 761 ana #a pinned * :m1 m2");
  const answer = (...values: string[]): string[] => [
    ":t BATCH +m metadata *ALL",
    ...values.map((one) => `@batch=m :t 761 ana #a pinned * :${one}`),
    ":t BATCH -m",
  ];

  it("is what the server says when the line is back, and until then what it was", () => {
    const back = heard(lineBroke(before), ":ana!a@h JOIN #a", ":t 366 ana #a :End");
    expect(roomIn(back)?.pinned).toEqual(["m1", "m2"]);
    expect(roomIn(heard(back, ...answer("m2")))?.pinned).toEqual(["m2"]);
    expect(roomIn(heard(back, ...answer()))?.pinned).toEqual([]);
  });

  it("is not known in a room that one was put out of, until it is said", () => {
    const back = heard(before, ":bea!b@h KICK #a ana", ":ana!a@h JOIN #a");
    expect(roomIn(back)?.pinned).toEqual([]);
  });
});

describe("a room's name", () => {
  it.each([
    ["cpp", "#cpp"],
    ["#cpp", "#cpp"],
    ["##cpp", "##cpp"], // another room
    [" of birds, bees ", "#of-birds-bees"],
    ["", null],
    [" ## ", null],
  ])("as it was typed: %s", (typed, name) => {
    expect(roomNamed(typed)).toBe(name);
  });

  it.each([
    ["#ops", "/api/rooms/ops"],
    ["##ops", "/api/rooms/%23%23ops"], // never that of #ops
  ])("%s is a part of a path", (room, path) => {
    expect(pathOfRoom(room)).toBe(path);
  });
});

describe("a text that is longer than the server takes", () => {
  it.each([
    ["ñandú", 7, 0],
    ["ñandú", 6, 1],
    ["ab🎉🎉", 6, 1],
    ["áéíóú", 4, 3],
    ["", 0, 0],
  ])("%j in %i bytes has letters beyond: %i", (said, bytes, beyond) => {
    expect(lettersBeyond(said, bytes)).toBe(beyond);
  });
});

describe("a refusal", () => {
  it.each([
    [":t 475 ana #a :Cannot join", "#a"],
    [":t 476 ana #a :Bad mask", "#a"],
    ["FAIL JOIN ACCOUNT_REQUIRED #a :Log in", "#a"],
    ["FAIL JOIN CHANNEL_RENAMED #a #b :It is #b now", null],
    ["FAIL TOPIC X #a :No", null],
    [":t 332 ana #a :x", null],
  ])("%s", (text, room) => {
    expect(refusedRoom(line(text))).toBe(room);
  });
});

describe("somebody who is not there", () => {
  it("is told to who wished something of her", () => {
    const world = heard(inside, ":t 401 ana bea :No such nick");
    expect(world.notices.at(-1)).toMatchObject({ tone: "error", text: "bea: No such nick" });
  });

  it("is shown where one writes to her, and to who only asks about her", () => {
    const talking = heard(inside, ":bea!b@h PRIVMSG ana :hola", ":t 401 ana bea :No such nick");
    expect(talking.notices).toEqual([]);
    expect(talking.people.get("bea")?.online).toBe(false);
    const asked = heard({ ...inside, whoisOf: "bea" }, ":t 401 ana Bea :No such nick");
    expect(asked.notices).toEqual([]);
    expect(heard(asked, ":t 401 ana bea :No such nick").notices).toHaveLength(1);
  });
});

describe("what is saved of a room", () => {
  const known = heard(inside, ":t 005 ana CHANMODES=bIe,k,lWH,imnst :x", ":t 324 ana #a +klW old 10 5", ":t 332 ana #a :Of birds");
  const before = formOf(roomIn(known));

  it("is what was changed, and no more", () => {
    expect(modeChanges(before, { ...before }, "klWH", "old")).toEqual([]);
    expect(modeChanges(before, { ...before, limit: 10, slow: 7 }, "klWH", "old")).toEqual([["+W", "7"]]);
    expect(newTopic(before, { ...before })).toBeNull();
    expect(newTopic(before, { ...before, topic: "" })).toBe("");
  });

  it("lifts what was emptied, a number field too", () => {
    const form = { ...before, password: "", limit: null, slow: undefined, days: null };
    expect(modeChanges(before, form, "klWH", "new")).toEqual([["-k", "new"], ["-l"], ["-W"]]);
  });

  it("says nothing of modes that the server does not have", () => {
    expect(modeChanges(before, { ...before, days: 3, limit: null }, "bimnst", "")).toEqual([["-l"]]);
  });
});

describe("members", () => {
  const all = new Map<string, Member>(
    [["zoe", "@+"], ["Bea", ""], ["ana", ""], ["Carl", "+"]].map(([nickname = "", roles = ""]) => [
      nickname.toLowerCase(),
      { nickname, roles },
    ]),
  );
  const groups = groupsByRole(all, "(ov)@+");
  const named = (of: typeof groups) =>
    of.map(({ letter, members }) => [letter, ...members.map(([, one]) => one.nickname)]);

  it("stand by role, by name", () => {
    expect(named(groups)).toEqual([["o", "zoe"], ["v", "Carl"], ["", "ana", "Bea"]]);
  });

  it("are found by nickname and by the name they show", () => {
    const people = new Map([["zoe", { ...newPerson("zoe"), displayName: "Zoé Beatriz" }]]);
    expect(named(filtered(groups, " BEA ", people))).toEqual([["o", "zoe"], ["", "Bea"]]);
    expect(filtered(groups, "nobody", people)).toEqual([]);
  });
});

describe("the list of rooms", () => {
  it("is there once the server said that it is whole", () => {
    const coming = heard(inside, ":t 321 ana Channel :Users", ":t 322 ana #a 1 :");
    expect(coming.listing).toBe("asked");
    expect(heard(coming, ":t 323 ana :End").listing).toBe("there");
  });

  it("is not when the line breaks before, and stays when it breaks afterwards", () => {
    expect(lineBroke(inside).listing).toBe("failed");
    expect(lineBroke(heard(inside, ":t 323 ana :End")).listing).toBe("there");
  });
});
