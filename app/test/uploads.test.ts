// SPDX-License-Identifier: Apache-2.0
// Files on their way, with a server that takes its time to say how large they may be.
import { afterEach, expect, it, vi } from "vitest";
import { Uploads } from "../src/view/uploads.svelte";

const door = vi.hoisted(() => ({ open: (): void => undefined, taken: [] as string[] }));
vi.mock("../src/view/files", () => ({
  largestFile: () => new Promise((resolve) => (door.open = () => resolve(Infinity))),
  upload: (file: File) => {
    door.taken.push(file.name);
    return { done: Promise.resolve(`/files/${file.name}`), cancel: () => undefined };
  },
  UploadFault: class extends Error {},
}));

const file = new File(["x"], "x.txt", { type: "text/plain" });

/** All that waits has gone on. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

afterEach(() => {
  Uploads.dropAll();
  door.taken = [];
});

it("a file is uploaded once it is known how large it may be", async () => {
  const uploads = Uploads.of("#a");
  uploads.add([file]);
  door.open();
  await settled();
  expect(door.taken).toEqual(["x.txt"]);
  expect(uploads.arrived).toEqual(["/files/x.txt"]);
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
