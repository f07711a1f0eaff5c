// SPDX-License-Identifier: Apache-2.0
// Whom the reader is told of, wherever the window of the conversation is.
import { describe, expect, it } from "vitest";
import { hear } from "../src/state/hear";
import { emptyWorld, type World } from "../src/state/model";
import { newsIn } from "../src/state/news";
import { parseLine } from "../src/wire/line";

const now = Date.parse("2026-03-01T12:00:00Z");

function heard(world: World, ...lines: string[]): { world: World; news: string[] } {
  const news: string[] = [];
  let made = world;
  for (const text of lines) {
    const line = parseLine(text);
    if (line !== null) {
      const after = hear(made, line, now);
      news.push(...newsIn(made, after, line, now).map(({ of, message }) => `${of.name}: ${message.text}`));
      made = after;
    }
  }
  return { world: made, news };
}

/** In #a and in private with bea, with the windows at now or somewhere before. */
function stand(toNow: boolean): World {
  const { world } = heard(emptyWorld, ":t 001 ana :hi", ":ana!a@h JOIN #a", "@msgid=1 :bea!b@h PRIVMSG ana :hola");
  const conversations = new Map([...world.conversations].map(([key, of]) => [key, { ...of, toNow }]));
  return { ...world, conversations };
}

describe.each([true, false])("news, with the window at now: %s", (toNow) => {
  it("are what others say, in private and in rooms", () => {
    const lines = ["@msgid=2 :bea!b@h PRIVMSG ana :are you there?", "@msgid=3 :bea!b@h PRIVMSG #a :and here?"];
    expect(heard(stand(toNow), ...lines).news).toEqual(["bea: are you there?", "#a: and here?"]);
  });

  it("are of several lines, told once", () => {
    const { news } = heard(
      stand(toNow),
      "@msgid=2 :bea!b@h BATCH +x draft/multiline ana",
      "@batch=x :bea!b@h PRIVMSG ana :one",
      "@batch=x :bea!b@h PRIVMSG ana :two",
      "BATCH -x",
    );
    expect(news).toEqual(["bea: one\ntwo"]);
  });

  it("are not what one says oneself, what is read, nor whom one does not want to read", () => {
    const lines = ["@msgid=2 :ana!a@h PRIVMSG bea :here", "@msgid=3 :luis!l@h PRIVMSG #a :buy"];
    const world = { ...stand(toNow), blocked: new Set(["luis"]) };
    expect(heard(world, ...lines).news).toEqual([]);
    const read = heard(world, "MARKREAD bea timestamp=2026-03-01T13:00:00.000Z").world;
    expect(heard(read, "@msgid=4 :bea!b@h PRIVMSG ana :late").news).toEqual([]);
  });

  it("are not who comes and goes, nor signs of typing", () => {
    const lines = [":bea!b@h JOIN #a", "@+typing=active :bea!b@h TAGMSG ana", ":bea!b@h PART #a"];
    expect(heard(stand(toNow), ...lines).news).toEqual([]);
  });
});

it("pages of history around another message are no news", () => {
  const questions = new Map([["L", { target: "bea", asked: { way: "around", at: "0" } as const }]]);
  const { news } = heard(
    { ...stand(false), questions },
    "@label=L BATCH +h chathistory bea",
    "@batch=h;msgid=0;time=2026-02-01T12:00:00Z :bea!b@h PRIVMSG ana :long ago",
    "BATCH -h",
  );
  expect(news).toEqual([]);
});

it("what was written in private while one was away is unread, and no news", () => {
  const start = heard(emptyWorld, ":t 001 ana :hi", "CHATHISTORY TARGETS bea 2026-03-01T11:00:00Z", "MARKREAD bea *");
  const questions = new Map([["L", { target: "bea", asked: { way: "latest" } as const }]]);
  const { world, news } = heard(
    { ...start.world, questions },
    "@label=L BATCH +h chathistory bea",
    "@batch=h;msgid=0;time=2026-03-01T11:00:00Z :bea!b@h PRIVMSG ana :hola",
    "BATCH -h",
  );
  expect(world.conversations.get("bea")?.unread).toBe(1);
  expect(news).toEqual([]);
});
