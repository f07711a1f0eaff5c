// SPDX-License-Identifier: Apache-2.0
declare module "virtual:emoji" {
  /** JSON: [unicode, group, short codes, Spanish name, words to find it by] each. */
  const rows: string;
  export default rows;
}
