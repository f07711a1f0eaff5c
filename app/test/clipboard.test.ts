// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Client } from "../src/view/client.svelte";
import { copy } from "../src/view/clipboard";

const tell = vi.fn();
const by = { tell } as unknown as Client;

/** A page in which a selected text can be copied, or not. */
function page(mayCopy: boolean): { copied: string[] } {
  const copied: string[] = [];
  const area = { className: "", readOnly: false, value: "", select: () => undefined, remove: () => undefined };
  vi.stubGlobal("document", {
    querySelectorAll: () => [],
    body: { append: () => undefined },
    activeElement: null,
    createElement: () => area,
    execCommand: () => {
      if (mayCopy) {
        copied.push(area.value);
      }
      return mayCopy;
    },
  });
  return { copied };
}

beforeEach(() => tell.mockClear());
afterEach(() => vi.unstubAllGlobals());

describe("a text is copied", () => {
  it("by the browser's clipboard", async () => {
    const writeText = vi.fn(() => Promise.resolve());
    const { copied } = page(true);
    vi.stubGlobal("navigator", { clipboard: { writeText } });
    expect(await copy(by, "x")).toBe(true);
    expect(writeText).toHaveBeenCalledWith("x");
    expect(copied).toEqual([]);
  });

  it("as by hand where there is none, at once", () => {
    const { copied } = page(true);
    vi.stubGlobal("navigator", {});
    void copy(by, "x");
    expect(copied).toEqual(["x"]);
  });

  it("as by hand where the browser refuses", async () => {
    const { copied } = page(true);
    vi.stubGlobal("navigator", { clipboard: { writeText: () => Promise.reject(new Error("no")) } });
    expect(await copy(by, "x")).toBe(true);
    expect(copied).toEqual(["x"]);
  });

  it("or one is told that it was not", async () => {
    page(false);
    vi.stubGlobal("navigator", {});
    expect(await copy(by, "x")).toBe(false);
    expect(tell).toHaveBeenCalledOnce();
  });
});
