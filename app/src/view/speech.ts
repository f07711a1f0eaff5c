// SPDX-License-Identifier: Apache-2.0
// What the reader says: messages and what is done to them, signs of typing, words to the services.
import { noticesIn, refusalIn } from "../state/aside";
import type { Message } from "../state/model";
import { editTags, forget, react, say, sayAgain, unconfirmed, type Wish } from "../state/say";
import { text } from "../text/texts.svelte";
import { escapeTag, fold, formatLine } from "../wire/line";
import { lettersBeyond } from "../wire/pieces";
import type { Client } from "./client.svelte";

const typingEachMs = 3_000;
/** Bytes of a message's new text, written as a tag's value (docs/protocol/messages.md). */
const editBytesMax = 3_600;

export class Speech {
  private lastTyping = { target: "", at: 0 };
  /** Why one is away, as it was said here. */
  private awayWhy = "";

  constructor(private readonly client: Client) {}

  say(wish: Wish): void {
    const before = new Set(unconfirmed(this.client.now).map((one) => one.id));
    const outcome = say(this.client.now, this.client.by, wish);
    // Not before what was said while there was no line: that is said once it is known not to be there.
    const waits = this.client.history.waitsToSay(fold(wish.target));
    this.client.does(waits ? { ...outcome, lines: [] } : outcome);
    this.client.said = { in: fold(wish.target) };
    if (this.client.status.is === "open" && !waits) {
      const said = unconfirmed(this.client.now).map((one) => one.id);
      this.client.history.saidOnThisLine(said.filter((id) => !before.has(id)));
    }
    this.lastTyping = { target: "", at: 0 };
  }

  retry(target: string, id: string): void {
    const of = this.client.now.conversations.get(fold(target));
    if (of?.outbox.find((one) => one.id === id)?.delivery !== "failed") {
      return; // it was pressed twice
    }
    this.client.does(sayAgain(this.client.now, this.client.by, target, id));
    if (this.client.status.is === "open") {
      this.client.history.saidOnThisLine([id]);
    }
  }

  /** "": here again. False: nobody heard it. */
  away(why: string): boolean {
    const isHeard = this.client.send("AWAY", ...(why === "" ? [] : [why]));
    if (isHeard) {
      this.awayWhy = why;
    }
    return isHeard;
  }

  forgetAway(): void {
    this.awayWhy = "";
  }

  /** The server forgets it with the last session; on another device one may be here again since. */
  sayAwayAgain(): void {
    if (this.awayWhy !== "" && this.client.now.away) {
      this.client.sendAside("AWAY", [this.awayWhy]);
    }
  }

  discard(target: string, id: string): void {
    this.client.change(forget(this.client.now, target, id));
  }

  /** One's own. Several lines, where messages can have several (draft/multiline). */
  mayEdit({ kind, text }: Message): boolean {
    const fits = !text.includes("\n") || this.client.can("draft/multiline");
    return kind === "text" && fits && this.client.can("draft/message-edit");
  }

  /** Why the server would not take it as a message's new text; "": it does. */
  editFault(newText: string): string {
    const beyond = lettersBeyond(newText, editBytesMax, escapeTag);
    const { lines } = this.client.by.multiline;
    if (beyond > 0) {
      return text.of.tooLong(beyond);
    }
    return newText.split("\n").length > lines ? text.of.tooManyLines(lines) : "";
  }

  /** True once the server did it; what it says against it is told. */
  async edit(target: string, id: string, newText: string): Promise<boolean> {
    const { client } = this;
    const fault = this.editFault(newText);
    if (fault !== "") {
      client.tell("warning", "EDIT", fault);
      return false;
    }
    const tags = editTags(id, newText);
    if (!client.can("labeled-response")) {
      return client.sendRaw(formatLine("EDIT", [target], tags));
    }
    if (!client.isHeard()) {
      return false;
    }
    const answer = await client.requestWith(tags, "EDIT", target);
    // The change itself is said to the conversation too.
    answer.filter((one) => one.command === "EDIT").forEach((one) => client.heard(one));
    const refusal = refusalIn(answer);
    if (refusal !== null) {
      client.tell("error", "EDIT", refusal);
    }
    return answer.length > 0 && refusal === null;
  }

  /** False: nobody heard it. */
  remove(target: string, id: string, reason = ""): boolean {
    return this.client.send("REDACT", target, id, ...(reason === "" ? [] : [reason]));
  }

  /** To those who keep order on the server. */
  async report(message: Message, why: string): Promise<void> {
    if (!this.client.isHeard()) {
      return;
    }
    let answer = await this.client.request("REPORT", message.from, message.id, why === "" ? "-" : why);
    if (answer.some((line) => line.command === "401")) {
      // Of a hook, or of a guest who went long ago, the server knows the message alone. Whose it is
      // stands in the reason: operators may read no more than that.
      answer = await this.client.request("REPORT", message.id, `(${message.from}) ${why}`.trim());
    }
    if (answer.length === 0) {
      this.client.isHeard(); // the line broke
      return;
    }
    const refusal = refusalIn(answer);
    this.client.tell(refusal === null ? "info" : "error", "REPORT", refusal ?? text.of.reported);
  }

  askNickServ(...words: string[]): Promise<string[]> {
    return this.client.request("PRIVMSG", "NickServ", words.join(" ")).then(noticesIn);
  }

  /** What it says is shown like anything that the server says. */
  async tellNickServ(...words: string[]): Promise<void> {
    if (!this.client.isHeard()) {
      return;
    }
    (await this.askNickServ(...words)).forEach((said) => this.client.tell("info", "NOTICE", said));
  }

  react(target: string, id: string, emoji: string, add: boolean): void {
    this.client.sendRaw(react(target, id, emoji, add));
  }

  typing(target: string, how: "active" | "paused" | "done"): void {
    const now = Date.now();
    const fresh = this.lastTyping.target === target && now - this.lastTyping.at < typingEachMs;
    if (!this.client.can("message-tags") || (how === "active" && fresh)) {
      return;
    }
    if (how === "done" && this.lastTyping.target !== target) {
      return;
    }
    this.lastTyping = how === "done" ? { target: "", at: 0 } : { target, at: now };
    // Who may not speak there may not say so either, and need not hear of it.
    const tags = { "+typing": how };
    if (this.client.can("labeled-response")) {
      void this.client.requestWith(tags, "TAGMSG", target);
    } else {
      this.client.sendAside("TAGMSG", [target], tags);
    }
  }
}
