// SPDX-License-Identifier: Apache-2.0
// How people look of whom the server says nothing unasked: it tells the metadata of those who are in a room
// when one comes in, and of no others, so that whoever is away, or comes later, has but a nickname. They are
// asked for once on each line, when they are drawn, and slowly: what the reader says does not wait behind it.
import { hear } from "../state/hear";
import type { Key } from "../state/model";
import { everythingSeen } from "../state/people";
import { fold } from "../wire/line";
import type { Client } from "./client.svelte";
import { whenIdle } from "./idle";

const keys = ["display-name", "avatar", "status", "bot"];
/** Asked for at once, and how long nobody is asked for after that. */
const atOnce = 4;
const restMs = 2_000;
/** Who was drawn before so many others is asked for when she is drawn again. */
const waitingMax = 100;

export class Faces {
  /** Told, or asked for, on this line. */
  private readonly known = new Set<Key>();
  private waiting: Key[] = [];
  /** The server has said all that it says unasked. */
  private isTold = false;
  private isResting = false;

  constructor(private readonly client: Client) {}

  lineOpened(): void {
    this.known.clear();
    this.waiting = [];
    this.isTold = false;
  }

  /** She is drawn. */
  drawn(nickname: string): void {
    const key = fold(nickname);
    if (this.known.has(key) || !this.mayAsk()) {
      return;
    }
    this.waiting = [...this.waiting.filter((one) => one !== key), key].slice(-waitingMax);
    this.goOn();
  }

  /** The end of an answer that is about more than one. */
  told(target: string): void {
    const { me, conversations } = this.client.now;
    const all = target === everythingSeen;
    for (const of of conversations.values()) {
      if (of.kind === "room" && of.membersKnown && (all || of.key === fold(target))) {
        [...of.members.keys()].forEach((key) => this.known.add(key));
      }
    }
    if (all) {
      this.known.add(fold(me));
      this.toldAll();
    }
  }

  /** Or there is too much of it for the server to say. */
  toldAll(): void {
    this.isTold = true;
    this.goOn();
  }

  /** She came in; to those who are there already the server says no more than that. */
  cameIn(nickname: string): void {
    this.known.delete(fold(nickname));
  }

  /** Asks now. False: there is nobody of this name; null: nobody says. */
  async isSomebody(nickname: string): Promise<boolean | null> {
    return this.mayAsk() ? this.ask(nickname) : null;
  }

  private mayAsk(): boolean {
    return this.client.can("draft/metadata-2") && this.client.can("labeled-response");
  }

  private goOn(): void {
    if (this.isTold && !this.isResting && this.waiting.length > 0) {
      this.isResting = true;
      whenIdle(() => this.askSome());
    }
  }

  /** Who was drawn last stands where one looks. */
  private askSome(): void {
    const unknown = this.waiting.filter((key) => !this.known.has(key));
    const now = unknown.splice(-atOnce).reverse();
    this.waiting = unknown;
    now.forEach((key) => void this.ask(key));
    const rest = now.length > 0 ? restMs : 0;
    setTimeout(() => {
      this.isResting = false;
      this.goOn();
    }, rest);
  }

  private async ask(nickname: string): Promise<boolean | null> {
    this.known.add(fold(nickname));
    const answer = await this.client.request("METADATA", nickname, "GET", ...keys);
    const values = answer.filter((line) => line.command === "761" || line.command === "766");
    const said = values.map((line) => ({ ...line, tags: {} })); // the batch that they came in is over
    this.client.change(said.reduce((world, line) => hear(world, line, Date.now()), this.client.now));
    const isNobody = answer.some((line) => line.command === "FAIL" && line.parameters[1] === "INVALID_TARGET");
    return isNobody ? false : values.length > 0 || null;
  }
}
