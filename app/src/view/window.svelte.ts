// SPDX-License-Identifier: Apache-2.0
// Which rows of a conversation are in the page: some hundred of the state's window, around where the
// reader looks. Only messages are remembered as edges: they keep their place when rows come in before.
import { keepRows, rowsOf, type Row } from "../format/rows";
import type { Conversation } from "../state/model";
import { client } from "./client.svelte";
import { settings } from "./settings.svelte";

/** A row is rarely lower. */
const rowPx = 56;
/** Rows at the end: as many as can be seen at first, and more when the page has nothing to do. */
const shownAtEnd = 90;
/** Rows that come in at once: few, so that no frame of a reader who scrolls has much to do; more for
 * one who is nearly there. */
const stepMin = 5;
const stepMax = 15;
const shownMax = 210;
/** Rows before and behind one that is jumped to. */
const around = 60;

function stepFor(px: number): number {
  return Math.min(stepMax, Math.max(stepMin, Math.ceil(px / rowPx)));
}

export class RowWindow {
  /** The first and last row in the page; null: as the end has it. */
  private from = $state<string | null>(null);
  private to = $state<string | null>(null);
  private atEnd = $state(Math.ceil(innerHeight / rowPx));
  private drawn: ReadonlyMap<string, Row> = new Map();

  constructor(
    private readonly of: () => Conversation,
    private readonly unreadAfter: () => number,
  ) {}

  readonly rows = $derived.by(() => {
    const of = this.of();
    const made = rowsOf(of.toNow ? [...of.messages, ...of.outbox] : of.messages, {
      unreadAfter: this.unreadAfter(),
      me: client.me,
      events: settings.kept.events,
    });
    const kept = keepRows(this.drawn, made);
    this.drawn = new Map(kept.map((row) => [row.id, row]));
    return kept;
  });
  private readonly places = $derived(new Map(this.rows.map((row, at) => [row.id, at])));

  readonly end = $derived(
    this.to === null || this.indexOf(this.to) < 0 ? this.rows.length : this.indexOf(this.to) + 1,
  );
  readonly start = $derived.by(() => {
    const at = this.indexOf(this.from);
    if (at < 0 || at >= this.end) {
      return Math.max(0, this.end - this.atEnd);
    }
    // What stands before a message and is none (its day, the line of the unread, who came) goes along.
    return this.rows.slice(0, at).findLastIndex((row) => row.is === "message") + 1;
  });
  readonly shown = $derived(this.rows.slice(this.start, this.end));
  /** How many rows are to come at the end before anybody scrolled. */
  readonly missing = $derived(
    this.from === null && this.start > 0 ? Math.max(0, shownAtEnd - this.atEnd) : 0,
  );
  readonly reachesEnd = $derived(this.end === this.rows.length);

  indexOf(id: string | null): number {
    return id === null ? -1 : (this.places.get(id) ?? -1);
  }

  private messageAt(at: number): string | null {
    return this.rows.slice(Math.max(0, at)).find((row) => row.is === "message")?.id ?? null;
  }
  private messageBefore(at: number): string | null {
    return this.rows.slice(0, at).findLast((row) => row.is === "message")?.id ?? null;
  }

  fill(): void {
    this.atEnd += stepMax;
  }

  /** Towards older ones, of which `px` are missing above. */
  slideUp(px: number): void {
    const first = Math.max(0, this.start - stepFor(px));
    const last = Math.min(this.end, first + shownMax);
    this.from = this.messageAt(first);
    this.to = last < this.rows.length ? this.messageBefore(last) : null;
  }

  slideDown(px: number): void {
    const last = Math.min(this.rows.length, this.end + stepFor(px));
    this.from = this.messageAt(Math.max(this.start, last - shownMax));
    const next = this.messageBefore(last);
    // Where only days and comings stand between, on to the next message.
    const to = this.indexOf(next) < this.end ? this.messageAt(last) : next;
    this.to = last < this.rows.length ? to : null;
  }

  toEnd(): void {
    this.from = this.to = null;
  }

  /** Rows that come in at the end no longer move the first one. */
  stay(): void {
    this.from ??= this.messageAt(this.start);
  }

  /** False: there is no such row. */
  goTo(id: string): boolean {
    const at = this.indexOf(id);
    if (at >= 0) {
      this.from = this.messageAt(at - around);
      this.to = at + around < this.rows.length ? this.messageBefore(at + around) : null;
    }
    return at >= 0;
  }
}
