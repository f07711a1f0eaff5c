// SPDX-License-Identifier: Apache-2.0
// What is said to those who listen to the screen.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { hear } from "../src/state/hear";
import { emptyWorld, type World } from "../src/state/model";
import { announce } from "../src/view/announce.svelte";
import type { Client } from "../src/view/client.svelte";
import { parseLine } from "../src/wire/line";
import { stubPage } from "./page";

vi.mock("../src/view/settings.svelte", () => ({ settings: { kept: { levels: {} } } }));
vi.mock("../src/view/client.svelte", () => ({ client: { world: { isupport: new Map() } } }));
vi.mock("../src/text/texts.svelte", () => ({
  text: {
    of: {
      invitedTo: (by: string, room: string) => `${by}: ${room}`,
      pictureNamed: (name: string) => `picture ${name}`,
    },
  },
}));

let world: World;
const client = { active: "#a" } as Client;

function hears(text: string): void {
  const line = parseLine(text);
  if (line !== null) {
    const after = hear(world, line, Date.now());
    announce.compare(client, world, after, line);
    world = after;
  }
}
const spoken = (): string[] => announce.spoken.map((one) => one.text);

beforeEach(() => {
  announce.spoken = [];
  stubPage();
  world = emptyWorld;
  [":t 001 ana :hi", ":ana!a@h JOIN #a", ":ana!a@h JOIN #b"].forEach(hears);
});

describe("a screen reader", () => {
  it("says all that came between two looks, each by itself", () => {
    hears("@msgid=1 :bea!b@h PRIVMSG #a :one");
    hears("@msgid=2 :luis!l@h PRIVMSG #a :two");
    expect(spoken()).toEqual(["bea: one", "luis: two"]);
  });

  it("says the same words again where they are said again", () => {
    hears("@msgid=1 :bea!b@h PRIVMSG #a :ok");
    hears("@msgid=2 :bea!b@h PRIVMSG #a :ok");
    expect(new Set(announce.spoken.map((one) => one.number)).size).toBe(2);
  });

  it("says nothing of another conversation", () => {
    hears("@msgid=1 :bea!b@h PRIVMSG #b :elsewhere");
    expect(spoken()).toEqual([]);
  });

  it("says a file's name, and no address of it", () => {
    hears("@msgid=1 :bea!b@h PRIVMSG #a :http://here/files/pX/cups.png");
    expect(spoken()).toEqual(["bea: picture cups.png"]);
  });

  it("says an invitation", () => {
    announce.invited("#c", "bea");
    expect(spoken()).toEqual(["bea: #c"]);
  });

  it("keeps no more than the last few", () => {
    for (let at = 0; at < 20; at += 1) {
      hears(`@msgid=${at} :bea!b@h PRIVMSG #a :${at}`);
    }
    expect(announce.spoken).toHaveLength(8);
    expect(spoken().at(-1)).toBe("bea: 19");
  });
});
