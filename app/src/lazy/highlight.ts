// SPDX-License-Identifier: Apache-2.0
// Colours for code, by what most languages share: comments, strings, numbers, words. Loaded when the
// first code is shown; it makes pieces of text, no HTML.

export type Tone = "plain" | "comment" | "string" | "number" | "keyword" | "name";
export interface Piece {
  readonly tone: Tone;
  readonly text: string;
}

const cLike =
  "alignas auto bool break case catch char class concept const consteval constexpr continue co_await co_return decltype default delete do double else enum explicit export extern false final float for friend goto if import in inline int interface let long module mutable namespace new noexcept null nullptr operator override package private protected public readonly register requires return short signed sizeof static struct super switch template this throw true try type typedef typename undefined union unsigned using var virtual void volatile while yield async await function of from extends implements fn impl mut match pub use where trait func defer go chan range select string number boolean";
const pythonLike =
  "and as assert async await break class continue def del elif else except False finally for from global if import in is lambda None nonlocal not or pass raise return True try while with yield self print end begin then do done fi esac case function local echo export unless rescue module require nil";
const sqlLike =
  "select from where insert into values update set delete create table index view drop alter add primary key foreign references not null unique default and or in is like between join left right inner outer on group by having order limit offset union all distinct as case when then else end begin commit rollback with";

interface Grammar {
  readonly comment: RegExp;
  readonly words: ReadonlySet<string>;
  readonly folds: boolean;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const slashes: Grammar = {
  comment: /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)/y,
  words: words(cLike),
  folds: false,
};
const hashes: Grammar = { comment: /#[^\n]*/y, words: words(pythonLike), folds: false };
const dashes: Grammar = {
  comment: /--[^\n]*|\/\*[^]*?(?:\*\/|$)/y,
  words: words(sqlLike),
  folds: true,
};
const tags: Grammar = { comment: /<!--[^]*?(?:-->|$)/y, words: new Set(), folds: false };

function grammarFor(language: string): Grammar {
  if (/^(py|python|rb|ruby|sh|bash|shell|zsh|toml|ya?ml|make|makefile|dockerfile|r|perl)$/.test(language)) {
    return hashes;
  }
  if (/^(sql|sqlite|lua|haskell|hs)$/.test(language)) {
    return dashes;
  }
  return /^(html|xml|svg|svelte|vue)$/.test(language) ? tags : slashes;
}

const string = /"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|`(?:\\[^]|[^`\\])*`?/y;
const number = /0[xXbB][\da-fA-F_']+|\d[\d_']*(?:\.\d+)?(?:[eE][+-]?\d+)?[a-zA-Z]*/y;
const word = /[\p{L}_$][\p{L}\p{N}_$]*/uy;

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** Code longer than this stays as it is. */
const sizeMax = 20_000;

export function highlight(code: string, language: string): Piece[] {
  if (code.length > sizeMax || language === "text" || language === "txt") {
    return [{ tone: "plain", text: code }];
  }
  const grammar = grammarFor(language);
  const made: Piece[] = [];
  let plain = "";
  const push = (tone: Tone, text: string): void => {
    if (plain !== "") {
      made.push({ tone: "plain", text: plain });
      plain = "";
    }
    made.push({ tone, text });
  };
  for (let at = 0; at < code.length; ) {
    const comment = matchAt(grammar.comment, code, at);
    const quoted = comment === null ? matchAt(string, code, at) : null;
    const digits = comment === null && quoted === null ? matchAt(number, code, at) : null;
    const name =
      comment === null && quoted === null && digits === null ? matchAt(word, code, at) : null;
    const found = comment ?? quoted ?? digits ?? name;
    if (found === null || found === "") {
      plain += code.charAt(at);
      at += 1;
      continue;
    }
    at += found.length;
    if (comment !== null) {
      push("comment", found);
    } else if (quoted !== null) {
      push("string", found);
    } else if (digits !== null) {
      push("number", found);
    } else if (grammar.words.has(grammar.folds ? found.toLowerCase() : found)) {
      push("keyword", found);
    } else if (code.charAt(at) === "(") {
      push("name", found);
    } else {
      plain += found;
    }
  }
  if (plain !== "") {
    made.push({ tone: "plain", text: plain });
  }
  return made;
}
