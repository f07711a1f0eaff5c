// SPDX-License-Identifier: Apache-2.0
// The completion that is offered while somebody writes, and the one of its choices that is chosen.
import type { Choice, Completion } from "./completion";

export class Completing {
  offered = $state.raw<Completion | null>(null);
  chosen = $state(0);
  private question = 0;

  get choice(): Choice | undefined {
    return this.offered?.choices[this.chosen];
  }

  /** Only the last question counts: answers may overtake each other. */
  async ask(answer: Promise<Completion | null>): Promise<Completion | null> {
    this.question += 1;
    const question = this.question;
    const found = await answer;
    if (question !== this.question) {
      return null;
    }
    this.offered = found;
    this.chosen = 0;
    return found;
  }

  /** What is asked may still be answered. */
  hide(): void {
    this.offered = null;
  }

  end(): void {
    this.question += 1;
    this.hide();
  }

  move(by: number): void {
    const count = this.offered?.choices.length ?? 1;
    this.chosen = (this.chosen + by + count) % count;
  }
}
