// SPDX-License-Identifier: Apache-2.0
// What the reader has seen, and whom and what she wants to notice: read markers, words that count as
// a mention, people whom she does not want to read.
import { inKnownConversation } from "../state/change";
import { recount } from "../state/messages";
import type { Conversation } from "../state/model";
import { metadataBytesMax, ownWordsKey, wordsOf } from "../state/people";
import { setReadUntil } from "../state/say";
import { fold } from "../wire/line";
import { byteLength } from "../wire/pieces";
import type { Client } from "./client.svelte";
import { hasOwnMetadata, ownMetadata } from "./own_metadata";
import { settings } from "./settings.svelte";
import { closeSystemNotices } from "./system_notices";

export class Attention {
  constructor(private readonly client: Client) {}

  /** Where the server keeps no markers, this browser does; reading begins with coming in. */
  recall(of: Conversation): void {
    if (this.client.can("draft/read-marker")) {
      return;
    }
    const until = settings.kept.readUntil[of.key] ?? of.joinedAt;
    const { now } = this.client;
    this.client.change(
      inKnownConversation(now, of.name, (it) =>
        recount(now, { ...it, markerKnown: true, readUntil: Math.max(it.readUntil, until) }),
      ),
    );
    if (until > 0) {
      this.keep(of, until);
    }
  }

  /** The server knows of no marker: it is told where reading begins, or it would begin anew each time. */
  begin(of: Conversation): void {
    if (of.kind === "room" && of.readUntil > 0) {
      this.keep(of, of.readUntil);
    }
  }

  private keep(of: Conversation, time: number): void {
    if (this.client.can("draft/read-marker")) {
      this.client.sendAside("MARKREAD", [of.name, `timestamp=${new Date(time).toISOString()}`]);
    } else {
      settings.kept.readUntil[of.key] = time;
      settings.save();
    }
  }

  /** What is seen is read, here and on all devices. */
  markRead(of: Conversation): void {
    const last = of.messages[of.messages.length - 1];
    const time = Math.max(last?.time ?? 0, of.toNow ? of.lastTime : 0);
    if (!of.toNow || time === 0 || (time <= of.readUntil && of.unread === 0)) {
      return;
    }
    const moved = time > of.readUntil;
    this.client.change(setReadUntil(this.client.now, of.name, time));
    if (moved) {
      this.keep(of, time);
      closeSystemNotices(of.key, time);
    }
  }

  /** An account's words are the server's: all her devices agree, and she is told of them while no
   * page is open. Otherwise, or where they are too many for it, this browser keeps them. */
  setHighlights(words: readonly string[]): void {
    const value = words.join(", ");
    const away = hasOwnMetadata(this.client) && byteLength(value) <= metadataBytesMax;
    if (away) {
      this.client.send("METADATA", "*", "SET", ownWordsKey, ...(value === "" ? [] : [value]));
    }
    settings.kept.highlights = away ? [] : [...words];
    settings.save();
    this.client.change({ ...this.client.now, highlights: words });
  }

  /** What this browser kept before is brought to the server, once. */
  async bringHighlights(): Promise<void> {
    const told = await ownMetadata(this.client, ownWordsKey);
    if (told === null) {
      return;
    }
    const there = wordsOf(told);
    const all = [...new Set([...there, ...settings.kept.highlights])];
    if (all.length > there.length) {
      this.setHighlights(all);
    } else {
      settings.kept.highlights = [];
      settings.save();
      this.client.change({ ...this.client.now, highlights: there });
    }
  }

  /** Whom one does not want to read is kept by the server where it can be; it answers with all. What
   * this browser kept before is brought there, once for an account. */
  bringBlocked(): void {
    if (!this.client.now.isupport.has("SILENCE")) {
      return;
    }
    settings.kept.blocked.forEach((key) => this.client.send("SILENCE", `+${key}!*@*`));
    if (this.client.now.account !== null) {
      settings.kept.blocked = [];
      settings.save();
      this.client.change({ ...this.client.now, blocked: new Set() });
    }
    this.client.send("SILENCE");
  }

  setBlocked(nickname: string, blocked: boolean): void {
    const key = fold(nickname);
    const { account, isupport, people } = this.client.now;
    if (isupport.has("SILENCE")) {
      const hers = people.get(key)?.account ?? null;
      const mask = hers === null ? `+${key}!*@*` : `+a:${hers}`;
      this.client.send("SILENCE", blocked ? mask : `-${key}!*@*,-a:${hers ?? key}`);
    }
    if (isupport.has("SILENCE") && account !== null) {
      return; // the server says it to all sessions
    }
    const others = settings.kept.blocked.filter((one) => one !== key);
    settings.kept.blocked = blocked ? [...others, key] : others;
    settings.save();
    this.client.change({ ...this.client.now, blocked: new Set(settings.kept.blocked) });
  }
}
