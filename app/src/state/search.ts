// SPDX-License-Identifier: Apache-2.0
// What is typed into the search as what SEARCH asks for: `from:ana cups` is `from=ana;text=cups`.

function escape(value: string): string {
  return value.replace(/\\/g, "\\\\").replace(/;/g, "\\:").replace(/ /g, "\\s");
}

function timeFor(value: string): string {
  const time = Date.parse(value);
  return Number.isNaN(time) ? value : new Date(time).toISOString();
}

const filter = /^(from|in|before|after):(.+)$/i;

/** Those that are looked for in texts. */
export function wordsOf(query: string): string[] {
  return query.split(/[\s"“”«»]+/).filter((word) => word !== "" && !filter.test(word));
}

export function searchAttributes(query: string): string {
  const attributes: string[] = [];
  const words: string[] = [];
  for (const word of query.split(/\s+/).filter(Boolean)) {
    const [, key = "", value = ""] = filter.exec(word) ?? [];
    switch (key.toLowerCase()) {
      case "":
        words.push(word);
        break;
      case "before":
      case "after":
        attributes.push(`${key.toLowerCase()}=${timeFor(value)}`);
        break;
      default:
        attributes.push(`${key.toLowerCase()}=${escape(value.replace(/^@/, ""))}`);
    }
  }
  if (words.length > 0) {
    attributes.push(`text=${escape(words.join(" "))}`);
  }
  return attributes.join(";");
}
