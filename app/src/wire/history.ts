// SPDX-License-Identifier: Apache-2.0
// How the end of a conversation is asked for (draft/chathistory).
import { formatLine } from "./line";

/** Lines asked for at once. */
export const pageSize = 100;
/** Before anything is shown: a slow device has to read them. */
export const fewLines = 50;

export function latestPage(target: string, size: number, tags: Readonly<Record<string, string>>): string {
  return formatLine("CHATHISTORY", ["LATEST", target, "*", `${size}`], tags);
}
