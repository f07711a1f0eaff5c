// SPDX-License-Identifier: Apache-2.0
// The door for accounts, over HTTP: it answers with a cookie that scripts cannot read, so that the
// browser stays logged in and no password is kept. A server without that door is asked by SASL.

export type Outcome =
  | { readonly is: "cookie" }
  | { readonly is: "noDoor" }
  | { readonly is: "refused"; readonly text: string };

function textOf(body: unknown): string {
  if (body instanceof Object && "error" in body) {
    const { error } = body;
    if (typeof error === "string") {
      return error;
    }
    if (error instanceof Object && "text" in error) {
      return String(error.text);
    }
  }
  if (body instanceof Object && "text" in body) {
    return String(body.text);
  }
  return "";
}

export async function post(path: string, body: Record<string, unknown>): Promise<Outcome> {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      credentials: "same-origin",
      body: JSON.stringify(body),
    });
    if (answer.ok) {
      return { is: "cookie" };
    }
    if (answer.status === 404 || answer.status === 405) {
      return { is: "noDoor" };
    }
    const said: unknown = await answer.json().catch(() => null);
    return { is: "refused", text: textOf(said) };
  } catch {
    return { is: "noDoor" };
  }
}

export function logIn(name: string, password: string): Promise<Outcome> {
  return post("/api/login", { name, password });
}

export function register(name: string, password: string): Promise<Outcome> {
  return post("/api/register", { name, password });
}
