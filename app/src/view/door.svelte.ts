// SPDX-License-Identifier: Apache-2.0
// Who this browser is and whom the server lets in, before anybody comes in: asked until the server
// answers. A page may be opened while it is away (service-worker.ts), and nobody is logged out by that.
import { delayBefore } from "../socket/backoff";
import { session, type Session } from "./account";

class Door {
  /** Null: it has not said. */
  said = $state.raw<Session | null>(null);
  away = $state(false);
  private asking: Promise<Session | null> | null = null;
  private waitsNoMore: () => void = () => undefined;

  look(): Promise<Session | null> {
    this.asking ??= this.askUntilAnswered().finally(() => (this.asking = null));
    return this.asking;
  }

  /** The network is back: no need to wait longer. */
  nudge(): void {
    this.waitsNoMore();
  }

  private async askUntilAnswered(): Promise<Session | null> {
    for (let attempt = 0; ; attempt += 1) {
      const found = await session();
      this.away = found === "away";
      if (found !== "away") {
        this.said = found === "noDoor" ? null : found;
        return this.said;
      }
      await new Promise<void>((resolve) => {
        this.waitsNoMore = resolve;
        setTimeout(resolve, delayBefore(attempt, Math.random()));
      });
    }
  }
}

export const door = new Door();
