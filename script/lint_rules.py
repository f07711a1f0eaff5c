# SPDX-License-Identifier: Apache-2.0
"""The rules of how our files read, one function each: from a Source to pairs (line, sentence).
tests/lint_test.py has cases for each that must be found. Knows no compiler, no other program."""

import pathlib
import re

WIDTH_MAX = 100
LINES_MAX = {".cpp": 500, ".hpp": 200, ".py": 500}
HEAD_MAX = 8
FUNCTION_MAX = 70
TEST_MAX = 45  # with a table of truths or subcases; 20 is the aim

CPP = {".cpp", ".hpp"}
LICENCE = "SPDX-License-Identifier: Apache-2.0"

# Third-party headers by their path, and the parts that may include them.
THIRD_PARTY = {
    "boost/asio": "transport net",
    "boost/beast": "transport",
    "boost/unordered": "chat session log net",
    "boost/container": "chat session log net",
    "boost/smart_ptr": "session net",
    "openssl": "crypto transport",
    "sodium": "crypto",
    "sqlite3": "store",
    "unicode": "base",
    "spdlog": "base",
    "CLI": "server",
    "toml++": "server",
    "jpeglib": "media",
    "png": "media",
    "webp": "media",
    "libheif": "media",
    "seccomp": "media",
    "boost/json": "web",
    "qrencode": "server",
    "fmt": ("base crypto wire irc classic web store files log transport push net terminal "
            "server"),
}

PURE = "wire chat session"
ALL = ("base crypto wire media chat session irc classic web store files auth log transport push "
       "net terminal server")
NOT_BASE = ALL.removeprefix("base ")

# (the parts of src, what is banned in code, what to do instead)
BANS = [
    (PURE, r"\bstd::(jthread|thread|atomic|mutex|condition_variable|async)\b", "no threads here"),
    (PURE, r"\b\w+_clock::now\b|\btime\((nullptr|NULL|0)\)", "time comes in from outside"),
    (PURE, r"\b(random_device|mt19937|rand\(|getrandom)", "no randomness here"),
    (PURE, r"\bstd::([io]?fstream|filesystem)\b|\bfopen\(", "no files here"),
    ("chat", r"\bjournal::", "the heart keeps no journal"),
    (NOT_BASE, r"\bstd::(shared_|recursive_|timed_)?mutex\b|\bstd::condition_variable|"
               r"\bstd::atomic_flag\b", "between threads only base::mailbox"),
    (NOT_BASE, r"\bstd::atomic<(?!(std::)?(u?int\d*_t|size_t|bool|unsigned|long|int)\b)",
     "atomics only for counters"),
    (ALL, r"(?<!\()(?<!operator )\bnew\s+[\w:]", "std::make_unique, or at once into its owner"),
    (ALL, r"(?<!= )\bdelete\s+\w|\b(malloc|free)\(", "a unique_ptr owns it"),
    (ALL, r"\.detach\(\)", "std::jthread, joined by its owner"),
    (ALL, r"\bassert\(", "ASSERT"),
]
# The same for all of C++, tests too.
BANS_EVERYWHERE = [
    (r"\bstd::(format|print|println|generator)\b", "fmt; g++ 12 does not have it"),
    (r"\bstd::ranges::to\b|\bstd::views::(zip|enumerate|join_with)\b", "g++ 12 does not have it"),
    (r"\busing namespace std;", "name what you use"),
    (r"\bsleep_(for|until)\(|\b(u|nano)sleep\(|::sleep\(",
     "wait for what happens, not for time"),
    (r"\bnamespace \w*(utils?|helpers?|common|manager)\b", "name it for what it does"),
]


class Source:
    """A file: its path in the project, its lines, and the same lines with comments and literals
    blanked."""

    def __init__(self, path, text):
        self.path = pathlib.PurePath(path)
        self.text = text
        self.lines = text.splitlines()
        self.is_cpp = self.path.suffix in CPP
        self.code = (blanked(text) if self.is_cpp else text).splitlines()
        parts = self.path.parts
        self.part = parts[1] if parts[0] == "src" and len(parts) > 2 else None


def blanked(text):
    """C++ with blanks for what stands in comments and literals; lines stay where they are."""
    token = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(\\.|[^"\\\n])*"'
                       r"|(?<![0-9a-fA-F])'(\\.|[^'\\\n])*'", re.DOTALL)

    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))

    kept = [line if line.startswith("#include") else None for line in text.splitlines()]
    made = token.sub(blank, text).splitlines()
    return "\n".join(old if old is not None else new for old, new in zip(kept, made))


def part_table(text):
    """The MAY_INCLUDE lists of CMakeLists.txt: part -> the parts it may include."""
    table = {}
    for name, rest in re.findall(r"tertulia_part\((\w+)([^)]*)\)", text):
        allowed = re.search(r"MAY_INCLUDE((?:\s+(?!USES)\w+)*)", rest)
        table[name] = set(allowed.group(1).split()) if allowed else set()
    return table


def place(source):
    if source.path.parts[0] == "src" and len(source.path.parts) != 3:
        yield 1, "src/<part>/<file>, and no deeper"
    if re.search(r"(^|_)(utils?|helpers?|common|manager)(_|$)", source.path.stem):
        yield 1, "a name that says nothing: name it for what it does"


