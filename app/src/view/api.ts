// SPDX-License-Identifier: Apache-2.0
// The server's HTTP API (docs/protocol/http.md): JSON there and back, as whoever the cookie says.

/** The code is the server's; "" where it gave none. */
export interface Refused {
  readonly refused: string;
}

export function member(body: unknown, name: string): unknown {
  return body instanceof Object && name in body ? (body as Record<string, unknown>)[name] : undefined;
}

export async function ask(method: string, path: string, body?: object): Promise<unknown> {
  const asJson = body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  try {
    const answer = await fetch(path, { method, credentials: "same-origin", ...asJson });
    const said: unknown = answer.status === 204 ? {} : await answer.json();
    return answer.ok ? said : { refused: String(member(said, "error") ?? "") };
  } catch {
    return { refused: "" };
  }
}

export function isRefused(what: unknown): what is Refused {
  return typeof member(what, "refused") === "string";
}

/** The rows of a list of that name in an answer. */
export function rowsIn(said: unknown, name: string): readonly unknown[] | Refused {
  const rows = member(said, name);
  return isRefused(said) ? said : Array.isArray(rows) ? rows : { refused: "" };
}
