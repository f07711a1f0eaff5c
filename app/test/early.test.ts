// SPDX-License-Identifier: Apache-2.0
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Owner } from "../src/socket/connection";
import { Call } from "../src/view/early";
import { FakeBrowser } from "./fake_browser";

const able = "batch draft/chathistory labeled-response sasl";
const ana = { nickname: "ana", cookie: true };

class Stage extends FakeBrowser {
  readonly call: Call;
  told: string[] = [];
  answered = false;
  private readonly owner: Owner = {
    heard: (line) => this.told.push(line.command),
    status: (now) => this.told.push(now.is),
    refused: (why) => this.told.push(why.kind),
  };

  constructor(room: string | null, joins = false, password = "") {
    super();
    this.call = new Call(ana, room, joins, password, this.around);
    void this.call.answered.then(() => (this.answered = true));
  }

  welcomes(): void {
    this.opens(able.replace("sasl", "sasl=EXTERNAL"));
    this.says(`:t CAP * ACK :${able}`, "AUTHENTICATE +", ":t 903 ana :welcome", ":t 001 ana :hi");
  }

  takesOver(): void {
    this.call.tell(this.owner);
  }

  async isAnswered(): Promise<boolean> {
    await Promise.resolve();
    return this.answered;
  }
}

describe("who is known by her cookie, before the app is there", () => {
  it("asks what was said where she was last, and leaves it to the server to bring her there", () => {
    const stage = new Stage("#redes");
    stage.welcomes();
    expect(stage.socket.sent.at(-1)).toBe("@label=early CHATHISTORY LATEST #redes * 30");
    expect(stage.socket.sent.some((one) => one.startsWith("JOIN"))).toBe(false);
    expect(stage.call.asked).toEqual({ room: "#redes", label: "early", joined: false });
  });

  it("comes in where a link leads", () => {
    const stage = new Stage("#redes", true);
    stage.welcomes();
    expect(stage.socket.sent.slice(-2)).toEqual(["JOIN #redes", "@label=early CHATHISTORY LATEST #redes * 30"]);
    expect(stage.call.asked).toEqual({ room: "#redes", label: "early", joined: true });
  });

  it("comes in with the password that the link brought", () => {
    const stage = new Stage("#club", true, "word");
    stage.welcomes();
    expect(stage.socket.sent.at(-2)).toBe("JOIN #club word");
  });

  it("asks nothing where she goes nowhere, or the server has no history", async () => {
    const nowhere = new Stage(null);
    nowhere.welcomes();
    const without = new Stage("#redes");
    without.opens("sasl=EXTERNAL");
    without.says(":t CAP * ACK :sasl", ":t 001 ana :hi");
    for (const stage of [nowhere, without]) {
      expect(stage.socket.sent.some((one) => one.includes("CHATHISTORY"))).toBe(false);
      expect(stage.call.asked).toBeNull();
      expect(await stage.isAnswered()).toBe(true);
    }
  });

  it("has her answer with the end of the page, and not before", async () => {
    const stage = new Stage("#redes");
    stage.welcomes();
    stage.says("BATCH +1 netsplit", "BATCH -1", "@label=early BATCH +2 chathistory #redes");
    stage.says("@batch=2 :bea PRIVMSG #redes :hi");
    expect(await stage.isAnswered()).toBe(false);
    stage.says("BATCH -2");
    expect(await stage.isAnswered()).toBe(true);
  });

  it("waits for no answer that is refused, or that will not come", async () => {
    const refused = new Stage("#redes");
    refused.welcomes();
    refused.says("@label=early FAIL CHATHISTORY INVALID_TARGET LATEST #redes :no");
    const broken = new Stage("#redes");
    broken.breaks();
    const forgotten = new Stage("#redes");
    forgotten.opens("sasl=EXTERNAL");
    forgotten.says(":t 904 ana :no");
    for (const stage of [refused, broken, forgotten]) {
      expect(await stage.isAnswered()).toBe(true);
    }
  });

  it("is told to the app in the order in which it was heard, and goes on there", () => {
    const stage = new Stage("#redes");
    stage.welcomes();
    stage.takesOver();
    stage.says(":ana JOIN #redes");
    stage.breaks();
    const heard = stage.told.filter((one) => one !== "CAP" && one !== "903");
    expect(heard).toEqual(["connecting", "registering", "001", "open", "JOIN", "waiting"]);
  });

  it("forgets what was heard on a line that broke", () => {
    const stage = new Stage("#redes");
    stage.welcomes();
    stage.breaks();
    stage.passes(60_000);
    stage.takesOver();
    stage.welcomes();
    expect(stage.told.filter((one) => one === "open" || one === "001")).toEqual(["001", "open"]);
    expect(stage.call.asked).toBeNull();
  });

  it("asks but once: who comes back later has the app to ask", () => {
    const stage = new Stage("#redes");
    stage.welcomes();
    stage.takesOver();
    stage.breaks();
    stage.passes(60_000);
    stage.welcomes();
    expect(stage.sockets).toHaveLength(2);
    expect(stage.socket.sent.some((one) => one.includes("CHATHISTORY"))).toBe(false);
  });
});

describe("before anything is drawn", () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    ["dark", "dark"],
    ["light", "light"],
    ["system", undefined],
  ])("the page has the appearance that was chosen: %s", async (theme, shown) => {
    vi.resetModules();
    vi.stubGlobal("localStorage", { getItem: () => JSON.stringify({ theme }) });
    const documentElement = { dataset: {} as Record<string, string> };
    vi.stubGlobal("document", { documentElement });
    await import("../src/view/early");
    expect(documentElement.dataset["theme"]).toBe(shown);
  });
});
