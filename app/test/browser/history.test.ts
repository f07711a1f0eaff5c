// SPDX-License-Identifier: Apache-2.0
// What was said: found by words and filters, gone to, and caught up with after a long absence.
import type { WebSocketRoute } from "playwright-core";
import { describe, expect, it } from "vitest";
import { dayOf } from "../../src/state/search";
import { IrcCaller } from "./people";
import { password, setStage, type Visitor } from "./stage";

const stage = setStage();
const { account, guest } = stage;
const today = dayOf(Date.now());
const tomorrow = dayOf(Date.now() + 86_400_000);

function hits(of: Visitor) {
  return of.page.getByRole("region", { name: "Search" });
}

/** Until the index, which follows by itself, has as many. */
async function finds(by: Visitor, query: string, count: number): Promise<void> {
  const said = count === 0 ? "Nothing found." : count === 1 ? "1 hit" : `${count} hits`;
  const look = async (): Promise<string | null> => {
    await by.page.getByRole("searchbox", { name: "Search" }).fill(query);
    await by.page.keyboard.press("Enter");
    const answer = hits(by).getByText(/^\d+ hits?$|^Nothing found\.$/);
    await answer.waitFor();
    return answer.textContent();
  };
  await expect.poll(look, { interval: 500 }).toBe(said);
}

