# SPDX-License-Identifier: Apache-2.0
"""Full-text search in many messages, of words that are as rare and as common as those of a
language: how fast they are said while they are indexed, how far the index is behind, how long an
answer takes."""

import itertools
import random
import time

import servers
from irc import Irc, median, p99

NAME = "search"
ROOMS = 20
WORDS = 20_000
WORDS_PER_MESSAGE = 8
BATCH = 500 # messages in one write
ANSWERS = 40 # of each kind of search


def vocabulary(dice):
    syllables = [a + b for a in "bcdfglmnprstv" for b in "aeiou"]
    words = {"".join(dice.choices(syllables, k=dice.choice((1, 2, 2, 3, 3, 4)))) + ending
             for ending in ("", "n", "s", "r") for _ in range(WORDS)}
    return sorted(words, key=len)[:WORDS] # the common ones are short


def say_all(port, count, words, dice):
    """Messages a second, until the last is durable."""
    weights = list(itertools.accumulate(1 / rank for rank in range(1, len(words) + 1)))
    speakers = [Irc(port).register(f"speaker{number}").join(f"#room{number}")
                for number in range(ROOMS)]
    spent = 0
    for said in range(0, count, BATCH):
        number = said // BATCH % ROOMS
        lines = [f"PRIVMSG #room{number} :"
                 + " ".join(dice.choices(words, cum_weights=weights, k=WORDS_PER_MESSAGE))
                 for _ in range(BATCH)]
        start = time.perf_counter()
        speakers[number].send(*lines)
        spent += time.perf_counter() - start
    start = time.perf_counter()
    for one in speakers:
        one.sync()
    spent += time.perf_counter() - start
    speakers[0].send("PRIVMSG #room0 :thelastofall")
    speakers[0].sync()
    return count / spent


def ask(reader, attributes):
    """The seconds to a whole answer, and how many messages it has."""
    start = time.perf_counter()
    reader.send(f"SEARCH {attributes}")
    found = 0
    opening = reader.wait_for(" BATCH +", " FAIL ")
    if " FAIL " in opening:
        raise RuntimeError(opening)
    while True:
        line = reader.next_line()
        if " BATCH -" in line:
            return time.perf_counter() - start, found
        found += " PRIVMSG " in line


def wait_for_index(reader):
    """The seconds until what was said last is found."""
    start = time.perf_counter()
    while ask(reader, "text=thelastofall")[1] == 0:
        if time.perf_counter() - start > 600:
            raise RuntimeError("what was said is not indexed")
        time.sleep(0.05)
    return time.perf_counter() - start


def measure(binary, quick):
    count = 50_000 if quick else 1_000_000
    dice = random.Random(1)
    words = vocabulary(dice)
    with servers.Tertulia(binary) as server:
        rate = say_all(server.port, count, words, dice)
        reader = Irc(server.port).register("reader", "batch draft/search message-tags")
        reader.join(*(f"#room{number}" for number in range(ROOMS)))
        behind = wait_for_index(reader)
        rows = [(f"{count:,} messages, said per second", 0, [rate, None]),
                ("  index behind the last of them, s", 1, [behind, None])]
        kinds = (
            ("the commonest word", lambda: f"text={words[0]}"),
            ("a word of each rank", lambda: f"text={dice.choice(words)}"),
            ("two common words", lambda: f"text={words[dice.randrange(20)]}\\s"
                                         f"{words[dice.randrange(20, 100)]}"),
            ("a word in one room", lambda: f"in=#room{dice.randrange(ROOMS)};"
                                           f"text={dice.choice(words[:2000])}"),
            ("a word of one sender", lambda: f"from=speaker{dice.randrange(ROOMS)};"
                                             f"text={dice.choice(words[:2000])}"))
        for what, attributes in kinds:
            times = [ask(reader, attributes())[0] * 1000 for _ in range(ANSWERS)]
            rows.append((f"  {what}, ms", 1, [median(times), p99(times)]))
    return ("median", "p99"), rows
