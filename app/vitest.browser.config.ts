// SPDX-License-Identifier: Apache-2.0
// The app in Chromium, against the real server: TERTULIA_BINARY names it.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/browser/*.test.ts"],
    environment: "node",
    // A busy machine can stop a browser for longer than anybody would wait.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2, // each spends half of its time waiting
    minWorkers: 1,
    passWithNoTests: true,
  },
});
