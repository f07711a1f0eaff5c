// SPDX-License-Identifier: Apache-2.0
// The emoji, loaded when first wanted.
import rows from "virtual:emoji";

export interface Emoji {
  readonly text: string;
  readonly group: number;
  readonly codes: readonly string[];
  readonly spanish: string;
  readonly words: string;
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();
}

export const allEmoji: readonly Emoji[] = (
  JSON.parse(rows) as [string, number, string, string, string][]
).map(([text, group, codes, spanish, words]) => ({
  text,
  group,
  codes: codes.split(" "),
  spanish,
  words: plain(`${codes} ${words}`),
}));

export function findEmoji(query: string, most: number): Emoji[] {
  const wanted = plain(query);
  const starts: Emoji[] = [];
  const others: Emoji[] = [];
  for (const one of allEmoji) {
    if (one.codes.some((code) => code.startsWith(wanted))) {
      starts.push(one);
    } else if (one.words.includes(wanted)) {
      others.push(one);
    }
  }
  return [...starts, ...others].slice(0, most);
}

const byCode = new Map(allEmoji.flatMap((one) => one.codes.map((code) => [code, one.text])));

/** Code and links, in which nothing is a code; or codes, one behind the other, that are a word by themselves:
 * not the middle of `root:x:0`. */
const literalOrCodes =
  /(`{1,8})[^]+?\1|https?:\/\/[^\s<>"'`]+|(?<![\p{L}\p{N}:])(?::[a-z0-9_+-]+:)+(?![\p{L}\p{N}:])/giu;

export function replaceCodes(text: string): string {
  return text.replace(literalOrCodes, (found) =>
    found.startsWith(":")
      ? found.replace(/:([a-z0-9_+-]+):/g, (whole, code: string) => byCode.get(code) ?? whole)
      : found,
  );
}
