// SPDX-License-Identifier: Apache-2.0
// Parts of the app that are loaded when first wanted. A page that was opened before the server was
// updated looks for parts that are not there any more: who uses it is told, and loads it anew.
import { text } from "../text/texts.svelte";
import { client } from "./client.svelte";

/** The code of the notice that offers to load the page anew (Notices.svelte). */
export const newVersion = "VERSION";

/** Whether the server has another app than this page. */
export async function isOutdated(): Promise<boolean> {
  const own = document.querySelector('script[type="module"][src]')?.getAttribute("src");
  try {
    const answer = await fetch("/", { cache: "no-store" });
    return answer.ok && typeof own === "string" && !(await answer.text()).includes(own);
  } catch {
    return false; // nobody answers
  }
}

async function tellWhy(): Promise<void> {
  const [code, said] = (await isOutdated())
    ? [newVersion, text.of.newVersion]
    : ["NOT_LOADED", text.of.notLoadedHint];
  if (!client.now.notices.some((one) => one.code === code)) {
    client.tell("warning", code, said);
  }
}

/** Null, and the reader is told why, where it cannot be had. */
export async function lazily<Part>(what: Promise<Part>): Promise<Part | null> {
  try {
    return await what;
  } catch {
    void tellWhy();
    return null;
  }
}
