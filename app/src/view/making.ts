// SPDX-License-Identifier: Apache-2.0
// A room that is made: one comes in, and once one is its operator it is told what it shall be. Where
// there is a room of that name, nothing of it is changed, and who wished another is not left in it.
import type { Key } from "../state/model";
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

export class Making {
  private readonly wished = new Map<Key, RoomWish>();

  constructor(private readonly client: Client) {}

  async make(wish: RoomWish): Promise<"under way" | "taken" | "unheard"> {
    const { client } = this;
    const key = fold(wish.name);
    if (client.now.conversations.get(key)?.joined === true || (await this.isListed(wish.name))) {
      return "taken";
    }
    if (!client.places.join(wish.name, wish.password)) {
      return "unheard";
    }
    this.wished.set(key, wish);
    return "under way";
  }

  /** Those that hide are found when one is in. */
  private async isListed(room: string): Promise<boolean> {
    const answer = await this.client.request("LIST", room);
    return answer.some((one) => one.command === "322" && fold(one.parameters[1] ?? "") === fold(room));
  }

  /** One is in it, and who is there is known. */
  cameIn(room: string): void {
    const { client } = this;
    const wish = this.take(room);
    const of = client.now.conversations.get(fold(room));
    if (wish === undefined || of === undefined) {
      return;
    }
    if (!mayOperate(client.now, of)) {
      client.places.part(room);
      client.tell("error", "MAKE", text.of.roomTaken(of.name));
      return;
    }
    const modes = modesOf(wish);
    if (modes.length > 0) {
      client.send("MODE", room, ...modes);
    }
    if (wish.topic !== "") {
      client.send("TOPIC", room, wish.topic);
    }
  }

  refused(room: string): void {
    this.take(room);
  }

  lineBroke(): void {
    this.wished.clear();
  }

  private take(room: string): RoomWish | undefined {
    const wish = this.wished.get(fold(room));
    this.wished.delete(fold(room));
    return wish;
  }
}
