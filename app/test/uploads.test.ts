// SPDX-License-Identifier: Apache-2.0
// Files on their way, with a server that takes its time to say how large they may be.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { uploadFault, UploadFault } from "../src/view/files";
import { text } from "../src/text/texts.svelte";
import { Uploads } from "../src/view/uploads.svelte";
import { stubPage } from "./page";

const door = vi.hoisted(() => ({
  open: (): void => undefined,
  left: Infinity,
  taken: [] as string[],
  fault: null as Error | null,
}));
vi.mock("../src/view/client.svelte", () => ({
  client: { world: { isupport: new Map([["soju.im/FILEHOST", "/upload"]]) } },
}));
vi.mock("../src/view/files", async (original) => ({
  ...(await original<object>()),
  uploadLimits: () => new Promise((resolve) => (door.open = () => resolve({ each: 100, left: door.left }))),
  upload: (file: File) => {
    door.taken.push(file.name);
    const cleaned = file.name.startsWith("clean");
    const done = door.fault ? Promise.reject(door.fault) : Promise.resolve({ address: `/files/${file.name}`, cleaned });
    return { done, cancel: () => undefined };
  },
}));

const file = new File(["x"], "x.txt", { type: "text/plain" });

/** All that waits has gone on. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

afterEach(() => {
  Uploads.dropAll();
  door.taken = [];
  door.fault = null;
  door.left = Infinity;
});

it("a file is uploaded once it is known how large it may be", async () => {
  const uploads = Uploads.of("#a");
  uploads.add([file]);
  door.open();
  await settled();
  expect(door.taken).toEqual(["x.txt"]);
  expect(uploads.arrived).toEqual(["/files/x.txt"]);
});

it("one that is too large, or for which there is no room left, is not, and says why", async () => {
  const uploads = Uploads.of("#a");
  uploads.add([new File(["x".repeat(101)], "large.txt")]);
  door.open();
  await settled();
  door.left = 50;
  uploads.add([new File(["x".repeat(51)], "more.txt")]);
  door.open();
  await settled();
  expect(door.taken).toEqual([]);
  const [large, more] = uploads.list;
  expect(large?.fault).toBe(text.of.tooLarge("100 B"));
  expect(more?.fault).toBe(text.of.noRoomLeft("50 B"));
  expect([large?.hopeless, more?.hopeless]).toEqual([true, false]); // something may be taken back
  uploads.again(more?.number ?? 0); // the server knows what was
  door.open();
  await settled();
  expect(door.taken).toEqual(["more.txt"]);
});

it("who has nothing left hears why from the server", async () => {
  door.left = 0;
  door.fault = new UploadFault(403, "guests_not_allowed", "");
  const uploads = Uploads.of("#a");
  uploads.add([file]);
  door.open();
  await settled();
  expect(uploads.list[0]?.fault).toBe(text.of.uploadRefused["guests_not_allowed"]);
});

describe("a message that waits for its files", () => {
  /** What was said of it: where, and with which files. */
  let said: [string, string[]][] = [];
  const waits = (uploads: Uploads): void =>
    uploads.wait({ text: "look", about: null }, (key, links) => said.push([key, links]));
  const arrives = async (): Promise<void> => {
    door.open();
    await settled();
  };
  beforeEach(() => {
    said = [];
  });

  it("is said with them as soon as they are there", async () => {
    const uploads = Uploads.of("#a");
    uploads.add([file]);
    expect([uploads.isForNext, uploads.mustWait]).toEqual([true, true]);
    waits(uploads);
    expect([uploads.isForNext, uploads.mustWait, Uploads.anyUnderWay]).toEqual([false, false, true]);
    expect(uploads.take()).toEqual([]); // they are not the next one's
    await arrives();
    expect(said).toEqual([["#a", ["/files/x.txt"]]]);
    expect([uploads.list, uploads.waiting, Uploads.anyUnderWay]).toEqual([[], null, false]);
  });

  it("waits on where one has failed, until that is there after all", async () => {
    const uploads = Uploads.of("#a");
    uploads.add([file]);
    waits(uploads);
    door.fault = new UploadFault(0, "", "");
    await arrives();
    expect(said).toEqual([]);
    door.fault = null;
    uploads.again(uploads.list[0]?.number ?? 0);
    await arrives();
    expect(said).toEqual([["#a", ["/files/x.txt"]]]);
  });

  it("goes without those that had failed before", async () => {
    const uploads = Uploads.of("#a");
    door.fault = new UploadFault(0, "", "");
    uploads.add([file]);
    await arrives();
    door.fault = null;
    uploads.add([new File(["y"], "y.txt")]);
    waits(uploads);
    await arrives();
    expect(said).toEqual([["#a", ["/files/y.txt"]]]);
    expect(uploads.list.map((one) => one.file.name)).toEqual(["x.txt"]);
  });

  it("is taken back, and the files stay for another one", async () => {
    const uploads = Uploads.of("#a");
    uploads.add([file]);
    waits(uploads);
    expect(uploads.takeBack()?.text).toBe("look");
    await arrives();
    expect(said).toEqual([]);
    expect(uploads.take()).toEqual(["/files/x.txt"]);
  });

  it("goes along with the conversation to its new name, and is not said by who comes next", async () => {
    Uploads.of("#a").add([file]);
    waits(Uploads.of("#a"));
    Uploads.moved("#a", "#b");
    await arrives();
    expect(said).toEqual([["#b", ["/files/x.txt"]]]);
    Uploads.of("#b").add([file]);
    waits(Uploads.of("#b"));
    Uploads.dropAll();
    await arrives();
    expect(said).toHaveLength(1);
  });
});

