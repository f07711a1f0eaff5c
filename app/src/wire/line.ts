// SPDX-License-Identifier: Apache-2.0
// One line of IRC with message tags (IRCv3 message-tags; Modern IRC, "Messages"): text to value and
// back. Knows no verb.

export interface Line {
  readonly tags: Readonly<Record<string, string>>;
  readonly source: string;
  readonly command: string;
  readonly parameters: readonly string[];
}

const unescapes: Readonly<Record<string, string>> = { ":": ";", s: " ", r: "\r", n: "\n", "\\": "\\" };
const escapes: Readonly<Record<string, string>> = {
  ";": "\\:",
  " ": "\\s",
  "\r": "\\r",
  "\n": "\\n",
  "\\": "\\\\",
};

/** A backslash before any other character is left out, and so is one at the end (message-tags). */
export function unescapeTag(value: string): string {
  return value.replace(/\\(.?)/gs, (_, letter: string) => unescapes[letter] ?? letter);
}

export function escapeTag(value: string): string {
  return value.replace(/[; \r\n\\]/g, (letter) => escapes[letter] ?? letter);
}

function parseTags(text: string): Record<string, string> {
  // Without a prototype: a tag may be called `__proto__`.
  const tags: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const tag of text.split(";")) {
    const equals = tag.indexOf("=");
    const key = equals < 0 ? tag : tag.slice(0, equals);
    if (key !== "") {
      tags[key] = equals < 0 ? "" : unescapeTag(tag.slice(equals + 1));
    }
  }
  return tags;
}

/** Null for a line without a command. */
export function parseLine(text: string): Line | null {
  let rest = text.replace(/[\r\n]+$/, "");
  const word = (): string => {
    const end = rest.indexOf(" ");
    const found = end < 0 ? rest : rest.slice(0, end);
    rest = end < 0 ? "" : rest.slice(end).replace(/^ +/, "");
    return found;
  };
  const tags = rest.startsWith("@") ? parseTags(word().slice(1)) : {};
  const source = rest.startsWith(":") ? word().slice(1) : "";
  const command = word().toUpperCase();
  if (command === "") {
    return null;
  }
  const parameters: string[] = [];
  while (rest !== "") {
    if (rest.startsWith(":")) {
      parameters.push(rest.slice(1));
      break;
    }
    parameters.push(word());
  }
  return { tags, source, command, parameters };
}

/** The last parameter may hold blanks; in the others, what would break the line is left out. */
export function formatLine(
  command: string,
  parameters: readonly string[] = [],
  tags: Readonly<Record<string, string>> = {},
): string {
  const words: string[] = [];
  const tagTexts = Object.entries(tags).map(([key, value]) =>
    value === "" ? key : `${key}=${escapeTag(value)}`,
  );
  if (tagTexts.length > 0) {
    words.push(`@${tagTexts.join(";")}`);
  }
  words.push(command);
  parameters.forEach((parameter, at) => {
    const clean = parameter.replace(/[\r\n\0]/g, " ");
    const last = at === parameters.length - 1;
    const needsColon = clean === "" || clean.startsWith(":") || clean.includes(" ");
    words.push(last && needsColon ? `:${clean}` : clean.replace(/ /g, "_"));
  });
  return words.join(" ");
}

/** `ana!user@host` or a server's name. */
export function nicknameOf(source: string): string {
  const end = source.search(/[!@]/);
  return end < 0 ? source : source.slice(0, end);
}

/** Under which a name is found: the same for all its spellings. */
export function fold(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

export function isRoomName(name: string): boolean {
  return name.startsWith("#");
}
