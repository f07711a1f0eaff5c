// SPDX-License-Identifier: Apache-2.0
// What was looked for in what was found: the pieces of a text, those that the words begin marked. Case
// and accents do not matter, as they do not to the server's search.

export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

/** A character's letters without accents, small; none of an accent that stands alone. */
function bare(one: string): string {
  return one < "\x80" ? one.toLowerCase() : one.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

const inWord = /[\p{L}\p{N}_]/u;
/** What may begin with a word that was looked for. */
const lookedAtMax = 100;

export function marked(text: string, words: readonly string[]): Piece[] {
  const characters = Array.from(text.normalize("NFC"));
  const letters = characters.map(bare);
  const wanted = words.map((word) => Array.from(word, bare).join("")).filter((word) => word !== "");
  const pieces: Piece[] = [];
  const add = (piece: string, hit: boolean): void => {
    const last = pieces[pieces.length - 1];
    if (last?.hit === hit) {
      pieces[pieces.length - 1] = { text: last.text + piece, hit };
    } else {
      pieces.push({ text: piece, hit });
    }
  };
  let before = " ";
  for (let at = 0; at < characters.length; ) {
    const rest = inWord.test(before) ? "" : letters.slice(at, at + lookedAtMax).join("");
    const length = Math.max(0, ...wanted.filter((word) => rest.startsWith(word)).map((word) => word.length));
    let end = at;
    for (let passed = 0; passed < length; end += 1) {
      passed += letters[end]?.length ?? length;
    }
    const hit = end > at;
    end = Math.max(end, at + 1);
    while (letters[end] === "") {
      end += 1; // an accent goes with its letter
    }
    add(characters.slice(at, end).join(""), hit);
    before = letters.slice(at, end).join("").slice(-1) || before;
    at = end;
  }
  return pieces;
}
