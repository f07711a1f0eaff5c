// SPDX-License-Identifier: Apache-2.0
// With keys alone, in either language and light; and for whom nothing should move.
import type { Locator, Route } from "playwright-core";
import { describe, expect, it } from "vitest";
import { IrcCaller } from "./people";
import { type Visitor, setStage } from "./stage";

const stage = setStage();
const { guest, visitor } = stage;

describe("keys", () => {
  it("lead to any room or person by a few letters", async () => {
    const ana = await guest("ana", "alpha");
    await guest("beatriz", "alpha");
    await ana.page.getByRole("complementary").getByRole("button", { name: /beatriz/ }).waitFor();
    await ana.page.keyboard.press("Control+k");
    const field = ana.page.getByRole("combobox", { name: "Type a room or a name" });
    await field.fill("#ga<b>mma");
    await ana.page.getByRole("option", { name: /ga<b>mma/ }).waitFor();
    await field.press("Enter");
    await ana.page.getByRole("heading", { name: "#ga<b>mma", exact: true }).waitFor();
    await ana.page.keyboard.press("Control+k");
    await field.fill("beat");
    await field.press("Enter");
    await ana.page.getByRole("heading", { name: "beatriz", exact: true }).waitFor();
    await ana.page.keyboard.press("Control+k");
    await field.press("Escape");
    await ana.page.getByRole("dialog").waitFor({ state: "detached" });
    await expect.poll(() => ana.composer.evaluate((one) => one === document.activeElement)).toBe(true);
  });

  it("go from one conversation to the next", async () => {
    const ana = await guest("ana", "alpha");
    await ana.says("/join #beta");
    await ana.page.getByRole("heading", { name: "#beta", exact: true }).waitFor();
    await ana.page.keyboard.press("Alt+ArrowUp");
    await ana.page.getByRole("heading", { name: "#alpha", exact: true }).waitFor();
    await ana.page.keyboard.press("Alt+ArrowDown");
    await ana.page.getByRole("heading", { name: "#beta", exact: true }).waitFor();
  });

  it("go to the next conversation that has something unread, over all that have nothing", async () => {
    const ana = await guest("ana", "keys-a");
    const bea = await IrcCaller.enter(stage.irc, "bea", "#keys-c");
    await ana.visits("keys-b");
    await ana.visits("keys-c");
    await ana.visits("keys-a");
    await bea.says("#keys-c", "news");
    await ana.page.getByRole("navigation").getByRole("button", { name: /^keys-c 1/ }).waitFor();
    await ana.page.keyboard.press("Alt+Shift+ArrowDown");
    await ana.isAt("#keys-c");
    await ana.sees("news");
    await ana.page.keyboard.press("Alt+Shift+ArrowDown");
    await ana.isAt("#keys-c");
    bea.leave();
  });

  it("open a dialog, and the focus is back at what opened it", async () => {
    const ana = await guest("ana", "focus");
    for (const name of ["Browse rooms", "Room settings", "New room"]) {
      const button = ana.page.getByRole("button", { name, exact: true });
      await button.focus();
      await ana.page.keyboard.press("Enter");
      await ana.page.getByRole("dialog").waitFor();
      expect(await button.evaluate((one) => one === document.activeElement), name).toBe(false);
      await ana.page.keyboard.press("Escape");
      await ana.page.getByRole("dialog").waitFor({ state: "detached" });
      await expect.poll(() => button.evaluate((one) => one === document.activeElement)).toBe(true);
    }
  });

  it("are listed at a question mark, unless it is being written", async () => {
    const ana = await guest("ana", "list");
    await ana.composer.press("?");
    expect(await ana.page.getByRole("dialog").count()).toBe(0);
    expect(await ana.composer.inputValue()).toBe("?");
    await ana.composer.fill("");
    await ana.page.getByRole("log").focus();
    await ana.page.keyboard.press("?");
    await ana.page.getByRole("dialog", { name: "Keyboard" }).getByText("Previous, next conversation").waitFor();
    await ana.page.keyboard.press("Escape");
    await ana.page.getByRole("dialog").waitFor({ state: "detached" });
  });
});

