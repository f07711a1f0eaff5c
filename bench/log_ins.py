# SPDX-License-Identifier: Apache-2.0
"""Log-ins with passwords, a hundred at once, and what they do to the delay of others' messages."""

import base64
import threading
import time

import servers
from irc import Irc, median, p99

NAME = "log-ins"
AT_ONCE = 100
PAUSE_S = 0.01 # between two messages of those who talk meanwhile
PASSWORD = "a password of usual length"


class Talk(threading.Thread):
    """Somebody says something, waits for its echo, says the next: the delays in ms."""

    def __init__(self, port, name):
        super().__init__()
        self.talker = Irc(port).register(name, "echo-message").join("#talk")
        self.delays = []
        self.over = threading.Event()

    def run(self):
        while not self.over.wait(PAUSE_S):
            start = time.perf_counter()
            self.talker.send("PRIVMSG #talk :hello")
            self.talker.wait_for(" PRIVMSG #talk ")
            self.delays.append((time.perf_counter() - start) * 1000)

    def end(self):
        self.over.set()
        self.join()
        self.talker.close()
        return self.delays


def log_in_together(port, count, proof):
    """Seconds until all are in, `AT_ONCE` at a time."""
    start = time.perf_counter()
    for _ in range(0, count, AT_ONCE):
        visitors = []
        for _ in range(AT_ONCE):
            visitor = Irc(port)
            visitor.send("CAP REQ :sasl", "AUTHENTICATE PLAIN", f"AUTHENTICATE {proof}")
            visitors.append(visitor)
        for visitor in visitors:
            visitor.wait_for(" 903 ")
            visitor.close()
    return time.perf_counter() - start


def measure(binary, quick):
    count = AT_ONCE if quick else 5 * AT_ONCE
    proof = base64.b64encode(f"\0person\0{PASSWORD}".encode()).decode()
    with servers.Tertulia(binary) as server:
        owner = Irc(server.port).register("person")
        owner.send(f"REGISTER * * :{PASSWORD}")
        owner.wait_for(" REGISTER SUCCESS ")
        quiet = Talk(server.port, "before")
        quiet.start()
        time.sleep(2 if quick else 5)
        before = quiet.end()
        meanwhile = Talk(server.port, "meanwhile")
        meanwhile.start()
        seconds = log_in_together(server.port, count, proof)
        during = meanwhile.end()
        owner.close()
    return ("median", "p99"), [
        (f"log-ins/s, {AT_ONCE} at once", 0, [count / seconds, None]),
        ("  echo of another's message meanwhile, ms", 2, [median(during), p99(during)]),
        ("  echo of another's message else, ms", 2, [median(before), p99(before)]),
    ]
