// SPDX-License-Identifier: Apache-2.0
// A server that is only a script in the test: one room with any number of members and messages, all of
// them made up when asked for. So that what is measured is the app.
import type { Page, WebSocketRoute } from "playwright-core";
import { parseLine, type Line } from "../../src/wire/line";

const capabilities =
  "batch message-tags server-time echo-message labeled-response draft/chathistory multi-prefix draft/read-marker";
const start = Date.parse("2026-01-01T09:00:00.000Z");
const aMinute = 60_000;

export interface Extent {
  readonly members: number;
  readonly messages: number;
}

/** Of many lengths, as conversations are. */
function textOf(number: number): string {
  const words = "one send is not one recv and nobody promised you that it would be".split(" ");
  const count = 2 + ((number * 7919) % 40);
  const text = Array.from({ length: count }, (_, at) => words[(number + at) % words.length]).join(" ");
  return number % 23 === 0 ? `${text} \`code ${number}\` **bold**` : `${number}: ${text}`;
}

class Endless {
  private me = "ana";
  private batches = 0;
  constructor(
    private readonly to: WebSocketRoute,
    private readonly extent: Extent,
  ) {}

  private say(...lines: string[]): void {
    lines.forEach((one) => this.to.send(one));
  }

  private message(number: number): string {
    const time = new Date(start + number * aMinute).toISOString();
    const who = `member${Math.floor(number / 3) % 40}`;
    return `msgid=m${number};time=${time} :${who}!u@h PRIVMSG #endless :${textOf(number)}`;
  }

  private page(label: string, from: number, to: number): void {
    this.batches += 1;
    const reference = `p${this.batches}`;
    this.say(`@label=${label} :t BATCH +${reference} chathistory #endless`);
    for (let at = Math.max(0, from); at < Math.min(to, this.extent.messages); at += 1) {
      this.say(`@batch=${reference};${this.message(at)}`);
    }
    this.say(`:t BATCH -${reference}`);
  }

  private history(line: Line): void {
    const label = line.tags["label"] ?? "";
    const [way = "", , which = "", count = "100"] = line.parameters;
    const most = Number(count);
    const at = Number(/msgid=m(\d+)/.exec(which)?.[1] ?? this.extent.messages);
    switch (way) {
      case "LATEST":
        return this.page(label, this.extent.messages - most, this.extent.messages);
      case "BEFORE":
        return this.page(label, at - most, at);
      case "AFTER":
        return this.page(label, at + 1, at + 1 + most);
      case "AROUND":
        return this.page(label, at - most / 2, at + most / 2);
    }
  }

  private join(): void {
    const names = Array.from({ length: this.extent.members }, (_, at) => `member${at}`);
    this.say(`:${this.me}!u@h JOIN #endless`);
    for (let at = 0; at < names.length; at += 40) {
      this.say(`:t 353 ${this.me} = #endless :${names.slice(at, at + 40).join(" ")}`);
    }
    this.say(`:t 353 ${this.me} = #endless :@${this.me}`, `:t 366 ${this.me} #endless :End`);
  }

  hear(text: string): void {
    const line = parseLine(text);
    const [first = ""] = line?.parameters ?? [];
    if (line === null) {
      return;
    }
    switch (line.command) {
      case "CAP":
        if (first === "LS") {
          this.say(`:t CAP * LS :${capabilities}`);
        } else if (first === "REQ") {
          this.say(`:t CAP * ACK :${line.parameters[1] ?? ""}`);
        } else {
          this.say(`:t 001 ${this.me} :hi`, `:t 005 ${this.me} CHATHISTORY=200 :are supported`);
        }
        break;
      case "NICK":
        this.me = first;
        break;
      case "JOIN":
        this.join();
        break;
      case "PING":
        this.say(`:t PONG t :${first}`);
        break;
      case "CHATHISTORY":
        this.history(line);
        break;
    }
  }
}

export async function makeEndless(page: Page, extent: Extent): Promise<void> {
  await page.routeWebSocket(/\/irc$/, (route) => {
    const server = new Endless(route, extent);
    route.onMessage((text) => server.hear(text.toString()));
  });
}
