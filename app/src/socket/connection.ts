// SPDX-License-Identifier: Apache-2.0
// The way to the server: opens a WebSocket, says who we are (CAP, SASL, NICK, USER), keeps watch and
// calls again when the line breaks. Lines go up to who owns it; it knows nothing of rooms. What need
// not wait for an answer does not: each round trip is a part of how long coming in takes.
import { wantedCapabilities, parseTokens } from "../wire/capabilities";
import { fold, formatLine, nicknameOf, parseLine, type Line } from "../wire/line";
import { delayBefore } from "./backoff";

export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  send(text: string): void;
  close(): void;
}

/** What the world around gives: the browser, or a test. */
export interface Surroundings {
  open(): Socket;
  now(): number;
  chance(): number;
  later(ms: number, what: () => void): () => void;
}

export interface Identity {
  nickname: string;
  /** Sent by SASL PLAIN. */
  password?: string;
  /** Known by the cookie of the handshake: SASL EXTERNAL proves it. */
  cookie?: boolean;
  realName?: string;
  /** The server's own, for everybody: PASS. */
  serverPassword?: string;
}

export type Status =
  | { is: "closed" }
  | { is: "connecting" }
  | { is: "registering" }
  | { is: "open" }
  | { is: "waiting"; until: number; attempt: number };

export interface Owner {
  heard(line: Line): void;
  /** Registered: 001 has been heard, the capabilities are known. */
  status(now: Status): void;
  /** The server will not have us; nothing is tried again. */
  refused(why: Refusal): void;
}

/** Forgotten: the cookie has run out, or another browser ended what it was good for. Server password:
 * the one for everybody, and none of an account was told. */
export type RefusalKind = "nickname" | "password" | "server password" | "forgotten" | "banned" | "evicted" | "other";
export interface Refusal {
  kind: RefusalKind;
  code: string;
  text: string;
}

/** Silence after which a sign of life is asked for, and how long it may take. */
export const silenceMs = 40_000;
export const answerMs = 15_000;
/** Somebody ended this session from another one: coming back would undo it (irc_evicted in the server's
 * texts.inc; the protocol has no word for it). */
const evicted = /another of your sessions|otra de tus sesiones/i;
/** Nicknames tried beside the wished one when we come back and the old session still holds it. */
const suffixesMax = 5;
/** How often the wished one is asked for again once we are back, and when first; later each time. */
const reclaimsMax = 4;
export const reclaimMs = 60_000;

export class Connection {
  readonly capabilities = new Set<string>();
  readonly offered = new Map<string, string>();
  private socket: Socket | null = null;
  private cancelTimer: () => void = () => undefined;
  private attempt = 0;
  private lastHeard = 0;
  private wanted = false;
  private open = false;
  private registered = false;
  private wasRegistered = false;
  private suffix = 0;
  /** All that it can do has been listed. */
  private listed = false;
  private identity: Identity | null = null;
  /** The name that she wants: the one she came with, or took since. */
  private wished = "";
  /** As the server calls us. */
  private nickname = "";
  private reclaims = 0;
  private cancelReclaim: () => void = () => undefined;
  /** Its last word, where it closes on purpose. */
  private farewell = "";

  constructor(
    private readonly around: Surroundings,
    private readonly owner: Owner,
  ) {}

  /** Opens the way and asks what the server can do, for somebody who is about to say who she is. */
  knock(): void {
    if (this.socket === null && !this.wanted) {
      this.call();
    }
  }

  start(identity: Identity): void {
    this.identity = identity;
    this.wished = identity.nickname;
    this.wanted = true;
    const { socket } = this;
    if (socket === null || identity.cookie === true) {
      this.drop(); // the cookie came after the handshake
      this.call();
    } else if (this.open) {
      this.introduce(identity, socket);
    } else {
      this.owner.status({ is: "connecting" });
    }
  }

  /** For good. */
  stop(reason = ""): void {
    this.wanted = false;
    this.cancelTimer();
    if (this.registered) {
      this.write(formatLine("QUIT", reason === "" ? [] : [reason]));
    }
    this.drop();
    this.owner.status({ is: "closed" });
  }

  /** The machine woke, the network is back, the reader looks: no need to wait longer. */
  nudge(): void {
    if (!this.wanted) {
      return;
    }
    if (this.socket === null) {
      this.cancelTimer();
      this.call();
    } else if (this.registered && this.around.now() - this.lastHeard > answerMs) {
      this.askForSign();
    }
  }

  /** False when there is nobody to hear it. */
  send(line: string): boolean {
    if (!this.registered) {
      return false;
    }
    this.write(line);
    return true;
  }

  private write(line: string): void {
    this.socket?.send(line);
  }

