// SPDX-License-Identifier: Apache-2.0
// Names as people write them at the door.
import { expect, it } from "vitest";
import { nicknameFor, shownFor } from "../src/format/nickname";
import { cameIn, stage } from "./whole_client";


it.each([
  ["ana", "ana", ""],
  [" ana ", "ana", ""],
  ["Ana María", "Ana_María", "Ana María"],
  ["Ana  de la\tO", "Ana_de_la_O", "Ana de la O"],
])("%j comes in as %s", (written, nickname, shown) => {
  expect(nicknameFor(written)).toBe(nickname);
  expect(shownFor(written)).toBe(shown);
});

async function comesIn(able: string, shown: string) {
  const { client } = await cameIn();
  const welcomed = (): string[] => {
    stage.welcomed(able, "Ana_María");
    return stage.said().filter((one) => one.includes("display-name") && one.includes(" SET "));
  };
  client.enter({ nickname: "Ana_María" }, null, shown);
  return { client, welcomed };
}

it("a name with a blank is shown as it was written, on each line", async () => {
  const { welcomed } = await comesIn("draft/metadata-2 message-tags", "Ana María");
  expect(welcomed()).toEqual(["METADATA * SET display-name :Ana María"]);
  stage.fake.says(":t METADATA Ana_María display-name * :Ana M.");
  stage.fake.breaks();
  stage.fake.passes(60_000);
  expect(welcomed()).toEqual(["METADATA * SET display-name :Ana M."]);
});

it("nothing is said of names that are nicknames, or to servers that show no others", async () => {
  const plain = await comesIn("draft/metadata-2 message-tags", "");
  expect(plain.welcomed()).toEqual([]);
  plain.client.leave();
  const old = await comesIn("message-tags", "Ana María");
  expect(old.welcomed()).toEqual([]);
});
