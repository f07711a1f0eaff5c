// SPDX-License-Identifier: Apache-2.0
// People at other programs than the browser: a socket, what came through it, and waiting for more.
import { connect, type Socket } from "node:net";

const patienceMs = 30_000;

export class Caller {
  protected readonly socket: Socket;
  /** What came, a line an entry; a dialect without lines puts in what it shows. */
  readonly shown: string[] = [];
  private waiting: (() => void)[] = [];

  constructor(port: number) {
    this.socket = connect(port, "127.0.0.1");
    this.socket.setNoDelay(true);
    this.socket.on("error", () => undefined);
    this.socket.on("data", (data) => {
      this.shown.push(...this.show(data));
      this.waiting.splice(0).forEach((look) => look());
    });
  }

  protected show(data: Buffer): string[] {
    return [data.toString("utf8")];
  }

  write(data: string): void {
    this.socket.write(data);
  }

  /** The first line, from number `start` on, that fits. */
  async sees(pattern: RegExp, start = 0): Promise<RegExpExecArray> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      for (const line of this.shown.slice(start)) {
        const found = pattern.exec(line);
        if (found !== null) {
          return found;
        }
      }
      const left = deadline - Date.now();
      if (left <= 0) {
        throw new Error(`nothing like ${pattern}; on the screen:\n${this.shown.slice(-20).join("\n")}`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  leave(): void {
    this.socket.destroy();
  }
}

/** Somebody at an IRC client that can do what the server can. */
export class IrcCaller extends Caller {
  private rest = "";
  private constructor(
    port: number,
    readonly name: string,
  ) {
    super(port);
  }

  static async enter(port: number, name: string, ...rooms: string[]): Promise<IrcCaller> {
    const made = new IrcCaller(port, name);
    made.send("CAP REQ :message-tags batch echo-message draft/metadata-2 draft/multiline");
    made.send(`NICK ${name}`, `USER ${name} 0 * :${name}`, "CAP END");
    await made.sees(/ (376|422) /);
    for (const room of rooms) {
      made.send(`JOIN ${room}`);
      await made.sees(new RegExp(` 366 \\S+ ${room} `));
    }
    return made;
  }

  protected override show(data: Buffer): string[] {
    const lines = (this.rest + data.toString("utf8")).split("\r\n");
    this.rest = lines.pop() ?? "";
    lines.filter((one) => one.startsWith("PING")).forEach((one) => this.send(one.replace("PING", "PONG")));
    return lines;
  }

  send(...lines: string[]): void {
    this.write(lines.map((one) => `${one}\r\n`).join(""));
  }

  /** Says it, and returns its msgid. */
  async says(target: string, text: string, tags = ""): Promise<string> {
    const start = this.shown.length;
    if (text.includes("\n")) {
      this.send(`${tags === "" ? "" : `@${tags} `}BATCH +m draft/multiline ${target}`);
      this.send(...text.split("\n").map((one) => `@batch=m PRIVMSG ${target} :${one}`), "BATCH -m");
    } else {
      this.send(`${tags === "" ? "" : `@${tags} `}PRIVMSG ${target} :${text}`);
    }
    const verb = text.includes("\n") ? "BATCH \\+\\S+ draft/multiline" : "PRIVMSG";
    const me = this.name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    const [, id = ""] = await this.sees(new RegExp(`msgid=([^; ]+)\\S* :${me}!\\S+ ${verb} `), start);
    return id;
  }

  reacts(target: string, id: string, emoji: string): void {
    this.send(`@+draft/reply=${id};+draft/react=${emoji} TAGMSG ${target}`);
  }
}
