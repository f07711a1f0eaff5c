// SPDX-License-Identifier: Apache-2.0
// What is typed as a command, and what the words of the classic chats do.
import { describe, expect, it, vi } from "vitest";
import { readPlace } from "../src/format/address";
import { emptyWorld, newConversation } from "../src/state/model";
import { cameIn, stage } from "./whole_client";

describe("what is a command", () => {
  it("is known before it is run: it waits for what was said before it", async () => {
    const { isCommand } = await import("../src/view/commands");
    for (const one of ["/me waves", "/nosuch", "FIN", "#exit", "  /shrug"]) {
      expect(isCommand(one), one).toBe(true);
    }
    for (const one of ["", "hola", "//me", "FIN de semana", "/me\nwaves", "/ no"]) {
      expect(isCommand(one), one).toBe(false);
    }
  });

  it("is no path", async () => {
    const { isCommand, withoutEscape } = await import("../src/view/commands");
    for (const one of ["/home/ana/x", "/a/b is there", "/s/cat/dog/"]) {
      expect(isCommand(one), one).toBe(false);
      expect(withoutEscape(one)).toBe(one);
    }
    expect(isCommand("/topic a/b")).toBe(true);
  });

  it("that there is not is told of, and how it is said all the same", async () => {
    const { client, runCommand } = await cameIn();
    expect(runCommand(client, "/etc is a folder", null)).toBe("refused");
    expect(client.now.notices.at(-1)?.text).toBe(
      "There is no command /etc. /help lists them. To say it as it is, begin with //.",
    );
  });
});

it("a slash alone offers all commands", async () => {
  const { commands } = await import("../src/view/commands");
  const { complete } = await import("../src/view/completion");
  const found = await complete({ ...emptyWorld, me: "ana" }, newConversation("#a", "#a", "room"), "/", 1, false);
  const all = commands.map((one) => one.name).filter((name) => name.startsWith("/"));
  expect(found?.choices.map((one) => one.id)).toEqual(all);
});

describe("the classic word", () => {
  async function types(line: string, ...rooms: string[]) {
    const { client, runCommand } = await cameIn();
    client.enter({ nickname: "ana" }, readPlace("#a"));
    stage.welcomed("batch echo-message labeled-response message-tags");
    stage.fake.says(":ana!a@h JOIN #a");
    const before = stage.said().length;
    runCommand(client, line, null);
    await vi.dynamicImportSettled();
    stage.fake.says(
      `@label=${stage.labelOf("LIST #plan")} :t BATCH +l labeled-response`,
      ...rooms.map((room) => `@batch=l :t 322 ana ${room} 3 :Open to all`),
      "@batch=l :t 323 ana :End",
      ":t BATCH -l",
    );
    await stage.settles();
    return { notice: client.now.notices.at(-1), joined: stage.said(before).includes("JOIN #plan") };
  }

  it.each([
    ["#gR plan", ["#plan"], true, undefined],
    ["#gR plan", [], false, "There is no room #plan."],
    ["#cR #plan", [], true, undefined],
    ["#cR plan", ["#plan"], false, "There is a room #plan already. Nothing of it was changed."],
  ])("%s, where there is %j", async (line, rooms, joins, said) => {
    const { notice, joined } = await types(line, ...rooms);
    expect(joined).toBe(joins);
    expect(notice?.text).toBe(said);
  });
});
