// SPDX-License-Identifier: Apache-2.0
// NICK QUIT AWAY ACCOUNT SETNAME METADATA MONITOR WHO WHOIS: who people are and whether they are
// there.
import { fold, isRoomName, nicknameOf, type Line } from "../wire/line";
import {
  append,
  conversationOf,
  inEachConversation,
  inKnownConversation,
  inPerson,
  isMe,
  notify,
  renameConversation,
  without,
} from "./change";
import { idOf, timeOf } from "./messages";
import {
  newMessage,
  newPerson,
  type Conversation,
  type Message,
  type Person,
  type Profile,
  type World,
} from "./model";

type Step = (world: World, line: Line, now: number) => World;

/** Rooms larger than this don't tell who comes and goes. */
export const companyMax = 50;

export function eventMessage(
  line: Line,
  now: number,
  event: NonNullable<ReturnType<typeof newMessage>["event"]>,
  text: string,
): ReturnType<typeof newMessage> {
  return newMessage({
    id: `!${event} ${idOf(line, now)}`,
    kind: "event",
    event,
    time: timeOf(line, now),
    from: nicknameOf(line.source),
    text,
  });
}

const nick: Step = (world, line, now) => {
  const before = nicknameOf(line.source);
  const after = line.parameters[0] ?? "";
  const from = fold(before);
  const to = fold(after);
  const person = world.people.get(from);
  const people = new Map(world.people);
  people.delete(from);
  if (person !== undefined) {
    people.set(to, { ...person, nickname: after });
  }
  const me = isMe(world, before) ? after : world.me;
  const named = inEachConversation({ ...world, people, me }, (of) => {
    const member = of.members.get(from);
    if (member === undefined) {
      return of;
    }
    const members = new Map(of.members);
    members.delete(from);
    members.set(to, { ...member, nickname: after });
    return append({ ...of, members }, eventMessage(line, now, "nick", after));
  });
  return moveConversation(named, from, after);
};

/** A private conversation follows the one whom it is with, unless there is one with the new name. */
function moveConversation(world: World, from: string, to: string): World {
  const moved = world.conversations.get(from);
  if (moved === undefined || moved.kind !== "private" || (from !== fold(to) && world.conversations.has(fold(to)))) {
    return world;
  }
  return renameConversation(world, moved, to);
}

const quit: Step = (world, line, now) => {
  const who = nicknameOf(line.source);
  const key = fold(who);
  const gone = inEachConversation(world, (of) => {
    if (!of.members.has(key)) {
      return of;
    }
    const made: Conversation = {
      ...of,
      members: without(of.members, key),
      typing: without(of.typing, key),
    };
    return of.members.size > companyMax
      ? made
      : append(made, eventMessage(line, now, "quit", line.parameters[0] ?? ""));
  });
  return inPerson(gone, who, { online: false, away: null });
};

/** Of oneself it may be news, too: what another session of hers said, or that a new one is not away. */
function inSeen(world: World, nickname: string, seen: Partial<Person> & Pick<Person, "away">): World {
  const made = inPerson(world, nickname, { ...seen, online: true });
  return isMe(world, nickname) ? { ...made, away: seen.away !== null } : made;
}

/** "*": only that nobody looks at her pages (IRCv3 draft/pre-away). */
const whyAway = (said: string): string => (said === "*" ? "" : said);

const away: Step = (world, line) => {
  const [why] = line.parameters;
  return inSeen(world, nicknameOf(line.source), { away: why === undefined ? null : whyAway(why) });
};

const account: Step = (world, line) => {
  const who = nicknameOf(line.source);
  const name = line.parameters[0] ?? "*";
  const made = inPerson(world, who, { account: name === "*" ? null : name });
  return isMe(world, who) ? { ...made, account: name === "*" ? null : name } : made;
};

const setName: Step = (world, line) =>
  inPerson(world, nicknameOf(line.source), { realName: line.parameters[0] ?? "" });

/** Bytes of a value of metadata. */
export const metadataBytesMax = 300;

/** Metadata that the server tells its owner alone: words that count as a mention of her. */
export const ownWordsKey = "tertulia/highlights";

export function wordsOf(value: string): string[] {
  return value
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
}

