// SPDX-License-Identifier: Apache-2.0
// The client as it is, with a browser that a test speaks through; read anew for each test of the file.
import { afterEach, beforeEach, vi } from "vitest";
import { FakeBrowser } from "./fake_browser";
import { stubPage } from "./page";

/** What the server can do where nothing else is said. */
export const able = "batch echo-message message-tags";

class Stage {
  fake = new FakeBrowser();
  /** Where the address leads. */
  address = "";

  /** The server, which can do so much, lets her in. */
  welcomed(can = able, nickname = "ana"): void {
    this.fake.opens(can);
    this.fake.says(`:t CAP * ACK :${can}`, `:t 001 ${nickname} :hi`);
  }

  /** The line broke, and she is let in again. */
  comesBack(can = able, nickname = "ana"): void {
    this.fake.breaks();
    this.fake.passes(60_000);
    this.welcomed(can, nickname);
  }

  said(from = 0): string[] {
    return this.fake.socket.sent.slice(from);
  }

  /** The label of the last line that was sent and begins so. */
  labelOf(line: string): string {
    const sent = this.said().findLast((one) => one.includes(` ${line}`)) ?? "";
    return /label=([^; ]+)/.exec(sent)?.[1] ?? "";
  }

  /** What waits for an answer has it now. */
  async settles(): Promise<void> {
    await vi.advanceTimersByTimeAsync(0);
  }
}

export const stage = new Stage();

vi.setConfig({ testTimeout: 60_000 }); // the whole client is read anew for each

vi.mock("../src/socket/browser", () => ({
  get browser() {
    return stage.fake.around;
  },
}));

export async function cameIn() {
  const { client } = await import("../src/view/client.svelte");
  const { settings } = await import("../src/view/settings.svelte");
  const { runCommand } = await import("../src/view/commands");
  return { client, settings, runCommand };
}

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
  stage.fake = new FakeBrowser();
  stage.address = "";
  const history = {
    state: null as unknown,
    pushState: (state: unknown, _: unknown, address: string): void => {
      history.state = state;
      stage.address = address;
    },
    replaceState: (...what: [unknown, unknown, string]): void => history.pushState(...what),
  };
  stubPage();
  vi.stubGlobal("history", history);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
