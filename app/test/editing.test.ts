// SPDX-License-Identifier: Apache-2.0
// A message that is edited: what becomes of what is written in its place.
import { describe, expect, it } from "vitest";
import { readPlace } from "../src/format/address";
import { cameIn, stage } from "./whole_client";

/** Ana in #a, who edits m1, which is hers. */
async function editing(can = "draft/message-redaction") {
  const { client } = await cameIn();
  const { Editing } = await import("../src/view/editing.svelte");
  const { screen } = await import("../src/view/screen.svelte");
  client.enter({ nickname: "ana" }, readPlace("#a"));
  stage.welcomed(`batch draft/message-edit echo-message labeled-response message-tags ${can}`);
  stage.fake.says(":ana!a@h JOIN #a", "@msgid=m1 :ana!a@h PRIVMSG #a :holla");
  client.drawNow();
  const of = client.now.conversations.get("#a");
  if (of === undefined) {
    throw new Error("she is not there");
  }
  const one = new Editing(() => of);
  one.beginLast();
  return { client, screen, one };
}

it("what is too long stays to be shortened, and is sent then", async () => {
  const { one } = await editing();
  expect(one.message?.id).toBe("m1");
  expect(one.fault("x ".repeat(1_300))).toMatch(/^Too long/);
  one.save("x ".repeat(1_300));
  expect(one.isSaving).toBe(true);
  await stage.settles();
  expect(one.isSaving).toBe(false);
  expect(one.message?.id).toBe("m1");
  expect(stage.said().some((said) => said.includes("EDIT"))).toBe(false);
  one.save("hola");
  await stage.settles();
  expect(one.isSaving).toBe(true);
  stage.fake.says(
    `@label=${stage.labelOf("EDIT")};draft/target-msgid=m1;draft/edit-text=hola :ana!a@h EDIT #a`,
  );
  await stage.settles();
  expect([one.isSaving, one.message]).toEqual([false, null]);
});

describe("with nothing in it", () => {
  it("is asked whether the message is to be deleted, and then it is", async () => {
    const { one, screen } = await editing();
    one.save(" \n");
    expect(screen.dialog).toMatchObject({ is: "confirm", danger: true });
    expect(one.message?.id).toBe("m1");
    if (screen.dialog?.is === "confirm") {
      screen.dialog.then("");
    }
    expect(stage.said().at(-1)).toBe("REDACT #a m1");
    expect(one.message).toBeNull();
  });

  it("stays an edit where there is nobody to hear it", async () => {
    const { one, screen } = await editing();
    one.save("");
    stage.fake.breaks();
    if (screen.dialog?.is === "confirm") {
      screen.dialog.then("");
    }
    expect(one.message?.id).toBe("m1");
  });

  it("cannot be saved where nothing can be deleted", async () => {
    const { one } = await editing("");
    expect([one.canSave(""), one.canSave("hola")]).toEqual([false, true]);
  });
});
