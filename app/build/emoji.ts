// SPDX-License-Identifier: Apache-2.0
// The emoji with their names in both languages, as the module `virtual:emoji`: a hundredth of what
// the data set holds.
import { createRequire } from "node:module";
import type { Plugin } from "vite";

interface Row {
  readonly hexcode: string;
  readonly label: string;
  readonly unicode: string;
  readonly group?: number;
  readonly order?: number;
  readonly tags?: readonly string[];
}

const name = "virtual:emoji";
/** Skin tones and hair, which stand alone nowhere. */
const componentGroup = 2;

function rows(): unknown[] {
  const require = createRequire(import.meta.url);
  const english = require("emojibase-data/en/compact.json") as Row[];
  const spanish = require("emojibase-data/es/compact.json") as Row[];
  const codes = require("emojibase-data/en/shortcodes/github.json") as Record<
    string,
    string | string[]
  >;
  const inSpanish = new Map(spanish.map((row) => [row.hexcode, row]));
  return english
    .filter((row) => row.group !== undefined && row.group !== componentGroup)
    .filter((row) => codes[row.hexcode] !== undefined)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map((row) => {
      const other = inSpanish.get(row.hexcode);
      const words = [row.label, other?.label ?? "", ...(row.tags ?? []), ...(other?.tags ?? [])];
      const code = [codes[row.hexcode] ?? ""].flat();
      return [row.unicode, row.group, code.join(" "), other?.label ?? row.label, words.join(" ")];
    });
}

export function emoji(): Plugin {
  return {
    name: "emoji",
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load: (id) =>
      id === `\0${name}` ? `export default ${JSON.stringify(JSON.stringify(rows()))};` : null,
  };
}
