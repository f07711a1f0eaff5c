// SPDX-License-Identifier: Apache-2.0
// What programs speak by: keys of one's own account, webhooks of a room. The server shows a secret
// once, when it is made; here it is kept by nobody.
import { ask, isRefused, member, rowsIn, type Refused } from "./api";

export interface Kept {
  readonly name: string;
  /** Of a webhook; empty: oneself. */
  readonly madeBy: string;
  readonly madeAt: number;
}

function keptOf(row: unknown): Kept {
  return {
    name: String(member(row, "name") ?? ""),
    madeBy: String(member(row, "made_by") ?? ""),
    madeAt: Date.parse(String(member(row, "made_at"))) || 0,
  };
}

/** One kind of secrets: where they are, and what the server calls them. */
export interface Door {
  readonly path: string;
  readonly list: "tokens" | "webhooks";
  readonly secret: "token" | "url";
}

export const tokenDoor: Door = { path: "/api/tokens", list: "tokens", secret: "token" };

/** A room's name as a part of a path, which may also stand in a shell's quotes. The server takes "ops"
 * for #ops, and ##ops for itself. */
export function pathOfRoom(room: string): string {
  const name = encodeURIComponent(room.replace(/^#(?!#)/, "")).replace(/'/g, "%27");
  return `/api/rooms/${name}`;
}

export function webhookDoor(room: string): Door {
  return { path: `${pathOfRoom(room)}/webhooks`, list: "webhooks", secret: "url" };
}

export async function secretsAt(door: Door): Promise<readonly Kept[] | Refused> {
  const rows = rowsIn(await ask("GET", door.path), door.list);
  return isRefused(rows) ? rows : rows.map(keptOf);
}

/** The secret itself. */
export async function makeSecret(door: Door, name: string): Promise<string | Refused> {
  const said = await ask("POST", door.path, { name });
  const secret = member(said, door.secret);
  return isRefused(said) ? said : typeof secret === "string" ? secret : { refused: "" };
}

export async function revokeSecret(door: Door, name: string): Promise<Refused | null> {
  const said = await ask("DELETE", `${door.path}/${encodeURIComponent(name)}`);
  return isRefused(said) ? said : null;
}

const quoted = (text: string): string => `'${text.replace(/'/g, `'\\''`)}'`;

/** What to type into a shell: posts a message with the key. */
export function curlWithToken(token: string, room: string, words: string): string {
  const where = quoted(`${location.origin}${pathOfRoom(room)}/messages`);
  return `curl -H ${quoted(`Authorization: Bearer ${token}`)} -d ${quoted(words)} ${where}`;
}

export function curlToWebhook(url: string, words: string): string {
  return `curl -d ${quoted(words)} ${quoted(new URL(url, location.origin).href)}`;
}
