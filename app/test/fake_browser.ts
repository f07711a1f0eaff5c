// SPDX-License-Identifier: Apache-2.0
// The browser around a connection: sockets that a test speaks through, a clock that only it moves.
import type { Socket, Surroundings } from "../src/socket/connection";

export class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  sent: string[] = [];
  closed = false;
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.closed = true;
  }
}

export class FakeBrowser {
  sockets: FakeSocket[] = [];
  time = 0;
  private timers: { at: number; what: () => void }[] = [];

  readonly around: Surroundings = {
    open: () => {
      const socket = new FakeSocket();
      this.sockets.push(socket);
      return socket;
    },
    now: () => this.time,
    chance: () => 1,
    later: (ms, what) => {
      const timer = { at: this.time + ms, what };
      this.timers.push(timer);
      return () => {
        this.timers = this.timers.filter((one) => one !== timer);
      };
    },
  };

  get socket(): FakeSocket {
    const last = this.sockets[this.sockets.length - 1];
    if (last === undefined) {
      throw new Error("nothing was opened");
    }
    return last;
  }

  says(...lines: string[]): void {
    lines.forEach((data) => this.socket.onmessage?.({ data }));
  }

  opens(capabilities = "message-tags echo-message"): void {
    this.socket.onopen?.();
    this.says(`:t CAP * LS :${capabilities}`);
  }

  breaks(): void {
    this.socket.onclose?.({ code: 1006, reason: "" });
  }

  passes(ms: number): void {
    this.time += ms;
    const due = this.timers.filter((one) => one.at <= this.time);
    this.timers = this.timers.filter((one) => one.at > this.time);
    due.forEach((one) => one.what());
  }
}
