// SPDX-License-Identifier: Apache-2.0
// The server, the browser and people in front of it: the verbs of the browser tests.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { preview, type PreviewServer } from "vite";
import { afterAll, afterEach, beforeAll, expect } from "vitest";

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(address instanceof Object ? address.port : 0));
    });
  });
}

/** What is held in a hand, and pointed at with a finger. */
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** Of all accounts of the tests. */
export const password = "correct horse";

/** The real binary, with a data folder of its own. With TERTULIA_FRESH_APP the pages are those of
 * app/dist, under the head lines that the binary gives them, and all else is the binary's. */
export class Server {
  private process: ChildProcess | null = null;
  private front: PreviewServer | null = null;
  private frontPort = 0;
  private constructor(
    private readonly port: number,
    private readonly folder: string,
    private readonly more: readonly string[],
  ) {}

  /** With these listeners besides the one for browsers, and these settings. */
  static async start(wish: { listeners?: readonly string[]; settings?: string } = {}): Promise<Server> {
    const folder = mkdtempSync(join(tmpdir(), "tertulia-"));
    const words = (wish.listeners ?? []).flatMap((one) => ["--listen", one]);
    const settings = join(folder, "settings.toml");
    if (wish.settings !== undefined) {
      writeFileSync(settings, wish.settings);
      words.push("--config", settings);
    }
    const made = new Server(await freePort(), folder, words);
    await made.run();
    return made;
  }

