// SPDX-License-Identifier: Apache-2.0
// Light Markdown as a tree: blocks (code, quote, list, paragraph) of inline pieces. It makes values
// and no HTML: whoever draws them puts text into the page as text. Time is linear in the text.

export type Inline =
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "code"; readonly text: string }
  | { readonly is: "link"; readonly text: string; readonly address: string }
  | { readonly is: "room"; readonly text: string }
  | { readonly is: "mention"; readonly text: string }
  | { readonly is: "strong" | "emphasis" | "strike"; readonly of: readonly Inline[] };

export type Block =
  | { readonly is: "code"; readonly language: string; readonly text: string }
  | { readonly is: "quote"; readonly of: readonly Block[] }
  | {
      readonly is: "list";
      /** The first one's number; null: they have none. */
      readonly from: number | null;
      readonly items: readonly (readonly Inline[])[];
    }
  | { readonly is: "lines"; readonly lines: readonly (readonly Inline[])[] };

/** Whether a word is somebody's name, folded. */
export type IsName = (word: string) => boolean;

const depthMax = 4;
// Colours and the like of old clients: \x03 has digits behind it, \x04 six hexadecimal ones.
const ircCodes =
  /\x03(?:\d{1,2}(?:,\d{1,2})?)?|\x04(?:[0-9a-fA-F]{6}(?:,[0-9a-fA-F]{6})?)?|[\x00-\x08\x0b-\x1f\x7f]/g;
const marks = [
  ["***", ["strong", "emphasis"]],
  ["___", ["strong", "emphasis"]],
  ["**", ["strong"]],
  ["__", ["strong"]],
  ["~~", ["strike"]],
  ["*", ["emphasis"]],
  ["_", ["emphasis"]],
] as const;
const bothMarks = 3;

export function stripCodes(text: string): string {
  return text.replace(ircCodes, "");
}

function withoutMarks(text: string): string {
  return text
    .replace(/```(?:[\w+#.-]+[^\S\n]*$)?/gm, "")
    .replace(/(\*\*|__|~~|`|(?<![\p{L}\p{N}])[*_]|[*_](?![\p{L}\p{N}]))/gu, "")
    .replace(/^>(?=\s|$)/gm, "");
}

/** One line to be shown small: without codes, marks and line ends. An address stands as it is, or as what
 * it is called. */
export function preview(text: string, called: (address: string) => string | null = () => null): string {
  let made = "";
  let at = 0;
  const plain = stripCodes(text);
  for (const { 0: found, index } of plain.matchAll(addresses)) {
    const link = trimAddress(found);
    made += withoutMarks(plain.slice(at, index)) + (called(link) ?? link);
    at = index + link.length;
  }
  return (made + withoutMarks(plain.slice(at))).replace(/\s+/g, " ").trim();
}

/** The classes of Unicode are large and slow to begin with: most text does not need them. */
const asciiWord = /[A-Za-z0-9_]/;
const unicodeWord = /[\p{L}\p{N}_]/u;
const isAscii = (one: string): boolean => one < "\x80"; // so is no character at all
const isWord = (one: string): boolean => (isAscii(one) ? asciiWord : unicodeWord).test(one);
/** Within a word nothing begins but what these are not. */
const restOfWord = /[A-Za-z0-9]*/y;
const asciiName = /@?([A-Za-z0-9_[\]{}|^`-]{1,40})/y;
const unicodeName = /@?([\p{L}\p{N}_[\]{}|^`-]{1,40})/uy;

function matchAt(what: RegExp, text: string, at: number): RegExpExecArray | null {
  what.lastIndex = at;
  return what.exec(text);
}

