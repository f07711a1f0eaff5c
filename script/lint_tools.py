# SPDX-License-Identifier: Apache-2.0
"""The programs that check files for us: clang-format, clang-tidy, shellcheck, and the compiler,
for headers alone. What passed is remembered by content in build/lint: nothing is checked twice."""

import functools
import hashlib
import os
import pathlib
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parent.parent
MEMORY = ROOT / "build" / "lint"

# The commands; FILE stands for the file.
FILE = "FILE"
HEADER_ALONE = ["g++", "-std=c++23", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-Isrc",
                "-DFMT_HEADER_ONLY", "-DSPDLOG_FMT_EXTERNAL", "-include", FILE, "-x", "c++",
                "/dev/null"]
FORMAT = ["clang-format-19", "--dry-run", "-Werror", FILE]
TIDY = ["clang-tidy-19", "--quiet", "-p", "build/clang", FILE]
SHELL = ["shellcheck", FILE]


@functools.cache
def content(path):
    return path.read_bytes()


@functools.cache
def included(path):
    """The project's own files that `path` includes, directly."""
    names = re.findall(rb'^#include "([^"]+)"', content(path), re.MULTILINE)
    places = [ROOT / "src", ROOT / "tests", ROOT, path.parent]
    found = [place / name.decode() for name in names for place in places]
    return [one for one in found if one.is_file()]


def closure(path):
    """The file and everything of ours that it includes."""
    seen, waiting = set(), [path]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += included(one)
    return sorted(seen)


def digest(command, rules, files):
    made = hashlib.sha256(repr(command).encode())
    for path in rules + files:
        made.update(str(path).encode() + b"\0" + content(path) + b"\0")
    return made.hexdigest()


def complaints(command, path):
    name = str(path.relative_to(ROOT))
    done = subprocess.run([name if word == FILE else word for word in command], cwd=ROOT,
                          capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip() if done.returncode != 0 else ""


def check(name, command, files, rules=(), follow=False):
    """Runs `command` on each file that has not passed it as it is; returns the complaints."""
    MEMORY.mkdir(parents=True, exist_ok=True)
    memory = MEMORY / name
    passed = set(memory.read_text(encoding="ascii").split()) if memory.is_file() else set()
    keys = {path: digest(command, list(rules), closure(path) if follow else [path])
            for path in files}
    new = [path for path in files if keys[path] not in passed]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        said = dict(zip(new, pool.map(lambda path: complaints(command, path), new)))
    good = {keys[path] for path in files if not said.get(path)}
    memory.write_text("\n".join(sorted(good)), encoding="ascii")
    return [text for text in said.values() if text]


def comes_first(header):
    """Its own source includes it before all else: every build shows that it stands alone."""
    source = header.with_suffix(".cpp")
    if not source.is_file():
        return False
    first = re.search(rb'^#include [<"]([^">]+)[">]', content(source), re.MULTILINE)
    return first is not None and header.match(first[1].decode())


def headers_alone(headers):
    return check("headers", HEADER_ALONE, headers, follow=True)


def formatted(files):
    return check("format", FORMAT, files, rules=[ROOT / ".clang-format"])


def shell(files):
    return check("shell", SHELL, files)


def tidy(sources):
    """Needs the compile commands of the preset clang."""
    if not (ROOT / "build" / "clang" / "compile_commands.json").is_file():
        subprocess.run(["cmake", "--preset", "clang"], cwd=ROOT, check=True,
                       stdout=subprocess.DEVNULL)
    return check("tidy", TIDY, sources, rules=[ROOT / ".clang-tidy"], follow=True)
