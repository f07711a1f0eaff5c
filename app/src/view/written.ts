// SPDX-License-Identifier: Apache-2.0
// What is written in a conversation: kept until it is said, and said with its emoji and files, at once or
// when the files are there.
import type { About } from "../state/about";
import { filesMax } from "../format/markdown";
import type { Conversation, Key } from "../state/model";
import { client } from "./client.svelte";
import { withoutEscape } from "./commands";
import { outgoing, withEmoji } from "./outgoing";
import { settings } from "./settings.svelte";
import type { Uploads } from "./uploads.svelte";

export function keepDraft(key: Key, written: string): void {
  if (written === "") {
    delete settings.kept.drafts[key];
  } else {
    settings.kept.drafts[key] = written;
  }
  settings.save();
}

/** What waits for its files is kept too, but stands in the field no more. */
export function draftOf(key: Key, uploads: Uploads): string {
  const kept = settings.kept.drafts[key] ?? "";
  return kept === uploads.waiting?.text ? "" : kept;
}

async function say(target: string, source: string, links: readonly string[], reply: string | null): Promise<void> {
  const said = withoutEscape(await withEmoji(source));
  // Those that go together are one message, so that pictures are looked at one after the other.
  const parts = said.trim() === "" ? [] : [said];
  for (let at = 0; at < links.length; at += filesMax) {
    parts.push(links.slice(at, at + filesMax).join("\n"));
  }
  parts.forEach((part, at) => client.speech.say({ target, text: part, replyTo: at === 0 ? reply : null }));
}

/** With the files that are chosen; as soon as they are there, whatever is looked at by then. */
export function sayWritten(uploads: Uploads, of: Conversation, source: string, about: About | null): void {
  const reply = about?.message.id ?? null;
  const { name } = of;
  if (!uploads.mustWait) {
    const links = uploads.take();
    void outgoing.add(() => say(name, source, links, reply));
    return;
  }
  keepDraft(of.key, source);
  uploads.wait({ text: source, about }, (key, links) => {
    if (settings.kept.drafts[key] === source) {
      keepDraft(key, "");
    }
    // It may have another name by now.
    const named = client.now.conversations.get(key)?.name ?? name;
    void outgoing.add(() => say(named, source, links, reply));
  });
}
