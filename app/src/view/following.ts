// SPDX-License-Identifier: Apache-2.0
// What follows from a line beside what it changes in the state: what is asked next, remembered, opened,
// announced.
import { isMe } from "../state/change";
import { isForAMoment } from "../state/hear";
import type { World } from "../state/model";
import { everythingSeen } from "../state/people";
import { refusedRoom } from "../state/rooms";
import { text } from "../text/texts.svelte";
import { fold, isRoomName, nicknameOf, type Line } from "../wire/line";
import { announce } from "./announce.svelte";
import type { Client } from "./client.svelte";
import { levelsKey } from "./levels";
import { canPush, takePushes } from "./push";
import { settings } from "./settings.svelte";
import { closeSystemNotices } from "./system_notices";

/** Members beyond which nobody asks who of them is away. */
const whoMax = 400;

interface Heard {
  readonly line: Line;
  readonly before: World;
  readonly after: World;
}
/** With the line's parameters. */
type Consequence = (client: Client, of: Heard, parameters: readonly [string, string, string, string]) => void;

const changed: Consequence = (client, { line }) => client.quotes.heard(line);

const renamed: Consequence = (client, { line, before }, [to]) => {
  const who = nicknameOf(line.source);
  if (isMe(before, who)) {
    settings.kept.nickname = to;
    settings.save();
  }
  client.places.followed(before, who, to);
};

const joined: Consequence = (client, { line, after }, [room]) => {
  if (!isMe(after, nicknameOf(line.source))) {
    client.faces.cameIn(nicknameOf(line.source));
    return;
  }
  client.places.remember(room);
  const of = client.now.conversations.get(fold(room));
  if (of === undefined) {
    return;
  }
  client.attention.recall(of);
  client.send("MODE", room);
  const isWished = client.isWished(room);
  const isShown = client.active === null || isWished;
  client.history.catchUp(of, isShown);
  if (isShown) {
    client.places.open(of.key);
  }
  if (isWished) {
    client.opensNext(null);
  }
};

const forgets = (client: Client, before: World, who: string, room: string): void => {
  if (isMe(before, who)) {
    client.places.forget(room);
  }
};

const failed: Consequence = (client, { line, before }, [verb, code, what, more]) => {
  if (verb === "JOIN" && !isRoomName(what)) {
    client.opensNext(null); // it names no room: the name itself was refused
    client.places.waitOnlyFor([]);
  } else if (code === "CHANNEL_RENAMED") {
    client.places.movedOn(what, more);
  } else if (isForAMoment(line)) {
    const question = before.questions.get(line.tags["label"] ?? "");
    if (question !== undefined) {
      client.history.failed(question);
    } else if (what === "TARGETS") {
      client.privates.listFailed();
    }
  }
};

const marked: Consequence = (client, { after }, [where, until]) => {
  const of = after.conversations.get(fold(where));
  if (until === "*" && of !== undefined) {
    client.attention.begin(of);
  } else if (of !== undefined) {
    closeSystemNotices(of.key, of.readUntil); // pushed, and read elsewhere
  }
};

/** What her account keeps for all her devices. */
function bringOwn(client: Client): void {
  void client.attention.bringHighlights();
  void client.levels.bring();
}

/** The end of the welcome. */
const welcomed: Consequence = (client) => {
  client.attention.bringBlocked();
  bringOwn(client);
  void client.operators.lookAtRights();
  if (settings.kept.push && canPush(client)) {
    void takePushes(client);
  }
};

const mayHaveRights: Consequence = (client) => void client.operators.lookAtRights();

/** Also amid a conversation, by NickServ say: before it there is no welcome yet. */
const loggedIn: Consequence = (client, of, parameters) => {
  mayHaveRights(client, of, parameters);
  if (client.inside && of.before.account !== of.after.account) {
    bringOwn(client);
  }
};

const membersKnown: Consequence = (client, _, [, room]) => {
  const of = client.now.conversations.get(fold(room));
  if (of !== undefined && of.members.size <= whoMax) {
    client.send("WHO", room, "%tnfar,152");
  }
  client.places.cameIn(room, true);
};

const batchEnded: Consequence = (client, { line, before, after }, [reference]) => {
  if (!reference.startsWith("-")) {
    return;
  }
  const batch = before.batches.get(reference.slice(1));
  if (batch?.kind === "draft/chathistory-targets") {
    client.privates.lookAtAll();
  } else {
    client.privates.lookAtNew(before);
  }
  if (batch?.kind === "chathistory") {
    client.history.answered(batch.parameters[0] ?? "");
  }
  if (batch?.kind === "metadata") {
    client.faces.told(batch.parameters[0] ?? "");
  }
  client.history.fillGaps();
  announce.compare(client, before, after, line);
};

const said: Consequence = (client, { line, before, after }) => {
  client.privates.lookAtNew(before);
  announce.compare(client, before, after, line);
};

function levelsAre(client: Client, world: World, whose: string, key: string, value: string): void {
  if (key === levelsKey && (whose === "*" || isMe(world, whose))) {
    client.levels.heard(value);
  }
}

const consequences: Readonly<Record<string, Consequence>> = {
  REDACT: changed,
  EDIT: changed,
  NICK: renamed,
  JOIN: joined,
  PART: (client, { line, before }, [room]) => forgets(client, before, nicknameOf(line.source), room),
  KICK: (client, { before }, [room, who]) => forgets(client, before, who, room),
  FAIL: failed,
  MARKREAD: marked,
  RENAME: (client, _, [from, to]) => client.places.renamed(from, to),
  METADATA: (client, { after }, [whose, key, , value]) => levelsAre(client, after, whose, key, value),
  "761": (client, { line, after }, [, whose, key]) => levelsAre(client, after, whose, key, line.parameters[4] ?? ""),
  MODE: (client, { line }) => client.operators.heardMode(line),
  CAP: (client) => client.lookAtCapabilities(),
  BATCH: batchEnded,
  PRIVMSG: said,
  NOTICE: said,
  INVITE: (_, { line, after }, [who, room]) => {
    if (isMe(after, who)) {
      announce.invited(room, nicknameOf(line.source));
    }
  },
  "341": (client, _, [, who, room]) => client.tell("info", "INVITE", text.of.invitationSent(who, room)),
  "366": membersKnown,
  "442": (client, _, [, room]) => client.places.cannotLeave(room),
  "774": (client, _, [, of]) => of === everythingSeen && client.faces.toldAll(),
  "376": welcomed,
  "422": welcomed,
  "381": mayHaveRights,
  "900": loggedIn,
  "901": mayHaveRights,
};

export function follow(client: Client, line: Line, before: World, after: World): void {
  if (client.inside && before.account !== null && after.account !== null) {
    settings.isNow(after.account); // it may have another name
  }
  const refused = refusedRoom(line);
  if (refused !== null) {
    client.places.cameIn(refused, false);
    if (client.isWished(refused)) {
      client.opensNext(null);
    }
  }
  const [first = "", second = "", third = "", fourth = ""] = line.parameters;
  consequences[line.command]?.(client, { line, before, after }, [first, second, third, fourth]);
}
