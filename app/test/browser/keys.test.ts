// SPDX-License-Identifier: Apache-2.0
// With keys alone, in either language and light; and for whom nothing should move.
import { describe, expect, it } from "vitest";
import { IrcCaller } from "./people";
import { setStage } from "./stage";

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
