// SPDX-License-Identifier: Apache-2.0
// A name as people write it, and the nickname that it becomes: IRC has none with blanks in it.

export function nicknameFor(name: string): string {
  return name.trim().replace(/\s+/g, "_");
}

/** What is shown instead of the nickname; empty: it is the name itself. */
export function shownFor(name: string): string {
  const words = name.trim().replace(/\s+/g, " ");
  return words.includes(" ") ? words : "";
}