  /** Past the front that serves the fresh app, if there is one. */
  get own(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get address(): string {
    return this.frontPort === 0 ? this.own : `http://127.0.0.1:${this.frontPort}`;
  }

  private async freshApp(): Promise<PreviewServer> {
    const answer = await fetch(this.own);
    const kept = ["content-security-policy", "x-content-type-options", "referrer-policy"];
    const headers = Object.fromEntries(kept.map((name) => [name, answer.headers.get(name) ?? ""]));
    const target = { target: this.own, ws: true };
    this.frontPort ||= await freePort();
    return preview({
      root: fileURLToPath(new URL("../..", import.meta.url)),
      logLevel: "silent",
      preview: {
        host: "127.0.0.1",
        port: this.frontPort,
        headers,
        proxy: { "^/(irc|api|upload|files|health)(/|$)": target },
      },
    });
  }

  private get binary(): string {
    const binary = process.env["TERTULIA_BINARY"];
    if (binary === undefined) {
      throw new Error("TERTULIA_BINARY names no server");
    }
    return binary;
  }

  /** What the machine's owner does with accounts, at the command line. */
  account(verb: string, ...words: string[]): void {
    execFileSync(this.binary, ["account", verb, "--data", this.folder, ...words], { stdio: "ignore" });
  }

  async run(): Promise<void> {
    this.process = spawn(
      this.binary,
      ["serve", "--data", this.folder, "--listen", this.own, ...this.more, "--no-rate-limits"],
      { stdio: "ignore", env: { ...process.env, LANG: "C" } },
    );
    const deadline = Date.now() + 20_000;
    while (!(await this.answers())) {
      if (Date.now() > deadline || this.process.exitCode !== null) {
        throw new Error("the server does not answer");
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    if (process.env["TERTULIA_FRESH_APP"] !== undefined) {
      this.front ??= await this.freshApp();
    }
  }

  private async answers(): Promise<boolean> {
    return fetch(`${this.own}/health`).then(
      (answer) => answer.ok,
      () => false,
    );
  }

  /** Nobody answers any more, neither for the pages. */
  async stop(): Promise<void> {
    const { process } = this;
    await this.front?.close();
    this.front = null;
    if (process !== null && process.exitCode === null) {
      const ended = new Promise((resolve) => process.once("exit", resolve));
      process.kill("SIGTERM");
      await ended;
    }
  }

  async end(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What Playwright turns off, as its list is replaced by ours. */
const notTested = [
  ...["AcceptCHFrame", "AutoDeElevate", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose"],
  ...["DialMediaRouteProvider", "GlobalMediaControls", "HttpsUpgrades", "LensOverlay", "MediaRouter", "PaintHolding"],
  ...["RenderDocument", "ThirdPartyStoragePartitioning", "Translate"],
];
/** Pages of the browser's own that each window would load, in front of which nobody sits. */
const notNeeded = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"];

export async function openBrowser(): Promise<Browser> {
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [`--disable-features=${[...notTested, ...notNeeded].join(",")}`, ...asRoot],
  });
}

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

/** What the network says while the server is away is no fault of the page. */
const networkAway = /WebSocket|ERR_|fetching the script|responded with a status of 5/;

/** Somebody in front of a page of her own. */
export class Visitor {
  private readonly complaints: string[] = [];
  private readonly expected: RegExp[] = [];

  private constructor(
    readonly page: Page,
    readonly name: string,
  ) {
    page.on("pageerror", (fault) => this.complaints.push(fault.message));
    page.on("console", (said) => {
      if (said.type() === "error" && !networkAway.test(said.text())) {
        this.complaints.push(`${said.text()} ${said.location().url}`);
      }
    });
  }

  /** The server will refuse what the page asks for at an address like this. */
  expectsRefusal(at: RegExp): void {
    this.expected.push(at);
  }

  /** What the page complained of, and nobody expected. */
  get faults(): string[] {
    return this.complaints.filter((one) => !this.expected.some((at) => at.test(one)));
  }

  static async open(
    browser: Browser,
    name: string,
    address: string,
    options: BrowserContextOptions = {},
  ): Promise<Visitor> {
    const context = await browser.newContext({
      viewport: { width: 1200, height: 780 },
      locale: "en-GB",
      ...options,
    });
    const page = await context.newPage();
    const visitor = new Visitor(page, name);
    await page.goto(address);
    return visitor;
  }

  async comesIn(): Promise<void> {
    await this.page.getByRole("textbox", { name: /Your name|Tu nombre/ }).fill(this.name);
    await this.page.keyboard.press("Enter");
    await this.page.getByRole("log").waitFor();
  }

  /** Makes an account of the name, and comes in. */
  async registers(password: string): Promise<void> {
    await this.page.getByRole("tab", { name: "Register" }).click();
    await this.page.getByRole("textbox", { name: "Your name" }).fill(this.name);
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.page.getByLabel("Password again").fill(password);
    await this.page.getByRole("button", { name: "Register", exact: true }).click();
    await this.page.getByRole("log").waitFor();
  }

  /** By the server's door, which speaks no language, with an account of the name. */
  async comesInUnseen(): Promise<void> {
    await this.page.evaluate(
      async ([account, secret]) => {
        await fetch("/api/register", {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ account, password: secret }),
        });
        localStorage.setItem("tertulia", JSON.stringify({ account: true, nickname: account }));
      },
      [this.name, password] as const,
    );
    await this.page.reload();
    await this.page.getByRole("log").waitFor();
  }

  async logsIn(password: string): Promise<void> {
    await this.page.getByRole("tab", { name: "Log in" }).click();
    await this.page.getByRole("textbox", { name: "Your name" }).fill(this.name);
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.page.getByRole("button", { name: "Come in" }).click();
    await this.page.getByRole("log").waitFor();
  }

  /** Nothing lies over the conversation any more. */
  async closesDialogs(): Promise<void> {
    const dialogs = this.page.getByRole("dialog");
    for (let open = await dialogs.count(); open > 0; open = await dialogs.count()) {
      await this.page.keyboard.press("Escape");
      await dialogs.nth(open - 1).waitFor({ state: "detached" });
    }
  }

  /** A room that she is in, in the list of them. */
  listed(room: string) {
    return this.page.getByRole("navigation").getByRole("button", { name: new RegExp(`^${room}( |$)`) });
  }

  /** Goes there, and comes in if she is not in yet. */
  async visits(room: string): Promise<void> {
    const listed = this.listed(room);
    if ((await listed.count()) > 0) {
      await listed.click();
    } else {
      await this.says(`/join #${room}`);
    }
    await this.isAt(`#${room}`);
  }

  async isAt(conversation: string): Promise<void> {
    await this.page.getByRole("heading", { level: 1, name: conversation, exact: true }).waitFor();
  }

  /** In the room, as its list of members has her. */
  member(name: string) {
    return this.page.getByRole("complementary", { name: "Members" }).getByRole("button", { name: new RegExp(`${name}\\b`) });
  }

  async opensSettings(tab: string): Promise<void> {
    await this.page.getByTitle("Settings", { exact: true }).click();
    await this.page.getByRole("tab", { name: tab }).click();
  }

  get composer() {
    return this.page.locator("textarea").last();
  }

  async says(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press("Enter");
  }

  /** Leaves the room that she is in. */
  async parts(room: string): Promise<void> {
    await this.says("/part");
    await this.listed(room).waitFor({ state: "detached" });
  }

  /** As far up as there is anything in the page yet. */
  async looksUp(): Promise<void> {
    const toNow = this.page.getByRole("button", { name: "Jump to now" });
    await expect
      .poll(async () => {
        await this.page.getByRole("log").evaluate((log) => log.scrollTo(0, 0));
        return toNow.isVisible();
      })
      .toBe(true);
  }

  message(text: string) {
    return this.page.getByRole("log").getByText(text, { exact: true });
  }

  /** What she said herself, once it is received. */
  async sees(text: string): Promise<void> {
    const kept = this.page.locator(":not(article.sending *)");
    await this.message(text).and(kept).first().waitFor({ timeout: 20_000 });
  }

  async seesOnce(text: string): Promise<void> {
    await this.sees(text);
    expect(await this.message(text).count()).toBe(1);
  }

  /** Nothing is wider than the screen. */
  async fits(where: string): Promise<void> {
    const [page = 0, screen = 0] = await this.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(page, where).toBeLessThanOrEqual(screen);
  }

  /** Nothing that axe finds, in rules that concern everybody. */
  async isAccessible(where: string): Promise<void> {
    await this.page.waitForFunction(() => // what comes in with an animation is half transparent
      document.getAnimations().every((one) => one.playState !== "running" || one.effect?.getComputedTiming().endTime === Infinity),
    );
    await this.page.evaluate(axeSource);
    const found = await this.page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: {
          run: (options: object) => Promise<{
            violations: { id: string; nodes: { target: unknown[]; failureSummary: string }[] }[];
          }>;
        };
      };
      const result = await axe.run({ resultTypes: ["violations"] });
      return result.violations.flatMap((one) =>
        one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}: ${node.failureSummary}`),
      );
    });
    expect(found, where).toEqual([]);
  }
}

interface StageOptions {
  /** Who came in for one test is there for the next ones too: coming in is what takes longest. */
  readonly visitorsStay?: boolean;
  /** Settings of the server, as its file has them. */
  readonly settings?: string;
}

/** A server with a door for IRC, a browser, and who is in front of it: of the tests of one file. */
class Stage {
  irc = 0;
  private running: Server | null = null;
  private browser: Browser | null = null;
  private visitors: Visitor[] = [];
  private meetings = 0;

  constructor(private readonly options: StageOptions) {}

  get server(): Server {
    if (this.running === null) {
      throw new Error("no server is running");
    }
    return this.running;
  }

  async begin(): Promise<void> {
    this.irc = await freePort();
    this.running = await Server.start({ listeners: [`irc://127.0.0.1:${this.irc}`], ...this.options });
    this.browser = await openBrowser();
  }

  async end(): Promise<void> {
    await this.browser?.close();
    await this.running?.end();
  }

  /** Nobody's page may have complained. */
  async clear(): Promise<void> {
    const faults = this.visitors.flatMap((one) => one.faults);
    if (this.options.visitorsStay === true) {
      await Promise.all(this.visitors.map((one) => one.closesDialogs()));
      expect(faults).toEqual([]);
      return;
    }
    await Promise.all(this.visitors.map((one) => one.page.context().close()));
    this.visitors = [];
    expect(faults).toEqual([]);
  }

  readonly visitor = async (
    name: string,
    place: string,
    options: BrowserContextOptions = {},
  ): Promise<Visitor> => {
    if (this.browser === null) {
      throw new Error("no browser is open");
    }
    const address = `${this.server.address}/#${place}`;
    const made = await Visitor.open(this.browser, name, address, options);
    this.visitors.push(made);
    return made;
  };

  /** Comes in with an account of her own, just made. */
  readonly account = async (
    name: string,
    place: string,
    options: BrowserContextOptions = {},
  ): Promise<Visitor> => {
    const made = await this.visitor(name, place, options);
    await made.registers(password);
    return made;
  };

  readonly guest = async (
    name: string,
    place: string,
    options: BrowserContextOptions = {},
  ): Promise<Visitor> => {
    const made = await this.visitor(name, place, options);
    await made.comesIn();
    return made;
  };

  /** Both in a room of their own, that the first one made. Its name. */
  readonly meeting = async (host: Visitor, other: Visitor): Promise<string> => {
    this.meetings += 1;
    const room = `room${this.meetings}`;
    await host.visits(room);
    await other.visits(room);
    await host.member(other.name).waitFor();
    return room;
  };
}

/** Looked after by hooks of the file that calls it. */
export function setStage(options: StageOptions = {}): Stage {
  const made = new Stage(options);
  beforeAll(() => made.begin());
  afterAll(() => made.end());
  afterEach(() => made.clear());
  return made;
}
