// SPDX-License-Identifier: Apache-2.0
// Which of the two languages the app speaks to whom, and how well; and which the server is asked for.
import { afterEach, describe, expect, it, vi } from "vitest";
import { en } from "../src/text/en";
import { es } from "../src/text/es";
import { systemLanguage } from "../src/text/texts.svelte";
import { roleDeed, roleName } from "../src/view/roles";
import { cameIn, stage } from "./whole_client";

afterEach(() => vi.unstubAllGlobals());

it.each([
  [["es-ES", "en"], "es"],
  [["en-GB", "es"], "en"],
  [["ca", "en"], "es"],
  [["gl-ES", "en"], "es"],
  [["eu", "en"], "es"],
  [["fr", "es", "en"], "es"],
  [["fr", "en", "es"], "en"],
  [["fr", "de"], "en"],
  [[], "en"],
])("the languages %j are spoken to in %s", (languages, spoken) => {
  vi.stubGlobal("navigator", { languages });
  expect(systemLanguage()).toBe(spoken);
});

describe("the server is told in which language to speak", () => {
  const able = "draft/languages message-tags";
  const told = (): string[] => stage.said().filter((one) => one.startsWith("LANGUAGE"));

  function letsIn(): void {
    stage.fake.opens(`${able} sasl=EXTERNAL`);
    stage.fake.says(`:t CAP * ACK :${able} sasl`, "AUTHENTICATE +", ":t 900 ana u@h ana :You are", ":t 903 * :Yes");
    stage.fake.says(":t 001 ana :hi");
  }

  async function logsIn(isNew: boolean, chosen: "es" | "system" = "system"): Promise<void> {
    const { client, settings } = await cameIn();
    settings.kept.language = chosen;
    settings.apply();
    client.enter({ nickname: "ana", cookie: true }, null, "", isNew);
    letsIn();
  }

  it("by a guest", async () => {
    const { client } = await cameIn();
    client.enter({ nickname: "ana" }, null);
    stage.welcomed(able);
    expect(told()).toEqual(["LANGUAGE en"]);
  });

  it("not by an account, which has its own", async () => {
    await logsIn(false);
    expect(told()).toEqual([]);
  });

  it("by an account whose reader chose one", async () => {
    await logsIn(false, "es");
    expect(told()).toEqual(["LANGUAGE es"]);
  });

  it("once by an account that was made just now, which has none", async () => {
    await logsIn(true);
    expect(told()).toEqual(["LANGUAGE en"]);
    stage.fake.breaks();
    stage.fake.passes(60_000);
    letsIn();
    expect(told()).toEqual([]); // on the new line
  });
});

describe("Spanish", () => {
  it.each([
    ["bea", "ana y bea"],
    ["Isabel", "ana e Isabel"],
    ["Íñigo", "ana e Íñigo"],
    ["Hilario", "ana e Hilario"],
    ["hielo", "ana y hielo"],
    ["Iago", "ana y Iago"],
    ["1 más", "ana y 1 más"],
  ])("joins names as they sound: %s", (last, joined) => {
    expect(es.and("ana", last)).toBe(joined);
    expect(es.typingTwo("ana", last)).toBe(`${joined} están escribiendo…`);
  });

  it("takes an office, and a voice, and nobody out of the room", () => {
    expect(["q", "a", "o", "h"].map((letter) => es.tookRole("ana", "bea", roleName(es, letter)))).toEqual([
      "ana ha quitado a bea el cargo de dueño",
      "ana ha quitado a bea el cargo de administrador",
      "ana ha quitado a bea el cargo de operador",
      "ana ha quitado a bea el cargo de semioperador",
    ]);
    expect([es.gaveVoice("ana", "bea"), es.tookVoice("ana", "bea")]).toEqual([
      "ana ha dado voz a bea",
      "ana ha quitado la voz a bea",
    ]);
    expect(["o", "v"].map((letter) => roleDeed(es, letter, false))).toEqual(["Hacer operador", "Dar voz"]);
    expect(["o", "v"].map((letter) => roleDeed(es, letter, true))).toEqual(["Quitar el cargo de operador", "Quitar la voz"]);
  });
});

it("one more is one other", () => {
  expect([en.others(1), en.others(2)]).toEqual(["1 other", "2 others"]);
});
