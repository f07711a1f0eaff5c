// SPDX-License-Identifier: Apache-2.0
// What is typed into the search as what SEARCH asks for: `from:ana cups` is `from=ana;text=cups`.

function escape(value: string): string {
  return value.replace(/\\/g, "\\\\").replace(/;/g, "\\:").replace(/ /g, "\\s");
}

/** Hits of a page. */
export const searchPage = 50;

/** "2026-03-01" as the reader's own day begins, not Greenwich's. */
function timeFor(value: string): string {
  const [day, year, month = "1", date = "1"] = /^(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?$/.exec(value) ?? [];
  const time =
    day === undefined ? Date.parse(value) : new Date(Number(year), Number(month) - 1, Number(date)).getTime();
  return Number.isNaN(time) ? value : new Date(time).toISOString();
}

/** The reader's day, as it is typed behind `before:`. */
export function dayOf(time: number): string {
  const on = new Date(time);
  const two = (number: number): string => `${number}`.padStart(2, "0");
  return `${on.getFullYear()}-${two(on.getMonth() + 1)}-${two(on.getDate())}`;
}

const keys = ["from", "in", "before", "after"] as const;

interface Part {
  /** As it was typed. */
  readonly typed: string;
  /** Null: it is looked for in texts. */
  readonly key: (typeof keys)[number] | null;
  readonly value: string;
}

/** Quotation marks as keyboards make them; the server knows one of them. */
const quotes = /[“”„‟«»]/g;
/** A filter or none; then what is quoted, be its end missing, or a word. */
const part = /(?:(from|in|before|after):)?(?:"([^"]*)(?:"|$)|(\S+))/gi;

function partsOf(query: string): Part[] {
  return [...query.replace(quotes, '"').matchAll(part)].map(([typed, key = "", quoted, word = ""]) => ({
    typed,
    key: keys.find((one) => one === key.toLowerCase()) ?? null,
    value: quoted?.trim() ?? word,
  }));
}

const isDay = ({ key }: Part): boolean => key === "before" || key === "after";

/** What stands where a day should, and is none; null: nothing does. */
export function noDayIn(query: string): string | null {
  const days = partsOf(query).filter(isDay).map((one) => one.value);
  return days.find((one) => Number.isNaN(Date.parse(timeFor(one)))) ?? null;
}

/** Those that are looked for in texts. */
export function wordsOf(query: string): string[] {
  const inTexts = partsOf(query).filter((one) => one.key === null);
  return inTexts.flatMap((one) => one.value.split(/[\s"]+/)).filter((word) => word !== "");
}

/** With another filter of that kind: `from:` takes the place of `from:ana`. */
export function withFilter(query: string, filter: string): string {
  const [key = ""] = filter.split(":");
  const others = partsOf(query).filter((one) => one.key !== key && one.typed !== filter);
  return [...others.map((one) => one.typed), filter].join(" ");
}

/** Until: of the hits only those from before that time, for the next page. People are found by the
 * names that they show, where it is known whose these are. */
export function searchAttributes(
  query: string,
  until: number | null = null,
  nicknameOf: (name: string) => string = (name) => name,
): string {
  const attributes: string[] = [];
  const words: string[] = [];
  for (const one of partsOf(query)) {
    const value = one.value.replace(/^@/, "");
    if (one.key === null) {
      words.push(one.typed);
    } else if (isDay(one)) {
      // The end was asked for with the first page.
      if (until === null || one.key === "after") {
        attributes.push(`${one.key}=${timeFor(one.value)}`);
      }
    } else {
      attributes.push(`${one.key}=${escape(one.key === "from" ? nicknameOf(value) : value)}`);
    }
  }
  if (until !== null) {
    attributes.push(`before=${new Date(until).toISOString()}`);
  }
  if (words.length > 0) {
    attributes.push(`text=${escape(words.join(" "))}`);
  }
  return attributes.join(";");
}
