// SPDX-License-Identifier: Apache-2.0
// How the end of a conversation is asked for (draft/chathistory).
import { formatLine } from "./line";

/** Lines asked for at once. */
export const pageSize = 100;
/** At first less: a slow device reads them before it shows anything. */
const latestPageSize = 50;

export function latestPage(target: string, tags: Readonly<Record<string, string>>): string {
  return formatLine("CHATHISTORY", ["LATEST", target, "*", `${latestPageSize}`], tags);
}
