// SPDX-License-Identifier: Apache-2.0
// The tab's own memory of what waits for its receipt, by who said it: nobody else sends it.
import type { World } from "../state/model";
import { unsentOf, type Unsent } from "../state/unsent";
import { fold } from "../wire/line";

const place = "tertulia-unsent";

interface Kept {
  readonly by: string;
  readonly unsent: readonly Unsent[];
}

let stands = false;

export function keepUnsent(world: World): void {
  const unsent = unsentOf(world);
  stands = unsent.length > 0;
  try {
    if (unsent.length === 0) {
      sessionStorage.removeItem(place);
    } else {
      sessionStorage.setItem(place, JSON.stringify({ by: fold(world.me), unsent } satisfies Kept));
    }
  } catch {
    // A browser without storage forgets.
  }
}

/** A page in the background may be thrown away unasked: what has its receipt by then is not kept. */
export function renewUnsent(world: World): void {
  if (stands) {
    keepUnsent(world);
  }
}

/** Once: from then on they are the world's. */
export function takeUnsent(nickname: string): readonly Unsent[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place) ?? "null") as Kept | null;
    sessionStorage.removeItem(place);
    return kept !== null && kept.by === fold(nickname) && Array.isArray(kept.unsent) ? kept.unsent : [];
  } catch {
    return [];
  }
}
