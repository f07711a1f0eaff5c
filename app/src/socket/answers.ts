// SPDX-License-Identifier: Apache-2.0
// Answers that somebody waits for: what comes back under a label, a line or a batch, goes to who asked
// and not into the conversations (IRCv3 labeled-response).
import type { Line } from "../wire/line";
import { isTooLong } from "../wire/pieces";

export type Answer = readonly Line[];

/** ERR_INPUTTOOLONG */
const tooLong = "417";

interface Coming {
  readonly label: string;
  readonly root: string;
  readonly lines: Line[];
}

export class Answers {
  private readonly waiting = new Map<string, (answer: Answer) => void>();
  /** Of these, those that were asked for with a line that the server may find too long to read. */
  private readonly unread = new Set<string>();
  /** By the reference of each batch that belongs to an answer: a batch may hold others. */
  private readonly coming = new Map<string, Coming>();

  /** Resolves with all lines of the answer; with none when the line breaks first, or the one that asks is
   * refused unread. */
  expect(label: string, asking: string): Promise<Answer> {
    if (isTooLong(asking)) {
      this.unread.add(label);
    }
    return new Promise((resolve) => this.waiting.set(label, resolve));
  }

  /** True: the line is part of an answer, and nobody else's. */
  take(line: Line): boolean {
    const part = this.coming.get(line.tags["batch"] ?? "");
    const [reference = ""] = line.parameters;
    if (line.command === "BATCH" && reference.startsWith("-")) {
      return this.close(line, reference.slice(1));
    }
    const label = line.tags["label"] ?? "";
    if (line.command === tooLong && label === "") {
      this.refusedUnread();
      return false; // which is told as ever
    }
    if (part === undefined && !this.waiting.has(label)) {
      return false;
    }
    const of = part ?? { label, root: reference.slice(1), lines: [] };
    of.lines.push(line);
    if (line.command === "BATCH") {
      this.coming.set(reference.slice(1), of);
    } else if (part === undefined) {
      this.resolve(of);
    }
    return true;
  }

  private close(line: Line, reference: string): boolean {
    const of = this.coming.get(reference);
    if (of === undefined) {
      return false;
    }
    of.lines.push(line);
    this.coming.delete(reference);
    if (reference === of.root) {
      this.resolve(of);
    }
    return true;
  }

  private resolve(of: Coming): void {
    this.waiting.get(of.label)?.(of.lines);
    this.waiting.delete(of.label);
    this.unread.delete(of.label);
  }

  /** Such lines are refused one after the other, as they come. */
  private refusedUnread(): void {
    const [label] = this.unread;
    if (label !== undefined) {
      this.resolve({ label, root: "", lines: [] });
    }
  }

  lineBroke(): void {
    this.waiting.forEach((resolve) => resolve([]));
    this.waiting.clear();
    this.unread.clear();
    this.coming.clear();
  }
}
