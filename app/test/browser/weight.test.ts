// SPDX-License-Identifier: Apache-2.0
// How heavy and how quick the app is. What has a bound is tested always; with TERTULIA_APP_BENCH the
// figures are printed, and there are more of everything.
import { readFileSync, readdirSync } from "node:fs";
import type { Browser, CDPSession } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { firstLoadMax } from "../../build/pack";
import { makeEndless, type Extent } from "./endless";
import { Server, Visitor, openBrowser } from "./stage";

const bench = process.env["TERTULIA_APP_BENCH"] !== undefined;
const frames = bench ? 1_200 : 240;
const figures: Record<string, string | number> = {};

let server: Server;
let browser: Browser;

beforeAll(async () => {
  server = await Server.start();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.end();
  if (bench) {
    process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  }
});

async function inEndless(extent: Extent): Promise<[Visitor, CDPSession]> {
  const visitor = await Visitor.open(browser, "ana", "about:blank");
  await makeEndless(visitor.page, extent);
  await visitor.page.goto(`${server.address}/#endless`);
  await visitor.comesIn();
  await visitor.page.locator("article").first().waitFor();
  return [visitor, await visitor.page.context().newCDPSession(visitor.page)];
}

async function heapMegabytes(of: CDPSession): Promise<number> {
  await of.send("HeapProfiler.collectGarbage");
  const { usedSize } = await of.send("Runtime.getHeapUsage");
  return Math.round(usedSize / 100_000) / 10;
}

/** Scrolls a step a frame, and tells how long frames took and where it came. */
async function scroll(of: Visitor, role: "log" | "members", step: number) {
  const selector = role === "log" ? "[role=log]" : "aside .scroll";
  return of.page.evaluate(
    async ([where, by, count]) => {
      const scroller = document.querySelector(where as string);
      const times: number[] = [];
      let last = performance.now();
      for (let at = 0; at < (count as number); at += 1) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const now = performance.now();
        times.push(now - last);
        last = now;
        if (scroller !== null) {
          scroller.scrollTop += by as number;
        }
      }
      times.sort((a, b) => a - b);
      const part = (share: number): number => Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10;
      return {
        median: part(0.5),
        p95: part(0.95),
        p99: part(0.99),
        elements: document.querySelectorAll("*").length,
      };
    },
    [selector, step, frames] as const,
  );
}

describe("the app", () => {
  it("loads little before anything is to be seen", () => {
    const folder = new URL("../../dist/assets/", import.meta.url);
    const first = readdirSync(folder).filter((name) => /^(early|index)-.*\.js\.gz$/.test(name));
    expect(first).toHaveLength(2);
    const bytes = first.reduce((sum, name) => sum + readFileSync(new URL(name, folder)).length, 0);
    figures["first load, KiB of JavaScript, gzip"] = Math.round(bytes / 102.4) / 10;
    expect(bytes).toBeLessThan(firstLoadMax);
  });

  it("scrolls a hundred thousand messages within bounds of memory and page", { timeout: 180_000 }, async () => {
    const [visitor, session] = await inEndless({ members: 50, messages: 100_000 });
    const before = await heapMegabytes(session);
    const up = await scroll(visitor, "log", -400);
    const far = Number(/(\d+)/.exec((await visitor.page.locator("article p").first().textContent()) ?? "")?.[1]);
    const after = await heapMegabytes(session);
    figures["scrolling up, ms a frame: median, p95, p99"] = `${up.median}, ${up.p95}, ${up.p99}`;
    figures["messages passed"] = 100_000 - far;
    figures["heap before and after, MB"] = `${before}, ${after}`;
    figures["elements in the page"] = up.elements;
    expect(far).toBeLessThan(100_000 - 200);
    expect(up.elements).toBeLessThan(8_000);
    expect(after - before).toBeLessThan(30);
    expect(visitor.faults).toEqual([]);
    await visitor.page.context().close();
  });

  it("lists two thousand members by drawing the few that are seen", { timeout: 120_000 }, async () => {
    const [visitor] = await inEndless({ members: 2_000, messages: 200 });
    const list = visitor.page.getByRole("complementary");
    await list.getByText("2000").waitFor();
    const down = await scroll(visitor, "members", 120);
    figures["2,000 members, ms a frame: median, p95, p99"] = `${down.median}, ${down.p95}, ${down.p99}`;
    expect(await list.getByRole("button").count()).toBeLessThan(80);
    expect(visitor.faults).toEqual([]);
    await visitor.page.context().close();
  });
});
