// SPDX-License-Identifier: Apache-2.0
// The capabilities this client knows what to do with, and the tokens of ISUPPORT.

export const wantedCapabilities: readonly string[] = [
  "account-notify",
  "account-tag",
  "away-notify",
  "batch",
  "cap-notify",
  "chghost",
  "draft/account-registration",
  "draft/channel-rename",
  "draft/chathistory",
  "draft/event-playback",
  "draft/languages",
  "draft/message-edit",
  "draft/message-redaction",
  "draft/metadata-2",
  "draft/multiline",
  "draft/pre-away",
  "draft/read-marker",
  "draft/search",
  "draft/webpush",
  "echo-message",
  "extended-join",
  "extended-monitor",
  "invite-notify",
  "labeled-response",
  "message-tags",
  "multi-prefix",
  "sasl",
  "server-time",
  "setname",
  "soju.im/search",
  "soju.im/webpush",
  "standard-replies",
];

/** "a b=c" as CAP LS and 005 say it. */
export function parseTokens(words: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const word of words) {
    const equals = word.indexOf("=");
    const key = equals < 0 ? word : word.slice(0, equals);
    if (key !== "") {
      found.set(key, equals < 0 ? "" : unescapeValue(word.slice(equals + 1)));
    }
  }
  return found;
}

/** Values of ISUPPORT write a blank as \x20. */
function unescapeValue(value: string): string {
  return value.replace(/\\x([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

export interface Prefixes {
  readonly letters: string;
  readonly marks: string;
}

/** "(qaohv)~&@%+": the letters of modes, and the marks before nicknames, highest first. */
export function parsePrefixes(value: string | undefined): Prefixes {
  const found = /^\((\w*)\)(.*)$/.exec(value ?? "(ov)@+");
  const letters = found?.[1] ?? "ov";
  const marks = found?.[2] ?? "@+";
  return letters.length === marks.length ? { letters, marks } : { letters: "ov", marks: "@+" };
}
