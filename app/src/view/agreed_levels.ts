// SPDX-License-Identifier: Apache-2.0
// Of which messages of a conversation the reader is told, agreed on by all devices of her account: the
// server keeps it, and pushes by it. This browser remembers it too, so that it holds before the server
// has spoken, and what was chosen without a line until that is brought there.
import type { Key } from "../state/model";
import { text } from "../text/texts.svelte";
import type { Client } from "./client.svelte";
import type { Level } from "./kept";
import { levelsIn, levelsKey, levelsText } from "./levels";
import { hasOwnMetadata, ownMetadata } from "./own_metadata";
import { settings } from "./settings.svelte";

export class AgreedLevels {
  /** What the server keeps of this account is known: what is sent now comes after it. */
  private known = false;

  constructor(private readonly client: Client) {}

  set(of: Key, level: Level): void {
    this.choose(of, level);
    settings.save();
    this.send();
  }

  /** A conversation has another name. */
  moved(from: Key, to: Key): void {
    const level = settings.kept.levels[from];
    if (level !== undefined && from !== to) {
      this.choose(from, "mentions");
      this.set(to, level);
    }
  }

  /** When one has come in, or logged in: the server's, and over them what was chosen here since. */
  async bring(): Promise<void> {
    this.known = false;
    const told = await ownMetadata(this.client, levelsKey);
    if (told === null) {
      return;
    }
    this.known = true;
    const { kept } = settings;
    const unsent = told === "" ? Object.keys(kept.levels) : kept.levelsUnsent;
    const here = kept.levels;
    this.take(told);
    unsent.forEach((key) => this.choose(key, here[key] ?? "mentions"));
    if (unsent.length > 0) {
      this.send();
    }
    settings.save();
  }

  /** The server says what it keeps: one of her devices, this one perhaps, has changed it. */
  heard(value: string): void {
    this.take(value);
    settings.kept.levelsUnsent = [];
    settings.save();
  }

  lineBroke(): void {
    this.known = false;
  }

  private choose(of: Key, level: Level): void {
    const { kept } = settings;
    const others = Object.entries(kept.levels).filter(([key]) => key !== of);
    kept.levels = Object.fromEntries(level === "mentions" ? others : [...others, [of, level]]);
    kept.levelsUnsent = [...new Set([...kept.levelsUnsent, of])];
  }

  private send(): void {
    if (!this.known || !hasOwnMetadata(this.client)) {
      return;
    }
    const { value, all } = levelsText(settings.kept.levels);
    this.client.sendAside("METADATA", ["*", "SET", levelsKey, value]);
    if (!all) {
      this.client.tell("warning", "LEVELS", text.of.levelsTooMany);
    }
  }

  private take(value: string): void {
    const { kept } = settings;
    // Where they are too many for the server, this browser has more of them.
    if (value !== "" && value !== levelsText(kept.levels).value) {
      kept.levels = levelsIn(value);
    }
  }
}
