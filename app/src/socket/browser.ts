// SPDX-License-Identifier: Apache-2.0
// What the browser gives a connection: its WebSocket, clock, chance and timers.
import type { Socket, Surroundings } from "./connection";

function address(): string {
  return `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/irc`;
}

function open(): Socket {
  const real = new WebSocket(address(), ["text.ircv3.net"]);
  const made: Socket = {
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (line) => {
      if (real.readyState === WebSocket.OPEN) {
        real.send(line);
      }
    },
    close: () => real.close(),
  };
  real.onopen = () => made.onopen?.();
  real.onmessage = (event: MessageEvent<unknown>) => made.onmessage?.(event);
  real.onclose = (event) => made.onclose?.(event);
  return made;
}

export const browser: Surroundings = {
  open,
  now: () => Date.now(),
  chance: () => Math.random(),
  later: (ms, what) => {
    const timer = setTimeout(what, ms);
    return () => clearTimeout(timer);
  },
};
