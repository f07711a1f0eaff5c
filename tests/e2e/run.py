#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the end-to-end tests, several files at a time, a process each.

  tests/e2e/run.py                    all of them
  tests/e2e/run.py test_talk          the files whose names are given
  tests/e2e/run.py --jobs 1           one after the other

They drive real programs, and a busy machine can stop one of those for longer than anybody would
wait. So what failed is run once more, alone; a test that passes then is told as unsteady, and only
one that fails twice fails the run."""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
FILE_SECONDS_MAX = 900
UNSTEADY_MAX = 5  # more of them are no accident
# Before the others: protocols without frames, whose clients have to keep pace with the server.
ALONE = {"test_classic"}
FAILED = re.compile(r"^(?:FAIL|ERROR): \S+ \(([\w.]+)\)", re.MULTILINE)
RAN = re.compile(r"^Ran (\d+) tests? in", re.MULTILINE)


def run(names):
    """What one process says that runs these tests, and whether all was well."""
    try:
        done = subprocess.run([sys.executable, "-m", "unittest", "--verbose", *names], cwd=HERE,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors="replace",
                              timeout=FILE_SECONDS_MAX, check=False)
    except subprocess.TimeoutExpired as late:
        said = late.stdout or b""
        return said.decode(errors="replace") + f"\nover after {FILE_SECONDS_MAX} s", False
    return done.stdout, done.returncode == 0


def run_file(name):
    """The number of tests of a file and the names of those that failed."""
    started = time.monotonic()
    said, well = run([name])
    ran = RAN.search(said)
    count = int(ran[1]) if ran else 0
    failed = sorted(set(FAILED.findall(said)))
    if not well and not failed:
        failed = [name]  # it did not even begin, or did not end
    verdict = "ok" if not failed else "FAILED\n" + said
    print(f"{name}: {count} tests in {time.monotonic() - started:.0f} s: {verdict}", flush=True)
    return count, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="FILE")
    parser.add_argument("--jobs", type=int, default=1 + len(os.sched_getaffinity(0)))
    arguments = parser.parse_args()
    names = arguments.names or sorted(path.stem for path in HERE.glob("test_*.py"))
    results = [run_file(name) for name in names if name in ALONE]
    with ThreadPoolExecutor(arguments.jobs) as pool:
        results += pool.map(run_file, [name for name in names if name not in ALONE])
    count = sum(ran for ran, _ in results)
    failed = [name for _, of_file in results for name in of_file]
    unsteady = []
    for name in failed if len(failed) <= UNSTEADY_MAX else []:
        said, well = run([name])
        if well:
            unsteady.append(name)
        else:
            print(f"{name}: failed again\n{said}", flush=True)
    for name in unsteady:
        print(f"{name}: UNSTEADY, passed when run alone", flush=True)
    failed = [name for name in failed if name not in unsteady]
    for name in failed:
        print(f"FAILED: {name}", flush=True)
    print(f"{count - len(failed)} passed, {len(failed)} failed")
    return 1 if failed or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
