// SPDX-License-Identifier: Apache-2.0
// A text of any length as pieces that fit on lines: 512 bytes with the head that others see.

const encoder = new TextEncoder();

export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** What servers take of one line (IRCv3 message-tags): its tags with `@` and blank, the rest without its end. */
const tagsBytesMax = 4_096;
const restBytesMax = 510;

/** The server will not read it, nor the label that is in it. */
export function isTooLong(line: string): boolean {
  const rest = line.startsWith("@") ? line.indexOf(" ") + 1 : 0;
  return byteLength(line.slice(0, rest)) > tagsBytesMax || byteLength(line.slice(rest)) > restBytesMax;
}

/** How many letters at its end a text has beyond what fits, written as it goes out. */
export function lettersBeyond(text: string, bytesMax: number, written = (letter: string): string => letter): number {
  let size = 0;
  let beyond = 0;
  for (const letter of text) {
    size += byteLength(written(letter));
    beyond += size > bytesMax ? 1 : 0;
  }
  return beyond;
}

/** What is left for the text of a PRIVMSG once nick!user@host and the target are there; the host
 * may be longer than one knows, so the worst one is reckoned with. */
export function roomForText(nickname: string, target: string): number {
  const fixed = ":!@ PRIVMSG  :\r\n".length;
  const user = 16;
  const host = 63;
  return 512 - fixed - user - host - byteLength(nickname) - byteLength(target) - 2;
}

/** Cut between words where there is one in the second half, never within a character; the blank
 * stays at the end of its piece, so that joining gives the text again. */
export function splitBytes(text: string, bytesMax: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  let size = 0;
  for (const character of text) {
    const more = byteLength(character);
    if (size + more > bytesMax) {
      const blank = piece.lastIndexOf(" ") + 1;
      const cut = blank > piece.length / 2 ? blank : piece.length;
      pieces.push(piece.slice(0, cut));
      piece = piece.slice(cut);
      size = byteLength(piece);
    }
    piece += character;
    size += more;
  }
  if (piece !== "" || pieces.length === 0) {
    pieces.push(piece);
  }
  return pieces;
}
