// SPDX-License-Identifier: Apache-2.0
// Where one is, and what the address says of it: the page comes in there when it is loaded anew.
import { describe, expect, it } from "vitest";
import { readPlace } from "../src/format/address";
import { cameIn, stage } from "./whole_client";

async function isIn(...rooms: string[]) {
  const made = await cameIn();
  made.client.enter({ nickname: "ana" }, readPlace(rooms[0] ?? ""));
  stage.welcomed();
  stage.fake.says(...rooms.map((room) => `:ana!a@h JOIN ${room}`));
  return made;
}

describe("the address", () => {
  it("leads on to another conversation when the room is left", async () => {
    const { client } = await isIn("#left", "#other");
    expect(stage.address).toBe("/#left");
    stage.fake.says(":ana!a@h PART #left");
    expect(client.active).toBe("#other");
    expect(stage.address).toBe("/#other");
  });

  it("leads nowhere when it was the only one", async () => {
    const { client } = await isIn("#left");
    stage.fake.says(":ana!a@h PART #left");
    expect(client.active).toBeNull();
    expect(stage.address).toBe("/");
  });

  it("leads nowhere for who was put out, who still sees what was said", async () => {
    const { client } = await isIn("#a", "#other");
    stage.fake.says(":bea!b@h KICK #a ana :out");
    expect(client.active).toBe("#a");
    expect(stage.address).toBe("/");
  });

  it("stays when another room is left", async () => {
    await isIn("#a", "#other");
    stage.fake.says(":ana!a@h PART #other");
    expect(stage.address).toBe("/#a");
  });
});

describe("what leads to a conversation that is not open", () => {
  it("opens it where it is somebody's", async () => {
    const { client } = await isIn("#a");
    const { screen } = await import("../src/view/screen.svelte");
    screen.jump("bea", "m1");
    expect(client.active).toBe("bea");
    expect(client.activeConversation?.kind).toBe("private");
  });

  it("comes into the room, and stays where one is until one is there", async () => {
    const { client } = await isIn("#a");
    const { screen } = await import("../src/view/screen.svelte");
    screen.openConversation("#b");
    expect(client.active).toBe("#a");
    expect(stage.said()).toContain("JOIN #b");
    stage.fake.says(":ana!a@h JOIN #b");
    expect(client.active).toBe("#b");
  });
});

it("the list of rooms is not to be had without a line", async () => {
  const { client } = await isIn("#a");
  client.places.list();
  expect(client.now.listing).toBe("asked");
  stage.fake.says(":t 323 ana :End");
  stage.fake.breaks();
  client.places.list();
  expect(client.now.listing).toBe("failed");
});
