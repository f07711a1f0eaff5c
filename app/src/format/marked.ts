// SPDX-License-Identifier: Apache-2.0
// What was looked for in what was found: the pieces of a text, those that the words begin marked. Case
// and accents do not matter, as they do not to the server's search.

export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

/** Each character's letters without accents, small; the places are those of the characters. */
function bare(text: string): string[] {
  return Array.from(text, (one) => one.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase());
}

const inWord = /[\p{L}\p{N}_]/u;

export function marked(text: string, words: readonly string[]): Piece[] {
  const characters = Array.from(text);
  const letters = bare(text);
  const wanted = words.map((word) => bare(word).join("")).filter((word) => word !== "");
  const pieces: Piece[] = [];
  let plain = "";
  let at = 0;
  while (at < characters.length) {
    const begins = !inWord.test(letters[at - 1] ?? " ");
    const rest = begins ? letters.slice(at, at + 100).join("") : "";
    const longest = Math.max(0, ...wanted.filter((word) => rest.startsWith(word)).map((word) => word.length));
    let end = at;
    for (let length = 0; length < longest; end += 1) {
      length += letters[end]?.length ?? longest;
    }
    if (end === at) {
      plain += characters[at] ?? "";
      at += 1;
      continue;
    }
    if (plain !== "") {
      pieces.push({ text: plain, hit: false });
      plain = "";
    }
    pieces.push({ text: characters.slice(at, end).join(""), hit: true });
    at = end;
  }
  return plain === "" ? pieces : [...pieces, { text: plain, hit: false }];
}
