// SPDX-License-Identifier: Apache-2.0
// Which of the two languages the app speaks to whom.
import { afterEach, expect, it, vi } from "vitest";
import { systemLanguage } from "../src/text/texts.svelte";

afterEach(() => vi.unstubAllGlobals());

it.each([
  [["es-ES", "en"], "es"],
  [["en-GB", "es"], "en"],
  [["ca", "en"], "es"],
  [["gl-ES", "en"], "es"],
  [["eu", "en"], "es"],
  [["fr", "es", "en"], "es"],
  [["fr", "en", "es"], "en"],
  [["fr", "de"], "en"],
  [[], "en"],
])("the languages %j are spoken to in %s", (languages, spoken) => {
  vi.stubGlobal("navigator", { languages });
  expect(systemLanguage()).toBe(spoken);
});
