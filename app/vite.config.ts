// SPDX-License-Identifier: Apache-2.0
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { emoji } from "./build/emoji";
import { pack } from "./build/pack";

export default defineConfig({
  plugins: [svelte(), emoji(), pack()],
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: {
      input: {
        index: "index.html",
        early: "src/view/early.ts",
        "service-worker": "src/service-worker.ts",
      },
      output: {
        entryFileNames: (chunk) =>
          chunk.name === "service-worker" ? "service-worker.js" : "assets/[name]-[hash].js",
      },
    },
  },
  server: { proxy: { "/irc": { target: "ws://127.0.0.1:8067", ws: true } } },
  test: { include: ["test/*.test.ts"], environment: "node" },
});
