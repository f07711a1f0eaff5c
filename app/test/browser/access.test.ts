// SPDX-License-Identifier: Apache-2.0
// Every screen and dialog, in either language and light, wide and on a phone: nothing that axe finds,
// nothing wider than the screen, and nobody's text is anything but text.
import { describe, expect, it } from "vitest";
import { IrcCaller } from "./people";
import { phone, setStage, type Visitor } from "./stage";

const stage = setStage();
const hostile = "<img src=x onerror=\"document.title='owned'\">";
const patience = { timeout: 300_000 };

const surroundings = [
  ["wide, light, Spanish", { locale: "es-ES", colorScheme: "light" }],
  ["wide, dark, English", { locale: "en-GB", colorScheme: "dark" }],
  ["phone, dark, Spanish", { locale: "es-ES", colorScheme: "dark", ...phone }],
] as const;

/** A finger's Enter is a new line. */
async function sends(by: Visitor, text: string): Promise<void> {
  await by.composer.fill(text);
  await by.page.locator("form.composer [type=submit]").click();
}

class Round {
  constructor(
    private readonly by: Visitor,
    private readonly where: string,
  ) {}

  private get dialog() {
    return this.by.page.getByRole("dialog");
  }

  async check(what: string): Promise<void> {
    await this.by.isAccessible(`${what}, ${this.where}`);
    await this.by.fits(what);
  }

  async open(what: string, how: () => Promise<void>): Promise<void> {
    await how();
    await this.dialog.waitFor();
    await this.check(what);
  }

  async close(): Promise<void> {
    await this.by.page.keyboard.press("Escape");
    await this.dialog.waitFor({ state: "detached" });
  }

  /** The tabs of a dialog that is open, each. */
  async tabs(): Promise<void> {
    for (const tab of await this.dialog.getByRole("tab").all()) {
      await tab.click();
      await this.check((await tab.getAttribute("id")) ?? "tab");
    }
  }
}

describe.each(surroundings)("all that there is to see: %s", (where, options) => {
  const isPhone = "isMobile" in options;
  const name = `ana${surroundings.findIndex(([one]) => one === where)}`;

  async function prepared(): Promise<[Visitor, Round]> {
    const ana = await stage.visitor(name, `room${name}`, options);
    await ana.comesInUnseen();
    stage.server.account("rights", name, "+all");
    const rude = await IrcCaller.enter(stage.irc, `rude${name}`, `#room${name}`);
    rude.send(`METADATA * SET display-name :${hostile}`, `METADATA * SET status :${hostile}`);
    const id = await rude.says(`#room${name}`, hostile);
    rude.send(`REPORT ${id} :${hostile}`, `REPORT ${name} :${hostile}`);
    await rude.sees(/number \d+|tu denuncia/);
    await sends(ana, `/raw METADATA #room${name} SET pinned :${id}`);
    await sends(ana, `/topic ${hostile}`);
    await sends(ana, `/raw MUTE nick:${name}* 1h :${hostile}`);
    await sends(ana, "```py\n# a comment\nprint('x')\n```");
    await ana.page.getByRole("log").locator("pre .comment").first().waitFor();
    await ana.sees(hostile);
    rude.leave();
    return [ana, new Round(ana, where)];
  }

  it("the conversation, and what opens from it", patience, async () => {
    const [ana, round] = await prepared();
    const { page } = ana;
    const rooms = async (): Promise<void> => {
      if (isPhone) {
        await page.locator("header .menu").tap();
      }
    };
    await round.check("conversation");
    await round.open("room", () => page.locator("main h1 button").click());
    await round.close();
    await round.open("pinned", () => page.locator("header .count").first().click());
    await round.close();
    await round.open("person", async () => {
      const author = page.locator("article .head .name").first();
      await (isPhone ? author.tap() : author.click());
    });
    await round.close();
    await round.open("keys", () => sends(ana, "/help"));
    await round.close();
    await round.open("browse", async () => {
      await rooms();
      await page.locator("nav .title .icon-button").nth(0).click();
    });
    await round.close();
    await round.open("make", async () => {
      await rooms();
      await page.locator("nav .title .icon-button").nth(1).click();
    });
    await round.close();
    await round.open("switcher", () => page.keyboard.press("Control+k"));
    await round.close();
    await page.keyboard.press("Control+f");
    await page.getByRole("searchbox").waitFor();
    await round.check("search");
    expect(await page.title()).not.toContain("owned");
    expect(await page.locator("#app img[src='x'], [onerror]").count()).toBe(0);
  });

  it("oneself, and keeping order", patience, async () => {
    const ana = await stage.visitor(`${name}b`, "order", options);
    await ana.comesInUnseen();
    stage.server.account("rights", `${name}b`, "+all");
    const round = new Round(ana, where);
    const { page } = ana;
    const rooms = async (): Promise<void> => {
      if (isPhone) {
        await page.locator("header .menu").tap();
      }
    };
    await page.locator(".order").waitFor({ state: "attached" });
    await round.open("settings", async () => {
      await rooms();
      await page.locator(".me").click();
    });
    await round.tabs();
    await page.locator("#settings form input:not([type=password]):not([readonly])").last().fill("robot");
    await page.locator("#settings form input:not([type=password]):not([readonly])").last().press("Enter");
    await page.locator("#settings code").first().waitFor();
    await round.check("a key just made");
    await round.open("the end of an account", () => page.locator("#settings .button.danger").last().click());
    await round.close();
    await round.open("keeping order", async () => {
      await rooms();
      await page.locator(".order").click();
    });
    await round.tabs();
    expect(await page.title()).not.toContain("owned");
    expect(await page.locator("#app img[src='x'], [onerror]").count()).toBe(0);
  });
});
