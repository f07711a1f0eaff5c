// SPDX-License-Identifier: Apache-2.0
// Of which messages one is told: what of the unread is shown in the list, the title, and the badge of the
// app, and how the choice travels.
import { describe, expect, it } from "vitest";
import { newConversation } from "../src/state/model";
import type { Level } from "../src/view/kept";
import { levelsIn, levelsText, shownOf, shownOfAll } from "../src/view/levels";
import { cameIn, stage } from "./whole_client";

const of = (key: string, unread: number, mentions: number) => ({
  ...newConversation(key, key, "room"),
  unread,
  mentions,
});
const [a, b, c] = [of("#a", 3, 1), of("#b", 5, 2), of("#c", 7, 4)];
const levels = { "#b": "none", "#c": "mentions" } as const;

it("shows what is unread, and nothing of where one wants to be told of nothing", () => {
  expect(shownOf(levels, a)).toMatchObject({ unread: 3, mentions: 1 });
  expect(shownOf(levels, b)).toMatchObject({ unread: 0, mentions: 0 });
});

it("adds up what is shown of all", () => {
  expect(shownOfAll(levels, [a, b, c])).toEqual({ unread: 10, mentions: 5 });
  expect(shownOfAll({}, [])).toEqual({ unread: 0, mentions: 0 });
});

it("are written down for the server, and read again, those that are as usual left out", () => {
  const { value, all } = levelsText({ "#b": "none", "#c": "mentions", "#d=e": "all" });
  expect([value, all]).toEqual(["*=mentions,#b=none,#d=e=all", true]);
  expect(levelsIn(value)).toEqual({ "#b": "none", "#d=e": "all" });
  expect(levelsIn("*=mentions")).toEqual({});
  expect(levelsIn("#B=none, x,=all,#c=loud")).toEqual({ "#b": "none" });
});

describe("an account's levels", () => {
  const can = "batch labeled-response message-tags draft/metadata-2";
  const key = "tertulia/levels";

  /** What the server was told last; "" where nothing was. */
  const sent = (): string => /METADATA \* SET \S+ (\S+)/.exec(stage.said().at(-1) ?? "")?.[1] ?? "";

  async function comesIn(kept: Record<string, Level>) {
    const { client, settings } = await cameIn();
    settings.kept.levels = kept;
    client.enter({ nickname: "ana" }, null);
    stage.fake.opens(can);
    stage.fake.says(`:t CAP * ACK :${can}`, ":t 900 ana ana!a@h ana :hi", ":t 001 ana :hi", ":t 376 ana :end");
    const label = stage.labelOf(`METADATA * GET ${key}`);
    const answers = async (line: string): Promise<void> => {
      stage.fake.says(`@label=${label} :t ${line}`);
      await stage.settles();
    };
    return { client, settings, answers };
  }

  it("come from the server, and change with those of her other devices", async () => {
    const { settings, answers } = await comesIn({ "#old": "none" });
    await answers(`761 ana ana ${key} * :*=mentions,#noise=none`);
    expect(settings.kept.levels).toEqual({ "#noise": "none" });
    stage.fake.says(`:t METADATA ana ${key} * :*=mentions,#class=all`);
    expect(settings.kept.levels).toEqual({ "#class": "all" });
  });

  it("that this browser kept are brought where the server has none", async () => {
    const { answers } = await comesIn({ "#noise": "none" });
    await answers(`766 ana ana ${key} :none`);
    expect(sent()).toBe("*=mentions,#noise=none");
  });

  it("go there when they change; those of a guest stay in this browser", async () => {
    const { client, settings, answers } = await comesIn({});
    await answers(`766 ana ana ${key} :none`);
    client.levels.set("#a", "all");
    expect(sent()).toBe("*=mentions,#a=all");
    client.change({ ...client.now, account: null });
    const before = stage.said().length;
    client.levels.set("#a", "none");
    expect(stage.said(before)).toEqual([]);
    expect(settings.kept.levels).toEqual({ "#a": "none" });
  });

  it("that are chosen before the server has spoken are brought there, over what it has of those", async () => {
    const { client, settings, answers } = await comesIn({});
    client.levels.set("#a", "none");
    expect(sent()).toBe("");
    await answers(`761 ana ana ${key} * :*=mentions,#a=all,#b=all`);
    expect(sent()).toBe("*=mentions,#b=all,#a=none");
    stage.fake.says(`:t 761 ana ana ${key} * :*=mentions,#a=none,#b=all`);
    expect(settings.kept.levels).toEqual({ "#a": "none", "#b": "all" });
    expect(settings.kept.levelsUnsent).toEqual([]);
  });

  it("go along with a conversation to its new name", async () => {
    const { client, answers } = await comesIn({});
    await answers(`761 ana ana ${key} * :*=mentions,#a=none`);
    client.levels.moved("#a", "#b");
    expect(sent()).toBe("*=mentions,#b=none");
    const before = stage.said().length;
    client.levels.moved("#c", "#d");
    expect(stage.said(before)).toEqual([]);
  });

  it("are asked for by who logs in amid a conversation", async () => {
    const { client, settings } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    stage.fake.opens(can);
    stage.fake.says(`:t CAP * ACK :${can}`, ":t 001 ana :hi", ":t 376 ana :end");
    client.levels.set("#a", "none");
    stage.fake.says(":t 900 ana ana!a@h ana :hi");
    stage.fake.says(`@label=${stage.labelOf(`METADATA * GET ${key}`)} :t 761 ana ana ${key} * :*=mentions,#b=all`);
    await stage.settles();
    expect(settings.kept.levels).toEqual({ "#a": "none", "#b": "all" });
  });

  it("that are too many for the server are there as far as they fit, and she is told", async () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`#room${at}`, "none" as const]));
    const { client, settings, answers } = await comesIn(many);
    await answers(`766 ana ana ${key} :none`);
    expect(sent()).toMatch(/^\*=mentions,#room0=none,.*#room22=none$/);
    expect(client.now.notices.map((one) => one.code)).toContain("LEVELS");
    stage.fake.says(`:t 761 ana ana ${key} * :${sent()}`);
    expect(Object.keys(settings.kept.levels).length).toBe(40);
  });
});