  private call(): void {
    if (this.wanted) {
      this.owner.status({ is: "connecting" });
    }
    this.capabilities.clear();
    this.offered.clear();
    this.open = this.listed = this.registered = false;
    this.farewell = "";
    const socket = this.around.open();
    this.socket = socket;
    this.cancelTimer();
    this.cancelTimer = this.around.later(answerMs, () => this.broken(socket));
    socket.onopen = () => {
      this.open = true;
      this.lastHeard = this.around.now();
      this.write("CAP LS 302");
      if (this.identity !== null) {
        this.introduce(this.identity, socket);
      } else {
        this.cancelTimer();
      }
    };
    socket.onmessage = (event) => {
      if (this.socket === socket && typeof event.data === "string") {
        this.lastHeard = this.around.now();
        for (const text of event.data.split(/\r?\n/)) {
          const line = parseLine(text);
          if (line !== null) {
            this.hear(line);
          }
        }
      }
    };
    socket.onclose = () => this.broken(socket);
  }

  private introduce(identity: Identity, socket: Socket): void {
    this.owner.status({ is: "registering" });
    if (identity.serverPassword !== undefined) {
      this.write(formatLine("PASS", [identity.serverPassword]));
    }
    this.write(formatLine("NICK", [this.nicknameToTry()]));
    this.write(formatLine("USER", ["web", "0", "*", identity.realName ?? identity.nickname]));
    this.watch(socket);
    if (this.listed) {
      this.request();
    }
  }

  private nicknameToTry(): string {
    return this.wished + (this.suffix === 0 ? "" : `_${this.suffix}`);
  }

  /** The old session that holds the wished name will be gone before long. */
  private reclaimLater(): void {
    this.cancelReclaim();
    if (this.registered && this.nickname !== this.wished && this.reclaims < reclaimsMax) {
      const wait = reclaimMs * 2 ** this.reclaims;
      this.cancelReclaim = this.around.later(wait, () => this.reclaim());
    }
  }

  private reclaim(): void {
    if (this.registered && this.nickname !== this.wished) {
      this.reclaims += 1;
      this.write(formatLine("NICK", [this.wished]));
      this.reclaimLater();
    }
  }

  /** Who has which name. Whatever she takes now she wants. */
  private followNames(line: Line): void {
    const who = fold(nicknameOf(line.source));
    const [after = ""] = line.parameters;
    if (line.command === "NICK" && who === fold(this.nickname)) {
      this.nickname = this.wished = after;
      this.cancelReclaim();
    } else if (who === fold(this.wished)) {
      this.reclaim(); // it is free now
    }
  }

  private watch(socket: Socket): void {
    this.cancelTimer();
    const wait = Math.max(1_000, this.lastHeard + silenceMs - this.around.now());
    this.cancelTimer = this.around.later(wait, () => {
      if (this.around.now() - this.lastHeard >= silenceMs) {
        this.askForSign();
      } else {
        this.watch(socket);
      }
    });
  }

  private askForSign(): void {
    const socket = this.socket;
    if (socket === null) {
      return;
    }
    const asked = this.around.now();
    this.write(formatLine("PING", [`${asked}`]));
    this.cancelTimer();
    this.cancelTimer = this.around.later(answerMs, () => {
      if (this.lastHeard < asked) {
        this.broken(socket);
      } else {
        this.watch(socket);
      }
    });
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    this.open = this.registered = false;
    this.cancelReclaim();
    if (socket !== null) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }

  private broken(socket: Socket): void {
    if (this.socket !== socket) {
      return;
    }
    this.cancelTimer();
    this.drop();
    if (!this.wanted) {
      return;
    }
    if (evicted.test(this.farewell)) {
      this.refuse("evicted", "ERROR", this.farewell);
      return;
    }
    const wait = delayBefore(this.attempt, this.around.chance());
    this.attempt += 1;
    this.owner.status({ is: "waiting", until: this.around.now() + wait, attempt: this.attempt });
    this.cancelTimer = this.around.later(wait, () => this.call());
  }

  private refuse(kind: RefusalKind, code: string, text: string): void {
    this.wanted = false;
    this.cancelTimer();
    this.drop();
    this.owner.refused({ kind, code, text });
    this.owner.status({ is: "closed" });
  }

