// SPDX-License-Identifier: Apache-2.0
// One's account: another password, and what is kept of one.
import { describe, expect, it, vi } from "vitest";
import { cameIn, stage } from "./whole_client";

async function comesIn() {
  const { client } = await cameIn();
  client.enter({ nickname: "ana" }, null);
  stage.welcomed("batch draft/search labeled-response message-tags server-time");
  return client;
}

describe("another password", () => {
  async function changes() {
    const client = await comesIn();
    const { changePassword } = await import("../src/view/new_password");
    return { client, changed: changePassword(client, "the old", "new") };
  }
  const answers = (said: string): void =>
    stage.fake.says(`@label=${stage.labelOf("PRIVMSG NickServ")} :NickServ!s@h NOTICE ana :${said}`);

  it.each(["Your password has been changed", "Se ha cambiado tu contraseña"])("is given: %s", async (said) => {
    const { changed } = await changes();
    expect(stage.said().at(-1)).toContain('PRIVMSG NickServ :PASSWORD "the old" new');
    answers(said);
    expect(await changed).toEqual({ isDone: true, said });
  });

  it("is not where it is refused, and it is said why", async () => {
    const { changed } = await changes();
    answers("Password incorrect");
    expect(await changed).toEqual({ isDone: false, said: "Password incorrect" });
  });

  it("is not where the line breaks before the answer, or there is none", async () => {
    const { client, changed } = await changes();
    stage.fake.breaks();
    expect(await changed).toMatchObject({ isDone: false, said: /no connection/ });
    const { changePassword } = await import("../src/view/new_password");
    expect(await changePassword(client, "the old", "new")).toMatchObject({ isDone: false });
  });
});

describe("what is kept of one", () => {
  async function saves() {
    const client = await comesIn();
    const { everythingOf } = await import("../src/view/export");
    const saved = everythingOf(client, () => undefined);
    stage.fake.says(`@label=${stage.labelOf("PRIVMSG NickServ")} :NickServ!s@h NOTICE ana :You are not logged in`);
    await stage.settles();
    return { client, saved };
  }
  async function finds(from: number, count: number): Promise<void> {
    const lines = Array.from({ length: count }, (_, at) => {
      const time = new Date(Date.UTC(2026, 2, 1) - (from + at) * 1_000).toISOString();
      return `@batch=s;msgid=m${from + at};time=${time} :ana!a@h PRIVMSG #a :hola`;
    });
    stage.fake.says(`@label=${stage.labelOf("SEARCH")} :t BATCH +s search`, ...lines, ":t BATCH -s");
    await stage.settles();
  }

  it("is all that a guest said, page by page", async () => {
    const { saved } = await saves();
    await finds(0, 100);
    await finds(99, 2); // the oldest of the page before is among them
    expect(((await saved) as { said: unknown[] }).said).toHaveLength(101);
  });

  it("ends where a page is empty", async () => {
    const { saved } = await saves();
    await finds(0, 0);
    expect(await saved).toMatchObject({ nickname: "ana", said: [] });
  });

  it("is not had where a page is refused", async () => {
    const { saved } = await saves();
    await finds(0, 100);
    stage.fake.says(`@label=${stage.labelOf("SEARCH")} :t FAIL SEARCH INTERNAL_ERROR :The search failed`);
    expect(await saved).toBeNull();
  });

  it("is not had where the line breaks amid it", async () => {
    const { saved } = await saves();
    await finds(0, 100);
    stage.fake.breaks();
    expect(await saved).toBeNull();
  });

  describe("of an account", () => {
    async function ofAccount(fetch: () => Promise<Response>) {
      const client = await comesIn();
      stage.fake.says(":t 900 ana ana!a@h ana :You are");
      vi.stubGlobal("fetch", fetch);
      const { everythingOf } = await import("../src/view/export");
      const before = stage.said().length;
      return { saved: everythingOf(client, () => undefined), asked: () => stage.said(before) };
    }
    const json = (status: number): Response =>
      new Response("{}", { status, headers: { "Content-Type": "application/json" } });

    it("is what the server gives", async () => {
      const { saved } = await ofAccount(() => Promise.resolve(json(200)));
      expect(await saved).toBeInstanceOf(Blob);
    });

    it.each([
      ["refuses", () => Promise.resolve(json(503))],
      ["is away", () => Promise.reject(new TypeError("the line broke"))],
    ])("is not had where the server %s: what is found by searching is not all", async (_, fetch) => {
      const { saved, asked } = await ofAccount(fetch);
      expect(await saved).toBeNull();
      expect(asked()).toEqual([]);
    });

    it("is looked for where the server has no such door", async () => {
      const { asked } = await ofAccount(() => Promise.resolve(json(404)));
      await stage.settles();
      expect(asked().join()).toContain("PRIVMSG NickServ SESSIONS");
    });
  });
});
