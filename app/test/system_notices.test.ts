// SPDX-License-Identifier: Apache-2.0
// Notices of the system, with a browser that has a service worker, or has none.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { closeSystemNotices, showSystemNotice } from "../src/view/system_notices";

interface Shown {
  readonly title: string;
  readonly tag: string;
  readonly data: unknown;
}

let shown: Shown[] = [];
let byPage: string[] = [];
const notice = (time: number) => ({ title: "bea", body: "hola", key: "bea", time });
const shows = (time: number) => showSystemNotice(notice(time), () => undefined);

const registration = {
  active: {},
  getNotifications: ({ tag }: { tag: string }) =>
    Promise.resolve(
      shown
        .filter((one) => one.tag === tag)
        .map((one) => ({ ...one, close: () => (shown = shown.filter((other) => other !== one)) })),
    ),
  showNotification: (title: string, { tag, data }: Shown) => {
    shown = [...shown.filter((one) => one.tag !== tag), { title, tag, data }];
    return Promise.resolve();
  },
};

class FakeNotification {
  static permission = "granted";
  constructor(title: string) {
    byPage.push(title);
  }
}

function browser(worker: unknown): void {
  vi.stubGlobal("navigator", { serviceWorker: { getRegistration: () => Promise.resolve(worker) } });
  vi.stubGlobal("Notification", FakeNotification);
}

beforeEach(() => {
  shown = [];
  byPage = [];
  browser(registration);
});
afterEach(() => vi.unstubAllGlobals());

describe("a notice", () => {
  it("is the worker's, as those of pushes are", async () => {
    await shows(5);
    expect(shown).toEqual([{ title: "bea", tag: "bea", data: { target: "bea", time: 5 } }]);
    expect(byPage).toEqual([]);
  });

  it("is the page's where there is no worker", async () => {
    browser(undefined);
    await shows(5);
    expect(byPage).toEqual(["bea"]);
  });

  it("is not shown over the one that a push brought of the same message", async () => {
    const push = { title: "pushed", tag: "bea", data: { target: "bea", time: 5 } };
    shown = [push];
    await shows(5);
    expect(shown).toEqual([push]);
    await shows(6);
    expect(shown).toMatchObject([{ title: "bea" }]);
  });

  it("goes when its conversation has been read, and not before", async () => {
    await shows(5);
    closeSystemNotices("bea", 4);
    closeSystemNotices("luis", 9);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(shown).toHaveLength(1);
    closeSystemNotices("bea", 5);
    await vi.waitFor(() => expect(shown).toEqual([]));
  });
});
