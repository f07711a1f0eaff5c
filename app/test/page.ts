// SPDX-License-Identifier: Apache-2.0
// What the client wants of the page that it is in, where there is none.
import { vi } from "vitest";

export function stubPage(): void {
  vi.stubGlobal("window", { addEventListener: () => undefined });
  vi.stubGlobal("document", { hidden: false, documentElement: { dataset: {} }, hasFocus: () => true });
  vi.stubGlobal("navigator", { languages: ["en"] });
  vi.stubGlobal("history", { state: null, pushState: () => undefined, replaceState: () => undefined });
  vi.stubGlobal("location", { hash: "", protocol: "http:", host: "here", origin: "http://here" });
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => setTimeout(draw, 16));
}
