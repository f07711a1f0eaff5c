// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { delayBefore, delayMaxMs } from "../src/socket/backoff";
import {
  Connection,
  answerMs,
  reclaimMs,
  silenceMs,
  type Identity,
  type Refusal,
  type Status,
} from "../src/socket/connection";
import type { Line } from "../src/wire/line";
import { FakeBrowser } from "./fake_browser";

class Stage extends FakeBrowser {
  heard: Line[] = [];
  statuses: Status[] = [];
  refusals: Refusal[] = [];
  readonly connection: Connection;

  constructor(identity: Identity | null) {
    super();
    this.connection = new Connection(this.around, {
      heard: (line) => this.heard.push(line),
      status: (status) => this.statuses.push(status),
      refused: (why) => this.refusals.push(why),
    });
    if (identity !== null) {
      this.connection.start(identity);
    }
  }

  get status(): string | undefined {
    return this.statuses[this.statuses.length - 1]?.is;
  }

  welcomes(): void {
    this.opens();
    this.says(":t CAP * ACK :echo-message message-tags", ":t 001 ana :hi");
  }
}

describe("coming in", () => {
  it("asks for what both know, and no more", () => {
    const stage = new Stage({ nickname: "ana" });
    stage.opens("message-tags echo-message unknown/thing sasl=PLAIN");
    expect(stage.socket.sent).toEqual([
      "CAP LS 302",
      "NICK ana",
      "USER web 0 * ana",
      "CAP REQ :echo-message message-tags",
      "CAP END",
    ]);
    stage.says(":t CAP * ACK :echo-message message-tags", ":t 001 ana :hi");
    expect(stage.status).toBe("open");
    expect([...stage.connection.capabilities]).toEqual(["echo-message", "message-tags"]);
  });

  it("waits for the last line of a long list", () => {
    const stage = new Stage({ nickname: "ana" });
    stage.socket.onopen?.();
    stage.says(":t CAP * LS * :batch");
    expect(stage.socket.sent).toHaveLength(3);
    stage.says(":t CAP * LS :server-time");
    expect(stage.socket.sent[3]).toBe("CAP REQ :batch server-time");
  });

  it("proves a password by SASL before it ends the negotiation", () => {
    const stage = new Stage({ nickname: "ana", password: "sésamo" });
    stage.opens("sasl=PLAIN message-tags");
    stage.says(":t CAP * ACK :message-tags sasl");
    expect(stage.socket.sent.slice(4)).toEqual(["AUTHENTICATE PLAIN"]);
    stage.says("AUTHENTICATE +");
    const proof = stage.socket.sent[5]?.replace("AUTHENTICATE ", "") ?? "";
    expect(Buffer.from(proof, "base64").toString()).toBe("\0ana\0sésamo");
    stage.says(":t 903 ana :done");
    expect(stage.socket.sent[6]).toBe("CAP END");
  });

  it("proves by the cookie of its handshake who it is", () => {
    const stage = new Stage({ nickname: "ana", cookie: true });
    stage.opens("sasl=EXTERNAL,PLAIN");
    expect(stage.socket.sent[3]).toBe("CAP REQ sasl");
    stage.says(":t CAP * ACK :sasl", "AUTHENTICATE +", ":t 903 ana :done");
    expect(stage.socket.sent.slice(4)).toEqual([
      "AUTHENTICATE EXTERNAL",
      "AUTHENTICATE +",
      "CAP END",
    ]);
  });

  it("asks nobody in whose cookie has run out", () => {
    const stage = new Stage({ nickname: "ana", cookie: true });
    stage.opens("sasl=PLAIN message-tags");
    expect(stage.socket.sent).toHaveLength(3);
    expect(stage.refusals.map((one) => one.kind)).toEqual(["forgotten"]);
    stage.passes(delayMaxMs);
    expect(stage.sockets).toHaveLength(1);
  });

  it("is put off where the server cannot look at the cookie just now: nobody is forgotten by that", () => {
    const stage = new Stage({ nickname: "ana", cookie: true });
    stage.breaks(); // the handshake is answered with 503
    expect(stage.status).toBe("waiting");
    expect(stage.refusals).toEqual([]);
    stage.passes(delayBefore(0, 1));
    expect(stage.sockets).toHaveLength(2);
  });

  it("sends no password where there is no SASL", () => {
    const stage = new Stage({ nickname: "ana", password: "sésamo" });
    stage.opens("message-tags");
    expect(stage.refusals).toEqual([{ kind: "password", code: "NO_SASL", text: "" }]);
  });

  it("is over when SASL is offered and then denied", () => {
    const stage = new Stage({ nickname: "ana", password: "sésamo" });
    stage.opens("sasl message-tags");
    stage.says(":t CAP * NAK :message-tags sasl");
    expect(stage.refusals.map((one) => one.kind)).toEqual(["password"]);
  });

  it("is over when the password is wrong: nothing is tried again", () => {
    const stage = new Stage({ nickname: "ana", password: "no" });
    stage.opens("sasl=PLAIN");
    stage.says(":t CAP * ACK :sasl", "AUTHENTICATE +", ":t 904 ana :wrong");
    expect(stage.refusals).toEqual([{ kind: "password", code: "904", text: "wrong" }]);
    stage.passes(delayMaxMs);
    expect(stage.sockets).toHaveLength(1);
  });

  it("tells that a nickname is taken", () => {
    const stage = new Stage({ nickname: "ana" });
    stage.opens();
    stage.says(":t 433 * ana :taken");
    expect(stage.refusals[0]?.kind).toBe("nickname");
    expect(stage.socket.closed).toBe(true);
  });
});

