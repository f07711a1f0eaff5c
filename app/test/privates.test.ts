// SPDX-License-Identifier: Apache-2.0
// Private conversations: the server says nothing of them that it is not asked.
import { describe, expect, it } from "vitest";
import { cameIn, stage } from "./whole_client";

const able =
  "batch draft/chathistory draft/read-marker echo-message labeled-response message-tags server-time";

/** Ana comes in, and the server lists with whom she talked, and when something was said last. */
async function comesIn(listed: Record<string, string>, capabilities = able) {
  const made = await cameIn();
  made.client.enter({ nickname: "ana" }, null);
  stage.welcomed(capabilities);
  stage.fake.says(":t 005 ana MONITOR=3 CHATHISTORY=100 :are supported");
  lists(listed);
  await stage.settles();
  return { ...made, of: (key: string) => made.client.now.conversations.get(key) };
}

function lists(listed: Record<string, string>): void {
  const lines = Object.entries(listed).map(([name, time]) => `@batch=t :t CHATHISTORY TARGETS ${name} ${time}`);
  stage.fake.says(":t BATCH +t draft/chathistory-targets", ...lines, ":t BATCH -t");
}

async function saysMarker(name: string, mark: string): Promise<void> {
  stage.fake.says(`@label=${stage.labelOf(`MARKREAD ${name}`)} :t MARKREAD ${name} ${mark}`);
  await stage.settles();
}

function saysPage(name: string, ...times: string[]): void {
  const label = stage.labelOf(`CHATHISTORY LATEST ${name}`);
  const lines = times.map((time) => `@batch=p;time=${time};msgid=${name}${time} :${name}!b@h PRIVMSG ana :hola`);
  stage.fake.says(`@label=${label} :t BATCH +p chathistory ${name}`, ...lines, ":t BATCH -p");
}

const asked = (): string[] => stage.said().filter((one) => / (MARKREAD|CHATHISTORY LATEST)|^MONITOR/.test(one));
const [evening, night, morning] = ["2026-03-01T20:00:00.000Z", "2026-03-02T02:00:00.000Z", "2026-03-02T08:00:00.000Z"];

describe("a private conversation that is not open", () => {
  it("shows what was written while nobody was here", async () => {
    const { of } = await comesIn({ bea: night });
    await saysMarker("bea", `timestamp=${evening}`);
    saysPage("bea", evening, night);
    expect(of("bea")).toMatchObject({ unread: 1, mentions: 1 });
  });

  it("that was read to its end shows nothing, and its history is not asked", async () => {
    const { of } = await comesIn({ bea: night });
    await saysMarker("bea", `timestamp=${night}`);
    expect(stage.labelOf("CHATHISTORY LATEST bea")).toBe("");
    expect(of("bea")).toMatchObject({ unread: 0, mentions: 0 });
  });

  it("has nothing new while it is not known up to where it was read", async () => {
    const { client, of } = await comesIn({ bea: night });
    client.places.openPrivate("bea");
    saysPage("bea", evening, night);
    expect(of("bea")?.unread).toBe(0);
    await saysMarker("bea", `timestamp=${evening}`);
    expect(of("bea")?.unread).toBe(1);
  });

  it("shows all where nothing was ever read, or the server will not say", async () => {
    const { of } = await comesIn({ bea: night, carl: evening });
    await saysMarker("bea", "*");
    saysPage("bea", evening, night);
    stage.fake.says(`@label=${stage.labelOf("MARKREAD carl")} :t FAIL MARKREAD INVALID_PARAMS carl :No such nickname`);
    await stage.settles();
    saysPage("carl", evening);
    expect([of("bea")?.unread, of("carl")?.unread]).toEqual([2, 1]);
  });

  it("is asked for one after the other, the latest first", async () => {
    await comesIn({ bea: evening, carl: night });
    expect(asked().filter((one) => one.includes("MARKREAD"))).toHaveLength(1);
    expect(stage.labelOf("MARKREAD carl")).not.toBe("");
    await saysMarker("carl", `timestamp=${night}`);
    expect(stage.labelOf("MARKREAD bea")).not.toBe("");
  });

  it("is read as far as this browser knows where the server keeps no markers", async () => {
    const { settings, client } = await cameIn();
    settings.kept.readUntil["bea"] = Date.parse(evening);
    client.enter({ nickname: "ana" }, null);
    stage.welcomed(able.replace("draft/read-marker ", ""));
    lists({ bea: night });
    saysPage("bea", evening, night);
    expect(client.now.conversations.get("bea")?.unread).toBe(1);
  });
});

describe("a private conversation that was closed", () => {
  it("stays so on the next visit, until something newer is said", async () => {
    const { client, settings, of } = await comesIn({ bea: night });
    client.places.close("bea");
    expect(settings.kept.closed).toEqual({ bea: Date.parse(night) });
    client.leave();
    client.enter({ nickname: "ana" }, null);
    stage.welcomed(able);
    lists({ bea: night });
    expect(of("bea")).toBeUndefined();
    lists({ bea: morning });
    expect(of("bea")).toBeDefined();
  });

  it("is open again for who opens it", async () => {
    const { client, settings, of } = await comesIn({ bea: night });
    client.places.close("bea");
    client.places.openPrivate("Bea");
    expect(settings.kept.closed).toEqual({});
    lists({ bea: night });
    expect(of("bea")?.lastTime).toBe(Date.parse(night));
  });
});

describe("whether the other one is there", () => {
  it("is asked of as many as the server watches for one", async () => {
    await comesIn({ bea: evening, carl: night, dora: morning, eva: "2026-01-01T00:00:00.000Z" });
    expect(asked().filter((one) => one.startsWith("MONITOR"))).toEqual(["MONITOR + dora,carl,bea"]);
  });

  it("is asked anew when the line is back", async () => {
    await comesIn({ bea: evening });
    stage.comesBack(able);
    lists({ bea: evening });
    expect(stage.said()).toContain("MONITOR + bea");
  });

  it("is no longer asked when it is closed, and of who took another name under that", async () => {
    const { client } = await comesIn({ bea: evening, carl: evening });
    client.places.close("carl");
    expect(stage.said()).toContain("MONITOR - carl");
    stage.fake.says(":bea!b@h NICK dora");
    expect(stage.said().slice(-3)).toEqual(expect.arrayContaining(["MONITOR - bea", "MONITOR + dora"]));
  });
});

describe("a line that is back", () => {
  it("asks for no page of what is read, and makes nothing new of it", async () => {
    const { of } = await comesIn({ bea: night });
    await saysMarker("bea", `timestamp=${night}`);
    stage.comesBack(able);
    lists({ bea: night });
    await stage.settles();
    await saysMarker("bea", `timestamp=${night}`);
    expect(stage.labelOf("CHATHISTORY LATEST bea")).toBe("");
    expect(of("bea")?.unread).toBe(0);
  });

  it("shows what was written meanwhile", async () => {
    const { of } = await comesIn({ bea: evening });
    await saysMarker("bea", `timestamp=${evening}`);
    stage.comesBack(able);
    lists({ bea: night });
    await stage.settles();
    await saysMarker("bea", `timestamp=${evening}`);
    saysPage("bea", evening, night);
    expect(of("bea")?.unread).toBe(1);
  });

  it("asks for what was opened while it was broken", async () => {
    const { client } = await comesIn({ bea: night });
    stage.fake.breaks();
    client.places.openPrivate("bea");
    stage.fake.passes(60_000);
    stage.welcomed(able);
    expect(stage.labelOf("CHATHISTORY LATEST bea")).not.toBe("");
  });
});
