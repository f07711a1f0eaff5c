// SPDX-License-Identifier: Apache-2.0
// The npm library irc-framework, which The Lounge and Kiwi IRC are built on, through the WebSocket.
import { Client } from "irc-framework";
import transport from "irc-framework/src/transports/websocket.js";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { Server } from "./stage";

type Heard = { name: string } & Record<string, unknown>;

const events = [
  "registered", "account", "loggedin", "sasl failed", "join", "part", "quit", "message", "topic",
  "userlist", "away", "tagmsg", "nick in use", "monitorOnline", "users online",
];

/** A client that remembers what it heard. */
class Program {
  private readonly heard: Heard[] = [];
  private news: () => void = () => undefined;
  readonly client: Client;

  constructor(server: Server, nick: string, options: Record<string, unknown> = {}) {
    this.client = new Client({
      host: "127.0.0.1",
      port: new URL(server.address).port,
      path: "/irc",
      nick,
      transport,
      websocket_protocol: "text.ircv3.net",
      enable_echomessage: true,
      enable_chghost: true,
      auto_reconnect: false,
      ...options,
    });
    for (const name of events) {
      this.client.on(name, (event) => {
        this.heard.push({ ...event, name });
        this.news();
      });
    }
    this.client.connect();
  }

  async hears(name: string, fits: Record<string, unknown> = {}): Promise<Heard> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const found = this.heard.find(
        (one) => one.name === name && Object.entries(fits).every(([key, value]) => one[key] === value),
      );
      if (found !== undefined) {
        return found;
      }
      if (Date.now() > deadline) {
        throw new Error(`no ${name} ${JSON.stringify(fits)} in ${JSON.stringify(this.heard)}`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1000);
        this.news = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}

let server: Server;
let programs: Program[] = [];

beforeAll(async () => {
  Object.assign(globalThis, { WebSocket });
  server = await Server.start();
});
afterAll(async () => server?.end());
afterEach(() => {
  programs.forEach((one) => one.client.quit());
  programs = [];
});

function program(nick: string, options: Record<string, unknown> = {}): Program {
  const made = new Program(server, nick, options);
  programs.push(made);
  return made;
}

async function joined(nick: string, room: string): Promise<Program> {
  const made = program(nick);
  await made.hears("registered");
  made.client.join(room);
  await made.hears("userlist", { channel: room });
  return made;
}

describe("irc-framework", () => {
  it("talks in a room, with times, ids and echoes", async () => {
    const ana = await joined("ana", "#framework");
    const bea = await joined("bea", "#framework");
    await ana.hears("join", { nick: "bea", channel: "#framework" });
    ana.client.say("#framework", "¿qué tal? 🙂");
    const there = await bea.hears("message", { nick: "ana", message: "¿qué tal? 🙂" });
    const echo = await ana.hears("message", { nick: "ana", message: "¿qué tal? 🙂" });
    expect(there["tags"]).toMatchObject({ msgid: expect.stringMatching(/.+/) });
    expect(echo["tags"]).toEqual(there["tags"]);
    expect(there["time"]).toBeGreaterThan(Date.now() - 60_000);
    bea.client.action("#framework", "saluda");
    await ana.hears("message", { nick: "bea", type: "action", message: "saluda" });
    bea.client.say("ana", "en privado");
    await ana.hears("message", { nick: "bea", target: "ana", message: "en privado" });
  });

  it("agrees on what it can do", async () => {
    const ana = program("cara");
    await ana.hears("registered");
    for (const name of ["message-tags", "server-time", "batch", "echo-message", "account-notify",
      "away-notify", "extended-join", "multi-prefix", "userhost-in-names", "cap-notify", "chghost"]) {
      expect(ana.client.network.cap.isEnabled(name), name).toBe(true);
    }
    expect(ana.client.network.options["NETWORK"]).toBe("Tertulia");
  });

  it("logs in to an account by SASL", async () => {
    const answer = await fetch(`${server.address}/api/register`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.address },
      body: JSON.stringify({ account: "dora", password: "clave larga y buena" }),
    });
    expect(answer.ok, await answer.text()).toBe(true);
    const dora = program("dora", { account: { account: "dora", password: "clave larga y buena" } });
    await dora.hears("loggedin", { account: "dora" });
    await dora.hears("registered");
    const who = await new Promise<Record<string, unknown>>((resolve) => {
      dora.client.whois("dora", resolve);
    });
    expect(who["account"]).toBe("dora");
  });

  it("is told a wrong password", async () => {
    const eva = program("eva", {
      account: { account: "eva", password: "no es esta" },
      sasl_disconnect_on_fail: true,
    });
    await eva.hears("sasl failed");
  });

  it("is told changes of a room and of people in it", async () => {
    const fina = await joined("fina", "#changes");
    const gala = await joined("gala", "#changes");
    await fina.hears("join", { nick: "gala" });
    fina.client.setTopic("#changes", "redes");
    await gala.hears("topic", { channel: "#changes", topic: "redes" });
    gala.client.raw("AWAY", "comiendo");
    await fina.hears("away", { nick: "gala", message: "comiendo" });
    gala.client.quit("hasta luego");
    await fina.hears("quit", { nick: "gala" });
  });
});
