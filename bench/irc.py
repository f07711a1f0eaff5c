# SPDX-License-Identifier: Apache-2.0
"""A client of IRC that blocks, for what is measured at one connection, and the usual figures."""

import socket
import statistics

TIMEOUT_S = 60


class Irc:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), TIMEOUT_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.reader = self.socket.makefile("rb")

    def register(self, nickname, capabilities=""):
        if capabilities:
            self.send(f"CAP REQ :{capabilities}")
        self.send(f"NICK {nickname}", f"USER {nickname} 0 * :x", "CAP END")
        self.wait_for(" 376 ", " 422 ")
        return self

    def join(self, *rooms):
        for room in rooms:
            self.send(f"JOIN {room}")
        self.sync()
        return self

    def send(self, *lines):
        self.socket.sendall("".join(line + "\r\n" for line in lines).encode())

    def next_line(self):
        line = self.reader.readline().decode().rstrip("\r\n")
        if not line:
            raise RuntimeError("the server closed the connection")
        if line.startswith("PING "):
            self.send("PONG" + line[4:])
        return line

    def wait_for(self, *parts):
        """The first line with one of them in it."""
        while True:
            line = self.next_line()
            if any(part in line for part in parts):
                return line

    def sync(self):
        """Until the server has done all that it was asked."""
        self.send("PING :here")
        self.wait_for(" PONG ")

    def close(self):
        self.socket.close()


def median(values):
    return statistics.median(values)


def p99(values):
    return sorted(values)[min(len(values) - 1, len(values) * 99 // 100)]