function setMetadata(world: World, target: string, key: string, value: string): World {
  const of = target === "*" ? world.me : target;
  if (isRoomName(of)) {
    return key.toLowerCase() === "pinned" || key.toLowerCase() === "tertulia/pinned"
      ? inKnownConversation(world, of, (room) => ({
          ...room,
          pinned: value.split(" ").filter(Boolean),
        }))
      : world;
  }
  switch (key.toLowerCase()) {
    case "display-name":
      return inPerson(world, of, { displayName: value });
    case "avatar":
      return inPerson(world, of, { avatar: /^(https?:\/\/|\/)/.test(value) ? value : "" });
    case "status":
      return inPerson(world, of, { status: value });
    case ownWordsKey:
      return isMe(world, of) ? { ...world, highlights: wordsOf(value) } : world;
    case "bot":
      return inPerson(world, of, { bot: value !== "" });
    default:
      return world;
  }
}

// METADATA target key visibility value
const metadata: Step = (world, line) => {
  const [target = "", key = "", , value = ""] = line.parameters;
  return setMetadata(world, target, key, value);
};

// 761 me target key visibility value
const keyValue: Step = (world, line) => {
  const [, target = "", key = "", , value = ""] = line.parameters;
  return setMetadata(world, target, key, value);
};

// 766 me target key: it is not set
const keyNotSet: Step = (world, line) => {
  const [, target = "", key = ""] = line.parameters;
  return setMetadata(world, target, key, "");
};

/** Of whom the answer to METADATA SUB is. */
export const everythingSeen = "*ALL";

/** What the server tells who begins to listen (METADATA SUB) are the values that are set, of herself and of
 * the rooms that she is in with all who are there: what they had before is no more. */
export function withoutMetadata(world: World): World {
  const people = new Map(world.people);
  const conversations = new Map(world.conversations);
  const told = new Set([fold(world.me)]);
  for (const [key, of] of world.conversations) {
    if (of.kind === "room" && of.membersKnown) {
      conversations.set(key, { ...of, pinned: [] });
      [...of.members.keys()].forEach((one) => told.add(one));
    }
  }
  for (const key of told) {
    const person = people.get(key);
    if (person !== undefined) {
      people.set(key, { ...person, displayName: "", avatar: "", status: "" });
    }
  }
  return { ...world, people, conversations };
}

const online =
  (is: boolean): Step =>
  (world, line) =>
    (line.parameters[1] ?? "")
      .split(",")
      .map(nicknameOf)
      .filter(Boolean)
      .reduce((made, who) => inPerson(made, who, { online: is }), world);

/** G: gone, H: here. Why, they do not say. */
function awayOf(world: World, nickname: string, flags: string): string | null {
  return flags.startsWith("G") ? (world.people.get(fold(nickname))?.away ?? "") : null;
}

// 354 me token nickname flags account realname (WHO … %tnfar,TOKEN), and 352.
const whox: Step = (world, line) => {
  const [, , nickname = "", flags = "", name = "0", realName = ""] = line.parameters;
  return inSeen(world, nickname, {
    away: awayOf(world, nickname, flags),
    account: name === "0" ? null : name,
    bot: flags.includes("B"),
    realName,
  });
};

const who: Step = (world, line) => {
  const [, , , , , nickname = "", flags = "", hopsAndName = ""] = line.parameters;
  return inSeen(world, nickname, {
    away: awayOf(world, nickname, flags),
    realName: hopsAndName.replace(/^\d+ /, ""),
    bot: flags.includes("B"),
  });
};

function profile(world: World, line: Line, change: Partial<Profile>): World {
  const nickname = line.parameters[1] ?? "";
  const before: Profile =
    world.profile !== null && fold(world.profile.nickname) === fold(nickname)
      ? world.profile
      : {
          nickname,
          user: "",
          realName: "",
          account: "",
          rooms: [],
          away: "",
          idleSeconds: null,
          since: null,
          operator: false,
          secure: false,
        };
  return { ...world, profile: { ...before, ...change } };
}

const whoisUser: Step = (world, line) => {
  const [, nickname = "", user = "", host = "", , realName = ""] = line.parameters;
  return profile(inPerson(world, nickname, { realName, online: true }), line, {
    user: `${user}@${host}`,
    realName,
  });
};

