// SPDX-License-Identifier: Apache-2.0
// The colour of the browser's bar.
import { readFileSync } from "node:fs";
import { afterEach, expect, it, vi } from "vitest";
import { colourBar } from "../src/view/theme";

const page = readFileSync(new URL("../index.html", import.meta.url), "utf8");
const metas = [...page.matchAll(/name="theme-color" content="(.*?)" media="(.*?)"/g)].map(
  ([, content = "", media = ""]) => ({ content, media }),
);
const [light = "", dark = ""] = metas.map((one) => one.content);

afterEach(() => vi.unstubAllGlobals());

it("is that of the chosen appearance, and the system's again when it is let be", () => {
  vi.stubGlobal("document", { querySelectorAll: () => metas });
  const shown = (): string[] => metas.map((one) => one.content);
  colourBar("dark");
  expect(shown()).toEqual([dark, dark]);
  colourBar("light");
  expect(shown()).toEqual([light, light]);
  colourBar("system");
  expect(shown()).toEqual([light, dark]);
});
