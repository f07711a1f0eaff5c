// SPDX-License-Identifier: Apache-2.0
// A room that is made: one comes in, and once one is its operator it is told what it shall be. Where
// there is a room of that name, nothing of it is changed, and who wished another is not left in it.
import { text } from "../text/texts.svelte";
import { fold } from "../wire/line";
import type { Client } from "./client.svelte";
import { mayOperate } from "./roles";

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

/** Those that hide are found when one is in. */
async function isListed(client: Client, room: string): Promise<boolean> {
  const answer = await client.request("LIST", room);
  return answer.some((one) => one.command === "322" && fold(one.parameters[1] ?? "") === fold(room));
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
  const isIn = client.now.conversations.get(fold(wish.name))?.joined === true;
  if (isIn || (await isListed(client, wish.name))) {
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
