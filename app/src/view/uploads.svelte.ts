// SPDX-License-Identifier: Apache-2.0
// Files on their way to the server, each by itself: how far it is, what went wrong, what became of it.
// They are part of a message when it is sent.
import { size } from "../format/time";
import type { About } from "../state/about";
import type { Key } from "../state/model";
import { text } from "../text/texts.svelte";
import { upload, UploadFault, uploadLimits, type Upload } from "./files";

/** Not for her, too large, or no such picture. */
const hopeless: readonly number[] = [403, 413, 415, 422];

/** What else is in a picture that was not made anew, or in a film. */
const tellsPlace = /^(image|video)\//;

export interface Sending {
  readonly number: number;
  readonly file: File;
  /** Of a picture: what it looks like. */
  readonly preview: string;
  part: number;
  fault: string;
  /** It would go wrong once more. */
  hopeless: boolean;
  /** Where it is, once it is there. */
  address: string;
  /** It may say where and when it was taken. */
  tellsPlace: boolean;
  work: Upload | null;
}

/** What is said with the files as soon as they are there. */
export interface Waiting {
  readonly text: string;
  /** What it answers. */
  readonly about: About | null;
}

export class Uploads {
  /** Whoever looks at another conversation meanwhile finds them when she comes back. */
  private static readonly all = new Map<Key, Uploads>();

  static of(conversation: Key): Uploads {
    const found = this.all.get(conversation) ?? new Uploads(conversation);
    this.all.set(conversation, found);
    return found;
  }

  /** Its room or person has another name; files that wait under that name stay where they are. */
  static moved(from: Key, to: Key): void {
    const found = this.all.get(from);
    if (found !== undefined && (this.all.get(to)?.list.length ?? 0) === 0) {
      this.all.delete(from);
      this.all.set(to, found);
      found.key = to;
    }
  }

  /** Whoever comes in next is not whose they are. */
  static dropAll(): void {
    for (const one of this.all.values()) {
      one.takeBack();
      one.list.forEach(({ number }) => one.drop(number));
    }
    this.all.clear();
  }

  /** Or a message that waits for them. */
  static get anyUnderWay(): boolean {
    return [...this.all.values()].some((one) => one.underWay || one.waiting !== null);
  }

  list = $state<Sending[]>([]);
  waiting = $state.raw<Waiting | null>(null);
  private say: (key: Key, links: string[]) => void = () => undefined;
  /** Those of which it was known that they had failed: it goes without them. */
  private without: ReadonlySet<number> = new Set();
  private count = 0;

  private constructor(private key: Key) {}

  get underWay(): boolean {
    return this.list.some((one) => one.address === "" && one.fault === "");
  }

  get arrived(): string[] {
    return this.list.map((one) => one.address).filter(Boolean);
  }

  /** The next message goes with what is here; not where another one waits for that. */
  get isForNext(): boolean {
    return this.waiting === null && (this.underWay || this.arrived.length > 0);
  }

  get mustWait(): boolean {
    return this.waiting === null && this.underWay;
  }

  wait(what: Waiting, say: (key: Key, links: string[]) => void): void {
    this.waiting = what;
    this.say = say;
    this.without = new Set(this.list.filter((one) => one.fault !== "").map((one) => one.number));
  }

  /** It waits no more, and is not said. */
  takeBack(): Waiting | null {
    const { waiting } = this;
    this.waiting = null;
    return waiting;
  }

  private lookAtWaiting(): void {
    const areThere = this.list.every((one) => one.address !== "" || this.without.has(one.number));
    if (this.waiting !== null && areThere) {
      this.waiting = null;
      this.say(this.key, this.take());
    }
  }

  /** What goes with a message. What went wrong stays, with the word why. */
  take(): string[] {
    if (this.waiting !== null) {
      return [];
    }
    const links = this.arrived;
    this.list.filter((one) => one.address !== "").forEach((one) => this.forget(one));
    this.list = this.list.filter((one) => one.address === "");
    return links;
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      this.count += 1;
      this.list.push({
        number: this.count,
        file,
        preview: file.type.startsWith("image/") ? URL.createObjectURL(file) : "",
        part: 0,
        fault: "",
        hopeless: false,
        address: "",
        tellsPlace: false,
        work: null,
      });
      void this.start(this.count);
    }
  }

  /** Once more: the server may find room that it did not count. */
  again(number: number): void {
    void this.start(number, true);
  }

  private async start(number: number, again = false): Promise<void> {
    const one = this.list.find((it) => it.number === number);
    if (one === undefined) {
      return;
    }
    one.fault = "";
    one.part = 0;
    const { each, left } = await uploadLimits();
    if (!this.list.includes(one)) {
      return; // dropped meanwhile
    }
    if (one.file.size > each) {
      one.fault = text.of.tooLarge(size(each, text.locale));
      one.hopeless = true;
      return;
    }
    // With nothing at all there is another reason, which the server says.
    if (!again && left > 0 && one.file.size > left) {
      one.fault = text.of.noRoomLeft(size(left, text.locale));
      return;
    }
    one.work = upload(one.file, (part) => (one.part = part));
    one.work.done.then(
      ({ address, cleaned }) => {
        one.address = address;
        one.tellsPlace = !cleaned && tellsPlace.test(one.file.type);
        this.lookAtWaiting();
      },
      (fault: unknown) => {
        if (fault instanceof UploadFault && fault.status >= 0) {
          one.hopeless = hopeless.includes(fault.status);
          one.fault = text.of.uploadRefused[fault.code] ?? text.of.uploadFailed;
        }
      },
    );
  }

  drop(number: number): void {
    const one = this.list.find((it) => it.number === number);
    one?.work?.cancel();
    this.forget(one);
    this.list = this.list.filter((it) => it.number !== number);
  }

  private forget(one: Sending | undefined): void {
    if (one !== undefined && one.preview !== "") {
      URL.revokeObjectURL(one.preview);
    }
  }
}
