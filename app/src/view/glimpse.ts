// SPDX-License-Identifier: Apache-2.0
// What is shown of a message outside of its row: in a quotation, among the pinned, in a search. Of whom
// the reader has blocked nothing is shown there either.
import { filesIn, preview } from "../format/markdown";
import type { Conversation, Key, Message } from "../state/model";
import type { Texts } from "../text/en";
import { fold } from "../wire/line";
import { isOurFile } from "./files";

/** A text in one line. A file of this server has its name there; its address tells nobody anything. */
export function inShort(said: string, texts: Texts): string {
  return preview(said, (address) => {
    const [file] = filesIn(address, isOurFile);
    return file === undefined ? null : texts[file.image ? "pictureNamed" : "fileNamed"](file.name);
  });
}

export function glimpse(message: Message, blocked: ReadonlySet<Key>, texts: Texts): string {
  if (message.deletedBy !== null) {
    return texts.removedOwn;
  }
  return blocked.has(fold(message.from)) ? texts.blockedMessage : inShort(message.text, texts);
}

/** Who is writing; nobody whom the reader has blocked. */
export function typists(of: Conversation, blocked: ReadonlySet<Key>): string[] {
  return [...of.typing].filter(([key]) => !blocked.has(key)).map(([, { nickname }]) => nickname);
}
