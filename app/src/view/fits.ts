// SPDX-License-Identifier: Apache-2.0
// How long a text may be the server counts in bytes, a field in letters. What does not fit, the field
// says before it is sent, and by how much; the server would cut it or refuse it.
import { text } from "../text/texts.svelte";
import { lettersBeyond } from "../wire/pieces";
import { client } from "./client.svelte";

/** As docs/protocol/irc.md has them, where the server says nothing (ISUPPORT). */
const usual = { TOPICLEN: 390, KEYLEN: 32, KICKLEN: 307 } as const;

export function bytesFor(what: keyof typeof usual): number {
  return Number(client.now.isupport.get(what)) || usual[what];
}

export function fits(field: HTMLInputElement | HTMLTextAreaElement, bytesMax: number): { destroy(): void } {
  const look = (): void => {
    const beyond = lettersBeyond(field.value.trim(), bytesMax);
    field.setCustomValidity(beyond > 0 ? text.of.tooLong(beyond) : "");
  };
  look();
  field.addEventListener("input", look);
  return { destroy: () => field.removeEventListener("input", look) };
}
