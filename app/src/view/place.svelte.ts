// SPDX-License-Identifier: Apache-2.0
// Where in a conversation the reader is: at its end, which she follows, or at a message that stays
// where it is when rows come in above it. Made while its component is: the effects are that one's.
import { flushSync, tick, untrack } from "svelte";
import type { Conversation } from "../state/model";
import { client } from "./client.svelte";
import { whenIdle } from "./idle";
import { RowWindow } from "./window.svelte";

/** How near an end the next rows come in. */
const nearPx = 900;
/** The end is near enough to be meant. */
const endPx = 40;
/** Of the screen, by which a page goes on. */
const pagePart = 0.85;

/** A row, and how far below the upper edge of what is seen it begins. */
interface Anchor {
  readonly element: Element;
  readonly top: number;
}

/** Rows of other kinds come and go with what stands around them. */
function isMessage(row: Element): boolean {
  const id = row instanceof HTMLElement ? row.dataset["row"] : undefined;
  return id !== undefined && !/^(day |!|unread$)/.test(id);
}

/** The first at a row or beyond it. */
function messageFrom(rows: ArrayLike<Element>, at: number, step: 1 | -1): Element | undefined {
  const row = rows[at];
  return row === undefined || isMessage(row) ? row : messageFrom(rows, at + step, step);
}

export class ReadingPlace {
  /** At the end of what there is, and staying there. */
  pinned = $state(true);
  /** Which rows are in the page. */
  readonly page: RowWindow;
  /** What scrolls, and in it the rows; bound by the component, null when it is gone. */
  scroller: HTMLElement | null = null;
  inner: HTMLElement | null = null;

  /** On the way to another place: what was seen before is not held on to. */
  private jumping = false;
  /** Where it was when it was last scrolled: pictures that load move the end, not the reader. */
  private topBefore = 0;
  /** What stays where it is when something above it grows; and how far down that was. */
  private held: Anchor | null = null;
  private heldAt = -1;
  private looksSoon = false;

  constructor(
    private readonly of: () => Conversation,
    unreadAfter: () => number,
  ) {
    this.page = new RowWindow(of, unreadAfter);
    $effect.pre(() => {
      void this.page.shown;
      void of().typing;
      this.keep();
    });
    $effect(() => (this.page.missing > 0 ? whenIdle(() => this.page.fill()) : undefined));
    $effect(() => this.followSizes());
  }

  /** Where the rows are about to change. */
  private keep(): void {
    if (this.scroller === null) {
      return;
    }
    const kept = untrack(() => this.pinned) || this.jumping ? null : this.anchor();
    void tick().then(() => {
      if (this.scroller === null) {
        return;
      }
      if (untrack(() => this.pinned)) {
        this.goToEnd();
      } else if (kept !== null) {
        this.putBack(kept);
      }
      if (!this.jumping && this.isAtEnd(this.scroller)) {
        this.follow();
      }
      this.lookSoon();
    });
  }

  /** Pictures that load, a keyboard that opens: the end stays the end, and what is read stays where it
   * is read. */
  private followSizes(): () => void {
    const watch = new ResizeObserver(() => {
      if (this.pinned) {
        this.goToEnd();
      } else if (this.held !== null) {
        this.putBack(this.held);
      }
    });
    for (const one of [this.inner, this.scroller]) {
      if (one !== null) {
        watch.observe(one);
      }
    }
    return () => watch.disconnect();
  }

  private putBack(kept: Anchor): void {
    if (this.scroller === null || !kept.element.isConnected) {
      return;
    }
    const moved = this.topOf(kept.element) - kept.top;
    if (moved !== 0) {
      this.scroller.scrollTop += moved;
      this.hold(this.held);
    }
  }

  private hold(what: Anchor | null): void {
    this.held = what;
    this.heldAt = this.scroller?.scrollTop ?? -1;
  }

  private topOf(element: Element): number {
    return element.getBoundingClientRect().top - (this.scroller?.getBoundingClientRect().top ?? 0);
  }

