# SPDX-License-Identifier: Apache-2.0
"""The clients of the five classic systems, written anew after what is known of the originals: each
takes whatever one recv returns for one message, and shows it as the original did. `shown` is what
stands on its screen, `reads` what came from the network."""

import ast
import base64
import re
import socket
import threading

from harness import ANSWER_TIMEOUT_S


def python_caesar(text, key):
    """The original's formula, which destroys letters outside ASCII."""
    made = ""
    for letter in text:
        if letter.isalpha():
            first = ord("a") if letter.islower() else ord("A")
            made += chr((ord(letter) - first + key) % 26 + first)
        else:
            made += letter
    return made


class ClassicClient:
    """Connected; a thread reads. What is typed goes through say()."""

    size = 1024
    port = 0

    def __init__(self, port, *, source="127.0.0.1"):
        self.reads = []
        self.shown = []
        self.ended = False
        self._news = threading.Condition()
        self.socket = socket.socket()
        self.socket.settimeout(ANSWER_TIMEOUT_S)
        self.socket.bind((source, 0))
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.settimeout(None)
        self.address = self.socket.getsockname()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        while True:
            try:
                data = self.socket.recv(self.size)
            except OSError:
                data = b""
            with self._news:
                if data:
                    self.reads.append(data)
                    self.shown.extend(self.show(data))
                self.ended = self.ended or not data
                self._news.notify_all()
            if not data:
                return

    def show(self, data):
        return [data.decode()]

    def wait(self, found, what):
        with self._news:
            self._news.wait_for(lambda: found() or self.ended, ANSWER_TIMEOUT_S)
            if not found():
                raise AssertionError(f"{what}; on the screen of {type(self).__name__}:\n"
                                     + "\n".join(self.shown[-20:]))

    def expect(self, pattern, start=0):
        """Waits for a line on the screen, from number `start` on, and returns its match."""
        expression = re.compile(pattern)

        def find():
            return next(filter(None, map(expression.search, self.shown[start:])), None)

        self.wait(find, f"nothing like {pattern!r}")
        return find()

    def expect_closed(self):
        self.wait(lambda: self.ended, "not closed")

    def send(self, text):
        self.socket.sendall(text.encode())

    def close(self):
        self.ended = True
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.socket.close()
        self._reader.join(ANSWER_TIMEOUT_S)


class Base64Client(ClassicClient):
    size = 4096

    def __init__(self, port, name, **options):
        self.name = name
        super().__init__(port, **options)

    def show(self, data):
        """A carriage return brings the cursor back, so that a line replaces the prompt."""
        return [line.rpartition("\r")[2] for line in data.decode().split("\n") if line]

    def say(self, text):
        self.socket.sendall(base64.b64encode(f"{self.name} {text}\n".encode()))

    def enter(self):
        self.say("hola")
        return self

    def leave(self):
        self.say("\\exit")
        self.close()


class CaesarClient(ClassicClient):
    def __init__(self, port, name, **options):
        self.name = name
        super().__init__(port, **options)

    def show(self, data):
        return python_caesar(data.decode(), -10).split("\n")

    def say(self, text):
        self.send(python_caesar(f"{self.name}: {text}", 10))

    def enter(self):
        self.say("hola")
        return self

    def leave(self):
        self.close()


class LabelsClient(ClassicClient):
    password = "secreto123"

    def __init__(self, port, name, **options):
        self.name = name
        self.room = None
        self.failures = 0
        super().__init__(port, **options)

    def show(self, data):
        """Its parser takes the whole read for one list."""
        try:
            parts = ast.literal_eval(data.decode())
        except (SyntaxError, ValueError): # reads that came together: its thread would end
            self.failures += 1
            return [data.decode()]
        if parts[1:2] == ["ok"] and len(parts) > 2:
            self.room = parts[2]
        return [repr(parts)]

    def request(self, *parts):
        self.send(str(list(parts)))

    def register(self, password):
        self.request(self.name, password, "1")
        self.expect(r"^\['1', 'ok'\]$")

    def log_in(self, password):
        self.request(self.name, password, "2")
        self.expect(r"^\['2', 'ok', ")

    def come_back(self):
        self.log_in(self.password)
        return self

    def enter(self):
        self.register(self.password)
        return self.come_back()

    def say(self, text):
        self.request(f"{self.name}: {text}", "3", self.room)

    def leave(self):
        self.close()


class NicknameClient(ClassicClient):
    keyword = "nombre del cliente"

    def __init__(self, port, name, **options):
        self.name = name
        super().__init__(port, **options)

    def show(self, data):
        text = data.decode()
        if text == self.keyword:
            self.send(self.name)
            return []
        return text.split("\n")

    def say(self, text):
        self.send(f"{self.name}: {text}")

    def enter(self):
        self.expect("Conectado al servidor")
        return self

    def leave(self):
        self.close()


class RosterClient(ClassicClient):
    def __init__(self, port, name, **options):
        self.name = name
        self.id = None
        self.users = {}
        self.failures = 0
        super().__init__(port, **options)

    def show(self, data):
        text = data.decode()
        if text.startswith("ID:"):
            self.id = int(text[3:])
            self.send(f"NAME:{self.name}")
            return [f"Tu ID es: {self.id}"]
        if text.startswith("USERS:"):
            pairs = [part.split("||") for part in text[6:].split("&&")]
            if any(len(pair) != 2 for pair in pairs): # likewise
                self.failures += 1
                pairs = re.findall(r"(\d+)\|\|([^|&]+)(?=&&|$)", text)
            self.users = {name: int(number) for number, name in pairs}
            return ["Usuarios Conectados:", *(f"ID: {number}, Nombre: {name}"
                                             for number, name in pairs)]
        return [text]

    def say(self, text):
        self.send(f"{self.id}||{self.name}||{text}")

    def enter(self):
        self.wait(lambda: self.name in self.users, f"{self.name} is not in the list")
        return self

    def expect_users(self, *names):
        self.wait(lambda: set(self.users) == set(names), f"not {names} but {self.users}")

    def leave(self):
        self.close()
