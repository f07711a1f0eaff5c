// SPDX-License-Identifier: Apache-2.0
// A browser with nothing of a tester in it, for measuring: a page is told where to go and is asked when
// all is over. (Playwright has the page tell of every request with the place in the script that made it,
// for which the script is parsed once more, and speaks with it in between.)
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import WebSocket from "ws";

type Answer = Record<string, unknown>;

/** A window opens with pages of the browser's own, which are busy for a while. */
const windowMs = 3_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export class BareBrowser {
  private asked = 0;
  private readonly waiting = new Map<number, (answer: Answer) => void>();

  private constructor(
    private readonly process: ChildProcess,
    private readonly socket: WebSocket,
    private readonly folder: string,
  ) {
    socket.on("message", (data: Buffer) => {
      const said = JSON.parse(data.toString()) as { id?: number; result?: Answer };
      this.waiting.get(said.id ?? -1)?.(said.result ?? {});
      this.waiting.delete(said.id ?? -1);
    });
  }

  static async open(): Promise<BareBrowser> {
    const folder = mkdtempSync(join(tmpdir(), "tertulia-browser-"));
    const quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update"];
    const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    const chromium = spawn(
      "/usr/bin/chromium",
      ["--headless=new", "--remote-debugging-port=0", `--user-data-dir=${folder}`, ...quiet, ...asRoot],
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    const address = await new Promise<string>((resolve, reject) => {
      let said = "";
      chromium.stderr.on("data", (more: Buffer) => {
        said += more.toString();
        const found = /listening on (ws:\S+)/.exec(said)?.[1];
        if (found !== undefined) {
          resolve(found);
        }
      });
      chromium.on("exit", () => reject(new Error(said)));
    });
    const socket = new WebSocket(address);
    await new Promise((resolve) => socket.once("open", resolve));
    return new BareBrowser(chromium, socket, folder);
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    void this.tell("Browser.close");
    await ended;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  tell(method: string, params: Answer = {}, sessionId?: string): Promise<Answer> {
    this.asked += 1;
    const id = this.asked;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.socket.send(JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) }));
    });
  }

  /** With a cold cache, and with a script that runs before those of the page. */
  async page(script: string, cookies: readonly Answer[] = []): Promise<BarePage> {
    const { browserContextId } = await this.tell("Target.createBrowserContext");
    await this.tell("Storage.setCookies", { browserContextId, cookies });
    const size = { width: 1200, height: 780 };
    const { targetId } = await this.tell("Target.createTarget", { url: "about:blank", browserContextId, ...size });
    const { sessionId } = await this.tell("Target.attachToTarget", { targetId, flatten: true });
    const page = new BarePage(this, String(sessionId), String(browserContextId));
    await page.tell("Page.enable");
    await page.tell("Page.addScriptToEvaluateOnNewDocument", { source: script });
    await page.tell("Performance.enable", { timeDomain: "threadTicks" });
    await sleep(windowMs);
    return page;
  }
}

export class BarePage {
  constructor(
    private readonly browser: BareBrowser,
    private readonly session: string,
    private readonly context: string,
  ) {}

  tell(method: string, params: Answer = {}): Promise<Answer> {
    return this.browser.tell(method, params, this.session);
  }

  async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.tell("Runtime.evaluate", { expression, returnByValue: true });
    return (result as { value?: unknown } | undefined)?.value;
  }

  /** What the page's own thread has worked, in milliseconds, whoever else wanted the processor. */
  async worked(): Promise<number> {
    const { metrics } = await this.tell("Performance.getMetrics");
    const found = (metrics as { name: string; value: number }[]).find((one) => one.name === "TaskDuration");
    return 1_000 * (found?.value ?? 0);
  }

  async types(text: string): Promise<void> {
    await this.tell("Input.insertText", { text });
    const enter = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 13 };
    await this.tell("Input.dispatchKeyEvent", { type: "keyDown", text: "\r", ...enter });
    await this.tell("Input.dispatchKeyEvent", { type: "keyUp", ...enter });
  }

  async close(): Promise<void> {
    await this.browser.tell("Target.disposeBrowserContext", { browserContextId: this.context });
  }
}