describe("one who is about to come in", () => {
  it("is told what the server can do, and has then only to say who she is", () => {
    const stage = new Stage(null);
    stage.connection.knock();
    stage.opens();
    expect(stage.socket.sent).toEqual(["CAP LS 302"]);
    expect(stage.statuses).toEqual([]);
    stage.connection.start({ nickname: "ana", serverPassword: "open" });
    expect(stage.sockets).toHaveLength(1);
    expect(stage.socket.sent.slice(1)).toEqual([
      "PASS open",
      "NICK ana",
      "USER web 0 * ana",
      "CAP REQ :echo-message message-tags",
      "CAP END",
    ]);
  });

  it("may be quicker than the answer", () => {
    const stage = new Stage(null);
    stage.connection.knock();
    stage.connection.start({ nickname: "ana" });
    stage.opens();
    expect(stage.sockets).toHaveLength(1);
    expect(stage.socket.sent.slice(0, 3)).toEqual(["CAP LS 302", "NICK ana", "USER web 0 * ana"]);
    expect(stage.socket.sent.pop()).toBe("CAP END");
  });

  it("may take so long that the server has closed", () => {
    const stage = new Stage(null);
    stage.connection.knock();
    stage.opens();
    stage.breaks();
    expect(stage.statuses).toEqual([]);
    stage.connection.start({ nickname: "ana" });
    expect(stage.sockets).toHaveLength(2);
    stage.welcomes();
    expect(stage.status).toBe("open");
  });

  it("with a cookie that is newer than the handshake, calls anew", () => {
    const stage = new Stage(null);
    stage.connection.knock();
    stage.opens();
    stage.connection.start({ nickname: "ana", cookie: true });
    expect(stage.sockets.map((one) => one.closed)).toEqual([true, false]);
  });
});

