// SPDX-License-Identifier: Apache-2.0
// What is said, as it goes out and as the server answers.
import { describe, expect, it } from "vitest";
import { readPlace } from "../src/format/address";
import type { Message } from "../src/state/model";
import { cameIn, stage } from "./whole_client";


/** Ana in #a, where m1 is hers. */
async function talking(can = "batch draft/message-edit echo-message labeled-response message-tags") {
  const { client } = await cameIn();
  client.enter({ nickname: "ana" }, readPlace("#a"));
  stage.welcomed(can);
  stage.fake.says(":ana!a@h JOIN #a", "@msgid=m1 :ana!a@h PRIVMSG #a :holla");
  const words = (): string | undefined =>
    client.now.conversations.get("#a")?.messages.find((one) => one.id === "m1")?.text;
  return { client, words };
}

describe("an edit", () => {
  it("is offered for several lines where messages can have several", async () => {
    const lines = { kind: "text", text: "one\ntwo" } as Message;
    const { client } = await talking("draft/message-edit message-tags");
    expect(client.speech.mayEdit(lines)).toBe(false);
    expect(client.speech.mayEdit({ ...lines, text: "one" })).toBe(true);
    client.capabilities = new Set(["draft/message-edit", "draft/multiline"]);
    expect(client.speech.mayEdit(lines)).toBe(true);
    expect(client.speech.mayEdit({ ...lines, kind: "action" })).toBe(false);
  });

  it("is done once the server says so, and stands in the conversation", async () => {
    const { client, words } = await talking();
    const saved = client.speech.edit("#a", "m1", "hola");
    expect(words()).toBe("holla");
    const label = stage.labelOf("EDIT");
    stage.fake.says(`@label=${label};draft/target-msgid=m1;draft/edit-text=hola :ana!a@h EDIT #a`);
    expect(await saved).toBe(true);
    expect(words()).toBe("hola");
  });

  it("that is refused is not done, and it is said why", async () => {
    const { client, words } = await talking();
    const saved = client.speech.edit("#a", "m1", "hola");
    stage.fake.says(`@label=${stage.labelOf("EDIT")} :t FAIL EDIT WORD_REFUSED #a m1 :Not this word`);
    expect(await saved).toBe(false);
    expect(client.now.notices.at(-1)).toMatchObject({ tone: "error", text: "Not this word" });
    expect(words()).toBe("holla");
  });

  it("is not done when the line breaks before the answer", async () => {
    const { client } = await talking();
    const saved = client.speech.edit("#a", "m1", "hola");
    stage.fake.breaks();
    expect(await saved).toBe(false);
    expect(await client.speech.edit("#a", "m1", "hola")).toBe(false);
  });

  it.each([
    ["x".repeat(3_601), "Too long: leave out one letter."],
    [`${"x ".repeat(1_200)}ñ`, "Too long: leave out one letter."], // a blank is two bytes there
    ["\n".repeat(1_799) + "xyz", "Too long: leave out one letter."],
    ["x\n".repeat(24) + "x", "Too long: 24 lines at most."],
  ])("that the server would not take is not sent, and it is said why (%#)", async (written, told) => {
    const { client } = await talking();
    const sent = stage.said().length;
    expect(client.speech.editFault(written)).toBe(told);
    expect(await client.speech.edit("#a", "m1", written)).toBe(false);
    expect(stage.said().slice(sent)).toEqual([]);
    expect(client.now.notices.at(-1)).toMatchObject({ tone: "warning", text: told });
  });

  it("may be as long as the server takes it", async () => {
    const { client } = await talking();
    expect(client.speech.editFault(`${"x ".repeat(1_199)}xñ`)).toBe("");
    expect(client.speech.editFault("x\n".repeat(23) + "x")).toBe("");
  });

  it("that the server could not read ends, and what it says of that is told", async () => {
    const { client } = await talking();
    const saved = client.speech.edit("#a", `m${"1".repeat(5_000)}`, "hola");
    stage.fake.says(":t 417 ana :Input line was too long");
    expect(await saved).toBe(false);
    expect(client.now.notices.at(-1)).toMatchObject({ text: "Input line was too long" });
  });

  it("goes out where servers answer without labels", async () => {
    const { client } = await talking("draft/message-edit echo-message message-tags");
    expect(await client.speech.edit("#a", "m1", "hola")).toBe(true);
    expect(stage.fake.socket.sent.at(-1)).toBe("@draft/target-msgid=m1;draft/edit-text=hola EDIT #a");
  });
});

describe("a report", () => {
  const message = { id: "m7", from: "Deploys" } as Message;
  const answers = async (line: string): Promise<void> => {
    stage.fake.says(`@label=${stage.labelOf("REPORT")} :t ${line}`);
    await stage.settles();
  };
  const asked = (): string => (stage.said().at(-1) ?? "").replace(/^@\S+ /, "");

  it("names whose message it is", async () => {
    const { client } = await talking();
    void client.speech.report(message, "");
    expect(asked()).toBe("REPORT Deploys m7 -");
    await answers("NOTICE ana :Report 1 is with the operators");
    expect(client.now.notices.at(-1)).toMatchObject({ tone: "info", code: "REPORT" });
  });

  it.each([
    ["spam", "REPORT m7 :(Deploys) spam"],
    ["", "REPORT m7 (Deploys)"],
  ])("is of the message alone where nobody has its author's nickname (%j)", async (why, said) => {
    const { client } = await talking();
    void client.speech.report(message, why);
    await answers("401 ana Deploys :No such nick/channel");
    expect(asked()).toBe(said);
    await answers("NOTICE ana :Report 1 is with the operators");
    expect(client.now.notices).toMatchObject([{ tone: "info", code: "REPORT" }]);
  });

  it("that is refused otherwise is not filed anew", async () => {
    const { client } = await talking();
    void client.speech.report(message, "spam");
    await answers("FAIL REPORT TOO_MANY_REPORTS :Five are open");
    expect(asked()).toBe("REPORT Deploys m7 spam");
    expect(client.now.notices.at(-1)).toMatchObject({ tone: "error", text: "Five are open" });
  });
});

it("two slashes say one where one alone would be a command, and stay in code", async () => {
  const { withoutEscape } = await import("../src/view/commands");
  for (const [typed, said] of [
    ["//me waves", "/me waves"],
    ["//join", "/join"],
    ["//nosuch thing", "/nosuch thing"], // alone it would be refused
    ["// a comment", "// a comment"],
    ["//if (x) {\n  y();\n}", "//if (x) {\n  y();\n}"],
    ["/// of a document", "/// of a document"],
    ["//", "//"],
    ["a //b", "a //b"],
  ] as const) {
    expect(withoutEscape(typed)).toBe(said);
  }
});