  private hear(line: Line): void {
    const last = line.parameters[line.parameters.length - 1] ?? "";
    switch (line.command) {
      case "PING":
        this.write(formatLine("PONG", line.parameters));
        return;
      case "PONG":
        return;
      case "CAP":
        this.negotiate(line);
        break;
      case "ERROR":
        this.farewell = last;
        return;
      case "AUTHENTICATE":
        this.authenticate(line.parameters[0] ?? "");
        return;
      case "903":
        this.write("CAP END");
        break;
      case "902":
      case "904":
      case "905":
        this.refuse(this.identity?.cookie === true ? "forgotten" : "password", line.command, last);
        return;
      case "001":
        this.registered = true;
        this.wasRegistered = true;
        this.attempt = 0;
        this.nickname = line.parameters[0] ?? this.wished;
        this.reclaims = 0;
        this.owner.heard(line);
        this.owner.status({ is: "open" });
        if (this.suffix > 0) {
          this.suffix = 0;
          this.reclaimLater();
        }
        return;
      case "NICK":
      case "QUIT":
        this.followNames(line);
        break;
      case "432":
      case "433":
      case "436":
      case "437":
        if (!this.registered) {
          this.nicknameRefused(line.command, last);
          return;
        }
        if (this.isReclaim(line)) {
          return;
        }
        break;
      case "464":
        if (!this.registered) {
          this.refuse(this.identity?.password === undefined ? "server password" : "password", line.command, last);
          return;
        }
        break; // OPER's, say
      case "465":
        this.refuse("banned", line.command, last);
        return;
      case "FAIL":
        if (!this.registered && line.parameters[1] === "ACCOUNT_REQUIRED") {
          this.refuse("password", "ACCOUNT_REQUIRED", last);
          return;
        }
        break;
    }
    this.owner.heard(line);
  }

  /** Nobody but this asked for the name, and it will be asked again. */
  private isReclaim(line: Line): boolean {
    return this.reclaims > 0 && line.parameters[1] === this.wished && this.nickname !== this.wished;
  }

  /** Who was here a moment ago and comes back takes a name beside the one an old session holds. */
  private nicknameRefused(code: string, text: string): void {
    if (code === "433" && this.identity !== null && this.wasRegistered && this.suffix < suffixesMax) {
      this.suffix += 1;
      this.write(formatLine("NICK", [this.nicknameToTry()]));
    } else {
      this.refuse("nickname", code, text);
    }
  }

  private negotiate(line: Line): void {
    const verb = line.parameters[1]?.toUpperCase();
    const more = line.parameters[2] === "*" && line.parameters.length > 3;
    const words = (line.parameters[line.parameters.length - 1] ?? "").split(" ").filter(Boolean);
    if (verb === "LS" || verb === "NEW") {
      for (const [name, value] of parseTokens(words)) {
        this.offered.set(name, value);
      }
      this.listed = !more;
      if (this.listed && this.identity !== null) {
        this.request();
      }
    } else if (verb === "ACK") {
      words.forEach((name) => this.capabilities.add(name));
      if (words.includes("sasl") && !this.registered) {
        this.write(`AUTHENTICATE ${this.identity?.password === undefined ? "EXTERNAL" : "PLAIN"}`);
      }
    } else if (verb === "NAK") {
      if (words.includes("sasl") && !this.registered) {
        this.refuse("password", "NO_SASL", "");
      }
    } else if (verb === "DEL") {
      words.forEach((name) => {
        this.capabilities.delete(name);
        this.offered.delete(name);
      });
    }
  }

  private request(): void {
    const proof = this.registered ? "none" : this.proof();
    if (proof === "impossible") {
      this.refuse(this.identity?.cookie === true ? "forgotten" : "password", "NO_SASL", "");
      return;
    }
    const wishes = wantedCapabilities.filter(
      (name) =>
        this.offered.has(name) &&
        !this.capabilities.has(name) &&
        (name !== "sasl" || proof === "sasl"),
    );
    // Each by itself in short lines: one that is refused takes no other with it.
    for (let at = 0; at < wishes.length; at += 8) {
      this.write(formatLine("CAP", ["REQ", wishes.slice(at, at + 8).join(" ")]));
    }
    // What is acknowledged is heard before the welcome. A proof is waited for (903).
    if (!this.registered && proof === "none") {
      this.write("CAP END");
    }
  }

  private proof(): "none" | "sasl" | "impossible" {
    const { password, cookie } = this.identity ?? {};
    if (password === undefined && cookie !== true) {
      return "none";
    }
    const mechanisms = this.offered.get("sasl");
    const possible =
      password === undefined ? mechanisms?.includes("EXTERNAL") === true : mechanisms !== undefined;
    return possible ? "sasl" : "impossible";
  }

  private authenticate(challenge: string): void {
    const { nickname, password } = this.identity ?? {};
    if (challenge !== "+") {
      return;
    }
    if (password === undefined) {
      this.write("AUTHENTICATE +");
      return;
    }
    const bytes = new TextEncoder().encode(`\0${nickname}\0${password}`);
    const text = btoa(String.fromCharCode(...bytes));
    const chunk = 400;
    for (let at = 0; at < text.length; at += chunk) {
      this.write(`AUTHENTICATE ${text.slice(at, at + chunk)}`);
    }
    if (text.length % chunk === 0) {
      this.write("AUTHENTICATE +");
    }
  }
}
