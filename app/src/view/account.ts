// SPDX-License-Identifier: Apache-2.0
// The door for accounts, over HTTP: it answers with a cookie that scripts cannot read, so that the
// browser stays logged in and no password is kept. A server without that door is asked by SASL.
import { ask, isRefused, member, rowsIn, type Refused } from "./api";

export type Outcome =
  | { readonly is: "done"; readonly account: string }
  | { readonly is: "noDoor" }
  | { readonly is: "refused"; readonly code: string; readonly text: string };

export interface Session {
  /** Null: a guest. */
  readonly account: string | null;
  readonly guests: boolean;
  readonly registration: boolean;
  /** To register takes a code. */
  readonly invitation: boolean;
  /** Everybody is asked for the server's own password. */
  readonly password: boolean;
}

async function post(path: string, body: Record<string, unknown>): Promise<Outcome> {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      credentials: "same-origin",
      body: JSON.stringify(body),
    });
    const said: unknown = await answer.json().catch(() => null);
    if (answer.ok) {
      return { is: "done", account: String(member(said, "account") ?? "") };
    }
    if (answer.status === 404 || answer.status === 405) {
      return { is: "noDoor" };
    }
    const code = String(member(said, "error") ?? answer.status);
    return { is: "refused", code, text: String(member(said, "message") ?? "") };
  } catch {
    return { is: "noDoor" };
  }
}

export function logIn(account: string, password: string): Promise<Outcome> {
  return post("/api/login", { account, password });
}

export function register(
  account: string,
  password: string,
  invitation: string,
): Promise<Outcome> {
  const code = invitation === "" ? {} : { invitation };
  return post("/api/register", { account, password, ...code });
}

/** As NickServ takes it apart from the word beside it. */
export function quotedPassword(password: string): string {
  return /[\s"\\]/.test(password) ? `"${password.replace(/["\\]/g, "\\$&")}"` : password;
}

export function logOut(): Promise<Outcome> {
  return post("/api/logout", {});
}

/** Who this browser is, unless the server has no such door, or does not answer at all. */
export async function session(): Promise<Session | "noDoor" | "away"> {
  try {
    const answer = await fetch("/api/session", { credentials: "same-origin" });
    if (answer.status >= 500) {
      return "away"; // a proxy's word for it
    }
    const said: unknown = answer.ok ? await answer.json() : null;
    const account = member(said, "account");
    return said instanceof Object
      ? {
          account: typeof account === "string" ? account : null,
          guests: member(said, "guests") !== false,
          registration: member(said, "registration") !== false,
          invitation: member(said, "invitation") === true,
          password: member(said, "password") === true,
        }
      : "noDoor";
  } catch {
    return "away";
  }
}

/** A browser that stays logged in by its cookie, whether it has a page open or not. */
export interface Login {
  readonly id: string;
  readonly since: number;
  /** What it says it is, "Firefox, Linux"; may be empty. */
  readonly browser: string;
  readonly own: boolean;
}

/** The newest first. */
export async function logins(): Promise<readonly Login[] | Refused> {
  const rows = rowsIn(await ask("GET", "/api/logins"), "logins");
  return isRefused(rows)
    ? rows
    : rows.map((row) => ({
        id: String(member(row, "id") ?? ""),
        since: Date.parse(String(member(row, "opened_at"))) || 0,
        browser: String(member(row, "browser") ?? ""),
        own: member(row, "own") === true,
      }));
}

/** One of them; without an id all but this one. */
export async function endLogin(id?: string): Promise<Refused | null> {
  const said = await ask("DELETE", id === undefined ? "/api/logins" : `/api/logins/${encodeURIComponent(id)}`);
  return isRefused(said) ? said : null;
}