const whoisRooms: Step = (world, line) =>
  profile(world, line, {
    rooms: [
      ...(world.profile?.rooms ?? []),
      ...(line.parameters[2] ?? "").split(" ").filter(Boolean),
    ],
  });

const iAmAway =
  (is: boolean): Step =>
  (world) =>
    inPerson({ ...world, away: is }, world.me, { away: is ? "" : null });

/** "+nick!*@*", "-a:account" and, in the list, the same without a sign: those are people; other masks
 * are for other programs. */
const personMask = /^([+-]?)(?:a:([^!*?]+)|([^!*?]+)!\*@\*)$/;

const silence: Step = (world, line) => {
  const blocked = new Set(world.blocked);
  for (const parameter of line.parameters) {
    const [, sign, account, nickname] = personMask.exec(parameter) ?? [];
    const key = fold(account ?? nickname ?? "");
    if (sign === "-") {
      blocked.delete(key);
    } else if (key !== "") {
      blocked.add(key);
    }
  }
  return { ...world, blocked };
};

/** Someone is gone for good: a private conversation shows it, and so does who asked about her. Whoever
 * wished something else of her is told. */
const noSuchNickname: Step = (world, line) => {
  const [, name = "", why = ""] = line.parameters;
  const key = fold(name);
  const wasAsked = world.whoisOf === key;
  const made = wasAsked ? { ...world, whoisOf: null, absent: key } : world;
  if (conversationOf(world, name)?.kind === "private" || (wasAsked && world.people.has(key))) {
    return inPerson(made, name, { online: false });
  }
  return wasAsked
    ? made
    : notify(world, { tone: "error", code: line.command, about: name, text: `${name}: ${why}` });
};

const whoisAccount: Step = (world, line) => {
  const [, nickname = "", account = ""] = line.parameters;
  return profile(inPerson(world, nickname, { account }), line, { account });
};

// 318 me nickname: all of a WHOIS has been said. Of whom no account was named has none.
const whoisEnd: Step = (world, line) => {
  const key = fold(line.parameters[1] ?? "");
  if (world.whoisOf !== key) {
    return world;
  }
  const made = { ...world, whoisOf: null };
  const found = world.profile;
  return found !== null && fold(found.nickname) === key && found.account === ""
    ? inPerson(made, found.nickname, { account: null })
    : made;
};

/** Whose account an old message names, where nothing newer is known of her. */
export function withAuthors(world: World, messages: readonly Message[]): World {
  const unknown = messages.filter(
    (one) => one.account !== null && world.people.get(fold(one.from))?.account === undefined,
  );
  if (unknown.length === 0) {
    return world;
  }
  const people = new Map(world.people);
  for (const { from, account } of unknown) {
    people.set(fold(from), { ...(people.get(fold(from)) ?? newPerson(from)), account });
  }
  return { ...world, people };
}

export const peopleVerbs: Readonly<Record<string, Step>> = {
  NICK: nick,
  QUIT: quit,
  AWAY: away,
  ACCOUNT: account,
  SETNAME: setName,
  SILENCE: silence,
  "271": silence,
  CHGHOST: (world) => world,
  METADATA: metadata,
  "761": keyValue,
  "766": keyNotSet,
  "730": online(true),
  "731": online(false),
  "352": who,
  "354": whox,
  "311": whoisUser,
  "319": whoisRooms,
  "301": (world, line) => {
    const why = whyAway(line.parameters[2] ?? "");
    return profile(inPerson(world, line.parameters[1] ?? "", { away: why, online: true }), line, { away: why });
  },
  "313": (world, line) => profile(world, line, { operator: true }),
  "317": (world, line) =>
    profile(world, line, {
      idleSeconds: Number(line.parameters[2] ?? 0),
      since: Number(line.parameters[3] ?? 0) * 1000 || null,
    }),
  "330": whoisAccount,
  "671": (world, line) => profile(world, line, { secure: true }),
  "305": iAmAway(false),
  "306": iAmAway(true),
  "318": whoisEnd,
  "401": noSuchNickname,
};
