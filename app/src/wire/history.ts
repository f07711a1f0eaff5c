// SPDX-License-Identifier: Apache-2.0
// How the end of a conversation is asked for (draft/chathistory).
import { formatLine } from "./line";

const pageMax = 100;

/** Lines asked for at once; fewer where the server gives no more (ISUPPORT CHATHISTORY; 0: as many as one likes). */
export function pageSize(isupport: ReadonlyMap<string, string>): number {
  return Math.min(pageMax, Number(isupport.get("CHATHISTORY")) || pageMax);
}
/** Before anything is shown: a slow device has to read them. */
export const fewLines = 30;

export function latestPage(target: string, size: number, tags: Readonly<Record<string, string>>): string {
  return formatLine("CHATHISTORY", ["LATEST", target, "*", `${size}`], tags);
}
