// SPDX-License-Identifier: Apache-2.0
// Passes to the files of closed rooms, for who has no log-in to show with a picture: the server gives
// members one for each conversation (TOKEN GENERATE, IRCv3 draft/authtoken), good for ten minutes.
import { SvelteMap } from "svelte/reactivity";
import type { Line } from "../wire/line";
import { fold } from "../wire/line";
import type { Client } from "./client.svelte";

const service = "TERTULIA/FILES";
/** A little less than the server's. */
const lifeMs = 9 * 60_000;
/** Who was refused is not asked for again at once. */
const refusedMs = 60_000;

interface Pass {
  /** "" where she was refused. */
  readonly text: string;
  readonly until: number;
}

function passIn(answer: readonly Line[]): string {
  const said = answer.find((line) => line.command === "TOKEN" && line.parameters[0] === "GENERATE");
  return said?.parameters[3] ?? "";
}

export class Passes {
  private readonly known = new SvelteMap<string, Pass>();
  private readonly asked = new Map<string, Promise<void>>();

  constructor(private readonly client: Client) {}

  /** The file's address as this reader may open it. */
  addTo(address: string, conversation: string): string {
    const pass = this.known.get(fold(conversation))?.text ?? "";
    if (pass === "") {
      return address;
    }
    const url = new URL(address, location.origin);
    url.searchParams.set("for", pass); // in place of what somebody else's link says
    return url.pathname + url.search;
  }

  /** What was opened by it cannot be opened once more. */
  isOver(conversation: string): boolean {
    const pass = this.known.get(fold(conversation));
    return pass !== undefined && pass.until <= Date.now();
  }

  /** When a file could not be opened. True: there is another pass now, by which it may be. */
  async renew(conversation: string): Promise<boolean> {
    const key = fold(conversation);
    const before = this.known.get(key);
    if (this.client.world.account !== null || (before?.until ?? 0) > Date.now()) {
      return false;
    }
    const used = before?.text ?? "";
    let asking = this.asked.get(key);
    if (asking === undefined) {
      asking = this.ask(key, conversation).finally(() => this.asked.delete(key));
      this.asked.set(key, asking);
    }
    await asking;
    const now = this.known.get(key)?.text ?? "";
    return now !== "" && now !== used;
  }

  private async ask(key: string, conversation: string): Promise<void> {
    const text = passIn(await this.client.request("TOKEN", "GENERATE", service, conversation));
    this.known.set(key, { text, until: Date.now() + (text === "" ? refusedMs : lifeMs) });
  }

  /** The server may be another one when it is back. Those that are good still are used. */
  lineBroke(): void {
    for (const [key, pass] of this.known) {
      this.known.set(key, { ...pass, until: 0 });
    }
  }
}
