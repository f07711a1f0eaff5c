// SPDX-License-Identifier: Apache-2.0
// The one door: a world and a line in, the next world out. Batches and labels are taken apart here,
// so that the families of verbs see plain lines.
import { parseTokens } from "../wire/capabilities";
import { pageSize } from "../wire/history";
import { fold, isRoomName, nicknameOf, type Line } from "../wire/line";
import {
  conversationOf,
  inConversation,
  inEachConversation,
  inKnownConversation,
  inPerson,
  notify,
  withEntry,
  without,
} from "./change";
import {
  applyChange,
  applyReaction,
  messageOf,
  messageVerbs,
  nonceTag,
  recount,
} from "./messages";
import {
  msgidOf,
  newConversation,
  type Asked,
  type Batch,
  type Conversation,
  type Message,
  type World,
} from "./model";
import { takePage, type Page } from "./pages";
import { eventMessage, everythingSeen, peopleVerbs, withAuthors, withoutMetadata } from "./people";
import { roomVerbs } from "./rooms";
import { searchPage } from "./search";

type Step = (world: World, line: Line, now: number) => World;

const lastOf = (line: Line): string => line.parameters[line.parameters.length - 1] ?? "";

const welcome: Step = (world, line) => {
  const me = line.parameters[0] ?? "";
  return inPerson({ ...world, me }, me, { online: true });
};

const isupport: Step = (world, line) => {
  const made = new Map(world.isupport);
  for (const [key, value] of parseTokens(line.parameters.slice(1, -1))) {
    if (key.startsWith("-")) {
      made.delete(key.slice(1));
    } else {
      made.set(key, value);
    }
  }
  return { ...world, isupport: made, network: made.get("NETWORK") ?? world.network };
};

// FAIL command code context… :text
const fail: Step = (world, line) => {
  const [command = "", code = "", ...rest] = line.parameters;
  const tone = line.command === "FAIL" ? "error" : line.command === "WARN" ? "warning" : "info";
  if (code === "CHANNEL_RENAMED" || isForAMoment(line)) {
    return world; // one goes on to the new name, or asks again
  }
  const about = rest.length > 1 ? `${command} ${rest.slice(0, -1).join(" ")}` : command;
  return notify(world, { tone, code, about, text: lastOf(line) });
};

/** A label that ends in an error: the message that it belongs to has failed. */
function failMessage(world: World, label: string, text: string): World | null {
  const id = `~${label}`;
  let found = false;
  const made = inEachConversation(world, (of) => {
    if (!of.outbox.some((one) => one.id === id)) {
      return of;
    }
    found = true;
    const outbox = of.outbox.map(
      (one): Message => (one.id === id ? { ...one, delivery: "failed", error: text } : one),
    );
    return { ...of, outbox };
  });
  return found ? made : null;
}

/** The server could not read its history just now; FAIL CHATHISTORY MESSAGE_ERROR … */
export function isForAMoment(line: Line): boolean {
  return line.command === "FAIL" && line.parameters[0] === "CHATHISTORY" && line.parameters[1] === "MESSAGE_ERROR";
}

function failQuestion(world: World, label: string, line: Line): World | null {
  const question = world.questions.get(label);
  if (question === undefined) {
    return null;
  }
  const made = { ...world, questions: without(world.questions, label) };
  if (isForAMoment(line)) {
    return made; // it is asked again (view/history.ts)
  }
  const { way } = question.asked;
  // Nobody asks again for what is not to be had.
  return inKnownConversation(made, question.target, (of) => ({
    ...of,
    loading: null,
    gapAfter: null,
    fromStart: of.fromStart || way === "older" || (way === "latest" && of.messages.length === 0),
  }));
}

const errorNumeric = /^[45]\d\d$/;

function labelledError(world: World, line: Line): World | null {
  const label = line.tags["label"];
  if (label === undefined || !(line.command === "FAIL" || errorNumeric.test(line.command))) {
    return null;
  }
  return failMessage(world, label, lastOf(line)) ?? failQuestion(world, label, line);
}

// ---- batches

function openBatch(world: World, line: Line): World {
  const [reference = "", kind = "", ...parameters] = line.parameters;
  const batch: Batch = {
    kind,
    parameters,
    label: line.tags["label"] ?? "",
    parent: line.tags["batch"] ?? "",
    tags: line.tags,
    source: line.source,
    lines: [],
  };
  return { ...world, batches: withEntry(world.batches, reference.slice(1), batch) };
}

/** Many lines as the one message that they are (draft/multiline). */
function joined(batch: Batch): Line | null {
  const [first] = batch.lines;
  if (first === undefined) {
    return null;
  }
  const text = batch.lines
    .map((line, at) => {
      const glue = at === 0 || line.tags["draft/multiline-concat"] !== undefined ? "" : "\n";
      return glue + (line.parameters[1] ?? "");
    })
    .join("");
  const tags: Record<string, string> = { ...first.tags, ...batch.tags };
  delete tags["batch"];
  const source = batch.source === "" ? first.source : batch.source;
  return { tags, source, command: first.command, parameters: [first.parameters[0] ?? "", text] };
}

