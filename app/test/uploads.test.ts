// SPDX-License-Identifier: Apache-2.0
// Files on their way, with a server that takes its time to say how large they may be.
import { afterEach, expect, it, vi } from "vitest";
import { uploadFault, UploadFault } from "../src/view/files";
import { text } from "../src/text/texts.svelte";
import { Uploads } from "../src/view/uploads.svelte";

const door = vi.hoisted(() => ({
  open: (): void => undefined,
  left: Infinity,
  taken: [] as string[],
  fault: null as Error | null,
}));
vi.mock("../src/view/client.svelte", () => ({ client: {} }));
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
