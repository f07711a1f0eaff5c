// SPDX-License-Identifier: Apache-2.0
// On the way from the field to the server: emoji by their codes, one message after the other.

type Emoji = Pick<typeof import("../lazy/emoji"), "replaceCodes">;

/** What is said does not wait longer for its emoji. */
const patienceMs = 3_000;

/** Null: it cannot be had, or not soon. */
function soon<Value>(what: Promise<Value>): Promise<Value | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMs));
  return Promise.race([what, late]).catch(() => null);
}

/** As it was written where the emoji are not to be had: better said plainly than lost. */
export async function withEmoji(
  source: string,
  load: () => Promise<Emoji> = () => import("../lazy/emoji"),
): Promise<string> {
  if (!/:[a-z0-9_+-]+:/.test(source)) {
    return source;
  }
  return (await soon(load()))?.replaceCodes(source) ?? source;
}

/** One thing after the other: none overtakes one that has to wait. */
export class InOrder {
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  /** Something is on its way. */
  get isBusy(): boolean {
    return this.waiting > 0;
  }

  add(what: () => Promise<void>): Promise<void> {
    this.waiting += 1;
    const done = this.last.then(what).finally(() => (this.waiting -= 1));
    this.last = done.catch(() => undefined);
    return done;
  }
}

/** For all conversations: who writes in one may go to another and come back meanwhile. */
export const outgoing = new InOrder();
