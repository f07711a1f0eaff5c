// SPDX-License-Identifier: Apache-2.0
// What is written in place of what was said: of which message, and how its new text goes out.
import { messageAbout } from "../state/about";
import { isMe } from "../state/change";
import type { Conversation } from "../state/model";
import { client } from "./client.svelte";
import { outgoing, withEmoji } from "./outgoing";
import { screen } from "./screen.svelte";

/** As messages have it: one line, where they have no more. */
function asText(written: string): string {
  const whole = written.trim();
  return client.can("draft/multiline") ? whole : whole.replace(/\s*\n\s*/g, " ");
}

export class Editing {
  /** The message whose new text is on its way. */
  private saving = $state<string | null>(null);
  /** Null: nothing is edited. */
  readonly message = $derived.by(() => messageAbout(this.of(), screen.editing));

  constructor(private readonly of: () => Conversation) {}

  get isSaving(): boolean {
    return this.saving !== null && this.saving === this.message?.id;
  }

  /** Why it cannot be saved as it is now; "": it can. */
  fault(written: string): string {
    return client.speech.editFault(asText(written));
  }

  beginLast(): void {
    const now = client.now.conversations.get(this.of().key) ?? this.of();
    if (now.outbox.some((one) => one.delivery === "sending")) {
      return; // that one is meant, and cannot be edited yet
    }
    const last = now.messages.findLast((one) => isMe(client.world, one.from) && one.deletedBy === null);
    if (last !== undefined && client.speech.mayEdit(last)) {
      screen.editing = { key: now.key, message: last };
    }
  }

  /** With nothing in it the message may be meant to go, which is asked. */
  canSave(written: string): boolean {
    return written.trim() !== "" || client.can("draft/message-redaction");
  }

  save(written: string): void {
    const { message, isSaving } = this;
    if (message === null || isSaving) {
      return;
    }
    if (written.trim() === "") {
      screen.askRemoval(this.of().name, message.id, () => this.end());
    } else {
      this.saving = message.id;
      void outgoing.add(() => this.send(this.of().name, message.id, written));
    }
  }

  private async send(target: string, id: string, written: string): Promise<void> {
    const changed = asText(await withEmoji(written));
    // Its answer keeps nobody waiting who says the next thing.
    void client.speech.edit(target, id, changed).then((isSaved) => {
      this.saving = null;
      if (isSaved && screen.editing?.message.id === id) {
        this.end();
      }
    });
  }

  end(): void {
    screen.edited.clear();
    screen.editing = null;
  }
}
