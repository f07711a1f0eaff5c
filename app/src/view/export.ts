// SPDX-License-Identifier: Apache-2.0
// What is kept of somebody, as one file for herself. The server tells all of an account; of a guest,
// what this browser knows and what she said in the conversations that she is in.
import { hitsIn, noticesIn, refusalIn } from "../state/aside";
import { fold } from "../wire/line";
import type { Client } from "./client.svelte";
import { settings } from "./settings.svelte";

interface Said {
  readonly id: string;
  readonly time: string;
  readonly in: string;
  readonly text: string;
}

const atOnce = 100;
/** A browser's memory ends somewhere; so many messages are some hundred megabytes. */
const saidMax = 500_000;

/** Null: a part of it could not be had, and half of it is not all. */
async function everythingSaid(client: Client, progress: (count: number) => void): Promise<Said[] | null> {
  if (!client.can("draft/search") && !client.can("soju.im/search")) {
    return []; // nobody can be asked
  }
  const found = new Map<string, Said>();
  let before = Date.now() + 1_000;
  for (;;) {
    const wish = `from=${client.now.me};before=${new Date(before).toISOString()};limit=${atOnce}`;
    const answer = await client.request("SEARCH", wish);
    if (answer.length === 0 || refusalIn(answer) !== null) {
      return null;
    }
    const hits = hitsIn(client.now, answer, Date.now());
    const known = found.size;
    for (const { target, message } of hits) {
      found.set(message.id, {
        id: message.id,
        time: new Date(message.time).toISOString(),
        in: target,
        text: message.text,
      });
    }
    progress(found.size);
    const oldest = Math.min(...hits.map(({ message }) => message.time));
    if (hits.length < atOnce || found.size > saidMax) {
      return [...found.values()].reverse();
    }
    // More than a page of one millisecond cannot be told apart.
    before = found.size > known && oldest + 1 < before ? oldest + 1 : oldest;
  }
}

/** Null: not all of it could be had. */
export async function ownData(client: Client, progress: (count: number) => void): Promise<object | null> {
  const { me, account, people, conversations, network } = client.now;
  const person = people.get(fold(me));
  const sessions = noticesIn(await client.request("PRIVMSG", "NickServ", "SESSIONS"));
  const said = await everythingSaid(client, progress);
  if (said === null) {
    return null;
  }
  return {
    network,
    at: new Date().toISOString(),
    nickname: me,
    account,
    profile: { name: person?.displayName, picture: person?.avatar, status: person?.status },
    sessions: account === null ? [] : sessions,
    rooms: [...conversations.values()]
      .filter((of) => of.kind === "room")
      .map((of) => ({ name: of.name, roles: of.members.get(fold(me))?.roles ?? "" })),
    people: [...conversations.values()].filter((of) => of.kind === "private").map((of) => of.name),
    settings: settings.kept,
    said,
  };
}

/** All that the server keeps of an account. No door: it is another server, which has no such thing. */
export async function exportOfServer(): Promise<Blob | "noDoor" | "failed"> {
  try {
    const answer = await fetch("/api/account/export", { credentials: "same-origin" });
    if (answer.status === 404 || answer.status === 405) {
      return "noDoor";
    }
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json") === true;
    return !answer.ok ? "failed" : isJson ? await answer.blob() : "noDoor";
  } catch {
    return "failed";
  }
}

/** What is to be had of whoever is here; null: it could not be had whole. */
export async function everythingOf(client: Client, progress: (count: number) => void): Promise<object | null> {
  const whole = client.now.account === null ? "noDoor" : await exportOfServer();
  return whole === "noDoor" ? ownData(client, progress) : whole === "failed" ? null : whole;
}

export function saveAsFile(name: string, what: object): void {
  const bytes =
    what instanceof Blob
      ? what
      : new Blob([JSON.stringify(what, null, 2)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(bytes);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