def size(source):
    limit = LINES_MAX.get(source.path.suffix)
    if limit and len(source.lines) > limit:
        yield limit + 1, f"longer than {limit} lines: split it by subject"
    if source.is_cpp or source.path.suffix == ".py":
        for number, line in enumerate(source.lines, 1):
            if len(line) > WIDTH_MAX:
                yield number, f"longer than {WIDTH_MAX} columns"


def licence(source):
    if not any(LICENCE in line for line in source.lines[:2]):
        yield 1, f"the first line names the licence: {LICENCE}"


def head(source):
    """A header says what it is for, a source without one too."""
    if not source.is_cpp:
        return
    if source.path.suffix == ".hpp" and "#pragma once" not in source.lines:
        yield 1, "#pragma once"
    length = 0
    while length + 1 < len(source.lines) and source.lines[length + 1].startswith("//"):
        length += 1
    example = [line for line in source.lines[1:length + 1] if re.match(r"//( {4,}|$)", line)]
    if length == 0 and source.path.suffix == ".hpp":
        yield 2, "the head comment is missing: what this file is for"
    if length - len(example) > HEAD_MAX:
        yield 2, f"a head comment of more than {HEAD_MAX} lines"


def words(source):
    for number, line in enumerate(source.lines, 1):
        if re.search(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b", line):
            yield number, "do it, or say in the docs that it is not there"
        if re.search(r"\bNO" + r"LINT(NEXTLINE)?(?!NEXTLINE|\()", line):
            yield number, "name the check that is silenced"


def includes(source, table):
    if source.part not in table:
        return
    for number, line in enumerate(source.lines, 1):
        ours = re.match(r'#include "(\w+)/', line)
        if ours and ours.group(1) != source.part and ours.group(1) not in table[source.part]:
            yield number, (f"{source.part} may not include {ours.group(1)} "
                           "(the table is in CMakeLists.txt)")
        theirs = re.match(r"#include <([^>]+)>", line)
        for prefix, parts in THIRD_PARTY.items() if theirs else ():
            named = re.match(re.escape(prefix) + r"[/.]", theirs.group(1))
            if named and source.part not in parts.split():
                yield number, f"{source.part} may not include {prefix}"
        if source.part == "chat" and line == '#include "base/text.hpp"':
            yield number, "the heart knows no Unicode: names come folded"


def bans(source):
    if not source.is_cpp:
        return
    of_part = [(pattern, instead) for parts, pattern, instead in BANS
               if source.part in parts.split()]
    for number, line in enumerate(source.code, 1):
        for pattern, instead in of_part + BANS_EVERYWHERE:
            if re.search(pattern, line):
                yield number, f"banned here: {instead}"


def unordered(source):
    """In the pure parts nobody may see the order of a hash map."""
    if source.part not in PURE.split():
        return
    code = "\n".join(source.code)
    for name in set(re.findall(r"unordered_\w+\s*<[^;{}]*>\s+(\w+)", code)):
        pattern = (rf":\s*[\w.>-]*\b{name}\s*\)|\b{name}\s*\.\s*c?begin\(|"
                   rf"ranges::\w+\(\s*[\w.>-]*\b{name}\b")
        for number, line in enumerate(source.code, 1):
            if re.search(pattern, line):
                yield number, f"{name} has no order that may be read"


def global_variables(source):
    """Unindented means outside of classes and functions: clang-format indents no namespace."""
    if source.part is None:
        return
    harmless = (r"(inline |static )*(const|constexpr)\b|(using|namespace|return|template|extern|"
                r"friend|typedef|concept|struct|class|enum|union|goto|case)\b")
    for number, line in enumerate(source.code, 1):
        if re.match(r"\w[\w:<>,*& ]*[\s*&]\w+(\[\w*\])?\s*(=[^=]|\{|;)", line):
            if not re.match(harmless, line) and "operator" not in line:
                yield number, "a variable of the whole program: give it an owner"


def co_await(source):
    if not source.is_cpp:
        return
    code = "\n".join(source.code)
    for found in re.finditer(r"\bco_await\b[^;{}]*\{", code):
        yield code.count("\n", 0, found.start()) + 1, (
            "name the temporary first: g++ 12 destroys it twice inside co_await")


def functions(source):
    """From the unindented line that begins a function to its brace; methods in a class body are
    clang-tidy's to measure."""
    if not source.is_cpp:
        return
    start = None
    for number, line in enumerate(source.code, 1):
        if re.match(r"[A-Za-z_~]", line):
            start = number
        elif line.startswith("}"):
            length = number - start - 1 if start else 0
            what = source.lines[start - 1] if start else ""
            limit = TEST_MAX if what.startswith("TEST_CASE") else FUNCTION_MAX
            if line.rstrip() == "}" and length > limit:
                yield start, f"a body of {length} lines: at most {limit}"
            start = None


RULES = [place, size, licence, head, words, bans, unordered, global_variables, co_await,
         functions]


def findings(source, table):
    for rule in RULES:
        for number, sentence in rule(source):
            yield f"{source.path}:{number}: {sentence}"
    for number, sentence in includes(source, table):
        yield f"{source.path}:{number}: {sentence}"
