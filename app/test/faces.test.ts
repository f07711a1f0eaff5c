// SPDX-License-Identifier: Apache-2.0
// How those look of whom the server says nothing unasked.
import { describe, expect, it, vi } from "vitest";
import { cameIn, stage } from "./whole_client";

const able = "batch draft/metadata-2 echo-message labeled-response message-tags";

/** Ana is in #a with Bea, whose name the server has told. */
function letsIn(can: string): void {
  stage.welcomed(can);
  stage.fake.says(":ana!a@h JOIN #a", ":t 353 ana = #a :ana bea", ":t 366 ana #a :End");
}
const tellsAll = (): void => stage.fake.says(":t BATCH +m metadata *ALL", ":t BATCH -m");

async function comesIn(can = able) {
  const { client } = await cameIn();
  client.enter({ nickname: "ana" }, null);
  letsIn(can);
  return client;
}
const asked = (): string[] => stage.said().flatMap((one) => / ?METADATA (\w+) GET display-name/.exec(one)?.[1] ?? []);
const passes = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

async function answers(who: string, ...lines: string[]): Promise<void> {
  const label = stage.labelOf(`METADATA ${who} GET`);
  const inBatch = lines.map((one) => `@batch=m :t ${one}`);
  stage.fake.says(`@label=${label} :t BATCH +m metadata ${who}`, ...inBatch, ":t BATCH -m");
  await stage.settles();
}

describe("whoever is drawn and is not here", () => {
  it("is asked for once, after the server has said all that it says unasked", async () => {
    const client = await comesIn();
    client.faces.drawn("Luis");
    await passes(5_000);
    expect(asked()).toEqual([]);
    tellsAll();
    client.faces.drawn("luis");
    await passes(5_000);
    expect(asked()).toEqual(["luis"]);
    await answers("luis", "761 ana Luis display-name * :Luis the Tall", "766 ana Luis avatar :not set");
    expect(client.now.people.get("luis")).toMatchObject({ displayName: "Luis the Tall", online: null });
    client.faces.drawn("luis");
    await passes(5_000);
    expect(asked()).toEqual(["luis"]);
  });

  it("is not asked for where she is in a room, and her name is told already", async () => {
    const client = await comesIn();
    client.faces.drawn("bea");
    client.faces.drawn("ana");
    tellsAll();
    await passes(5_000);
    expect(asked()).toEqual([]);
  });

  it("is asked for when she came into the room later than oneself", async () => {
    const client = await comesIn();
    tellsAll();
    stage.fake.says(":luis!l@h JOIN #a");
    client.faces.drawn("luis");
    await passes(1_000);
    expect(asked()).toEqual(["luis"]);
  });

  it("is asked for with a few others at a time, who was drawn last first", async () => {
    const client = await comesIn();
    tellsAll();
    ["a1", "a2", "a3", "a4", "a5", "a6"].forEach((one) => client.faces.drawn(one));
    await passes(1_000);
    expect(asked()).toEqual(["a6", "a5", "a4", "a3"]);
    await passes(2_000);
    expect(asked()).toEqual(["a6", "a5", "a4", "a3", "a2", "a1"]);
  });

  it("is asked for anew when the line is back: much may have changed", async () => {
    const client = await comesIn();
    tellsAll();
    client.faces.drawn("luis");
    await passes(3_000);
    stage.fake.breaks();
    stage.fake.passes(60_000);
    letsIn(able);
    client.faces.drawn("luis");
    tellsAll();
    await passes(3_000);
    expect(asked()).toEqual(["luis"]); // on this line
  });

  it("is asked for where it is too much for the server to say it of all", async () => {
    const client = await comesIn();
    client.faces.drawn("bea");
    stage.fake.says(":t 774 ana *ALL 10 :Later");
    await passes(1_000);
    expect(asked()).toEqual(["bea"]);
  });

  it.each([able.replace("draft/metadata-2 ", ""), able.replace("labeled-response ", "")])(
    "is not asked for with no more than %s",
    async (can) => {
      const client = await comesIn(can);
      tellsAll();
      client.faces.drawn("luis");
      await passes(5_000);
      expect(asked()).toEqual([]);
      expect(await client.faces.isSomebody("luis")).toBeNull();
    },
  );
});

describe("a name that nobody here has", () => {
  it("is an account's that is away", async () => {
    const client = await comesIn();
    const is = client.faces.isSomebody("luis");
    await answers("luis", "766 ana luis display-name :not set");
    expect(await is).toBe(true);
  });

  it("is nobody's, and no notice says so", async () => {
    const client = await comesIn();
    const is = client.faces.isSomebody("luis");
    stage.fake.says(`@label=${stage.labelOf("METADATA luis GET")} :t FAIL METADATA INVALID_TARGET luis :Nobody`);
    expect(await is).toBe(false);
    expect(client.now.people.has("luis")).toBe(false);
    expect(client.now.notices).toEqual([]);
  });

  it("may be anybody's where the line breaks before the answer", async () => {
    const client = await comesIn();
    const is = client.faces.isSomebody("luis");
    stage.fake.breaks();
    expect(await is).toBeNull();
  });
});