describe("on its way", () => {
  class Request {
    static last: Request;
    readonly upload: { onprogress?: (event: object) => void } = {};
    aborted = false;
    onabort = (): void => undefined;
    onloadend = (): void => undefined;
    constructor() {
      Request.last = this;
    }
    open(): void {}
    setRequestHeader(): void {}
    send(): void {}
    abort(): void {
      this.aborted = true;
      this.onabort();
      this.onloadend();
    }
  }
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("a file with which nothing moves for a minute has failed, and may be tried again", async () => {
    stubPage();
    vi.stubGlobal("location", { href: "http://here/", origin: "http://here" });
    vi.stubGlobal("XMLHttpRequest", Request);
    vi.useFakeTimers();
    const { upload } = await vi.importActual<typeof import("../src/view/files")>("../src/view/files");
    const failed = upload(file, () => undefined).done.catch((fault: unknown) => fault);
    await vi.advanceTimersByTimeAsync(50_000);
    Request.last.upload.onprogress?.({});
    await vi.advanceTimersByTimeAsync(50_000);
    expect(Request.last.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(Request.last.aborted).toBe(true);
    expect(await failed).toMatchObject({ status: 0 });
  });
});

it("one that is dropped before that is not", async () => {
  const uploads = Uploads.of("#a");
  uploads.add([file]);
  uploads.drop(1);
  door.open();
  await settled();
  expect(door.taken).toEqual([]);
});

it("nor one of somebody who has left", async () => {
  Uploads.of("#a").add([file]);
  Uploads.dropAll();
  door.open();
  await settled();
  expect(door.taken).toEqual([]);
});

it("they go along with the conversation to its new name", async () => {
  const uploads = Uploads.of("#a");
  uploads.add([file]);
  Uploads.moved("#a", "#b");
  door.open();
  await settled();
  expect(Uploads.of("#b")).toBe(uploads);
  expect(Uploads.of("#b").arrived).toEqual(["/files/x.txt"]);
  expect(Uploads.of("#a").list).toEqual([]);
});

it("but not over those that wait there, and nowhere under the same name", () => {
  const [here, there] = [Uploads.of("#a"), Uploads.of("#b")];
  here.add([file]);
  there.add([file]);
  Uploads.moved("#a", "#b");
  Uploads.moved("#a", "#a");
  expect(Uploads.of("#a")).toBe(here);
  expect(Uploads.of("#b")).toBe(there);
});

async function uploaded(name: string, type: string) {
  const uploads = Uploads.of("#a");
  uploads.add([new File(["x"], name, { type })]);
  door.open();
  await settled();
  return uploads.list[0];
}

it.each([
  ["old.heic", "image/heic", true],
  ["film.mp4", "video/mp4", true],
  ["clean.jpg", "image/jpeg", false],
  ["notes.txt", "text/plain", false],
])("whether %s may say where it was taken is told before it is sent", async (name, type, tells) => {
  expect((await uploaded(name, type))?.tellsPlace).toBe(tells);
});

it.each([
  [403, "over_quota", true],
  [403, "guests_not_allowed", true],
  [403, "banned", true],
  [413, "too_large", true],
  [422, "unreadable_picture", true],
  [429, "too_many", false],
  [503, "busy", false],
  [507, "no_space", false],
])("a refusal (%i %s) is told in the reader's language", async (status, code, hopeless) => {
  text.language = "es";
  door.fault = uploadFault(status, JSON.stringify({ error: code, message: "In English." }));
  const one = await uploaded("x.txt", "text/plain");
  expect(one).toMatchObject({ fault: text.of.uploadRefused[code], hopeless });
  expect(one?.fault).toMatch(/^[A-ZÁÉ]/);
  text.language = "en";
});

it("what the server says otherwise is that it failed, and may be tried again", async () => {
  door.fault = uploadFault(500, "<html>");
  expect(await uploaded("x.txt", "text/plain")).toMatchObject({ fault: text.of.uploadFailed, hopeless: false });
});
