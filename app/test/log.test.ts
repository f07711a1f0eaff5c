// SPDX-License-Identifier: Apache-2.0
// The log of what was done to keep order, page after page; and what is known of lists without anything
// in them.
import { expect, it } from "vitest";
import type { Client } from "../src/view/client.svelte";
import { Operators } from "../src/view/operators.svelte";
import { parseLine, type Line } from "../src/wire/line";

/** Answers when it is told to. */
class Server {
  readonly asked: string[] = [];
  private readonly waiting: ((answer: Line[]) => void)[] = [];
  readonly operators = new Operators({
    isHeard: () => true,
    request: (...words: string[]) => {
      this.asked.push(words.join(" "));
      return new Promise((resolve) => this.waiting.push(resolve));
    },
  } as unknown as Client);

  async answers(from: number, to: number): Promise<void> {
    const lines: Line[] = [];
    for (let number = from; number <= to; number += 1) {
      const line = parseLine(`:t NOTICE ana :${number} 2026-03-01T12:00:00.000Z ana ban x`);
      lines.push(...(line === null ? [] : [line]));
    }
    await this.says(lines);
  }

  async says(lines: Line[]): Promise<void> {
    this.waiting.shift()?.(lines);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }

  get numbers(): number[] {
    return this.operators.log.map((one) => Number(one.number));
  }
}

const down = (from: number, to: number): number[] => Array.from({ length: from - to + 1 }, (_, at) => from - at);

it("an earlier page is asked for once, however often one wants it", async () => {
  const server = new Server();
  void server.operators.lookAtLog();
  await server.answers(51, 100);
  void server.operators.earlier();
  void server.operators.earlier();
  expect(server.asked).toEqual(["MODLOG 50", "MODLOG 50 51"]);
  await server.answers(1, 50);
  expect(server.numbers).toEqual(down(100, 1));
});

it("what comes twice stands there once", async () => {
  const server = new Server();
  void server.operators.lookAtLog();
  await server.answers(51, 100);
  void server.operators.earlier();
  await server.answers(30, 60);
  expect(server.numbers).toEqual(down(100, 30));
  expect(server.operators.logIsWhole).toBe(true);
});

it("a page for a look before this one is let go", async () => {
  const server = new Server();
  void server.operators.lookAtLog();
  await server.answers(51, 100);
  void server.operators.earlier();
  void server.operators.lookAtLog();
  await server.answers(1, 50);
  expect(server.numbers).toEqual([]);
  await server.answers(52, 101);
  expect(server.numbers).toEqual(down(101, 52));
  void server.operators.earlier();
  expect(server.asked.at(-1)).toBe("MODLOG 50 52");
});

it.each([
  ["reports", "lookAtReports", (of: Operators) => of.reportsAre],
  ["bans", "lookAtSanctions", (of: Operators) => of.sanctionsAre.ban],
  ["the log", "lookAtLog", (of: Operators) => of.logIs],
] as const)("of %s there are none only once the server said so", async (_, look, are) => {
  const server = new Server();
  const { operators } = server;
  expect(are(operators)).toBe("asked");
  void operators[look]("ban");
  await server.says([]); // the line broke
  expect(are(operators)).toBe("failed");
  expect(operators.logIsWhole).toBe(false);
  void operators[look]("ban");
  expect(are(operators)).toBe("asked");
  const end = parseLine(":t NOTICE ana :End of the list");
  await server.says(end === null ? [] : [end]);
  expect(are(operators)).toBe("there");
});