/** Who came and went, as draft/event-playback tells it. */
function playedEvent(line: Line, now: number): Message | null {
  const [first = "", second = "", third = ""] = line.parameters;
  switch (line.command) {
    case "JOIN":
      return eventMessage(line, now, "join", "");
    case "PART":
      return eventMessage(line, now, "part", second);
    case "QUIT":
      return eventMessage(line, now, "quit", first);
    case "NICK":
      return eventMessage(line, now, "nick", first);
    case "KICK":
      return eventMessage(line, now, "kick", `${second} ${third}`.trim());
    case "TOPIC":
      return eventMessage(line, now, "topic", second);
    case "MODE":
      return eventMessage(line, now, "mode", line.parameters.slice(1).join(" "));
    default:
      return null;
  }
}

/** Lines of history as messages, with what later lines of the same page say about them. */
export function readPage(lines: readonly Line[], now: number): Message[] {
  const messages = new Map<string, Message>();
  for (const line of lines) {
    if (line.command === "PRIVMSG" || line.command === "NOTICE") {
      const message = messageOf(line, now);
      if (!(message.kind === "text" && message.text.startsWith("\u0001"))) {
        messages.set(message.id, message);
      }
    } else {
      const event = playedEvent(line, now);
      if (event !== null) {
        messages.set(event.id, event);
      }
    }
  }
  const of = { ...newConversation("", "", "room"), messages: [...messages.values()] };
  return [...applyAfterwards(of, lines).messages];
}

/** What a page says about messages, of its own or in the window already: reactions, redactions, edits. */
function applyAfterwards(of: Conversation, lines: readonly Line[]): Conversation {
  return lines.reduce((made, line) => {
    switch (line.command) {
      case "TAGMSG":
        return applyReaction(made, line);
      default:
        return applyChange(made, line);
    }
  }, of);
}

function questionFor(world: World, label: string, target: string): [string, Asked] | null {
  const labelled = world.questions.get(label);
  if (labelled !== undefined) {
    return [label, labelled.asked];
  }
  if (label !== "") {
    return null;
  }
  for (const [key, question] of world.questions) {
    if (fold(question.target) === fold(target)) {
      return [key, question.asked];
    }
  }
  return null;
}

function closeHistory(world: World, batch: Batch, label: string, now: number): World {
  const target = batch.parameters[0] ?? "";
  const question = questionFor(world, label, target);
  if (question === null && label !== "") {
    return world; // nobody waits for it any more
  }
  const asked: Asked = question?.[1] ?? { way: "latest" };
  const questions = question === null ? world.questions : without(world.questions, question[0]);
  // What only explains other lines has its place elsewhere (chathistory-context).
  const own = batch.lines.filter((line) => line.tags["draft/chathistory-context"] === undefined);
  const page: Page = {
    messages: readPage(batch.lines, now),
    lineCount: batch.lines.length,
    isFull: batch.lines.length >= pageSize(world.isupport),
    first: own[0]?.tags["msgid"] ?? null,
    last: own[own.length - 1]?.tags["msgid"] ?? null,
  };
  const nonces = new Set(batch.lines.map((line) => `~${line.tags[nonceTag] ?? ""}`));
  const name = world.questions.get(question?.[0] ?? "")?.target ?? target;
  return inKnownConversation(withAuthors({ ...world, questions }, page.messages), name, (of) => {
    const taken = takePage(of, page, asked);
    const known = applyAfterwards(taken, batch.lines);
    const outbox = of.outbox.filter((one) => !nonces.has(one.id));
    return recount(world, { ...known, outbox });
  });
}

/** CHATHISTORY TARGETS: private conversations that there are; rooms are joined, not opened. One that was
 * closed stays so until something newer is said. */
const historyTarget: Step = (world, line) => {
  const [verb = "", target = "", said = ""] = line.parameters;
  const time = Date.parse(said) || 0;
  const isOpen = conversationOf(world, target) !== undefined;
  if (verb !== "TARGETS" || isRoomName(target) || (!isOpen && time <= (world.closed.get(fold(target)) ?? -1))) {
    return world;
  }
  return inConversation(world, target, (of) => ({ ...of, lastTime: Math.max(of.lastTime, time) }));
};

function closeSearch(world: World, batch: Batch, label: string, now: number): World {
  const search = world.search;
  if (search === null || (label !== "" && search.label !== label)) {
    return world;
  }
  const hits = batch.lines
    .filter((line) => line.command === "PRIVMSG" || line.command === "NOTICE")
    .map((line) => {
      const to = line.parameters[0] ?? "";
      const from = nicknameOf(line.source);
      const target = isRoomName(to) || fold(from) === fold(world.me) ? to : from;
      return { target, message: messageOf(line, now) };
    })
    .sort((a, b) => b.message.time - a.message.time);
  const known = new Set(search.hits.map((one) => one.message.id));
  const earlier = hits.filter((one) => !known.has(one.message.id));
  const hasMore = hits.length >= searchPage && earlier.length > 0;
  return { ...world, search: { ...search, hits: [...search.hits, ...earlier], done: true, hasMore } };
}

