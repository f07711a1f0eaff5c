// SPDX-License-Identifier: Apache-2.0
// Rooms and private conversations: coming in, leaving, opening; what is asked about them.
import { inKnownConversation } from "../state/change";
import { newConversation, type Key, type World } from "../state/model";
import { fold, isRoomName } from "../wire/line";
import { placeOf, type Place } from "../format/address";
import type { Client } from "./client.svelte";
import { settings } from "./settings.svelte";
import { Uploads } from "./uploads.svelte";

/** The newest that were closed are remembered. */
const closedMax = 100;

export class Places {
  /** Of rooms, as they were told; not longer than the page is there. */
  private readonly passwords = new Map<Key, string>();
  /** Those who wait until one is in a room. */
  private readonly entering = new Map<Key, (isIn: boolean) => void>();

  /** Those that one is on the way out of. */
  private readonly leaving = new Set<Key>();

  /** Those that the server brought one into since the line opened. */
  private readonly cameInto = new Set<Key>();

  constructor(private readonly client: Client) {}

  lineOpened(): void {
    this.cameInto.clear();
  }

  /** Where this browser last was; not those that one was put out of while the line held. */
  known(): string[] {
    const open = [...this.client.now.conversations.values()].filter((of) => of.kind === "room" && of.joined);
    return [...new Set([...settings.kept.rooms, ...open.map((of) => of.name)])];
  }

  /** The server brings an account into its rooms before it answers anything: in others one is no more, as
   * one left on another device. */
  async lookWhereOneIs(): Promise<void> {
    const { client } = this;
    const answer = await client.request("MODE", client.now.me);
    if (answer.length === 0) {
      return; // the line broke
    }
    for (const room of this.known().filter((one) => !this.cameInto.has(fold(one)))) {
      if (client.now.conversations.get(fold(room))?.joined === true) {
        client.heard({ tags: {}, source: client.now.me, command: "PART", parameters: [room] });
      } else {
        this.forget(room);
      }
    }
    client.showsNoOther();
    this.waitOnlyFor(this.cameInto);
    if (this.cameInto.size === 0 && client.active === null) {
      this.join("#lobby");
    }
  }

  /** A link may bring its room's password along. */
  learn(place: Place | null): void {
    if (place !== null && place.password !== "") {
      this.passwords.set(fold(place.room), place.password);
    }
  }

  /** Coming in: nobody comes back with what another one told. */
  forgetPasswords(): void {
    this.passwords.clear();
  }

  /** Where one was when the line broke, with the room's password as its members know it. */
  comeBackTo(room: string): void {
    const password = this.passwordOf(room);
    this.client.send("JOIN", room, ...(password === "" ? [] : [password]));
  }

  /** "": it has none, or nobody told. */
  passwordOf(room: string): string {
    const key = fold(room);
    const said = this.client.now.conversations.get(key)?.modes.get("k") ?? "";
    return said === "" || said === "*" ? (this.passwords.get(key) ?? "") : said;
  }

  /** The room asks for its password. True: one was told, and it was not that. */
  passwordRefused(room: string): boolean {
    const wasTold = this.passwordOf(room) !== "";
    this.passwords.delete(fold(room));
    return wasTold;
  }

  /** To where an address leads (format/address.ts). */
  go(place: string): void {
    if (place.startsWith("@")) {
      this.openPrivate(place.slice(1));
    } else {
      this.join(place);
    }
  }

  /** False: nobody heard it. */
  join(room: string, told = ""): boolean {
    const name = isRoomName(room) ? room : `#${room}`;
    const key = fold(name);
    if (this.isIn(key)) {
      this.open(key);
      return true;
    }
    const password = told === "" ? this.passwordOf(name) : told;
    if (!this.client.send("JOIN", name, ...(password === "" ? [] : [password]))) {
      return false;
    }
    if (password !== "") {
      this.passwords.set(key, password);
    }
    this.client.opensNext(name);
    return true;
  }

  /** True once one is in the room and knows who is there; false: one does not come in. */
  entered(room: string): Promise<boolean> {
    return new Promise((resolve) => this.entering.set(fold(room), resolve));
  }

  cameIn(room: string, isIn: boolean): void {
    this.entering.get(fold(room))?.(isIn);
    this.entering.delete(fold(room));
  }

  lineBroke(): void {
    this.leaving.clear();
  }

  /** Into others one does not come any more. */
  waitOnlyFor(rooms: Iterable<string>): void {
    const wished = new Set([...rooms].map(fold));
    [...this.entering.keys()].filter((key) => !wished.has(key)).forEach((key) => this.cameIn(key, false));
  }

  part(room: string): boolean {
    const key = fold(room);
    if (!isRoomName(room) || this.client.now.conversations.get(key)?.joined !== true) {
      this.close(key);
      return true;
    }
    if (!this.isIn(key)) {
      return true;
    }
    const isHeard = this.client.send("PART", room);
    if (isHeard) {
      this.leaving.add(key);
    }
    return isHeard;
  }

  cannotLeave(room: string): void {
    this.leaving.delete(fold(room));
  }

  private isIn(room: Key): boolean {
    return this.client.now.conversations.get(room)?.joined === true && !this.leaving.has(room);
  }

  /** Of a private conversation, or a room that one is not in any more. */
  close(key: Key): void {
    const conversations = new Map(this.client.now.conversations);
    const of = conversations.get(key);
    conversations.delete(key);
    this.client.change({ ...this.client.now, conversations });
    if (of?.kind === "private" && of.lastTime > 0) {
      this.keepClosed(key, of.lastTime);
    }
    this.client.privates.lookAway(key);
    this.forget(key);
  }

