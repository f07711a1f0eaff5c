// SPDX-License-Identifier: Apache-2.0
// What can wait until the page has nothing better to do.

/** Waits no longer than this. Safari does not know when it is idle, and waits a moment. */
const latestMs = 1_000;
const momentMs = 50;

/** Gives back how to let it be. */
export function whenIdle(what: () => void): () => void {
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(what, momentMs);
    return () => clearTimeout(timer);
  }
  const asked = requestIdleCallback(() => what(), { timeout: latestMs });
  return () => cancelIdleCallback(asked);
}