  /** A message in the middle: what grows above it goes up, what grows below goes down. */
  private anchor(): Anchor | null {
    const seen = this.scroller?.getBoundingClientRect();
    const middleOfSeen = seen === undefined ? 0 : seen.top + seen.height / 2;
    const children = this.inner?.children ?? [];
    let from = 0;
    for (let to = children.length; from < to; ) {
      const middle = (from + to) >> 1;
      if ((children[middle]?.getBoundingClientRect().bottom ?? 0) > middleOfSeen) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    const element = messageFrom(children, from, 1) ?? messageFrom(children, from - 1, -1);
    return element === undefined ? null : { element, top: this.topOf(element) };
  }

  /** Once a frame, so that no frame draws more rows than one step has. */
  private lookSoon(): void {
    if (this.looksSoon) {
      return;
    }
    this.looksSoon = true;
    requestAnimationFrame(() => {
      this.looksSoon = false;
      if (this.scroller !== null) {
        this.look(this.scroller);
      }
    });
  }

  /** Slides the rows in the page, or asks for more, when the reader comes near an end. */
  private look({ scrollTop, scrollHeight, clientHeight }: HTMLElement): void {
    const of = this.of();
    const below = scrollHeight - scrollTop - clientHeight;
    if (scrollTop < nearPx && this.page.missing === 0) {
      if (this.page.start > 0) {
        this.page.slideUp(nearPx - scrollTop);
      } else {
        client.history.older(of);
      }
    }
    if (below < nearPx) {
      if (!this.page.reachesEnd) {
        this.page.slideDown(nearPx - below);
      } else if (!of.toNow) {
        client.history.newer(of);
      }
    }
  }

  private goToEnd(): void {
    if (this.scroller !== null) {
      this.scroller.scrollTop = this.scroller.scrollHeight;
      this.topBefore = this.scroller.scrollTop;
    }
  }

  scrolled(): void {
    if (this.scroller === null) {
      return;
    }
    const { scrollTop } = this.scroller;
    const stays = this.pinned && scrollTop >= this.topBefore;
    this.topBefore = scrollTop;
    if (this.isAtEnd(this.scroller)) {
      this.follow();
    } else if (stays && this.isEndHere) {
      this.goToEnd();
    } else {
      this.pinned = false;
      this.page.stay();
      if (scrollTop !== this.heldAt) {
        this.hold(this.anchor());
      }
    }
    this.lookSoon();
  }

  private get isEndHere(): boolean {
    return this.page.reachesEnd && this.of().toNow;
  }

  private isAtEnd({ scrollTop, scrollHeight, clientHeight }: HTMLElement): boolean {
    return scrollHeight - scrollTop - clientHeight < endPx && this.isEndHere;
  }

  private follow(): void {
    this.pinned = true;
    this.held = null;
    this.heldAt = -1;
    this.page.toEnd();
  }

  /** To what is said now, be it loaded or not. */
  toNow(): void {
    this.follow();
    if (this.of().toNow) {
      this.goToEnd();
    } else {
      client.history.latest(this.of());
    }
  }

  /** A page towards older messages, or newer ones. */
  turn(way: "up" | "down"): void {
    if (this.scroller === null) {
      return;
    }
    if (way === "up") {
      this.drawPageAbove(this.scroller);
    }
    this.scroller.scrollBy({ top: (way === "up" ? -1 : 1) * this.scroller.clientHeight * pagePart });
    this.scrolled(); // before a row that comes in takes her back to the end
  }

  /** The rows that are drawn first may fill less than the screen: there was nowhere to go. */
  private drawPageAbove(scroller: HTMLElement): void {
    while (this.page.missing > 0 && scroller.scrollTop < scroller.clientHeight) {
      flushSync(() => this.page.fill());
      if (this.pinned) {
        this.goToEnd();
      }
    }
  }

  /** False: there is no such row. */
  async jump(id: string): Promise<boolean> {
    this.pinned = false;
    if (!this.page.goTo(id)) {
      return false;
    }
    this.jumping = true;
    await tick();
    await tick();
    this.jumping = false;
    for (const one of this.inner?.children ?? []) {
      if (one instanceof HTMLElement && one.dataset["row"] === id) {
        one.scrollIntoView({ block: "center" });
        this.hold({ element: one, top: this.topOf(one) });
      }
    }
    return true;
  }
}