describe("the search", () => {
  it("finds by words and phrases, by author, by room and by day, and nobody else's rooms", async () => {
    const ana = await account("ana", "library");
    const talker = await IrcCaller.enter(stage.irc, "talker", "#library", "#closet");
    talker.send("MODE #closet +i");
    await talker.says("#library", "the old <b>almanac</b> is lent");
    await talker.says("#library", "an almanac that is old");
    await talker.says("#closet", "an old almanac, in secret");
    await ana.says("/join #garden");
    await ana.isAt("#garden");
    await ana.says("no almanac here, nor old things");
    await ana.sees("no almanac here, nor old things");
    await ana.says("/msg talker a ledger between us");
    await ana.isAt("talker");
    await ana.page.keyboard.press("Control+f");
    await ana.page.getByRole("button", { name: "In this conversation" }).click();
    expect(await ana.page.getByRole("searchbox", { name: "Search" }).inputValue()).toBe("in:talker ");
    await finds(ana, "ledger in:talker", 1);
    await finds(ana, "ledger in:#library", 0);
    await finds(ana, "almanac old", 3);
    expect(await hits(ana).locator("mark").first().textContent()).toMatch(/almanac|old/);
    expect(await hits(ana).getByText("in secret").count()).toBe(0);
    expect(await hits(ana).getByText("<b>almanac</b>").or(hits(ana).getByText("the old <b>")).count()).toBeGreaterThan(0);
    await finds(ana, '"old <b>almanac"', 1);
    await finds(ana, "“old <b>almanac”", 1);
    await finds(ana, "almanac from:ana", 1);
    await finds(ana, "almanac from:talker", 2);
    await finds(ana, "almanac in:#library", 2);
    await finds(ana, `almanac before:${today}`, 0);
    await finds(ana, `almanac after:${tomorrow}`, 0);
    await finds(ana, "xylophone", 0);
    talker.leave();
  });

  it("takes no word for a day, and says how one is written", async () => {
    const ana = await guest("iva", "when");
    await ana.page.keyboard.press("Control+f");
    await ana.page.getByRole("searchbox").fill("almanac before:yesterday");
    await ana.page.keyboard.press("Enter");
    await ana.page.getByRole("status").getByText(/“yesterday” is no day\. Write it like this: \d{4}-\d\d-\d\d/).waitFor();
  });

  it("offers its filters as buttons, each once", async () => {
    const ana = await guest("eva", "filters");
    await ana.page.keyboard.press("Control+f");
    const field = ana.page.getByRole("searchbox", { name: "Search" });
    await field.fill("cups");
    await ana.page.getByRole("button", { name: "In this room" }).click();
    expect(await field.inputValue()).toMatch(/^cups in:#filters ?$/);
    await ana.page.getByRole("button", { name: "In this room" }).click();
    expect(await field.inputValue()).toMatch(/^cups in:#filters ?$/);
    await ana.page.getByRole("button", { name: "By…" }).click();
    expect(await field.inputValue()).toMatch(/from:$/);
    expect(await field.evaluate((one) => one === document.activeElement)).toBe(true);
  });

  it("leads to a hit in the midst of what was said before and after it, also in another room", async () => {
    const talker = await IrcCaller.enter(stage.irc, "teller", "#tales");
    for (let at = 0; at < 150; at += 1) {
      talker.send(`PRIVMSG #tales :line ${at}`);
    }
    await talker.says("#tales", "the unicorn comes in");
    for (let at = 150; at < 300; at += 1) {
      talker.send(`PRIVMSG #tales :line ${at}`);
    }
    await talker.says("#tales", "the last");
    const bea = await account("bea", "tales");
    await bea.sees("the last");
    await bea.visits("other");
    await bea.page.keyboard.press("Control+f");
    await finds(bea, "unicorn", 1);
    await hits(bea).getByRole("button", { name: /unicorn/ }).click();
    await bea.isAt("#tales");
    await bea.page.locator("article.flash").getByText("the unicorn comes in").waitFor();
    await bea.sees("line 149");
    await bea.sees("line 150");
    await bea.page.getByRole("button", { name: "Jump to now" }).click();
    await bea.sees("the last");
    talker.leave();
  });
});

describe("who was away for more than pages of history can hold", () => {
  it("finds all of it, each once and in order, without a gap", async () => {
    const carl = await stage.visitor("carl", "gap");
    let line: WebSocketRoute | null = null;
    let away = false;
    await carl.page.routeWebSocket(/\/irc$/, (route) => {
      if (away) {
        void route.close();
      } else {
        line = route;
        route.connectToServer();
      }
    });
    await carl.page.reload();
    await carl.registers(password);
    await carl.says("before");
    await carl.sees("before");
    away = true;
    await (line as WebSocketRoute | null)?.close();
    await carl.page.getByText(/The connection broke|Next try in/).waitFor();
    const talker = await IrcCaller.enter(stage.irc, "narrator", "#gap");
    const count = 600;
    for (let at = 1; at <= count; at += 1) {
      talker.send(`PRIVMSG #gap :number ${at}.`);
    }
    await talker.says("#gap", "told");
    away = false;
    await carl.page.evaluate(() => dispatchEvent(new Event("online")));
    await carl.sees("told");
    const log = carl.page.getByRole("log");
    const numbers = async (): Promise<number[]> =>
      (await log.getByRole("article").getByText(/^number \d+\.$/).allTextContents()).map((one) => Number(one.slice(7, -1)));
    const passed = new Set<number>();
    const goUp = async (): Promise<number> => {
      const shown = await numbers();
      expect(shown).toEqual([...new Set(shown)].sort((a, b) => a - b));
      shown.forEach((one) => passed.add(one));
      await log.evaluate((one) => one.scrollBy(0, -one.clientHeight * 2));
      return (await carl.message("before").count()) === 0 ? 0 : passed.size;
    };
    await expect.poll(goUp, { timeout: 60_000, interval: 50 }).toBe(count);
    talker.leave();
  });
});

describe("who followed a link far back", () => {
  it("passes all that was said since, in order and without a gap, on her way to now", async () => {
    const talker = await IrcCaller.enter(stage.irc, "minstrel", "#ballad");
    const [middle, count] = [300, 600];
    const ids: string[] = [];
    for (let at = 1; at <= count; at += 1) {
      ids.push(await talker.says("#ballad", `verse ${at}.`));
    }
    await talker.says("#ballad", "finis");
    const dora = await guest("dora", `ballad/${ids[middle - 1] ?? ""}`);
    await dora.page.locator("article.flash").getByText(`verse ${middle}.`).waitFor();
    const log = dora.page.getByRole("log");
    const inView = async (): Promise<number[]> =>
      log.evaluate((one) => {
        const { top, bottom } = one.getBoundingClientRect();
        const seen = [...one.querySelectorAll("article")].filter((row) => {
          const place = row.getBoundingClientRect();
          return place.bottom > top && place.top < bottom;
        });
        return seen.flatMap((row) => /verse (\d+)\./.exec(row.textContent ?? "")?.[1] ?? []).map(Number);
      });
    let reached = middle;
    const goDown = async (): Promise<number> => {
      const seen = await inView();
      const [first = 0] = seen;
      expect(seen).toEqual(seen.map((_, at) => first + at));
      expect(first).toBeLessThanOrEqual(reached + 1);
      reached = Math.max(reached, ...seen);
      await dora.page.keyboard.press("PageDown");
      return reached;
    };
    await expect.poll(goDown, { timeout: 60_000, interval: 50 }).toBe(count);
    await dora.seesOnce("finis");
    await dora.page.getByRole("button", { name: "Jump to now" }).waitFor({ state: "detached" });
    talker.leave();
  });
});
