// SPDX-License-Identifier: Apache-2.0
// What could be meant by the word before the cursor: people behind @, rooms behind #, emoji behind a
// colon, commands at the start. Values in, values out.
import { isMe } from "../state/change";
import type { Conversation, World } from "../state/model";
import { text } from "../text/texts.svelte";
import { fold } from "../wire/line";
import { completeCommands, usageOf } from "./commands";

export interface Choice {
  readonly id: string;
  readonly shown: string;
  readonly detail: string;
  readonly insert: string;
  readonly kind: "person" | "room" | "emoji" | "command";
}

export interface Completion {
  /** Where the word begins that is replaced, and the cursor behind it. */
  readonly from: number;
  readonly to: number;
  readonly choices: readonly Choice[];
}

const choicesMax = 8;

function people(world: World, of: Conversation, typed: string, atStart: boolean): Choice[] {
  const wanted = fold(typed);
  const spoke = new Map<string, number>();
  of.messages.forEach((one, at) => spoke.set(fold(one.from), at));
  const names =
    of.kind === "room"
      ? [...of.members.values()].map((one) => one.nickname)
      : [...(isMe(world, of.name) ? [] : [of.name]), world.me];
  return names
    .filter((name) => {
      const shown = world.people.get(fold(name))?.displayName ?? "";
      return fold(name).startsWith(wanted) || (shown !== "" && fold(shown).startsWith(wanted));
    })
    .sort((a, b) => (spoke.get(fold(b)) ?? -1) - (spoke.get(fold(a)) ?? -1) || (fold(a) < fold(b) ? -1 : 1))
    .slice(0, choicesMax)
    .map((name) => ({
      id: name,
      shown: name,
      detail: world.people.get(fold(name))?.displayName ?? "",
      insert: atStart ? `${name}: ` : `@${name} `,
      kind: "person",
    }));
}

function rooms(world: World, typed: string): Choice[] {
  const wanted = fold(typed);
  const known = new Map<string, string>();
  for (const of of world.conversations.values()) {
    if (of.kind === "room") {
      known.set(of.name, of.topic);
    }
  }
  world.listed.forEach((one) => known.set(one.name, one.topic));
  return [...known]
    .filter(([name]) => fold(name).startsWith(wanted))
    .slice(0, choicesMax)
    .map(([name, topic]) => ({ id: name, shown: name, detail: topic, insert: `${name} `, kind: "room" }));
}

/** Null where nothing is to be completed. */
export async function complete(
  world: World,
  of: Conversation,
  written: string,
  cursor: number,
  forced: boolean,
): Promise<Completion | null> {
  const before = written.slice(0, cursor);
  if (/^(\/\w*|#\w*|#\/\w*|#show[ \w]*|\\\w*|F|FI)$/.test(before) && !forced) {
    const found = completeCommands(before).map(
      (one): Choice => ({
        id: one.name,
        shown: usageOf(one),
        detail: text.of.commandHelp[one.help],
        insert: one.needs === 0 ? one.name : `${one.name} `,
        kind: "command",
      }),
    );
    const others = before.startsWith("#") ? rooms(world, before) : [];
    const choices = [...others, ...found]; // all commands: who types a bare slash looks what there is
    if (choices.length > 0 && before !== "F") {
      return { from: 0, to: cursor, choices };
    }
  }
  const word = /(?:^|\s|[(])(\S*)$/.exec(before)?.[1] ?? "";
  const from = cursor - word.length;
  let choices: Choice[] = [];
  if (word.startsWith("@")) {
    choices = people(world, of, word.slice(1), false);
  } else if (word.startsWith("#")) {
    choices = rooms(world, word);
  } else if (/^:[a-zñáéíóúü0-9_+-]{2,}$/i.test(word)) {
    const lazy = await import("../lazy/emoji");
    choices = lazy.findEmoji(word.slice(1), choicesMax).map((one) => ({
      id: one.text,
      shown: `${one.text} :${one.codes[0]}:`,
      detail: text.language === "es" ? one.spanish : "",
      insert: `${one.text} `,
      kind: "emoji",
    }));
  } else if (forced && word !== "") {
    choices = people(world, of, word, from === 0);
  }
  return choices.length === 0 ? null : { from, to: cursor, choices };
}
