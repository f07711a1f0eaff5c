// SPDX-License-Identifier: Apache-2.0
// A room that is made: one comes in, and once one is its operator it is told what it shall be. Where
// there is a room of that name, nothing of it is changed, and who wished another is not left in it.
// Coming in makes a room: to one that somebody named one goes only if it is there, or asks first.
import { text } from "../text/texts.svelte";
import { fold } from "../wire/line";
import type { Client } from "./client.svelte";
import { mayOperate } from "./roles";
import { screen } from "./screen.svelte";

export interface RoomWish {
  readonly name: string;
  readonly topic: string;
  readonly secret: boolean;
  readonly inviteOnly: boolean;
  readonly password: string;
}

/** The words of its MODE; none: it stays as it is. */
function modesOf(wish: RoomWish): string[] {
  const letters = `${wish.secret ? "s" : ""}${wish.inviteOnly ? "i" : ""}${wish.password === "" ? "" : "k"}`;
  return letters === "" ? [] : [`+${letters}`, ...(wish.password === "" ? [] : [wish.password])];
}

/** Those that hide are found when one is in. Null: nobody answers. */
async function isListed(client: Client, room: string): Promise<boolean | null> {
  const answer = await client.request("LIST", room);
  return answer.length === 0
    ? null
    : answer.some((one) => one.command === "322" && fold(one.parameters[1] ?? "") === fold(room));
}

const isIn = (client: Client, room: string): boolean =>
  client.now.conversations.get(fold(room))?.joined === true;

const isInvited = (client: Client, room: string): boolean =>
  client.now.invitations.some((one) => fold(one.room) === fold(room));

/** Goes into a room that is there; where none is to be seen, it is said. */
export async function visit(client: Client, room: string, sayNone: () => void): Promise<void> {
  const { active } = client;
  const { dialog } = screen;
  const isThere = isIn(client, room) || isInvited(client, room) || (await isListed(client, room)) !== false;
  if (client.active !== active || screen.dialog !== dialog) {
    return; // she went on elsewhere
  }
  if (isThere) {
    client.places.join(room);
  } else {
    sayNone();
  }
}

/** A room in somebody's message: #include may be none. */
export function visitOrAsk(client: Client, room: string): Promise<void> {
  return visit(client, room, () =>
    screen.show({
      is: "confirm",
      question: text.of.makeRoomAsk(room),
      action: text.of.makeRoom,
      danger: false,
      then: () => client.places.join(room),
    }),
  );
}

export function visitOrTell(client: Client, room: string): Promise<void> {
  return visit(client, room, () => client.tell("error", "VISIT", text.of.refusedAt["403"]?.(room) ?? ""));
}

function furnish(client: Client, wish: RoomWish): void {
  const of = client.now.conversations.get(fold(wish.name));
  if (of === undefined) {
    return;
  }
  if (!mayOperate(client.now, of)) {
    client.places.part(wish.name);
    client.tell("error", "MAKE", text.of.roomTaken(of.name));
    return;
  }
  const modes = modesOf(wish);
  if (modes.length > 0) {
    client.send("MODE", wish.name, ...modes);
  }
  if (wish.topic !== "") {
    client.send("TOPIC", wish.name, wish.topic);
  }
}

/** Dropped: it was not wished any more. */
export async function makeRoom(
  client: Client,
  wish: RoomWish,
  isStillWanted: () => boolean,
): Promise<"under way" | "taken" | "unheard" | "dropped"> {
  if (isIn(client, wish.name) || (await isListed(client, wish.name)) === true) {
    return "taken";
  }
  if (!isStillWanted()) {
    return "dropped";
  }
  if (!client.places.join(wish.name, wish.password)) {
    return "unheard";
  }
  void client.places.entered(wish.name).then((came) => {
    if (came) {
      furnish(client, wish);
    }
  });
  return "under way";
}

/** A room like any other, of that name alone. */
export async function makeNamed(client: Client, name: string): Promise<void> {
  const wish = { name, topic: "", secret: false, inviteOnly: false, password: "" };
  if ((await makeRoom(client, wish, () => true)) === "taken") {
    client.tell("error", "MAKE", text.of.roomTaken(name));
  }
}
