// SPDX-License-Identifier: Apache-2.0
// The golden files that both languages read: tests/irc/golden.cpp sees to it that the server says what
// is heard there. In test/heard is what other servers may say.
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hear } from "../src/state/hear";
import { emptyWorld, type World } from "../src/state/model";
import { formatLine, parseLine } from "../src/wire/line";

const golden = new URL("../../tests/golden/", import.meta.url);
const heard = new URL("heard/", import.meta.url);

function rows(folder: URL, name: string): Record<string, unknown>[] {
  return readFileSync(new URL(name, folder), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("irc-lines", () => {
  it.each(rows(golden, "irc-lines.jsonl"))("$line", (row) => {
    const parsed = parseLine(String(row["line"]));
    if (row["command"] === null) {
      expect(parsed).toBeNull();
      return;
    }
    expect(parsed).not.toBeNull();
    expect({ ...parsed, tags: { ...parsed?.tags } }).toEqual({
      tags: row["tags"],
      source: row["source"],
      command: row["command"],
      parameters: row["parameters"],
    });
    const again = parsed && parseLine(formatLine(parsed.command, parsed.parameters, parsed.tags));
    expect(again?.parameters).toEqual(parsed?.parameters);
    expect({ ...again?.tags }).toEqual({ ...parsed?.tags });
  });
});

/** Only what is expected is compared; a map reads as an object, null says "is not there". */
function check(actual: unknown, wanted: unknown, path: string): void {
  if (Array.isArray(wanted)) {
    const list = (Array.isArray(actual) ? actual : []).filter(
      (one: unknown) => !(one instanceof Object && "kind" in one && one.kind === "event"),
    );
    expect(list.length, path).toBe(wanted.length);
    wanted.forEach((one, at) => check(list[at], one, `${path}[${at}]`));
  } else if (wanted instanceof Object) {
    for (const [key, value] of Object.entries(wanted)) {
      const found: unknown =
        actual instanceof Map
          ? actual.get(key)
          : (actual as Record<string, unknown> | undefined)?.[key];
      check(found, value, `${path}.${key}`);
    }
  } else {
    expect(actual ?? null, path).toEqual(wanted);
  }
}

const conversations = [golden, heard].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => folder === heard || name.startsWith("conversation-"))
    .map((name) => [name, folder] as const),
);

describe.each(conversations)("%s", (name, folder) => {
  it("leads to what is expected", () => {
    let world: World = emptyWorld;
    rows(folder, name).forEach((row, at) => {
      if (typeof row["me"] === "string") {
        world = { ...world, me: row["me"] };
      } else if (typeof row["hear"] === "string") {
        const line = parseLine(row["hear"]);
        expect(line, `line ${at + 1}`).not.toBeNull();
        world = line === null ? world : hear(world, line, 0);
      } else if (row["expect"] !== undefined) {
        check(world, row["expect"], `line ${at + 1}`);
      }
    });
  });
});
