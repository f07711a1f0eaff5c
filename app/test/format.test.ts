// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { fileName, filesIn, isOnlyEmoji, preview, readBlocks, readInline, type Inline } from "../src/format/markdown";
import { marked } from "../src/format/marked";
import { keepRows, rowsOf } from "../src/format/rows";
import { clock, unknown } from "../src/format/time";
import { highlight } from "../src/lazy/highlight";
import { newMessage } from "../src/state/model";

/** Written short: `s[…]` strong, `e[…]` emphasis, `x[…]` strike, `c[…]` code, `l[…]` link. */
function short(pieces: readonly Inline[]): string {
  return pieces
    .map((piece) => {
      switch (piece.is) {
        case "text":
          return piece.text;
        case "strong":
          return `s[${short(piece.of)}]`;
        case "emphasis":
          return `e[${short(piece.of)}]`;
        case "strike":
          return `x[${short(piece.of)}]`;
        default:
          return `${piece.is.charAt(0)}[${piece.text}]`;
      }
    })
    .join("");
}

describe("inline Markdown", () => {
  it.each([
    ["plain", "plain"],
    ["**bold** and *slanted*", "s[bold] and e[slanted]"],
    ["_slanted_ but snake_case_name", "e[slanted] but snake_case_name"],
    ["~~gone~~", "x[gone]"],
    ["***both*** and ___both___", "s[e[both]] and s[e[both]]"],
    ["*a **b** c*", "e[a s[b] c]"],
    ["**a *b***", "s[a e[b]]"],
    ["*a **b***", "e[a s[b]]"],
    ["*a * b*", "e[a * b]"],
    ["2 * 3 * 4", "2 * 3 * 4"],
    ["**open", "**open"],
    ["`**not bold**`", "c[**not bold**]"],
    ["``a ` b``", "c[a ` b]"],
    ["\\*not slanted\\*", "*not slanted*"],
    ["see https://a.example/x_(y).", "see l[https://a.example/x_(y)]."],
    ["(https://a.example/)", "(l[https://a.example/])"],
    ["javascript:alert(1)", "javascript:alert(1)"],
    ["in #lobby, not #1", "in r[#lobby], not #1"],
    ["#c++, #sala.de.té. **#a/b**", "r[#c++], r[#sala.de.té]. s[r[#a/b]]"],
    ["hola ana and @bea", "hola m[ana] and @bea"],
    ["anaé, éana, ana1, 1ana, anañ", "anaé, éana, ana1, 1ana, anañ"],
    ["(ana) «@ana»: ana¿ana,ana", "(m[ana]) «m[@ana]»: m[ana]¿m[ana],m[ana]"],
    ["@íñigo, @ íñigo", "m[@íñigo], @ m[íñigo]"],
    ["íñigo and íñigos", "m[íñigo] and íñigos"],
    ["<script>alert(1)</script>", "<script>alert(1)</script>"],
    ["***", "***"],
    ["a\u0002b\u000304,05c", "a\u0002b\u000304,05c"],
  ])("%s", (source, wanted) => {
    expect(short(readInline(source, (word) => word === "ana" || word === "íñigo"))).toBe(wanted);
  });

  it("stays linear for what looks like nothing but marks", () => {
    const start = performance.now();
    const marks = ["*", "_", "`", "**a", "*a ", "*a **", "***a", "[", "~~", "> ", "https://", "```x\n", "```\n", ">\n"];
    for (const mark of marks) {
      readBlocks(mark.repeat(20_000 / mark.length));
    }
    readBlocks(`${"```x\n".repeat(20_000)}`);
    readBlocks(`\`\`\`${" ".repeat(100_000)}!`);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe("blocks", () => {
  it("are code, quotes, lists and lines", () => {
    const blocks = readBlocks("hi\n```py\nx = 1\n```\n> said\n> twice\n- a\n- b\n1. c");
    expect(blocks.map((one) => one.is)).toEqual(["lines", "code", "quote", "list", "list"]);
    expect(blocks[1]).toEqual({ is: "code", language: "py", text: "x = 1" });
  });

  it("numbered lists keep their numbers", () => {
    const froms = (source: string): unknown[] =>
      readBlocks(source).map((one) => (one.is === "list" ? [one.from, one.items.length] : one.is));
    expect(froms("2. yes, I think so")).toEqual([[2, 1]]);
    expect(froms("5. a\n6. b\n1. c\n- d")).toEqual([[5, 2], [1, 1], [null, 1]]);
  });

  it("a fence that never ends is no code", () => {
    expect(readBlocks("```\nx").map((one) => one.is)).toEqual(["lines"]);
  });

  it.each([
    ["```\ncode\nmore```", "", "code\nmore"],
    ["```foo();\nbar();\n```", "", "foo();\nbar();"],
    ["```foo(1)\n  bar``` ", "", "foo(1)\n  bar"],
    ["```C++\n\n  x\n  ```", "c++", "\n  x"],
    ["```alone\n```", "", "alone"],
    ["```\n```", "", ""],
  ])("take code as it is typed: %j", (source, language, text) => {
    expect(readBlocks(source)).toEqual([{ is: "code", language, text }]);
  });

  it("code that is closed in its own line is within the line", () => {
    expect(readBlocks("```a``` and ```b```\nmore```")).toEqual([
      {
        is: "lines",
        lines: [
          [
            { is: "code", text: "a" },
            { is: "text", text: " and " },
            { is: "code", text: "b" },
          ],
          [{ is: "text", text: "more```" }],
        ],
      },
    ]);
  });

  it.each([">_<", ">:(", ">> a", ">3"])("«%s» is no quotation", (text) => {
    expect(readBlocks(text).map((one) => one.is)).toEqual(["lines"]);
  });

  it("a quotation may have empty lines, and ends where its mark does", () => {
    expect(readBlocks("> a\n>\n> > b\n>_<").map((one) => one.is)).toEqual(["quote", "lines"]);
  });

  it("lose the colours of old clients", () => {
    expect(readBlocks("\u000304,05red\u000f \u0002b")).toEqual([
      { is: "lines", lines: [[{ is: "text", text: "red b" }]] },
    ]);
  });
});

describe("a message in one line", () => {
  it.each([
    ["```js\nfoo();\n```", "foo();"],
    ["```foo();\nbar()```", "foo(); bar()"],
    ["```foo```", "foo"],
    ["> said\n>:(", "said >:("],
  ])("of %j is «%s»", (source, wanted) => {
    expect(preview(source)).toBe(wanted);
  });
});

describe("emoji alone", () => {
  it.each(["👍", "👩‍👩‍👧 🎉", "🇪🇸", "❤️"])("%s are large", (text) => {
    expect(isOnlyEmoji(text)).toBe(true);
  });
  it.each(["", "a👍", "1", "#"])("«%s» is text", (text) => {
    expect(isOnlyEmoji(text)).toBe(false);
  });
});

describe("files", () => {
  it("are links to the file host, and nothing else", () => {
    const found = filesIn("https://h/files/a/cat%20%F0%9F%90%B1.png https://other/x.png", (one) =>
      one.startsWith("https://h/files/"),
    );
    expect(found).toEqual([
      { address: "https://h/files/a/cat%20%F0%9F%90%B1.png", name: "cat 🐱.png", image: true },
    ]);
  });

  it("are shown once, however often they are linked to", () => {
    const found = filesIn("see https://h/a.pdf, https://h/b.pdf and (https://h/a.pdf).", () => true);
    expect(found.map((one) => one.address)).toEqual(["https://h/a.pdf", "https://h/b.pdf"]);
  });
});

describe("a file's name", () => {
  it.each([
    ["/files/x/caf%C3%A9.png?s=1", "café.png"],
    ["/files/x/cv%E2%80%AEgpj.exe", "cvgpj.exe"],
    ["/files/x/100%.txt", "100%.txt"],
  ])("of %s is %s", (path, name) => {
    expect(fileName(path)).toBe(name);
  });
});

describe("rows", () => {
  const at = (minutes: number) => Date.UTC(2026, 2, 1, 12, minutes);
  const say = (id: string, from: string, minutes: number) =>
    newMessage({ id, from, time: at(minutes), text: id });
  const options = { unreadAfter: 0, me: "ana", events: true };

  it("put messages of one author together, unless time went by", () => {
    const rows = rowsOf(
      [say("1", "ana", 0), say("2", "ana", 1), say("3", "bea", 2), say("4", "bea", 9)],
      options,
    );
    expect(rows.map((one) => (one.is === "message" ? one.first : one.is))).toEqual([
      "day",
      true,
      false,
      true,
      true,
    ]);
  });

  it("draw one line before the first unread message of somebody else", () => {
    const rows = rowsOf([say("1", "bea", 0), say("2", "ana", 1), say("3", "bea", 2)], {
      ...options,
      unreadAfter: at(0),
    });
    expect(rows.map((one) => one.id)).toEqual(["day 2026-3-1", "1", "2", "unread", "3"]);
  });

  it("say in one sentence who came and went", () => {
    const event = (id: string) =>
      newMessage({ id, from: id, time: at(0), kind: "event", event: "join" });
    expect(rowsOf([event("a"), event("b")], options)).toHaveLength(2);
    expect(rowsOf([event("a"), event("b")], { ...options, events: false })).toHaveLength(0);
  });
});

describe("highlighting", () => {
  it("loses no character", () => {
    const code = 'int main() { return f("x // y", 0x2a); } // "end"\n/* open';
    const pieces = highlight(code, "cpp");
    expect(pieces.map((one) => one.text).join("")).toBe(code);
    expect(pieces.find((one) => one.text === "return")?.tone).toBe("keyword");
    expect(pieces.find((one) => one.text === '"x // y"')?.tone).toBe("string");
  });
});

describe("times", () => {
  const evening = new Date(2026, 10, 29, 17, 5).getTime();

  it("are written as the language has them", () => {
    expect(clock(evening, "es-ES")).toBe("17:05");
    expect(clock(evening, "en-US")).toMatch(/^05:05\sPM$/);
  });

  it("are digits while the language is not known", () => {
    expect(clock(evening, unknown)).toBe("17:05");
  });
});

describe("rows that are drawn", () => {
  const options = { unreadAfter: 0, me: "ana", events: true };
  const said = (id: string, minute: number, kind: "text" | "event" = "text") =>
    newMessage({ id, from: "bea", kind, time: new Date(2026, 2, 1, 12, minute).getTime(), text: id });

  it("stay the same ones when others come, and change with what they show", () => {
    const before = [said("a", 0), said("j", 1, "event"), said("b", 2), said("c", 3)];
    const drawn = rowsOf(before, options);
    const places = new Map(drawn.map((row) => [row.id, row]));
    const edited = { ...said("b", 2), text: "edited" };
    const again = keepRows(places, rowsOf([...before.slice(0, 2), edited, ...before.slice(3), said("d", 4)], options));
    expect(again.filter((row) => places.get(row.id) === row).map((row) => row.id)).toEqual(
      drawn.map((row) => row.id).filter((id) => id !== "b"),
    );
    expect(again.map((row) => row.id)).toContain("d");
  });
});

describe("what was looked for", () => {
  it.each([
    ["una taza de té", ["te"], "una taza de [té]"],
    ["Cafés, CAFÉ, descafeinado", ["cafe"], "[Café]s, [CAFÉ], descafeinado"],
    ["a👍b 👍", ["b"], "a👍[b] 👍"],
    ["İstanbul", ["istan"], "[İstan]bul"],
    ["straße", ["str", "stra"], "[stra]ße"],
    ["un cafe\u0301, otro", ["cafe", "o"], "un [caf\u00e9], [o]tro"],
    ["an\u0303o x\u0323\u0307o", ["o"], "a\u00f1o \u1e8b\u0323o"],
    ["nothing", [], "nothing"],
    ["", ["x"], ""],
  ])("is marked in «%s»", (text, words, wanted) => {
    const pieces = marked(text, words).map((one) => (one.hit ? `[${one.text}]` : one.text));
    expect(pieces.join("")).toBe(wanted);
  });
});
