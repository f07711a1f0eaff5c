// SPDX-License-Identifier: Apache-2.0
// The server, the browser and people in front of it: the verbs of the browser tests.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { expect } from "vitest";

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(address instanceof Object ? address.port : 0));
    });
  });
}

/** The real binary, with a data folder of its own. */
export class Server {
  private process: ChildProcess | null = null;
  private constructor(
    readonly port: number,
    private readonly folder: string,
  ) {}

  static async start(): Promise<Server> {
    const made = new Server(await freePort(), mkdtempSync(join(tmpdir(), "tertulia-")));
    await made.run();
    return made;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async run(): Promise<void> {
    const binary = process.env["TERTULIA_BINARY"];
    if (binary === undefined) {
      throw new Error("TERTULIA_BINARY names no server");
    }
    const listen = this.address;
    this.process = spawn(
      binary,
      ["serve", "--data", this.folder, "--listen", listen, "--no-rate-limits"],
      { stdio: "ignore", env: { ...process.env, LANG: "C" } },
    );
    const deadline = Date.now() + 20_000;
    while (!(await this.answers())) {
      if (Date.now() > deadline || this.process.exitCode !== null) {
        throw new Error("the server does not answer");
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  private async answers(): Promise<boolean> {
    return fetch(`${this.address}/health`).then(
      (answer) => answer.ok,
      () => false,
    );
  }

  async stop(): Promise<void> {
    const { process } = this;
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

export async function openBrowser(): Promise<Browser> {
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: asRoot });
}

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

/** Somebody in front of a page of her own. */
export class Visitor {
  readonly faults: string[] = [];

  private constructor(
    readonly page: Page,
    readonly name: string,
  ) {
    page.on("pageerror", (fault) => this.faults.push(fault.message));
    page.on("console", (said) => {
      // What the network says while the server is away is no fault of the page.
      if (said.type() === "error" && !/WebSocket|Failed to load resource|ERR_/.test(said.text())) {
        this.faults.push(said.text());
      }
    });
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

  get composer() {
    return this.page.locator("textarea").last();
  }

  async says(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press("Enter");
  }

  message(text: string) {
    return this.page.getByRole("log").getByText(text, { exact: true });
  }

  async sees(text: string): Promise<void> {
    await this.message(text).first().waitFor({ timeout: 20_000 });
  }

  async seesOnce(text: string): Promise<void> {
    await this.sees(text);
    expect(await this.message(text).count()).toBe(1);
  }

  /** Nothing that axe finds, in rules that concern everybody. */
  async isAccessible(where: string): Promise<void> {
    await this.page.waitForTimeout(250); // what comes in with an animation is not half transparent
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
