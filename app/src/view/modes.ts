// SPDX-License-Identifier: Apache-2.0
// Changes of a room's modes in words, and the masks of its lists.
import { parseModes } from "../state/rooms";
import type { World } from "../state/model";
import type { Texts } from "../text/en";
import { parsePrefixes } from "../wire/capabilities";
import { roleName } from "./roles";

export function ruleName(texts: Texts, letter: string): string | null {
  const names: Readonly<Record<string, string>> = {
    i: texts.inviteOnly,
    s: texts.secret,
    R: texts.accountsOnly,
    m: texts.moderated,
    M: texts.accountsSpeak,
    n: texts.noOutside,
    t: texts.topicProtected,
    C: texts.noCtcp,
    k: texts.roomPassword,
    l: texts.limit,
    W: texts.slowMode,
    H: texts.historyDays,
  };
  return names[letter] ?? null;
}

type ModeChange = ReturnType<typeof parseModes>[number];

export interface Mask {
  /** Whom it fits, as people say it: a name, an account, or the mask. */
  readonly whom: string;
  readonly mutes: boolean;
  /** "2h" where it ends by itself. */
  readonly lasts: string;
}

/** "t:2h:m:a:Ana" takes Ana's voice for two hours; "ana!*@*" is ana, for good; "*!*@host" an address. */
export function readMask(mask: string): Mask {
  let rest = mask;
  const lasts = /^t:([^:]+):/.exec(rest)?.[1] ?? "";
  rest = lasts === "" ? rest : rest.slice(lasts.length + 3);
  const mutes = rest.startsWith("m:");
  rest = mutes ? rest.slice(2) : rest;
  return { whom: rest.replace(/^(a:|\*!\*@)/, "").replace(/!\*@\*$/, ""), mutes, lasts };
}

/** A voice is given; who has another role is something. */
function roleSentence(texts: Texts, by: string, { add, letter, parameter: whom }: ModeChange): string {
  if (letter === "v") {
    return (add ? texts.gaveVoice : texts.tookVoice)(by, whom);
  }
  return (add ? texts.gaveRole : texts.tookRole)(by, whom, roleName(texts, letter));
}

function sentence(
  world: World,
  texts: Texts,
  by: string,
  change: ModeChange,
): string {
  const { letters } = parsePrefixes(world.isupport.get("PREFIX"));
  if (letters.includes(change.letter)) {
    return roleSentence(texts, by, change);
  }
  if (change.letter === "b") {
    const { whom, mutes } = readMask(change.parameter);
    const words = mutes
      ? { add: texts.mutedWhom, take: texts.unmuted }
      : { add: texts.bannedWhom, take: texts.unbanned };
    return (change.add ? words.add : words.take)(by, whom);
  }
  const rule = ruleName(texts, change.letter);
  const value = change.add && /[lWH]/.test(change.letter) ? `: ${change.parameter}` : "";
  return rule === null
    ? texts.modeChanged(by, `${change.add ? "+" : "-"}${change.letter} ${change.parameter}`.trim())
    : (change.add ? texts.setRule : texts.liftedRule)(by, rule) + value;
}

/** "+o-v bea carl" in sentences. */
export function sentencesOf(world: World, texts: Texts, by: string, modes: string): string[] {
  return parseModes(world, modes.split(" ")).map((change) => sentence(world, texts, by, change));
}
