// SPDX-License-Identifier: Apache-2.0
// What roles may do, as far as the screen needs to know: the server decides.
import { parsePrefixes } from "../wire/capabilities";
import { fold } from "../wire/line";
import type { Conversation, Member, World } from "../state/model";
import type { Texts } from "../text/en";

export interface Role {
  readonly mark: string;
  readonly letter: string;
}

export function rolesOf(world: World): Role[] {
  const { letters, marks } = parsePrefixes(world.isupport.get("PREFIX"));
  return [...marks].map((mark, at) => ({ mark, letter: letters.charAt(at) }));
}

/** Of the highest role among the marks of all; the number of roles for none. */
export function rankAmong(marks: string, member: Member | undefined): number {
  const at = [...marks].indexOf(member?.roles.charAt(0) ?? "");
  return at < 0 ? marks.length : at;
}

export function rank(world: World, member: Member | undefined): number {
  return rankAmong(parsePrefixes(world.isupport.get("PREFIX")).marks, member);
}

export function mine(world: World, of: Conversation): Member | undefined {
  return of.members.get(fold(world.me));
}

/** The highest role that one of this role gives: docs/protocol/rooms.md. */
const givesFrom: Readonly<Record<string, string>> = { "~": "q", "&": "o", "@": "o", "%": "v" };

/** Roles that `giver` may give or take: higher ones than the other has, and those that she has. */
export function givableRoles(world: World, giver: Member | undefined, other: Member | undefined): Role[] {
  const all = rolesOf(world);
  const from = all.findIndex((one) => one.letter === givesFrom[giver?.roles.charAt(0) ?? ""]);
  const hers = rank(world, other);
  return from < 0
    ? []
    : all.filter((one, at) => at >= from && (at < hers || other?.roles.includes(one.mark) === true));
}

/** Half-operators and above. */
export function mayModerate(world: World, of: Conversation): boolean {
  return /[~&@%]/.test(mine(world, of)?.roles ?? "");
}

/** Operators and above. */
export function mayOperate(world: World, of: Conversation): boolean {
  return /[~&@]/.test(mine(world, of)?.roles ?? "");
}

export function groupName(texts: Texts, letter: string): string {
  switch (letter) {
    case "q":
      return texts.roleOwner;
    case "a":
      return texts.roleAdmin;
    case "o":
      return texts.roleOperator;
    case "h":
      return texts.roleHalf;
    case "v":
      return texts.roleVoice;
    default:
      return texts.roleNone;
  }
}

export function roleName(texts: Texts, letter: string): string {
  switch (letter) {
    case "q":
      return texts.owner;
    case "a":
      return texts.admin;
    case "o":
      return texts.operator;
    case "h":
      return texts.halfOperator;
    default:
      return letter;
  }
}

/** What a button does that gives the role, or takes it. A voice is no office. */
export function roleDeed(texts: Texts, letter: string, takes: boolean): string {
  if (letter === "v") {
    return takes ? texts.takeVoice : texts.giveVoice;
  }
  return (takes ? texts.takeRole : texts.makeRole)(roleName(texts, letter));
}