describe("who is inside", () => {
  it("changes the language: of the page, and of what the server says", async () => {
    const ana = await guest("ana", "tongues");
    await ana.opensSettings("Appearance");
    await ana.page.getByLabel("Language").selectOption({ label: "Español" });
    await ana.page.getByRole("heading", { name: "Ajustes" }).waitFor();
    expect(await ana.page.locator("html").getAttribute("lang")).toBe("es");
    await ana.page.keyboard.press("Escape");
    await ana.page.getByRole("complementary", { name: "Miembros" }).waitFor();
    await ana.says("/raw JOIN not-a-room");
    await ana.page.getByRole("status").getByText(/Nombre de canal no válido|No existe ese canal/).last().waitFor();
    await ana.page.getByTitle("Ajustes", { exact: true }).click();
    await ana.page.getByRole("tab", { name: "Apariencia" }).click();
    await ana.page.getByLabel("Idioma").selectOption({ label: "English" });
    await ana.page.getByRole("heading", { name: "Settings" }).waitFor();
  });

  it("changes to dark and back, and it stays so", async () => {
    const ana = await visitor("ana", "lamps", { colorScheme: "light" });
    await ana.comesIn();
    const scheme = (): Promise<string> => ana.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
    const background = (): Promise<string> => ana.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await ana.opensSettings("Appearance");
    await ana.page.getByRole("combobox", { name: "Appearance" }).selectOption({ label: "Dark" });
    await expect.poll(background).not.toBe(light);
    await expect.poll(scheme).toBe("dark");
    await ana.page.reload();
    await expect.poll(scheme).toBe("dark");
    await ana.comesIn();
    await ana.opensSettings("Appearance");
    await ana.page.getByRole("combobox", { name: "Appearance" }).selectOption({ label: "As the system" });
    await expect.poll(background).toBe(light);
  });
});

const hasFocus = (what: Locator): Promise<boolean> => what.evaluate((one) => one === document.activeElement);

/** From where the focus is, as a reader does. */
async function tabsTo(what: Locator): Promise<void> {
  const way: string[] = [];
  for (let at = 0; at < 12; at += 1) {
    await what.page().keyboard.press("Tab");
    way.push(await what.page().evaluate(() => document.activeElement?.ariaLabel ?? document.activeElement?.tagName ?? ""));
    if ((await what.count()) === 1 && (await hasFocus(what))) {
      return;
    }
  }
  throw new Error(`Tab does not lead there: ${way.join(", ")}`);
}

/** On the last message, once it has its receipt. */
async function focusesLast(of: Visitor): Promise<void> {
  const row = of.page.getByRole("log").locator("[data-row]").last();
  await expect.poll(() => row.getAttribute("data-row")).not.toMatch(/^~/);
  await row.getByRole("article").focus();
}

describe("the focus", () => {
  it("comes back from a message's menu to where it was opened", async () => {
    const ana = await guest("ana", "menu");
    await ana.says("hola");
    await ana.sees("hola");
    await focusesLast(ana);
    const more = ana.page.getByRole("button", { name: "More" });
    await tabsTo(more);
    for (const keys of [["Escape"], ["Enter"], ["ArrowDown", "ArrowDown", "ArrowDown", "Enter"]]) {
      await ana.page.keyboard.press("Enter");
      await ana.page.getByRole("menu").waitFor();
      for (const key of keys) {
        await ana.page.keyboard.press(key);
      }
      await ana.page.getByRole("menu").waitFor({ state: "detached" });
      expect(await hasFocus(more)).toBe(true);
    }
  });

  it("is led through the emoji by arrows, and comes back from them", async () => {
    const ana = await guest("ana", "react");
    await ana.says("hola");
    await ana.sees("hola");
    await focusesLast(ana);
    const react = ana.page.getByRole("button", { name: "React", exact: true });
    await tabsTo(react);
    await ana.page.keyboard.press("Enter");
    const picker = ana.page.getByRole("dialog", { name: "Emoji" });
    const reached = picker.locator("button:focus");
    const search = picker.getByRole("searchbox");
    await expect.poll(() => hasFocus(search)).toBe(true);
    const all = await picker.getByRole("button").evaluateAll((found) => found.slice(0, 30).map((one) => one.textContent));
    await ana.page.keyboard.press("ArrowDown");
    expect(await reached.textContent()).toBe(all[0]);
    await ana.page.keyboard.press("ArrowRight");
    expect(await reached.textContent()).toBe(all[1]);
    await ana.page.keyboard.press("ArrowDown");
    const below = await reached.textContent();
    expect(all.indexOf(below ?? "")).toBeGreaterThan(5);
    await ana.page.keyboard.press("ArrowUp");
    expect(await reached.textContent()).toBe(all[1]);
    await ana.page.keyboard.press("ArrowUp");
    expect(await hasFocus(search)).toBe(true);
    await ana.page.keyboard.press("Tab");
    expect(await reached.textContent()).toBe(all[1]);
    await ana.page.keyboard.press("Enter");
    await picker.waitFor({ state: "detached" });
    expect(await hasFocus(react)).toBe(true);
    await ana.page.getByRole("log").getByRole("button", { name: new RegExp(`^${all[1] ?? ""} 1`) }).waitFor();
  });

  it("is in the emoji: no key for pages moves the messages", async () => {
    const ana = await guest("ana", "pages");
    for (let at = 0; at < 5; at += 1) {
      await ana.says(`${"x\n".repeat(12)}end ${at}`);
    }
    await ana.page.getByRole("log").getByText(/end 4/).waitFor();
    await ana.page.getByRole("button", { name: "Emoji", exact: true }).press("Enter");
    await ana.page.getByRole("dialog", { name: "Emoji" }).waitFor();
    const log = ana.page.getByRole("log");
    const before = await log.evaluate((one) => one.scrollTop);
    expect(before).toBeGreaterThan(0);
    await ana.page.keyboard.press("PageUp");
    expect(await log.evaluate((one) => one.scrollTop)).toBe(before);
  });
});

