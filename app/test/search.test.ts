// SPDX-License-Identifier: Apache-2.0
// What is found, page after page.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { hear, lineBroke } from "../src/state/hear";
import { emptyWorld, type World } from "../src/state/model";
import { dayOf, noDayIn, searchAttributes, searchPage } from "../src/state/search";
import { parseLine } from "../src/wire/line";
import { cameIn, stage } from "./whole_client";

const heard = (world: World, ...lines: string[]): World =>
  lines.reduce((made, text) => {
    const line = parseLine(text);
    return line === null ? made : hear(made, line, 1_000);
  }, world);

const search = { label: "L1", query: "cups", done: false, failed: false, hasMore: false, hits: [] };
const asking: World = { ...emptyWorld, me: "ana", search };
const timeOf = (number: number): string => new Date(1_700_000_000_000 + number * 1_000).toISOString();
/** A page with the messages from the newer to the older one. */
function page(world: World, newest: number, oldest: number): World {
  const lines = [];
  for (let at = newest; at >= oldest; at -= 1) {
    lines.push(`@batch=s;msgid=m${at};time=${timeOf(at)} :bea!b@h PRIVMSG #a :cups ${at}`);
  }
  return heard(world, "@label=L1 :t BATCH +s search", ...lines, ":t BATCH -s");
}
const foundIn = (world: World): string[] => (world.search?.hits ?? []).map((one) => one.message.id);

describe("a search", () => {
  it("with a full page may have more", () => {
    expect(page(asking, searchPage, 1).search?.hasMore).toBe(true);
    expect(page(asking, searchPage, 2).search?.hasMore).toBe(false);
  });

  it("goes on behind what was found, without finding it twice", () => {
    const first = page(asking, 60, 60 - searchPage + 1);
    const next = page({ ...first, search: { ...(first.search ?? search), done: false } }, 11, 3);
    expect(foundIn(next)).toHaveLength(58);
    expect(foundIn(next).at(0)).toBe("m60");
    expect(foundIn(next).at(-1)).toBe("m3");
    expect(next.search).toMatchObject({ done: true, hasMore: false });
  });

  it("ends where a page has nothing new", () => {
    const first = page(asking, searchPage, 1);
    expect(page(first, searchPage, 1).search?.hasMore).toBe(false);
  });

  it("shows nothing of what is taken back, and the new text of what is changed", () => {
    const found = page(asking, 2, 1);
    const after = heard(found, ":bea!b@h REDACT #a m1", "@draft/target-msgid=m2;draft/edit-text=plates :bea!b@h EDIT #a");
    expect(after.search?.hits.map((one) => one.message.text)).toEqual(["plates", ""]);
  });

  it("has ended when it is refused, or the line broke, and not when another command is", () => {
    expect(heard(asking, "@label=L1 :t FAIL SEARCH INTERNAL_ERROR :no").search?.done).toBe(true);
    expect(heard(asking, "@label=L2 :t FAIL METADATA KEY_INVALID x :no").search?.done).toBe(false);
    expect(heard(asking, ":t FAIL SEARCH INTERNAL_ERROR :no").search?.done).toBe(false);
    expect(lineBroke(asking).search?.done).toBe(true);
  });

  it("that gets no answer has not found nothing", () => {
    const failed = { done: true, failed: true };
    expect(heard(asking, "@label=L1 :t FAIL SEARCH INTERNAL_ERROR :no").search).toMatchObject(failed);
    expect(heard(asking, "@label=L1 :t 421 ana SEARCH :no").search).toMatchObject(failed);
    expect(lineBroke(asking).search).toMatchObject(failed);
    expect(lineBroke(page(asking, 2, 1)).search).toMatchObject({ done: true, failed: false });
  });

  it("asks for the next page by time, whatever end was typed", () => {
    const until = Date.parse("2026-05-02T10:00:00.000Z");
    expect(searchAttributes("cups before:2026-06-01", until)).toBe("before=2026-05-02T10:00:00.000Z;text=cups");
  });
});

describe("a day that is typed", () => {
  it("is told from what is none", () => {
    expect(noDayIn("cups before:yesterday after:2026-03-01")).toBe("yesterday");
    expect(noDayIn("cups before:2026-03 after:2026-03-01T10:00Z from:yesterday")).toBeNull();
  });

  beforeEach(() => {
    vi.stubEnv("TZ", "America/Bogota");
    return () => vi.unstubAllEnvs();
  });

  it("begins when the reader's does", () => {
    expect(searchAttributes("after:2026-03-01")).toBe("after=2026-03-01T05:00:00.000Z");
    expect(searchAttributes("before:2026-03")).toBe("before=2026-03-01T05:00:00.000Z");
  });

  it("is today until midnight, there", () => {
    expect(dayOf(Date.parse("2026-03-02T03:00:00.000Z"))).toBe("2026-03-01");
  });
});

describe("a search that is begun", () => {
  async function begun(query: string) {
    const { client } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    stage.welcomed("batch echo-message labeled-response message-tags");
    stage.fake.says(":bea!b@h JOIN #a", ":t 761 ana bea display-name * :Bea Núñez");
    client.searching.begin(query);
    return { client, asked: () => stage.said().filter((one) => one.includes(" SEARCH ")) };
  }

  it("finds people by the names that they show", async () => {
    const { asked } = await begun('from:"bea núñez" cups');
    expect(asked().at(-1)).toContain(" SEARCH from=bea;text=cups;limit=");
  });

  it("is asked once more where it failed, from where it stood", async () => {
    const { client, asked } = await begun("cups");
    client.change(lineBroke(client.now));
    client.searching.again();
    expect(asked()).toHaveLength(2);
    expect(client.now.search).toMatchObject({ query: "cups", done: false, failed: false });
    const label = stage.labelOf("SEARCH");
    stage.fake.says(
      `@label=${label} :t BATCH +s search`,
      `@batch=s;msgid=m1;time=${timeOf(1)} :bea!b@h PRIVMSG #a :cups`,
      ":t BATCH -s",
    );
    client.searching.goOn();
    client.change(lineBroke(client.now));
    client.searching.again();
    expect(asked().at(-1)).toContain("before=");
    expect(foundIn(client.now)).toEqual(["m1"]);
  });
});
