// SPDX-License-Identifier: Apache-2.0
// What is written about a room and saved at once: only what its reader changed is said, so that nothing
// that somebody else changed meanwhile is taken back.
import type { Conversation } from "../state/model";

/** A number field that was emptied has null. */
type Field = string | number | null | undefined;

export interface RoomForm {
  topic: Field;
  password: Field;
  limit: Field;
  slow: Field;
  days: Field;
}

type Parameter = Exclude<keyof RoomForm, "topic">;

const letters: readonly (readonly [Parameter, string])[] = [
  ["password", "k"],
  ["limit", "l"],
  ["slow", "W"],
  ["days", "H"],
];

export function formOf(of: Conversation | undefined): RoomForm {
  const value = (letter: string): string => of?.modes.get(letter) ?? "";
  return {
    topic: of?.topic ?? "",
    password: value("k"),
    limit: value("l"),
    slow: value("W"),
    days: value("H"),
  };
}

/** What was typed as a room's name, with or without its #; null: nothing. */
export function roomNamed(typed: string): string | null {
  const name = typed.trim().replace(/[\s,]+/g, "-");
  return /^#*$/.test(name) ? null : name.startsWith("#") ? name : `#${name}`;
}

function read(field: Field): string {
  return field === null || field === undefined ? "" : `${field}`.trim();
}

/** Null: it was left as it stood. */
export function newTopic(before: RoomForm, form: RoomForm): string | null {
  const topic = read(form.topic);
  return topic === read(before.topic) ? null : topic;
}

/** The words of MODE, a change each. A password is lifted by the one that holds now. */
export function modeChanges(before: RoomForm, form: RoomForm, known: string, password: string): string[][] {
  return letters
    .filter(([name, letter]) => `kl${known}`.includes(letter) && read(form[name]) !== read(before[name]))
    .map(([name, letter]) => {
      const value = read(form[name]);
      return value !== "" ? [`+${letter}`, value] : letter === "k" ? ["-k", password] : [`-${letter}`];
    });
}