describe("Escape", () => {
  it("ends what is nearest, and leaves the search where it is", async () => {
    const ana = await guest("ana", "escape");
    await ana.says("hola");
    await ana.sees("hola");
    await ana.page.keyboard.press("Control+f");
    const search = ana.page.getByRole("complementary", { name: "Search" });
    await search.waitFor();
    await ana.composer.focus();
    await ana.composer.pressSequentially("/jo");
    await ana.page.getByRole("listbox").waitFor();
    await ana.page.keyboard.press("Escape");
    await ana.page.getByRole("listbox").waitFor({ state: "detached" });
    expect(await search.count()).toBe(1);
    await ana.composer.fill("");
    await ana.page.keyboard.press("ArrowUp");
    await ana.page.getByText("Editing your message").waitFor();
    await ana.page.keyboard.press("Escape");
    await ana.page.getByText("Editing your message").waitFor({ state: "detached" });
    expect(await search.count()).toBe(1);
    await ana.page.keyboard.press("Escape");
    await search.waitFor({ state: "detached" });
  });
});

describe("Control F", () => {
  it("takes the words from nobody who went on writing while the search was on its way", async () => {
    const ana = await visitor("ana", "late", { serviceWorkers: "block" });
    const held: Route[] = [];
    await ana.page.route("**/assets/Search-*.js", (route) => void held.push(route));
    await ana.comesIn();
    await ana.page.keyboard.press("Control+f");
    await ana.page.getByRole("complementary", { name: "Search" }).waitFor();
    await ana.composer.pressSequentially("wait");
    await expect.poll(() => held.length).toBe(1);
    await held[0]?.continue();
    await ana.page.getByRole("searchbox").waitFor();
    await ana.page.keyboard.type(" for me");
    expect(await ana.composer.inputValue()).toBe("wait for me");
  });

  it("leads back to the search that is open, and to other words", async () => {
    const ana = await guest("ana", "again");
    await ana.page.keyboard.press("Control+f");
    const field = ana.page.getByRole("searchbox");
    await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
    await ana.page.keyboard.type("tea");
    await ana.composer.focus();
    await ana.page.keyboard.press("Control+f");
    await ana.page.keyboard.type("coffee");
    expect(await field.inputValue()).toBe("coffee");
  });
});

describe("who wants no motion", () => {
  it("sees none", async () => {
    const ana = await visitor("ana", "still", { reducedMotion: "reduce" });
    await ana.comesIn();
    await ana.page.keyboard.press("Control+k");
    await ana.page.getByRole("dialog").waitFor();
    const moving = await ana.page.evaluate(() =>
      document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().duration ?? 0) > 1).length,
    );
    expect(moving).toBe(0);
    const durations = await ana.page.evaluate(() =>
      [...document.querySelectorAll("*")].flatMap((one) => {
        const style = getComputedStyle(one);
        return `${style.transitionDuration}, ${style.animationDuration}`.split(", ").map(parseFloat);
      }),
    );
    expect(Math.max(...durations)).toBeLessThan(0.001);
  });
});
