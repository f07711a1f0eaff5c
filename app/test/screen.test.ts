// SPDX-License-Identifier: Apache-2.0
// What is open on the screen, and what closes it.
import { describe, expect, it, vi } from "vitest";
import { cameIn } from "./whole_client";

async function searched(isNarrow: boolean) {
  vi.stubGlobal("matchMedia", () => ({ matches: isNarrow }));
  const { client } = await cameIn();
  const { screen } = await import("../src/view/screen.svelte");
  client.change({ ...client.now, search: { label: "L1", query: "cups", done: true, failed: false, hasMore: false, hits: [] } });
  screen.searching = true;
  return { client, screen };
}

describe("a hit that is chosen", () => {
  it("is seen where the search lies over the conversation, and the others are kept", async () => {
    const { client, screen } = await searched(true);
    screen.jump("#a", "m1");
    expect(screen.searching).toBe(false);
    expect(client.now.search?.query).toBe("cups");
  });

  it("leaves the search open where it stands beside", async () => {
    const { screen } = await searched(false);
    screen.jump("#a", "m1");
    expect(screen.searching).toBe(true);
  });
});
