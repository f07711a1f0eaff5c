// SPDX-License-Identifier: Apache-2.0

// The browser's wish to close something (back gesture, Esc); not in every browser.
interface CloseWatcher extends EventTarget {
  onclose: (() => void) | null;
  destroy(): void;
}
interface Window {
  readonly CloseWatcher?: new () => CloseWatcher;
}

declare module "virtual:emoji" {
  /** JSON: [unicode, group, short codes, Spanish name, words to find it by] each. */
  const rows: string;
  export default rows;
}
