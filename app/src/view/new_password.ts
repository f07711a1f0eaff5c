// SPDX-License-Identifier: Apache-2.0
// Another password for one's account, which NickServ gives it.
import { text } from "../text/texts.svelte";
import { quotedPassword } from "./account";
import type { Client } from "./client.svelte";

/** NickServ says whether it is done, in either language, and has no code for it. */
const done = /has been changed|se ha cambiado/i;

export interface Changed {
  readonly isDone: boolean;
  /** What there is to say of it. */
  readonly said: string;
}

export async function changePassword(client: Client, before: string, after: string): Promise<Changed> {
  const notes = await client.speech.askNickServ("PASSWORD", quotedPassword(before), quotedPassword(after));
  const said = notes.join(" ");
  if (said === "") {
    return { isDone: false, said: client.status.is === "open" ? text.of.notDone : text.of.notConnected };
  }
  return { isDone: done.test(said), said };
}