function closeBatch(world: World, reference: string, now: number): World {
  const batch = world.batches.get(reference);
  if (batch === undefined) {
    return world;
  }
  const parent = world.batches.get(batch.parent);
  const label = batch.label !== "" ? batch.label : (parent?.label ?? "");
  const made: World = { ...world, batches: without(world.batches, reference) };
  if (batch.kind === "draft/multiline" || batch.kind === "multiline") {
    const whole = joined(batch);
    if (whole === null) {
      return made;
    }
    return parent === undefined ? plain(made, whole, now) : collect(made, batch.parent, whole);
  }
  if (batch.kind === "chathistory") {
    return closeHistory(made, batch, label, now);
  }
  if (batch.kind === "search" || batch.kind === "soju.im/search" || batch.kind === "draft/search") {
    return closeSearch(made, batch, label, now);
  }
  const start = batch.kind === "metadata" && batch.parameters[0] === everythingSeen ? withoutMetadata(made) : made;
  return batch.lines.reduce((next, line) => {
    const tags: Record<string, string> = { ...line.tags, ...(label === "" ? {} : { label }) };
    delete tags["batch"];
    return plain(next, { ...line, tags }, now);
  }, start);
}

function collect(world: World, reference: string, line: Line): World {
  const batch = world.batches.get(reference);
  return batch === undefined
    ? world
    : {
        ...world,
        batches: withEntry(world.batches, reference, { ...batch, lines: [...batch.lines, line] }),
      };
}

const verbs: Readonly<Record<string, Step>> = {
  ...messageVerbs,
  ...peopleVerbs,
  ...roomVerbs,
  CHATHISTORY: historyTarget,
  FAIL: fail,
  WARN: fail,
  NOTE: fail,
  "001": welcome,
  "005": isupport,
  "372": (world, line) => ({ ...world, motd: [...world.motd, lastOf(line).replace(/^- /, "")] }),
  "422": (world) => world, // no message of the day is no fault
  "375": (world) => ({ ...world, motd: [] }),
  "900": (world, line) => ({ ...world, account: line.parameters[2] ?? null }),
  "901": (world) => ({ ...world, account: null }),
};

/** One that is under way is answered no more. */
function failSearch(world: World): World {
  const { search } = world;
  return search === null || search.done ? world : { ...world, search: { ...search, done: true, failed: true } };
}

function plain(before: World, line: Line, now: number): World {
  const isRefusal = line.command === "FAIL" || errorNumeric.test(line.command);
  const isOfSearch = isRefusal && line.tags["label"] === before.search?.label;
  const world = isOfSearch ? failSearch(before) : before;
  const failed = labelledError(world, line);
  if (failed !== null) {
    return failed;
  }
  const step = verbs[line.command];
  if (step !== undefined) {
    return step(world, line, now);
  }
  return errorNumeric.test(line.command)
    ? notify(world, {
        tone: "error",
        code: line.command,
        about: line.parameters[1] ?? "",
        text: lastOf(line),
      })
    : world;
}

/** Batches open at once; a server that opens more is not followed. */
const batchesMax = 64;

export function hear(world: World, line: Line, now: number): World {
  if (line.command === "BATCH") {
    const reference = line.parameters[0] ?? "";
    if (reference.startsWith("+") && world.batches.size < batchesMax) {
      return openBatch(world, line);
    }
    return reference.startsWith("-") ? closeBatch(world, reference.slice(1), now) : world;
  }
  const within = line.tags["batch"];
  if (within !== undefined && world.batches.has(within)) {
    return collect(world, within, line);
  }
  return plain(world, line, now);
}

/** The line is gone: what was half heard will not be finished, and gaps begin here. */
export function lineBroke(world: World): World {
  const listing = world.listing === "asked" ? "failed" : world.listing;
  const idle = { batches: new Map(), questions: new Map(), listing, whoisOf: null } as const;
  const made: World = { ...failSearch(world), ...idle };
  return inEachConversation(made, (of) => {
    const last = of.messages.map(msgidOf).findLast((id) => id !== null);
    return {
      ...of,
      loading: null,
      membersKnown: of.kind === "private",
      typing: new Map(),
      gapAfter: of.toNow ? (of.gapAfter ?? last ?? null) : of.gapAfter,
    };
  });
}

/** Typing signs that have run out. */
export function tick(world: World, now: number): World {
  return inEachConversation(world, (of) => {
    const stale = [...of.typing].filter(([, sign]) => sign.until <= now);
    return stale.length === 0
      ? of
      : { ...of, typing: stale.reduce((made, [key]) => without(made, key), of.typing) };
  });
}
