// SPDX-License-Identifier: Apache-2.0
// How soon one reads what is said: the real server on this machine, a cold cache, a processor slowed
// down. Times are the page's own, from navigation (or Enter) to the frame that shows it. Beside them
// stands what a page of one line takes there, and how long the page's thread worked without a slowdown:
// on a busy machine the times are those of the machine. Only with TERTULIA_APP_BENCH.
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BareBrowser, type BarePage } from "./bare";
import { Server, freePort, password } from "./stage";

const bench = process.env["TERTULIA_APP_BENCH"] !== undefined;
const slowdown = 4;
const times = 7;
const figures: Record<string, string> = {};

let server: Server;
let browser: BareBrowser;

beforeAll(async () => {
  if (!bench) {
    return;
  }
  const irc = await freePort();
  server = await Server.start({ listeners: [`irc://127.0.0.1:${irc}`] });
  await fillRoom(irc);
  browser = await BareBrowser.open();
});
afterAll(async () => {
  await browser?.close();
  await server?.end();
  if (bench) {
    process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  }
});

/** Three hundred messages of many lengths, and thirty members who stay. */
async function fillRoom(port: number): Promise<void> {
  const words = "one send is not one recv and nobody promised you that it would be ".repeat(4);
  const said = Array.from({ length: 300 }, (_, at) => `PRIVMSG #full :${at}: ${words.slice(0, 20 + ((at * 79) % 240))}`);
  const people = Array.from({ length: 30 }, (_, at) => [`NICK member${at}`, "USER m 0 * :m", "JOIN #full"]);
  people[0]?.push(...said);
  await Promise.all(
    people.map(
      (lines) =>
        new Promise<void>((resolve) => {
          const line = connect(port, "127.0.0.1", () => line.write(`${[...lines, "PING end"].join("\r\n")}\r\n`));
          let heard = "";
          line.on("data", (more) => {
            heard += more.toString();
            if (/PONG \S+ :?end/.test(heard)) {
              resolve();
            }
          });
          line.on("error", () => undefined);
        }),
    ),
  );
}

/** In the page: when the entrance and the first message were painted, as the browser tells it (Element
 * Timing), to which they are named as soon as they are there. */
function watch(kept: string): string {
  return `
    if (location.protocol === "http:") localStorage.setItem("tertulia", ${JSON.stringify(kept)});
    const seen = (globalThis.seen = {});
    const wanted = new Map([["entrance", "main h1"], ["message", "article .text p"]]);
    new MutationObserver(() => {
      for (const [name, selector] of wanted) {
        const found = document.querySelector(selector);
        if (found !== null) {
          wanted.delete(name);
          found.setAttribute("elementtiming", name);
        }
      }
    }).observe(document, { childList: true, subtree: true });
    new PerformanceObserver((all) => {
      for (const one of all.getEntries()) seen[one.identifier] = one.renderTime;
    }).observe({ type: "element", buffered: true });
    addEventListener("keydown", (event) => {
      if (event.key === "Enter") seen.enter = performance.now();
    }, true);`;
}

async function until(page: BarePage, what: string): Promise<number> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const found = await page.evaluate(what);
    if (typeof found === "number" || Date.now() > deadline) {
      return Number(found);
    }
    await new Promise((resolve) => setTimeout(resolve, 1_500)); // seldom: asking takes its time
  }
}

function median(of: readonly number[]): number {
  return Math.round([...of].sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? NaN);
}

/** Each figure of a number of visits: the median, and all. Returns the medians. */
async function measure(
  rate: number,
  kept: object,
  cookies: readonly Record<string, unknown>[],
  visit: (page: BarePage) => Promise<Record<string, number>>,
): Promise<number[]> {
  const all = new Map<string, number[]>();
  for (let at = 0; at < times; at += 1) {
    const page = await browser.page(watch(JSON.stringify(kept)), cookies);
    await page.tell("Emulation.setCPUThrottlingRate", { rate });
    for (const [name, figure] of Object.entries(await visit(page))) {
      expect(figure, name).toBeGreaterThan(0);
      all.set(name, [...(all.get(name) ?? []), figure]);
    }
    await page.close();
  }
  for (const [name, found] of all) {
    figures[name] = `${median(found)} (${found.map(Math.round).join(" ")})`;
  }
  return [...all.values()].map(median);
}

async function goes(page: BarePage, path: string): Promise<void> {
  await page.tell("Page.navigate", { url: server.address + path });
}

let visitors = 0;
async function asGuest(page: BarePage): Promise<[entrance: number, afterEnter: number]> {
  await goes(page, "/#full");
  const entrance = await until(page, "seen.entrance");
  visitors += 1;
  await page.types(`guest${visitors}`);
  return [entrance, await until(page, "seen.message - seen.enter || undefined")];
}

async function registered(account: string): Promise<Record<string, unknown>[]> {
  const answer = await fetch(`${server.own}/api/register`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: server.own },
    body: JSON.stringify({ account, password }),
  });
  return answer.headers.getSetCookie().map((line) => {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    return { name, value, domain: "127.0.0.1", path: "/", httpOnly: true };
  });
}

const slowly = `ms, ${slowdown}x slower`;
const worked = "ms of work";
/** The conversation is to be there so soon, besides what a page of one line takes on this machine. */
const soonMs = 1_000;
let oneLine = 0;

describe.runIf(bench)("a visitor of a full room", { timeout: 600_000 }, () => {
  it("has a browser that itself takes a while", async () => {
    [oneLine = 0] = await measure(slowdown, {}, [], async (page) => {
      await goes(page, "/health");
      const painted = `performance.getEntriesByName("first-contentful-paint")[0]?.startTime`;
      return { [`a page of one line, ${slowly}`]: await until(page, painted) };
    });
  });

  it("who is a guest sees the entrance, and after Enter what was said", async () => {
    const [entrance, afterEnter] = await measure(slowdown, {}, [], async (page) => {
      const [entrance, afterEnter] = await asGuest(page);
      return {
        [`guest: entrance, ${slowly}`]: entrance,
        [`guest: messages after Enter, ${slowly}`]: afterEnter,
        [`guest: both, ${slowly}`]: entrance + afterEnter,
      };
    });
    await measure(1, {}, [], async (page) => {
      await asGuest(page);
      return { [`guest: ${worked}`]: await page.worked() };
    });
    expect(entrance).toBeLessThan(soonMs + oneLine);
    expect(afterEnter).toBeLessThan(soonMs);
  });

  it("who is logged in sees what was said", async () => {
    const cookies = await registered("ana");
    const kept = { account: true, nickname: "ana" };
    const visit = async (page: BarePage): Promise<number> => {
      await goes(page, "/#full");
      return until(page, "seen.message");
    };
    const [messages] = await measure(slowdown, kept, cookies, async (page) => ({
      [`logged in: messages, ${slowly}`]: await visit(page),
    }));
    await measure(1, kept, cookies, async (page) => {
      await visit(page);
      return { [`logged in: ${worked}`]: await page.worked() };
    });
    expect(messages).toBeLessThan(soonMs + oneLine);
  });
});
