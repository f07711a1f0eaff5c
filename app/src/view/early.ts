// SPDX-License-Identifier: Apache-2.0
// The first script of the page, and a small one: while the app is still on its way, it calls the server
// for who is known by her cookie, and asks what was said where she goes. The app takes the connection
// over, and hears what has come meanwhile.
import { isLinked, readPlace } from "../format/address";
import { browser } from "../socket/browser";
import {
  Connection,
  type Identity,
  type Owner,
  type Refusal,
  type Status,
  type Surroundings,
} from "../socket/connection";
import { fewLines, latestPage } from "../wire/history";
import { formatLine, isRoomName, type Line } from "../wire/line";
import { load, type Kept } from "./kept";

/** Of what is asked about the room where one goes. */
const label = "early";
const needed = ["batch", "draft/chathistory", "labeled-response"];

/** A call to the server, that keeps what is said until there is somebody to hear it. */
export class Call implements Owner {
  readonly connection: Connection;
  /** What was asked when the connection opened; null: nothing. */
  asked: { readonly room: string; readonly label: string; readonly joined: boolean } | null = null;
  /** The answer is there, or none will come. */
  readonly answered: Promise<void>;
  private hasAnswer: () => void = () => undefined;
  private batch: string | null = null;
  private owner: Owner | null = null;
  private readonly said: ((to: Owner) => void)[] = [];

  constructor(
    identity: Identity,
    private readonly room: string | null,
    /** A link led there; else it is among her rooms, where the server brings her by itself. */
    private readonly joins: boolean,
    private readonly password: string,
    around: Surroundings = browser,
  ) {
    this.connection = new Connection(around, this);
    this.answered = new Promise((resolve) => (this.hasAnswer = resolve));
    this.connection.start(identity);
  }

  heard(line: Line): void {
    this.pass((to) => to.heard(line));
    const [reference = ""] = line.parameters;
    if (line.command === "BATCH" && line.tags["label"] === label) {
      this.batch = reference.slice(1);
    } else if (line.tags["label"] === label || (line.command === "BATCH" && reference === `-${this.batch}`)) {
      this.hasAnswer();
    }
  }
  status(now: Status): void {
    if (now.is === "open" && this.owner === null) {
      this.ask();
    }
    if (now.is === "waiting" || now.is === "closed") {
      this.hasAnswer();
    }
    if (now.is === "waiting" && this.owner === null) {
      this.said.length = 0; // it begins anew
      this.asked = this.batch = null;
    }
    this.pass((to) => to.status(now));
  }
  refused(why: Refusal): void {
    this.pass((to) => to.refused(why));
  }

  /** Tells all that was heard since the call began, and from then on what is. */
  tell(owner: Owner): void {
    this.owner = owner;
    this.said.splice(0).forEach((one) => one(owner));
  }

  private ask(): void {
    const { room, connection, joins, password } = this;
    if (room === null || !needed.every((one) => connection.capabilities.has(one))) {
      this.hasAnswer();
      return;
    }
    this.asked = { room, label, joined: joins };
    if (joins) {
      connection.send(formatLine("JOIN", [room, ...(password === "" ? [] : [password])]));
    }
    connection.send(latestPage(room, fewLines, { label }));
  }

  private pass(one: (to: Owner) => void): void {
    if (this.owner === null) {
      this.said.push(one);
    } else {
      one(this.owner);
    }
  }
}

/** Who comes back with a cookie. */
export function expectedIdentity({ account, nickname }: Kept): Identity | null {
  return account ? { nickname, cookie: true } : null;
}

function callNow(): Call | null {
  const kept = load();
  if (kept.theme !== "system") {
    document.documentElement.dataset["theme"] = kept.theme; // nothing is drawn yet
  }
  const identity = expectedIdentity(kept);
  if (identity === null) {
    return null;
  }
  const place = readPlace(location.hash);
  const room = place?.room ?? kept.rooms[0] ?? "";
  const isLed = location.hash !== "" && isLinked();
  return new Call(identity, isRoomName(room) ? room : null, isLed, place?.password ?? "");
}

let made = callNow();

/** There is no more to wait for before the page is drawn. */
export function earlyAnswer(): Promise<void> {
  return made?.answered ?? Promise.resolve();
}

/** The call that was made when the page came, once. */
export function earlyCall(): Call | null {
  const found = made;
  made = null;
  return found;
}
