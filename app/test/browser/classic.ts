// SPDX-License-Identifier: Apache-2.0
// The clients of the five classic systems (docs/classic): each takes whatever one read brings for one
// message, and shows it as the original did.
import { Caller } from "./people";

/** The formula of the original, which knows the letters of ASCII. */
function caesar(text: string, key: number): string {
  return text.replace(/[A-Za-z]/g, (letter) => {
    const first = letter < "a" ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - first + key + 26) % 26) + first);
  });
}

export abstract class ClassicCaller extends Caller {
  constructor(
    port: number,
    readonly name: string,
  ) {
    super(port);
  }

  abstract enter(): Promise<void>;
  abstract says(text: string): void;
}

class Base64Caller extends ClassicCaller {
  protected override show(data: Buffer): string[] {
    // A carriage return brings the cursor back: the line replaces the prompt.
    return data.toString("utf8").split("\n").filter(Boolean).map((one) => one.replace(/^.*\r/, ""));
  }

  override async enter(): Promise<void> {
    this.says("hola");
    await Promise.resolve();
  }

  override says(text: string): void {
    this.write(Buffer.from(`${this.name} ${text}\n`).toString("base64"));
  }
}

class CaesarCaller extends ClassicCaller {
  protected override show(data: Buffer): string[] {
    return caesar(data.toString("utf8"), -10).split("\n");
  }

  override async enter(): Promise<void> {
    this.says("hola");
    await Promise.resolve();
  }

  override says(text: string): void {
    this.write(caesar(`${this.name}: ${text}`, 10));
  }
}

class LabelsCaller extends ClassicCaller {
  private readonly room = "lobby";

  override async enter(): Promise<void> {
    this.request(this.name, "secreto123", "1");
    await this.sees(/\['1', 'ok'\]/);
    this.request(this.name, "secreto123", "2");
    await this.sees(/\['2', 'ok', /);
  }

  private request(...parts: string[]): void {
    const quoted = parts.map((one) => `'${one.replace(/\\/g, "\\\\").replace(/'/g, "\\'")}'`);
    this.write(`[${quoted.join(", ")}]`);
  }

  override says(text: string): void {
    this.request(`${this.name}: ${text}`, "3", this.room);
  }
}

class NicknameCaller extends ClassicCaller {
  protected override show(data: Buffer): string[] {
    const text = data.toString("utf8");
    if (text === "nombre del cliente") {
      this.write(this.name);
      return [];
    }
    return text.split("\n");
  }

  override async enter(): Promise<void> {
    await this.sees(/Conectado al servidor/);
  }

  override says(text: string): void {
    this.write(`${this.name}: ${text}`);
  }
}

class RosterCaller extends ClassicCaller {
  private id = "";

  protected override show(data: Buffer): string[] {
    const text = data.toString("utf8");
    if (text.startsWith("ID:")) {
      this.id = text.slice(3).trim();
      this.write(`NAME:${this.name}`);
    }
    return [text];
  }

  override async enter(): Promise<void> {
    await this.sees(new RegExp(`USERS:.*\\|\\|${this.name}`));
  }

  override says(text: string): void {
    this.write(`${this.id}||${this.name}||${text}`);
  }
}

export const classicCallers = {
  base64: Base64Caller,
  caesar: CaesarCaller,
  labels: LabelsCaller,
  nickname: NicknameCaller,
  roster: RosterCaller,
} as const;
