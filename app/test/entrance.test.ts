// SPDX-License-Identifier: Apache-2.0
// Names as people write them at the door.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { nicknameFor, shownFor } from "../src/format/nickname";
import { FakeBrowser } from "./fake_browser";
import { stubPage } from "./page";

const stage = vi.hoisted(() => ({ around: null as unknown }));
vi.mock("../src/socket/browser", () => ({
  get browser() {
    return stage.around;
  },
}));

vi.setConfig({ testTimeout: 60_000 }); // the whole client is read anew for each

let fake: FakeBrowser;

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
  fake = new FakeBrowser();
  stage.around = fake.around;
  stubPage();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

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
  const { client } = await import("../src/view/client.svelte");
  const welcomed = (): string[] => {
    fake.opens(able);
    fake.says(`:t CAP * ACK :${able}`, ":t 001 Ana_María :hi");
    return fake.socket.sent.filter((one) => one.includes("display-name") && one.includes(" SET "));
  };
  client.enter({ nickname: "Ana_María" }, null, shown);
  return { client, welcomed };
}

it("a name with a blank is shown as it was written, on each line", async () => {
  const { welcomed } = await comesIn("draft/metadata-2 message-tags", "Ana María");
  expect(welcomed()).toEqual(["METADATA * SET display-name :Ana María"]);
  fake.says(":t METADATA Ana_María display-name * :Ana M.");
  fake.breaks();
  fake.passes(60_000);
  expect(welcomed()).toEqual(["METADATA * SET display-name :Ana M."]);
});

it("nothing is said of names that are nicknames, or to servers that show no others", async () => {
  const plain = await comesIn("draft/metadata-2 message-tags", "");
  expect(plain.welcomed()).toEqual([]);
  plain.client.leave();
  const old = await comesIn("message-tags", "Ana María");
  expect(old.welcomed()).toEqual([]);
});
