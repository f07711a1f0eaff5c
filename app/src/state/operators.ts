// SPDX-License-Identifier: Apache-2.0
// What the server tells those who keep order (docs/protocol/irc.md, "Order on the whole server"): it
// has no numeric for it, so its sentences are read, in either language.

export interface Report {
  readonly number: string;
  readonly time: number;
  readonly by: string;
  /** "" where only a message is meant. */
  readonly whom: string;
  /** "" where only a person is meant. */
  readonly message: string;
  readonly why: string;
}

/** "Report 3, 2026-03-01T12:00:00.000Z: bea reports luis msgid abc. insults" */
export function reportIn(text: string): Report | null {
  const found = /^\S+ (\d+), (\S+): (\S+) \S+ (?:(\S+?) ?)??(?:msgid ([\w-]+))?\. (.*)$/.exec(text);
  if (found === null) {
    return null;
  }
  const [, number = "", time = "", by = "", whom = "", message = "", why = ""] = found;
  return { number, time: Date.parse(time) || 0, by, whom, message, why: why === "-" ? "" : why };
}

export interface Sanction {
  /** As UNBAN and UNMUTE take it: a network, "account:ana", "nick:spam*". */
  readonly whom: string;
  /** Null: until it is lifted. */
  readonly until: number | null;
  readonly by: string;
  readonly why: string;
}

function endIn(words: string): number | null {
  const found = /(\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC/.exec(words);
  return found === null ? null : Date.parse(`${found[1] ?? ""}T${found[2] ?? ""}Z`) || null;
}

/** "Ban: 192.0.2.0/24, until 2026-03-02 12:30 UTC, by ana. spam" */
export function sanctionIn(text: string): Sanction | null {
  const found = /^\S+: (\S+), ([^,]+), \S+ (\S+)\. (.*)$/.exec(text);
  if (found === null) {
    return null;
  }
  const [, whom = "", until = "", by = "", why = ""] = found;
  return { whom, until: endIn(until), by, why: why === "-" ? "" : why };
}

export interface Measure {
  readonly number: string;
  readonly time: number;
  /** "" for the machine's owner. */
  readonly by: string;
  /** The server's word: "ban", "close-report". */
  readonly what: string;
  readonly whom: string;
  readonly until: number | null;
  readonly why: string;
}

/** "17 2026-03-01T12:30:00.000Z ana ban 192.0.2.0/24 (until 2026-03-02 12:30 UTC): spam" */
export function measureIn(text: string): Measure | null {
  const found = /^(\d+) (\S+Z) (\S+) ([\w-]+)(?: ([^ (:].*?))?(?: \(([^)]*)\))?(?:: (.*))?$/.exec(text);
  if (found === null) {
    return null;
  }
  const [, number = "", time = "", by = "", what = "", whom = "", until = "", why = ""] = found;
  return {
    number,
    time: Date.parse(time) || 0,
    by: by === "*" ? "" : by,
    what,
    whom,
    until: endIn(until),
    why,
  };
}

/** "… with these rights: kill, ban" */
export function rightsIn(text: string): ReadonlySet<string> {
  const list = /: ([a-z, ]+)$/.exec(text)?.[1] ?? "";
  return new Set(list.split(", ").filter(Boolean));
}