  /** Null: it is open again. */
  private keepClosed(key: Key, lastTime: number | null): void {
    const closed = new Map(this.client.now.closed);
    if (closed.delete(key) || lastTime !== null) {
      if (lastTime !== null) {
        closed.set(key, lastTime);
      }
      settings.kept.closed = Object.fromEntries([...closed].slice(-closedMax));
      settings.save();
      this.client.change({ ...this.client.now, closed });
    }
  }

  /** A room to come back to when this browser comes back. */
  remember(room: string): void {
    this.cameInto.add(fold(room));
    this.leaving.delete(fold(room));
    const { kept } = settings;
    if (!kept.rooms.some((one) => fold(one) === fold(room))) {
      kept.rooms = [...kept.rooms, room];
      settings.save();
    }
  }

  forget(room: string): void {
    const key = fold(room);
    this.leaving.delete(key);
    settings.kept.rooms = settings.kept.rooms.filter((one) => fold(one) !== key);
    settings.save();
    if (this.client.active !== key) {
      return;
    }
    const { conversations } = this.client.now;
    const next = [...conversations.keys()][0];
    if (!conversations.has(key)) {
      this.client.active = null;
    }
    if (this.client.active === null && next !== undefined) {
      this.open(next);
    } else {
      // The page would come in there again when it is loaded anew.
      history.replaceState({ conversation: this.client.active }, "", "/");
    }
  }

  /** Where one is not yet, one goes: a notice or a message may lead there. */
  open(key: Key): void {
    const of = this.client.now.conversations.get(key);
    if (of === undefined) {
      this.go(isRoomName(key) ? key : `@${key}`);
      return;
    }
    const before = this.client.active;
    this.client.active = key;
    const address = placeOf(of.name);
    // The browser's Back leads to the conversation before, if one is still in it.
    if (before !== null && before !== key && this.client.now.conversations.has(before)) {
      history.pushState({ conversation: key }, "", address);
    } else {
      history.replaceState({ conversation: key }, "", address);
    }
  }

  /** Where she was is not where the next one comes in. */
  leaveAddress(): void {
    history.replaceState(null, "", "/");
  }

  /** To a conversation that was open before; what has been left since stays left. */
  wentBack(state: unknown): void {
    const key = state instanceof Object && "conversation" in state ? state.conversation : null;
    if (typeof key !== "string") {
      return; // an address that somebody typed (App.svelte)
    }
    if (this.client.now.conversations.has(key)) {
      this.client.active = key;
    } else if (this.client.active !== null) {
      this.open(this.client.active);
    }
  }

  /** One asked for the old name of a room. */
  movedOn(before: string, after: string): void {
    const isLookedAt = this.client.active === fold(before) || this.client.isWished(before);
    this.renamed(before, after);
    this.close(fold(before));
    if (isRoomName(after) && isLookedAt) {
      this.join(after);
    } else if (isRoomName(after)) {
      this.client.send("JOIN", after);
    }
  }

  /** Somebody has another nickname: the private conversation goes along, where it moved. */
  followed(world: World, before: string, after: string): void {
    const moved = world.conversations.get(fold(before));
    if (moved?.kind === "private" && !this.client.now.conversations.has(moved.key)) {
      this.renamed(before, after);
      this.client.privates.lookAway(moved.key);
      this.client.privates.lookAt([fold(after)]);
    }
  }

  /** What this browser keeps about a conversation goes along with its name. */
  renamed(before: string, after: string): void {
    const [from, to] = [fold(before), fold(after)];
    Uploads.moved(from, to);
    const password = this.passwords.get(from);
    this.passwords.delete(from);
    if (password !== undefined) {
      this.passwords.set(to, password);
    }
    const { kept } = settings;
    kept.rooms = kept.rooms.map((one) => (fold(one) === from ? after : one));
    for (const of of [kept.drafts, kept.readUntil] as Record<string, unknown>[]) {
      if (of[from] !== undefined && from !== to) {
        of[to] = of[from];
        delete of[from];
      }
    }
    settings.save();
    this.client.levels.moved(from, to);
    if (this.client.active === from) {
      this.client.drawNow();
      this.open(to);
    }
  }

  openPrivate(nickname: string): void {
    const key = fold(nickname);
    this.keepClosed(key, null);
    if (!this.client.now.conversations.has(key)) {
      const conversations = new Map(this.client.now.conversations);
      conversations.set(key, newConversation(key, nickname, "private"));
      this.client.change({ ...this.client.now, conversations });
      this.client.drawNow();
    }
    const of = this.client.now.conversations.get(key);
    if (of !== undefined && of.messages.length === 0 && of.loading === null) {
      this.client.history.ask(of.name, { way: "latest" });
    }
    this.client.privates.lookAt([key]);
    this.open(key);
  }

  list(): void {
    if (this.client.send("LIST")) {
      this.client.change({ ...this.client.now, listed: [], listing: "asked" });
    } else {
      this.client.change({ ...this.client.now, listing: "failed" });
    }
  }

  whois(nickname: string): void {
    const whoisOf = this.client.status.is === "open" ? fold(nickname) : null;
    this.client.change({ ...this.client.now, profile: null, whoisOf, absent: null });
    this.client.sendAside("WHOIS", [nickname]);
  }

  /** The masks of a room: 367 and its like answer. */
  askMasks(room: string, letter: string): void {
    this.client.change(
      inKnownConversation(this.client.now, room, (of) => {
        const lists = new Map(of.lists);
        lists.delete(letter);
        return { ...of, lists };
      }),
    );
    this.client.sendAside("MODE", [room, `+${letter}`]);
  }

  refuseInvitation(room: string): void {
    this.client.change({
      ...this.client.now,
      invitations: this.client.now.invitations.filter((one) => fold(one.room) !== fold(room)),
    });
  }
}
