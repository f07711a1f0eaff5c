// SPDX-License-Identifier: Apache-2.0
// JOIN PART KICK TOPIC MODE NAMES LIST INVITE RENAME: the rooms and who is in them.
import { parsePrefixes } from "../wire/capabilities";
import { fold, isRoomName, nicknameOf, type Line } from "../wire/line";
import {
  append,
  conversationOf,
  inConversation,
  inKnownConversation,
  inPerson,
  isMe,
  notify,
  renameConversation,
  withEntry,
  without,
} from "./change";
import { timeOf } from "./messages";
import { companyMax, eventMessage } from "./people";
import type { Conversation, Member, World } from "./model";

type Step = (world: World, line: Line, now: number) => World;

const join: Step = (world, line, now) => {
  const [room = "", account, realName] = line.parameters;
  const who = nicknameOf(line.source);
  if (isMe(world, who)) {
    const invitations = world.invitations.filter((one) => fold(one.room) !== fold(room));
    const mine = inConversation({ ...world, invitations }, room, (of) => ({
      ...of,
      name: room,
      joined: true,
      joinedAt: timeOf(line, now),
      members: new Map(),
      membersKnown: false,
      modes: new Map(),
      modesKnown: false,
      // The server says the topic where there is one, and nothing where there is none any more.
      topic: "",
      topicBy: "",
      lists: new Map(),
      // Likewise, but of where one was when the line broke it is said with all else (METADATA SUB): until
      // then the old ones stand, and nobody who pins one more takes the others away.
      pinned: of.joined ? of.pinned : [],
    }));
    return account === undefined ? mine : { ...mine, account: account === "*" ? null : account };
  }
  const known = inPerson(world, who, {
    online: true,
    away: null,
    ...(account === undefined ? {} : { account: account === "*" ? null : account }),
    ...(realName === undefined ? {} : { realName }),
  });
  return inKnownConversation(known, room, (of) => {
    const members = withEntry(of.members, fold(who), { nickname: who, roles: "" });
    const made = { ...of, members };
    return members.size > companyMax ? made : append(made, eventMessage(line, now, "join", ""));
  });
};

function leave(of: Conversation, who: string, me: boolean): Conversation {
  return me
    ? { ...of, joined: false, members: new Map(), membersKnown: false, typing: new Map() }
    : {
        ...of,
        members: without(of.members, fold(who)),
        typing: without(of.typing, fold(who)),
      };
}

const part: Step = (world, line, now) => {
  const [room = "", reason = ""] = line.parameters;
  const who = nicknameOf(line.source);
  if (isMe(world, who)) {
    return { ...world, conversations: without(world.conversations, fold(room)) };
  }
  return inKnownConversation(world, room, (of) => {
    const made = leave(of, who, false);
    return of.members.size > companyMax
      ? made
      : append(made, eventMessage(line, now, "part", reason));
  });
};

const kick: Step = (world, line, now) => {
  const [room = "", who = "", reason = ""] = line.parameters;
  const me = isMe(world, who);
  const text = reason === "" ? who : `${who} ${reason}`;
  return inKnownConversation(world, room, (of) =>
    append(leave(of, who, me), eventMessage(line, now, "kick", text)),
  );
};

const topic: Step = (world, line, now) => {
  const [room = "", text = ""] = line.parameters;
  return inKnownConversation(world, room, (of) =>
    append(
      { ...of, topic: text, topicBy: nicknameOf(line.source) },
      eventMessage(line, now, "topic", text),
    ),
  );
};

const names: Step = (world, line) => {
  const room = line.parameters[2] ?? "";
  const { marks } = parsePrefixes(world.isupport.get("PREFIX"));
  return inKnownConversation(world, room, (of) => {
    const members = new Map<string, Member>(of.members);
    for (const word of (line.parameters[3] ?? "").split(" ").filter(Boolean)) {
      let at = 0;
      while (at < word.length - 1 && marks.includes(word.charAt(at))) {
        at += 1;
      }
      const nickname = nicknameOf(word.slice(at));
      members.set(fold(nickname), { nickname, roles: word.slice(0, at) });
    }
    return { ...of, members };
  });
};

interface ModeChange {
  readonly add: boolean;
  readonly letter: string;
  readonly parameter: string;
}

/** Which letters take a parameter stands in ISUPPORT: CHANMODES=lists,always,whenSet,never. */
export function parseModes(world: World, words: readonly string[]): ModeChange[] {
  const [lists = "", always = "", whenSet = ""] = (
    world.isupport.get("CHANMODES") ?? "b,k,l,imnpst"
  ).split(",");
  const { letters } = parsePrefixes(world.isupport.get("PREFIX"));
  const parameters = words.slice(1);
  const made: ModeChange[] = [];
  let add = true;
  for (const letter of words[0] ?? "") {
    if (letter === "+" || letter === "-") {
      add = letter === "+";
      continue;
    }
    const takes =
      (lists + always + letters).includes(letter) || (add && whenSet.includes(letter));
    made.push({ add, letter, parameter: takes ? (parameters.shift() ?? "") : "" });
  }
  return made;
}

function changeRole(world: World, of: Conversation, change: ModeChange): Conversation {
  const { letters, marks } = parsePrefixes(world.isupport.get("PREFIX"));
  const mark = marks.charAt(letters.indexOf(change.letter));
  const key = fold(change.parameter);
  const member = of.members.get(key);
  if (member === undefined) {
    return of;
  }
  const roles = [...marks]
    .filter((one) => (one === mark ? change.add : member.roles.includes(one)))
    .join("");
  return { ...of, members: withEntry(of.members, key, { ...member, roles }) };
}

