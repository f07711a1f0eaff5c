// SPDX-License-Identifier: Apache-2.0
// Files on their way to the server, each by itself: how far it is, what went wrong, what became of it.
// They are part of a message when it is sent.
import { size } from "../format/time";
import { text } from "../text/texts.svelte";
import { largestFile, upload, UploadFault, type Upload } from "./files";

export interface Sending {
  readonly number: number;
  readonly file: File;
  /** Of a picture: what it looks like. */
  readonly preview: string;
  part: number;
  fault: string;
  /** Where it is, once it is there. */
  address: string;
  work: Upload | null;
}

export class Uploads {
  list = $state<Sending[]>([]);
  private count = 0;

  get underWay(): boolean {
    return this.list.some((one) => one.address === "" && one.fault === "");
  }

  get arrived(): string[] {
    return this.list.map((one) => one.address).filter(Boolean);
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
        address: "",
        work: null,
      });
      void this.start(this.count);
    }
  }

  async start(number: number): Promise<void> {
    const one = this.list.find((it) => it.number === number);
    if (one === undefined) {
      return;
    }
    one.fault = "";
    one.part = 0;
    const most = await largestFile();
    if (one.file.size > most) {
      one.fault = text.of.tooLarge(size(most, text.locale));
      return;
    }
    one.work = upload(one.file, (part) => (one.part = part));
    one.work.done.then(
      (address) => (one.address = address),
      (fault: unknown) => {
        if (fault instanceof UploadFault && fault.status >= 0) {
          one.fault =
            fault.status === 507 || fault.status === 413
              ? `${text.of.uploadFailed} (${fault.message})`
              : fault.message || text.of.uploadFailed;
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

  clear(): void {
    this.list.forEach((one) => this.forget(one));
    this.list = [];
  }

  private forget(one: Sending | undefined): void {
    if (one !== undefined && one.preview !== "") {
      URL.revokeObjectURL(one.preview);
    }
  }
}