describe("a line that breaks", () => {
  it("is opened again, later each time, and at once when the network is back", () => {
    const stage = new Stage({ nickname: "ana" });
    stage.welcomes();
    stage.breaks();
    expect(stage.status).toBe("waiting");
    stage.passes(delayBefore(0, 1));
    expect(stage.sockets).toHaveLength(2);
    stage.breaks();
    stage.passes(delayBefore(0, 1));
    expect(stage.sockets).toHaveLength(2);
    stage.connection.nudge();
    expect(stage.sockets).toHaveLength(3);
    stage.welcomes();
    expect(stage.status).toBe("open");
  });

  it("because somebody ended the session elsewhere stays closed", () => {
    const stage = new Stage({ nickname: "ana" });
    stage.welcomes();
    stage.says("ERROR :Logged out by another of your sessions");
    stage.breaks();
    expect(stage.refusals.map((one) => one.kind)).toEqual(["evicted"]);
    stage.passes(delayMaxMs);
    expect(stage.sockets).toHaveLength(1);
  });

  it("because the server stops is opened again", () => {
    const stage = new Stage({ nickname: "ana" });
    stage.welcomes();
    stage.says("ERROR :The server is stopping");
    stage.breaks();
    expect(stage.status).toBe("waiting");
  });

  it("is noticed by its silence", () => {
    const stage = new Stage({ nickname: "ana" });
    stage.welcomes();
    stage.passes(silenceMs);
    expect(stage.socket.sent.pop()).toMatch(/^PING /);
    stage.passes(answerMs);
    expect(stage.status).toBe("waiting");
    expect(stage.sockets[0]?.closed).toBe(true);
  });

  it("that only was silent for a while is kept", () => {
    const stage = new Stage({ nickname: "ana" });
    stage.welcomes();
    stage.passes(silenceMs);
    stage.time += 10;
    stage.says(":t PONG t 1");
    stage.passes(answerMs);
    expect(stage.status).toBe("open");
  });

  it("lets one come back beside one's own old session", () => {
    const stage = new Stage({ nickname: "ana" });
    stage.welcomes();
    stage.breaks();
    stage.passes(delayBefore(0, 1));
    stage.opens();
    stage.says(":t 433 * ana :taken");
    expect(stage.socket.sent.pop()).toBe("NICK ana_1");
  });

  it("leads back under the name that one has taken meanwhile", () => {
    const stage = new Stage({ nickname: "ana" });
    stage.welcomes();
    stage.says(":ana!a@h NICK bea");
    stage.breaks();
    stage.passes(delayBefore(0, 1));
    stage.opens();
    expect(stage.socket.sent).toContain("NICK bea");
  });

  it("sends nothing while it is broken", () => {
    const stage = new Stage({ nickname: "ana" });
    stage.welcomes();
    expect(stage.connection.send("A")).toBe(true);
    stage.breaks();
    expect(stage.connection.send("B")).toBe(false);
  });
});

describe("who came back under another name, as her old session held hers", () => {
  function comesBackBeside(): Stage {
    const stage = new Stage({ nickname: "ana" });
    stage.welcomes();
    stage.breaks();
    stage.passes(delayBefore(0, 1));
    stage.opens();
    stage.says(":t 433 * ana :taken", ":t 001 ana_1 :hi");
    stage.heard = [];
    return stage;
  }
  const asked = (stage: Stage): number => stage.socket.sent.filter((one) => one === "NICK ana").length;

  it("has it again when the old session ends", () => {
    const stage = comesBackBeside();
    stage.says(":luis!l@h QUIT :bye");
    expect(asked(stage)).toBe(1); // when she introduced herself
    stage.says(":ana!a@h QUIT :Ping timeout");
    expect(stage.socket.sent.at(-1)).toBe("NICK ana");
    stage.says(":ana_1!a@h NICK ana");
    stage.passes(10 * reclaimMs);
    expect(asked(stage)).toBe(2);
  });

  it("asks for it now and then, which nobody need hear of, and not for ever", () => {
    const stage = comesBackBeside();
    for (let at = 0; at < 40; at += 1) {
      stage.says(":t PONG t 1");
      stage.passes(reclaimMs);
      stage.says(":t 433 ana_1 ana :taken");
    }
    expect(asked(stage)).toBe(5);
    expect(stage.heard.filter((line) => line.command === "433")).toEqual([]);
  });

  it("keeps the one that she takes instead", () => {
    const stage = comesBackBeside();
    stage.says(":ana_1!a@h NICK bea", ":ana!a@h QUIT :bye");
    stage.passes(10 * reclaimMs);
    expect(asked(stage)).toBe(1);
    expect(stage.connection.send("X")).toBe(true);
  });

  it("hears that a name is taken which she asked for herself", () => {
    const stage = comesBackBeside();
    stage.says(":t 433 ana_1 carl :taken");
    expect(stage.heard.map((line) => line.command)).toEqual(["433"]);
  });
});

describe("a wrong password", () => {
  it("is the server's where none of an account was told", () => {
    for (const [identity, kind] of [
      [{ nickname: "ana", serverPassword: "x" }, "server password"],
      [{ nickname: "ana", password: "x" }, "password"],
    ] as const) {
      const stage = new Stage(identity);
      stage.opens("sasl=PLAIN");
      stage.says(":t 464 * :Password incorrect");
      expect(stage.refusals.map((one) => one.kind)).toEqual([kind]);
    }
  });

  it("of an operator puts nobody out", () => {
    const stage = new Stage({ nickname: "ana" });
    stage.welcomes();
    stage.says(":t 464 ana :Password incorrect");
    expect(stage.refusals).toEqual([]);
    expect(stage.status).toBe("open");
  });
});