function applyMode(world: World, of: Conversation, change: ModeChange): Conversation {
  const { letters } = parsePrefixes(world.isupport.get("PREFIX"));
  const [lists = ""] = (world.isupport.get("CHANMODES") ?? "b").split(",");
  if (letters.includes(change.letter)) {
    return changeRole(world, of, change);
  }
  if (lists.includes(change.letter)) {
    const before = of.lists.get(change.letter);
    if (before === undefined) {
      return of;
    }
    const others = before.filter((one) => one.mask !== change.parameter);
    const entry = { mask: change.parameter, by: "", time: 0 };
    const after = change.add ? [...others, entry] : others;
    return { ...of, lists: withEntry(of.lists, change.letter, after) };
  }
  return {
    ...of,
    modes: change.add
      ? withEntry(of.modes, change.letter, change.parameter)
      : without(of.modes, change.letter),
  };
}

const mode: Step = (world, line, now) => {
  const [room = "", ...words] = line.parameters;
  if (!isRoomName(room)) {
    return world;
  }
  return inKnownConversation(world, room, (of) => {
    const changed = parseModes(world, words).reduce(
      (made, change) => applyMode(world, made, change),
      of,
    );
    return append(changed, eventMessage(line, now, "mode", words.join(" ")));
  });
};

// 324 me room modes parameters…: all of them.
const modesAre: Step = (world, line) => {
  const [, room = "", ...words] = line.parameters;
  return inKnownConversation(world, room, (of) =>
    parseModes(world, words).reduce<Conversation>(
      (made, change) => applyMode(world, made, change),
      { ...of, modes: new Map(), modesKnown: true },
    ),
  );
};

// 367 me room mask by time; 368 at the end.
const listEntry =
  (letter: string): Step =>
  (world, line) => {
    const [, room = "", mask = "", by = "", time = "0"] = line.parameters;
    return inKnownConversation(world, room, (of) => ({
      ...of,
      lists: withEntry(of.lists, letter, [
        ...(of.lists.get(letter) ?? []).filter((one) => one.mask !== mask),
        { mask, by: nicknameOf(by), time: Number(time) * 1000 },
      ]),
    }));
  };

const listEnd =
  (letter: string): Step =>
  (world, line) =>
    inKnownConversation(world, line.parameters[1] ?? "", (of) =>
      of.lists.has(letter) ? of : { ...of, lists: withEntry(of.lists, letter, []) },
    );

const invite: Step = (world, line) => {
  const [who = "", room = ""] = line.parameters;
  const by = nicknameOf(line.source);
  if (!isMe(world, who)) {
    return world;
  }
  const others = world.invitations.filter((one) => fold(one.room) !== fold(room));
  return { ...world, invitations: [...others, { room, by }] };
};

const rename: Step = (world, line, now) => {
  const [before = "", after = ""] = line.parameters;
  const moved = conversationOf(world, before);
  if (moved === undefined) {
    return world;
  }
  return renameConversation(world, append(moved, eventMessage(line, now, "rename", after)), after);
};

const listedRoom: Step = (world, line) => {
  const [, name = "", count = "0", text = ""] = line.parameters;
  const listed = { name, count: Number(count), topic: text.replace(/^\[\+\w*\]\s*/, "") };
  return { ...world, listed: [...world.listed, listed] };
};

const sayWhy: Step = (world, line) =>
  notify(world, {
    tone: "error",
    code: line.command,
    about: line.parameters[1] ?? "",
    text: line.parameters[line.parameters.length - 1] ?? "",
  });

const refusals = new Set(["403", "405", "437", "471", "473", "474", "475", "476", "477", "479"]);

/** The room that one may not come into, where a line says so. A new name is no refusal. */
export function refusedRoom(line: Line): string | null {
  const [first = "", second = "", third = ""] = line.parameters;
  if (line.command === "FAIL") {
    return first === "JOIN" && second !== "CHANNEL_RENAMED" && isRoomName(third) ? third : null;
  }
  return refusals.has(line.command) ? second : null;
}

/** One is not in it, whatever one thought: the line may have been broken when that changed. */
const couldNotJoin: Step = (world, line, now) =>
  sayWhy(
    inKnownConversation(world, line.parameters[1] ?? "", (of) => leave(of, world.me, true)),
    line,
    now,
  );

export const roomVerbs: Readonly<Record<string, Step>> = {
  JOIN: join,
  PART: part,
  KICK: kick,
  TOPIC: topic,
  MODE: mode,
  INVITE: invite,
  RENAME: rename,
  "321": (world) => ({ ...world, listed: [], listing: "asked" }),
  "322": listedRoom,
  "323": (world) => ({ ...world, listing: "there" }),
  "324": modesAre,
  "331": (world, line) =>
    inKnownConversation(world, line.parameters[1] ?? "", (of) => ({ ...of, topic: "" })),
  "332": (world, line) =>
    inKnownConversation(world, line.parameters[1] ?? "", (of) => ({
      ...of,
      topic: line.parameters[2] ?? "",
    })),
  "333": (world, line) =>
    inKnownConversation(world, line.parameters[1] ?? "", (of) => ({
      ...of,
      topicBy: nicknameOf(line.parameters[2] ?? ""),
    })),
  "353": names,
  "366": (world, line) =>
    inKnownConversation(world, line.parameters[1] ?? "", (of) => ({ ...of, membersKnown: true })),
  "346": listEntry("I"),
  "347": listEnd("I"),
  "348": listEntry("e"),
  "349": listEnd("e"),
  "367": listEntry("b"),
  "368": listEnd("b"),
  "403": couldNotJoin,
  "405": couldNotJoin,
  "437": couldNotJoin,
  "471": couldNotJoin,
  "473": couldNotJoin,
  "474": couldNotJoin,
  "475": couldNotJoin,
  "477": sayWhy,
  "479": couldNotJoin,
};
