// SPDX-License-Identifier: Apache-2.0
// What comes by keyboard and clipboard, and for whom it is meant.
import { fileName } from "../format/markdown";

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey">;

/** A key for an input method, with which one writes Japanese say. Safari tells of the Enter that ends a
 * word only by its code. */
export function isComposed(event: Pick<KeyboardEvent, "isComposing" | "keyCode">): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** For the search, in place of the browser's. */
export function isFind(event: Pressed): boolean {
  return (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "f";
}

/** A finger is all there is to point with: a telephone or the like. */
export function withFinger(): boolean {
  return matchMedia("(pointer: coarse) and (hover: none)").matches;
}

/** By every device: for who has a finger and a keyboard, Enter alone begins a line. */
export function isSendAnyway(event: Pressed): boolean {
  return event.key === "Enter" && (event.ctrlKey || event.metaKey);
}

export function isSend(event: Pressed): boolean {
  return isSendAnyway(event) || (event.key === "Enter" && !event.shiftKey && !withFinger());
}

/** Cells and words are copied as text and as a picture of it: the text is meant. The text that comes
 * with copied files is their names or where they are. */
export function isTextMeant(text: string, files: readonly string[]): boolean {
  const lines = text.split(/[\r\n]+/).map((one) => one.trim());
  return text.trim() !== "" && !lines.some((one) => files.includes(one) || files.includes(fileName(one)));
}
