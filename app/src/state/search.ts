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

const filter = /^(from|in|before|after):(.+)$/i;

/** What stands where a day should, and is none; null: nothing does. */
export function noDayIn(query: string): string | null {
  const days = query.split(/\s+/).flatMap((word) => /^(?:before|after):(.+)$/i.exec(word)?.[1] ?? []);
  return days.find((one) => Number.isNaN(Date.parse(timeFor(one)))) ?? null;
}

/** Those that are looked for in texts. */
export function wordsOf(query: string): string[] {
  return query.split(/[\s"“”«»]+/).filter((word) => word !== "" && !filter.test(word));
}

/** Until: of the hits only those from before that time, for the next page. */
export function searchAttributes(query: string, until: number | null = null): string {
  const attributes: string[] = [];
  const words: string[] = [];
  for (const word of query.split(/\s+/).filter(Boolean)) {
    const [, key = "", value = ""] = filter.exec(word) ?? [];
    switch (key.toLowerCase()) {
      case "":
        words.push(word);
        break;
      case "before":
      case "after":
        if (until !== null && key.toLowerCase() === "before") {
          break; // it was asked for with the first page
        }
        attributes.push(`${key.toLowerCase()}=${timeFor(value)}`);
        break;
      default:
        attributes.push(`${key.toLowerCase()}=${escape(value.replace(/^@/, ""))}`);
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
