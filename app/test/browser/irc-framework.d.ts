// SPDX-License-Identifier: Apache-2.0
// As much of irc-framework as the tests use; it brings no types of its own.
declare module "irc-framework" {
  type Event = Record<string, unknown> & { nick?: string; message?: string; channel?: string };
  export class Client {
    constructor(options: Record<string, unknown>);
    connect(): void;
    quit(message?: string): void;
    join(room: string): void;
    say(target: string, text: string): void;
    action(target: string, text: string): void;
    setTopic(room: string, topic: string): void;
    raw(...words: string[]): void;
    whois(nickname: string, then: (event: Event) => void): void;
    on(name: string, hear: (event: Event) => void): void;
    network: { cap: { isEnabled(name: string): boolean }; options: Record<string, unknown> };
    user: { nick: string };
  }
}
declare module "irc-framework/src/transports/websocket.js" {
  const transport: unknown;
  export default transport;
}
