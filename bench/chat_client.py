# SPDX-License-Identifier: Apache-2.0
"""How fast `tertulia chat` starts, and what memory it has after 100,000 messages: on a terminal of
its own (a pty) against a house that says what it is told to."""

import contextlib
import fcntl
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import socket
import statistics
import struct
import tempfile
import termios
import threading
import time

NAME = "chat"
COLUMNS, ROWS = 100, 30
PATIENCE_S = 60
DRAWN = b"\x1b[?25h"  # ends each drawing
CAPABILITIES = "batch draft/chathistory echo-message labeled-response message-tags server-time"
BELL = b"\a"  # for whom somebody names


class House:
    """An IRC server that has one guest, and `messages` to say in `rooms`."""

    def __init__(self, messages=0, rooms=1):
        self.messages = messages
        self.rooms = [f"#room{number}" for number in range(rooms)]
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self):
        with contextlib.suppress(OSError):
            guest, _ = self._listener.accept()
            with guest, guest.makefile("rwb") as lines:
                for line in lines:
                    for answer in self._answers(line.decode().split()):
                        lines.write(answer.encode() + b"\r\n")
                    lines.flush()

    def _answers(self, words):
        if words[:2] == ["CAP", "LS"]:
            yield f":h CAP * LS :{CAPABILITIES}"
        elif words[:2] == ["CAP", "REQ"]:
            yield f":h CAP * ACK :{CAPABILITIES}"
        elif words[:2] == ["CAP", "END"]:
            yield ":h 001 ana :Welcome"
        elif words[0] == "JOIN":
            yield f":ana!a@h JOIN {words[1]}"
            yield f":h 353 ana = {words[1]} :ana bo"
            yield f":h 366 ana {words[1]} :End"
            if words[1] == self.rooms[-1]:
                yield from self._talk()

    def _talk(self):
        for number in range(self.messages):
            at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(1_780_000_000 + number))
            yield (f"@msgid=AbCdEfGhIjKlMnOp{number:06};time={at}.000Z "
                   f":person{number % 50}!user@host.example PRIVMSG "
                   f"{self.rooms[number % len(self.rooms)]} "
                   f":message number {number}, as long as such things mostly are")
        yield f":bo!b@h PRIVMSG {self.rooms[-1]} :ana: that is all"


class Screen:
    """The program on a pty."""

    def __init__(self, binary, house):
        self.folder = tempfile.mkdtemp(prefix="tertulia-bench-")
        rooms = [word for room in house.rooms for word in ("--join", room)]
        self.began = time.perf_counter()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8")
            os.execv(binary, [binary, "chat", "--folder", self.folder, "--nick", "ana",
                              f"irc://127.0.0.1:{house.port}", *rooms])
        size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, size)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)
        shutil.rmtree(self.folder, ignore_errors=True)

    def sees(self, bytes_of):
        """Seconds from the start until that has been written."""
        written = b""
        while bytes_of not in written:
            ready, _, _ = select.select([self.terminal], [], [], PATIENCE_S)
            if not ready:
                raise RuntimeError(f"tertulia chat did not show {bytes_of!r}")
            written = written[-len(bytes_of):] + os.read(self.terminal, 65536)
        return time.perf_counter() - self.began

    def memory(self):
        """Resident, in MB: now, and the most that it was; what it shares with others included."""
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        return tuple(int(re.search(rf"{what}:\s+(\d+)", status).group(1)) * 1024 / 1e6
                     for what in ("VmRSS", "VmHWM"))

    def processor_ms(self):
        stat = pathlib.Path(f"/proc/{self.pid}/schedstat").read_text()
        return int(stat.split()[0]) / 1e6


def start(binary, times):
    """Milliseconds from exec to the first screen, at the median: by the clock, of the processor."""
    clock, processor = [], []
    for _ in range(times):
        with House() as house, Screen(binary, house) as screen:
            clock.append(screen.sees(DRAWN) * 1000)
            processor.append(screen.processor_ms())
    return statistics.median(clock), statistics.median(processor)


def memory_after(binary, messages, rooms):
    with House(messages, rooms) as house, Screen(binary, house) as screen:
        screen.sees(BELL)
        return screen.memory()


def measure(binary, quick):
    messages = 20_000 if quick else 100_000
    clock, processor = start(binary, 5 if quick else 21)
    rows = [("ms to the first screen, median", 1, [clock]),
            ("  of it by the processor", 1, [processor])]
    for rooms in (1, 20):
        after, most = memory_after(binary, messages, rooms)
        where = "1 room" if rooms == 1 else f"{rooms} rooms"
        rows += [(f"MB after {messages:,} messages in {where}", 1, [after]),
                 ("  at the most", 1, [most])]
    return ["tertulia chat"], rows
