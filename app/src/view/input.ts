// SPDX-License-Identifier: Apache-2.0
// What comes by keyboard and clipboard, and for whom it is meant.
import { fileName } from "../format/markdown";

/** A key for an input method, with which one writes Japanese say. Safari tells of the Enter that ends a
 * word only by its code. */
export function isComposed(event: Pick<KeyboardEvent, "isComposing" | "keyCode">): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** For the search, in place of the browser's. */
export function isFind(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey">): boolean {
  return (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "f";
}

/** A finger is all there is to point with: a telephone or the like. */
export function withFinger(): boolean {
  return matchMedia("(pointer: coarse) and (hover: none)").matches;
}

/** Cells and words are copied as text and as a picture of it: the text is meant. The text that comes
 * with copied files is their names or where they are. */
export function isTextMeant(text: string, files: readonly string[]): boolean {
  const lines = text.split(/[\r\n]+/).map((one) => one.trim());
  return text.trim() !== "" && !lines.some((one) => files.includes(one) || files.includes(fileName(one)));
}
