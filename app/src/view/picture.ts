// SPDX-License-Identifier: Apache-2.0
// One's own picture: made small and square here, handed in like any file, and shown as the metadata
// `avatar`.
import { client } from "./client.svelte";
import { upload } from "./files";

const sidePx = 256;

/** Null: the browser cannot read it. */
async function squared(file: File): Promise<File | null> {
  try {
    const picture = await createImageBitmap(file);
    const side = Math.min(picture.width, picture.height);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = sidePx;
    const [x, y] = [(picture.width - side) / 2, (picture.height - side) / 2];
    canvas.getContext("2d")?.drawImage(picture, x, y, side, side, 0, 0, sidePx, sidePx);
    const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
    return made === null ? null : new File([made], "picture.png", { type: made.type });
  } catch {
    return null;
  }
}

export async function setPicture(file: File): Promise<"done" | "unreadable" | "failed"> {
  const small = await squared(file);
  if (small === null) {
    return "unreadable";
  }
  try {
    const { address } = await upload(small, () => undefined).done;
    client.send("METADATA", "*", "SET", "avatar", address);
    return "done";
  } catch {
    return "failed";
  }
}

export function removePicture(): void {
  client.send("METADATA", "*", "SET", "avatar");
}
