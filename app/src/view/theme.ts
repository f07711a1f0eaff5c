// SPDX-License-Identifier: Apache-2.0
// Light or dark, beyond the page itself: the browser's bar has the colour of what is chosen here.
import type { Theme } from "./kept";

/** As index.html has them for who chose nothing. */
const colours = { light: "#faf6ef", dark: "#1a1613" };

export function colourBar(theme: Theme): void {
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const ofSystem = meta.media.includes("dark") ? "dark" : "light";
    meta.content = colours[theme === "system" ? ofSystem : theme];
  }
}
