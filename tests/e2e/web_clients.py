# SPDX-License-Identifier: Apache-2.0
"""What browsers do, by hand: HTTP requests with cookies, and a WebSocket client that sends frames
as it is told, broken ones too."""

import base64
import hashlib
import http.client
import json
import os
import socket
import struct

from harness import ANSWER_TIMEOUT_S, trusting_context

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Browser:
    """Keeps its cookies, and says where its page comes from."""

    def __init__(self, port, origin=None, tls=False):
        self.port = port
        self.origin = origin or f"{'https' if tls else 'http'}://127.0.0.1:{port}"
        self.tls = tls
        self.cookies = {}

    def connection(self):
        if not self.tls:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_TIMEOUT_S)
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=ANSWER_TIMEOUT_S,
                                           context=trusting_context())

    def request(self, method, path, body=None, headers=()):
        connection = self.connection()
        sent = {"Origin": self.origin, **self.cookie_header(), **dict(headers)}
        connection.request(method, path, body=body, headers=sent)
        answer = connection.getresponse()
        answer.text = answer.read().decode()
        connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
            if "Max-Age=0" in cookie:
                del self.cookies[name]
        return answer

    def get(self, path, **headers):
        return self.request("GET", path, headers=headers.items())

    def post(self, path, **members):
        return self.request("POST", path, json.dumps(members),
                            {"Content-Type": "application/json"}.items())

    def session(self):
        return json.loads(self.get("/api/session").text)

    def cookie_header(self):
        if not self.cookies:
            return {}
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def websocket(self, path="/irc", protocols="text.ircv3.net"):
        return WebSocket(self.port, path, protocols,
                         {"Origin": self.origin, **self.cookie_header()}, tls=self.tls)


class WebSocket:
    def __init__(self, port, path="/irc", protocols="text.ircv3.net", headers=None, tls=False):
        plain = socket.create_connection(("127.0.0.1", port), timeout=ANSWER_TIMEOUT_S)
        self.socket = trusting_context().wrap_socket(plain) if tls else plain
        self.unread = b""
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Upgrade: websocket",
                 "Connection: keep-alive, Upgrade", "Sec-WebSocket-Version: 13",
                 f"Sec-WebSocket-Key: {key}"]
        if protocols:
            lines.append(f"Sec-WebSocket-Protocol: {protocols}")
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        self.socket.sendall("\r\n".join(lines).encode() + b"\r\n\r\n")
        while b"\r\n\r\n" not in self.unread:
            self._more()
        self.head, _, self.unread = self.unread.partition(b"\r\n\r\n")
        self.head = self.head.decode()
        self.accepted = base64.b64encode(hashlib.sha1((key + MAGIC).encode()).digest()).decode()

    def _more(self):
        got = self.socket.recv(65536)
        if not got:
            raise EOFError("the server has closed the connection")
        self.unread += got

    def _take(self, size):
        while len(self.unread) < size:
            self._more()
        taken, self.unread = self.unread[:size], self.unread[size:]
        return taken

    def send_frame(self, first, payload, masked=True):
        size = len(payload)
        mark = 0x80 if masked else 0
        if size < 126:
            header = struct.pack("!BB", first, mark | size)
        elif size < 65536:
            header = struct.pack("!BBH", first, mark | 126, size)
        else:
            header = struct.pack("!BBQ", first, mark | 127, size)
        if masked:
            mask = os.urandom(4)
            payload = mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        self.socket.sendall(header + payload)

    def send(self, *lines):
        for line in lines:
            self.send_frame(0x80 | TEXT, line.encode())

    def next_frame(self):
        """(opcode, payload); the server neither masks nor fragments."""
        first, second = self._take(2)
        assert first & 0x80 and not second & 0x80
        size = second
        if size == 126:
            size, = struct.unpack("!H", self._take(2))
        elif size == 127:
            size, = struct.unpack("!Q", self._take(8))
        return first & 0x0F, self._take(size)

    def next_line(self):
        while True:
            opcode, payload = self.next_frame()
            if opcode == CLOSE:
                raise EOFError(f"closed: {payload!r}")
            if opcode in (TEXT, BINARY):
                assert b"\r" not in payload and b"\n" not in payload
                return payload.decode()

    def expect(self, part):
        while True:
            line = self.next_line()
            if part in line:
                return line

    def register(self, nickname):
        self.send(f"NICK {nickname}", "USER u 0 * :Web")
        return self.expect(" 001 ")

    def expect_close(self):
        """The status of the server's close frame; then the end of the connection."""
        while True:
            opcode, payload = self.next_frame()
            if opcode == CLOSE:
                status = struct.unpack("!H", payload[:2])[0] if payload else 1005
                self.expect_end()
                return status

    def expect_end(self):
        try:
            while self.socket.recv(65536):
                pass
        except ConnectionResetError:
            pass

    def close(self):
        self.socket.close()
