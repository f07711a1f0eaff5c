// SPDX-License-Identifier: Apache-2.0
// Times as people of a language write them. What a browser knows of that it reads when it is first
// asked, which takes as long as a screenful of messages: until then the language is "" (`unknown`), and
// the hours are digits.

export const unknown = "";

const forms = new Map<string, Intl.DateTimeFormat>();

function form(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const known = forms.get(key) ?? new Intl.DateTimeFormat(language || undefined, options);
  forms.set(key, known);
  return known;
}

export function clock(time: number, language: string): string {
  if (language === unknown) {
    const date = new Date(time);
    return `${date.getHours()}:${String(date.getMinutes()).padStart(2, "0")}`;
  }
  return form(language, { hour: "2-digit", minute: "2-digit" }).format(time);
}

export function full(time: number, language: string): string {
  return form(language, { dateStyle: "full", timeStyle: "medium" }).format(time);
}

/** Clocks of the world differ by quarters of an hour at least: within one it is the same day. */
const quarterMs = 15 * 60_000;
let quarter = Number.NaN;
let dayOfQuarter = "";

/** Asked for every message of a window, most of which are said on the heels of the one before. */
export function dayOf(time: number): string {
  if (Math.floor(time / quarterMs) !== quarter) {
    quarter = Math.floor(time / quarterMs);
    const date = new Date(time);
    dayOfQuarter = `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
  }
  return dayOfQuarter;
}

export function day(
  time: number,
  now: number,
  language: string,
  words: { readonly today: string; readonly yesterday: string },
): string {
  if (dayOf(time) === dayOf(now)) {
    return words.today;
  }
  if (dayOf(time) === dayOf(now - 86_400_000)) {
    return words.yesterday;
  }
  const thisYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return form(language, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(thisYear ? {} : { year: "numeric" }),
  }).format(time);
}

export function shortDay(time: number, language: string): string {
  return form(language, { day: "numeric", month: "short", year: "numeric" }).format(time);
}

/** "1 Mar 2026, 12:30" */
export function shortMoment(time: number, language: string): string {
  return `${shortDay(time, language)}, ${clock(time, language)}`;
}

export function size(bytes: number, language: string): string {
  const units = ["B", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const digits = value < 10 && unit > 0 ? 1 : 0;
  return `${new Intl.NumberFormat(language || undefined, { maximumFractionDigits: digits }).format(value)} ${units[unit]}`;
}