const address = /^https?:\/\/[^\s<>"'`]+/i;
const addresses = /https?:\/\/[^\s<>"'`]+/gi;

/** A full stop at the end, or a bracket that was opened before it, is not the link's. */
function trimAddress(found: string): string {
  let end = found.length;
  for (;;) {
    const last = found.charAt(end - 1);
    const opens = found.slice(0, end).split("(").length;
    const closes = found.slice(0, end).split(")").length;
    if (/[.,;:!?*_~]/.test(last) || (last === ")" && closes > opens)) {
      end -= 1;
    } else {
      return found.slice(0, end);
    }
  }
}

function isSafe(link: string): boolean {
  try {
    return ["http:", "https:"].includes(new URL(link).protocol);
  } catch {
    return false;
  }
}

class InlineReader {
  private at = 0;
  private plain = "";
  private readonly made: Inline[] = [];
  /** Marks looked for in vain: not looked for again behind this place. */
  private readonly absent = new Set<string>();

  constructor(
    private readonly text: string,
    private readonly isName: IsName,
    private readonly depth: number,
  ) {}

  read(): Inline[] {
    while (this.at < this.text.length) {
      if (!this.special()) {
        const one = this.text.charAt(this.at);
        const rest = asciiWord.test(one) ? matchAt(restOfWord, this.text, this.at + 1)?.[0] : undefined;
        this.plain += one + (rest ?? "");
        this.at += 1 + (rest?.length ?? 0);
      }
    }
    this.flush();
    return this.made;
  }

  private flush(): void {
    if (this.plain !== "") {
      this.made.push({ is: "text", text: this.plain });
      this.plain = "";
    }
  }

  private take(piece: Inline, length: number): true {
    this.flush();
    this.made.push(piece);
    this.at += length;
    return true;
  }

  private special(): boolean {
    const first = this.text.charAt(this.at);
    const startsWord = !isWord(this.text.charAt(this.at - 1));
    switch (first) {
      case "\\":
        return this.escaped();
      case "`":
        return this.code();
      case "*":
      case "_":
      case "~":
        return this.marked(startsWord);
      case "h":
      case "H":
        return startsWord && this.link();
      case "#":
        return startsWord && this.room();
      default:
        return startsWord && this.mention();
    }
  }

  private escaped(): boolean {
    const next = this.text.charAt(this.at + 1);
    if (!/[*_~`\\>#-]/.test(next)) {
      return false;
    }
    this.plain += next;
    this.at += 2;
    return true;
  }

  private find(mark: string, from: number): number {
    const found = this.absent.has(mark) ? -1 : this.text.indexOf(mark, from);
    if (found < 0) {
      this.absent.add(mark);
    }
    return found;
  }

  /** Where the mark closes what it opened. `***` closes what `*` opened, and `**` before it. */
  private closing(mark: string, from: number): number {
    const one = mark.charAt(0);
    let at = this.absent.has(mark) ? -1 : this.text.indexOf(one, from);
    while (at >= 0) {
      let end = at + 1;
      while (this.text.charAt(end) === one) {
        end += 1;
      }
      const fits = end - at === mark.length || end - at === bothMarks;
      const inWord = one === "_" && isWord(this.text.charAt(end));
      if (fits && !inWord && !/\s/.test(this.text.charAt(at - 1))) {
        return end - mark.length;
      }
      at = this.text.indexOf(one, end);
    }
    this.absent.add(mark);
    return -1;
  }

  private code(): boolean {
    const fence = /^`+/.exec(this.text.slice(this.at, this.at + 8))?.[0] ?? "`";
    const end = this.find(fence, this.at + fence.length);
    if (end <= this.at + fence.length) {
      return false;
    }
    const text = this.text.slice(this.at + fence.length, end);
    return this.take({ is: "code", text: text.trim() || text }, end + fence.length - this.at);
  }

  private marked(startsWord: boolean): boolean {
    for (const [mark, kinds] of marks) {
      if (!this.text.startsWith(mark, this.at)) {
        continue;
      }
      const from = this.at + mark.length;
      const next = this.text.charAt(from) || " ";
      const opens = !/\s/.test(next) && next !== mark.charAt(0);
      if (!opens || (mark.includes("_") && !startsWord) || this.depth >= depthMax) {
        return false;
      }
      const end = this.closing(mark, from + 1);
      if (end > from) {
        const of = new InlineReader(this.text.slice(from, end), this.isName, this.depth + 1).read();
        const [outer, inner] = kinds;
        const piece: Inline = { is: outer, of: inner === undefined ? of : [{ is: inner, of }] };
        return this.take(piece, end + mark.length - this.at);
      }
    }
    return false;
  }

  private link(): boolean {
    const found = address.exec(this.text.slice(this.at, this.at + 2_048));
    if (found === null) {
      return false;
    }
    const trimmed = trimAddress(found[0]);
    return isSafe(trimmed)
      ? this.take({ is: "link", text: trimmed, address: trimmed }, trimmed.length)
      : false;
  }

  private room(): boolean {
    const found = /^#[\p{L}\p{N}_][^\s,<>"'`()[\]{}*~]*/u.exec(this.text.slice(this.at, this.at + 70));
    // What ends a sentence is not the room's.
    const name = found?.[0].replace(/[.;:!?…_»”’]+$/u, "") ?? "";
    return name.length > 1 && !/^#\d+$/.test(name) ? this.take({ is: "room", text: name }, name.length) : false;
  }

  private mention(): boolean {
    const ascii = matchAt(asciiName, this.text, this.at);
    const sign = this.text.charAt(this.at) === "@" ? 1 : 0;
    const isWhole = isAscii(this.text.charAt(this.at + (ascii?.[0].length ?? sign)));
    const found = isWhole ? ascii : matchAt(unicodeName, this.text, this.at);
    if (found === null || !this.isName(found[1] ?? "")) {
      return false;
    }
    return this.take({ is: "mention", text: found[0] }, found[0].length);
  }
}

export function readInline(text: string, isName: IsName = () => false): Inline[] {
  return new InlineReader(text, isName, 0).read();
}

/** Behind it there may be code already; what is closed in the same line is code within the line. */
const fence = "```";
const fenceStart = /^\s{0,3}```(?!`)(.*)$/;
const language = /^[\w+#.-]+$/;
/** `>_<` is a face. */
const quoteMark = /^>(?:\s|$)/;
const bullet = /^\s*[-*•]\s+(.*)$/;
const numbered = /^\s*\d{1,3}[.)]\s+(.*)$/;
const numberOf = (line: string): number => parseInt(line.trim(), 10);

/** What stands behind the opening fence; null: it opens nothing. */
function behindFence(line: string): string | null {
  const rest = fenceStart.exec(line)?.[1]?.trimEnd() ?? null;
  return rest?.includes(fence) === true ? null : rest;
}

/** From fence to fence, what stands in their lines too. A word alone behind the opening one is the
 * language, unless it is all there is. */
function codeOf(lines: readonly string[]): Block {
  const [first = "", ...rest] = lines;
  const word = first.trim();
  const code = rest.at(-1)?.trim() === "" ? rest.slice(0, -1) : rest;
  return word === "" || (language.test(word) && code.length > 0)
    ? { is: "code", language: word.toLowerCase(), text: code.join("\n") }
    : { is: "code", language: "", text: [first, ...code].join("\n") };
}

export function readBlocks(source: string, isName: IsName = () => false, depth = 0): Block[] {
  const lines = stripCodes(source).split("\n");
  const made: Block[] = [];
  let plain: Inline[][] = [];
  const flush = (): void => {
    if (plain.length > 0) {
      made.push({ is: "lines", lines: plain });
      plain = [];
    }
  };
  const run = (at: number, fits: (line: string, place: number) => boolean): string[] => {
    let end = at;
    while (end < lines.length && fits(lines[end] ?? "", end - at)) {
      end += 1;
    }
    return lines.slice(at, end);
  };
  /** A closing fence was looked for in vain: there is none behind a later line either. */
  let neverCloses = false;
  const codeAt = (at: number): string[] | null => {
    const first = neverCloses ? null : behindFence(lines[at] ?? "");
    if (first === null) {
      return null;
    }
    const between = run(at + 1, (one) => !one.trimEnd().endsWith(fence));
    neverCloses = at + 1 + between.length >= lines.length;
    const last = (lines[at + 1 + between.length] ?? "").trimEnd().slice(0, -fence.length);
    return neverCloses ? null : [first, ...between, last];
  };
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? "";
    const code = codeAt(at);
    if (code !== null) {
      flush();
      made.push(codeOf(code));
      at += code.length;
    } else if (quoteMark.test(line) && depth < depthMax) {
      flush();
      const quoted = run(at, (one) => quoteMark.test(one));
      const inner = quoted.map((one) => one.replace(quoteMark, "")).join("\n");
      made.push({ is: "quote", of: readBlocks(inner, isName, depth + 1) });
      at += quoted.length;
    } else if (bullet.test(line) || numbered.test(line)) {
      flush();
      const form = bullet.test(line) ? bullet : numbered;
      const from = form === numbered ? numberOf(line) : null;
      const follows = (one: string, place: number): boolean => from === null || numberOf(one) === from + place;
      const items = run(at, (one, place) => form.test(one) && follows(one, place));
      made.push({
        is: "list",
        from,
        items: items.map((one) => readInline(form.exec(one)?.[1] ?? "", isName)),
      });
      at += items.length;
    } else {
      plain.push(readInline(line, isName));
      at += 1;
    }
  }
  flush();
  return made;
}

/** One to six emoji and nothing else: they are shown large. */
export function isOnlyEmoji(text: string): boolean {
  const bare = text.replace(/\s/g, "");
  return (
    bare !== "" &&
    bare.length <= 48 &&
    /^(?:\p{Extended_Pictographic}(?:\ufe0f|\u200d|\p{Emoji_Modifier}|\p{Extended_Pictographic})*|\p{Regional_Indicator}{2}){1,6}$/u.test(
      bare,
    )
  );
}

export interface Linked {
  readonly address: string;
  readonly name: string;
  readonly image: boolean;
}

/** They would show "gpj.exe" as "exe.jpg". */
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** "/files/x/caf%C3%A9.png" -> "café.png" */
export function fileName(path: string): string {
  const last = path.replace(/\?.*$/, "").split("/").pop() ?? "";
  try {
    return decodeURIComponent(last).replace(directionMarks, "");
  } catch {
    return last; // a per cent sign that stands for itself
  }
}

/** Files that are shown of one message. */
export const filesMax = 10;

/** Links to files of this server, which are shown below their message: each once. */
export function filesIn(text: string, isFile: (address: string) => boolean): Linked[] {
  const found = text.match(addresses) ?? [];
  return [...new Set(found.map(trimAddress))]
    .filter((one) => isSafe(one) && isFile(one))
    .slice(0, filesMax)
    .map((one) => {
      const { pathname } = new URL(one);
      return { address: one, name: fileName(pathname), image: /\.(png|jpe?g|gif|webp|avif)$/i.test(pathname) };
    });
}
