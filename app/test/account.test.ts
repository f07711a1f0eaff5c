// SPDX-License-Identifier: Apache-2.0
// One's account: another password.
import { describe, expect, it } from "vitest";
import { cameIn, stage } from "./whole_client";

async function comesIn() {
  const { client } = await cameIn();
  client.enter({ nickname: "ana" }, null);
  stage.welcomed("batch labeled-response message-tags");
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
