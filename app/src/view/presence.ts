// SPDX-License-Identifier: Apache-2.0
// Whether somebody looks at this page. While nobody does, the server is told (AWAY *, IRCv3
// draft/pre-away), and pushes to her devices. An away that she said herself is left as it is.
import { fold } from "../wire/line";
import type { Client } from "./client.svelte";
import { withFinger } from "./input";
import { isPushedTo } from "./push";

/** Who looks at something else for less than this has not gone. */
const patienceMs = 60_000;

export class Presence {
  /** Told by this page, on this line. */
  private absent = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly client: Client) {}

  /** The page is seen, or is not any more. */
  look(): void {
    clearTimeout(this.timer);
    if (!document.hidden) {
      this.back();
    } else if (withFinger()) {
      this.leave(); // a phone stops the page in a moment
    } else {
      this.timer = setTimeout(() => this.leave(), patienceMs);
    }
  }

  /** The server knows nothing of what was said on the line before. */
  lineOpened(): void {
    if (this.absent) {
      this.absent = false;
      this.client.change({ ...this.client.now, away: false });
    }
    if (document.hidden) {
      this.look();
    }
  }

  /** Said with a word, which "*" is not: by herself, here or on another device. */
  private get saidWhy(): boolean {
    const { me, people } = this.client.now;
    return Boolean(people.get(fold(me))?.away);
  }

  private leave(): void {
    const known = this.client.can("draft/pre-away") && isPushedTo(this.client);
    if (known && !this.absent && !this.client.now.away && !this.saidWhy) {
      this.absent = true;
      this.client.sendAside("AWAY", ["*"]);
    }
  }

  private back(): void {
    if (this.absent) {
      this.absent = false;
      if (!this.saidWhy) {
        this.client.sendAside("AWAY", []);
      }
    }
  }
}
