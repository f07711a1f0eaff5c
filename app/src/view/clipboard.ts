// SPDX-License-Identifier: Apache-2.0
// Putting a text on the clipboard. A page that came over plain http has no navigator.clipboard: there a
// selected text is copied as by hand.
import { text } from "../text/texts.svelte";
import type { Client } from "./client.svelte";

function copySelected(what: string): boolean {
  // In the dialog that is open, if one is: nothing outside of it can be selected.
  const around = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.className = "unseen";
  area.readOnly = true;
  area.value = what;
  around.append(area);
  area.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    area.remove();
    (before as HTMLElement | null)?.focus?.();
  }
}

async function written(what: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(what);
    return true;
  } catch {
    return false;
  }
}

/** False, and she is told, where it could not be done. */
export async function copy(by: Client, what: string): Promise<boolean> {
  // Without anything awaited before: browsers let it be done only while a press is heard.
  const hasClipboard = (navigator.clipboard as Clipboard | undefined) !== undefined;
  const done = (hasClipboard && (await written(what))) || copySelected(what);
  if (!done) {
    by.tell("warning", "COPY", text.of.notCopied);
  }
  return done;
}
