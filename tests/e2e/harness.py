# SPDX-License-Identifier: Apache-2.0
"""What the end-to-end tests are written with: the real binary as a Server on free ports with a data
folder of its own, and IrcClient, a client that says lines and waits for lines. Everything waits for
what happens, never for time to pass, and everything has a time limit.

The binary is $TERTULIA_BINARY, else the newest of build/release and build/debug. One that was built
with a sanitizer fails the test in which the sanitizer has something to say."""

import functools
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
START_TIMEOUT_S = 60
STOP_TIMEOUT_S = 60
ANSWER_TIMEOUT_S = 30
PLAIN = "irc://127.0.0.1:0"
TLS = "ircs://127.0.0.1:0"
REPORT = re.compile("Sanitizer|runtime error:|assertion")


def binary():
    if "TERTULIA_BINARY" in os.environ:
        return pathlib.Path(os.environ["TERTULIA_BINARY"]).resolve()
    built = [ROOT / "build" / preset / "tertulia" for preset in ("release", "debug")]
    found = [path for path in built if path.exists()]
    if not found:
        raise RuntimeError("there is no build/release/tertulia; script/build makes it")
    return max(found, key=lambda path: path.stat().st_mtime)


@functools.cache
def is_sanitized():
    """Then the memory of the process is mostly the sanitizer's and says nothing of the server."""
    return re.search(b"__[at]san_init", binary().read_bytes()) is not None


def check_no_report(output):
    """What no end of a process may hide: an exit code doesn't tell after kill -9."""
    if REPORT.search(output):
        raise AssertionError(f"the server was wrong:\n{output}")


def run(*arguments, cwd=None):
    """The binary with these arguments, to its end."""
    done = subprocess.run([binary(), *map(str, arguments)], cwd=cwd, env=environment(),
                          stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=STOP_TIMEOUT_S, check=False)
    check_no_report(done.stderr)
    return done


def environment():
    """English, whatever the tester speaks."""
    return {**os.environ, "LC_ALL": "C.UTF-8"}


class Output:
    """The lines of a pipe or growing file, as they come."""

    def __init__(self, stream):
        self.lines = []
        self._news = threading.Condition()
        self._ended = False
        self._reader = threading.Thread(target=self._read, args=(stream,), daemon=True)
        self._reader.start()

    def _read(self, stream):
        with stream:
            for line in stream:
                with self._news:
                    self.lines.append(line.decode(errors="replace").rstrip("\n"))
                    self._news.notify_all()
        with self._news:
            self._ended = True
            self._news.notify_all()

    def wait_for(self, pattern, timeout=ANSWER_TIMEOUT_S, start=0):
        """The first match in lines from number `start` on."""
        expression = re.compile(pattern)

        def find():
            return next(filter(None, map(expression.search, self.lines[start:])), None)

        with self._news:
            self._news.wait_for(lambda: find() or self._ended, timeout)
            found = find()
        if not found:
            raise AssertionError(f"no line like {pattern!r} in:\n" + "\n".join(self.lines[-40:]))
        return found

    def text(self):
        return "\n".join(self.lines)

    def join(self):
        self._reader.join(STOP_TIMEOUT_S)


class Server:
    """One run after the other of the binary on the same data folder and, once picked, ports."""

    def __init__(self, *, config="", listen=(PLAIN,), arguments=("--no-rate-limits",), data=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tertulia-"))
        self.data = pathlib.Path(data or self.folder / "data")
        self.config_file = self.folder / "tertulia.toml"
        self.config_file.write_text(config)
        self.listen = list(listen)
        self.arguments = list(arguments)
        self.process = None
        self.output = None

    def spawn(self):
        command = [binary(), "serve", "--config", self.config_file, "--data", self.data,
                   *self.arguments]
        for url in self.listen:
            command += ["--listen", url]
        self.process = subprocess.Popen(command, cwd=self.folder, env=environment(),
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT)
        self.output = Output(self.process.stdout)

    def start(self):
        self.spawn()
        for number, url in enumerate(self.listen):
            start = re.escape(url.partition("?")[0].rpartition(":")[0])
            port = self.output.wait_for(rf"\s{start}:(\d+)", START_TIMEOUT_S).group(1)
            self.listen[number] = re.sub(r":\d+(\?|$)", rf":{port}\1", url)
        return self

    def port(self, scheme="irc"):
        url = next(url for url in self.listen if url.startswith(scheme + "://"))
        return int(re.search(r":(\d+)(\?|$)", url).group(1))

    def signal(self, number):
        self.process.send_signal(number)

    def wait(self, timeout=STOP_TIMEOUT_S):
        """The exit code, once it has ended by itself."""
        code = self.process.wait(timeout)
        self.output.join()
        check_no_report(self.output.text())
        return code

    def stop(self):
        self.signal(signal.SIGTERM)
        return self.wait()

    def kill(self):
        self.signal(signal.SIGKILL)
        return self.wait()

    def discard(self):
        """The end of a test: nothing is left, and a server whose end nobody has waited for must
        stop as it should."""
        code = 0
        try:
            if self.process and self.process.returncode is None:
                code = self.stop()
        except subprocess.TimeoutExpired:
            code = "none in time"
            self.kill()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
        if code != 0:
            raise AssertionError(f"the server ended with {code}:\n{self.output.text()}")

    def memory(self):
        """Bytes of its own that are in use."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"RssAnon:\s+(\d+)", status).group(1)) * 1024

    def open_files(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def processor_ticks_within(self, seconds):
        """Hundredths of a second of processor time that it uses in the coming `seconds`."""
        before = self._processor_ticks()
        time.sleep(seconds)
        return self._processor_ticks() - before

    def _processor_ticks(self):
        stat = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text()
        fields = stat.rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])


class Closed(AssertionError):
    """The server closed the connection while something else was awaited."""


class IrcClient:
    """Pings are answered while it waits; all lines that it saw are in `seen`."""

    def __init__(self, port, *, tls=False, source="127.0.0.1", receive_buffer=None, context=None):
        """`context` is that of the TLS, where it is to be another than one that takes anybody."""
        self.seen = []
        self._buffer = b""
        self._pings = 0
        plain = socket.socket()
        plain.settimeout(ANSWER_TIMEOUT_S)
        if receive_buffer:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        plain.bind((source, 0))
        plain.connect(("127.0.0.1", port))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = (context or trusting_context()).wrap_socket(plain) if tls else plain
        self.certificate = self.socket.getpeercert(binary_form=True) if tls else None

    def register(self, nickname, capabilities=""):
        self.nickname = nickname
        if capabilities:
            self.send("CAP LS 302", f"CAP REQ :{capabilities}")
        self.send(f"NICK {nickname}", f"USER {nickname} 0 * :{nickname}")
        if capabilities:
            self.expect(r" CAP \S+ ACK ")
            self.send("CAP END")
        self.expect(r" (376|422) ")
        return self

    def join(self, room):
        self.send(f"JOIN {room}")
        self.expect(rf" 366 \S+ {re.escape(room)} ")
        return self.sync()

    def send(self, *lines):
        self.send_bytes("".join(line + "\r\n" for line in lines).encode())

    def send_bytes(self, data):
        self.socket.sendall(data)

    def say(self, target, text):
        self.send(f"PRIVMSG {target} :{text}")

    def next_line(self, timeout=ANSWER_TIMEOUT_S):
        end = time.monotonic() + timeout
        while b"\n" not in self._buffer:
            self.socket.settimeout(max(0.001, end - time.monotonic()))
            try:
                received = self.socket.recv(65536)
            except ConnectionError:
                received = b""
            if not received:
                raise Closed("the server closed the connection; before:\n" + self.last_lines())
            self._buffer += received
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line.rstrip(b"\r").decode(errors="replace")

    def expect(self, pattern, timeout=ANSWER_TIMEOUT_S):
        """Reads up to the first line that matches, and returns the match."""
        end = time.monotonic() + timeout
        expression = re.compile(pattern)
        while True:
            try:
                line = self.next_line(end - time.monotonic())
            except TimeoutError:
                raise AssertionError(
                    f"no line like {pattern!r}; before:\n{self.last_lines()}") from None
            self.seen.append(line)
            if line.startswith("PING"):
                self.send("PONG" + line[4:])
            found = expression.search(line)
            if found:
                return found

    def sync(self):
        """The lines up to here: all that the server had for this client when it was asked."""
        start = len(self.seen)
        self._pings += 1
        self.send(f"PING :sync{self._pings}")
        self.expect(rf" PONG .*sync{self._pings}$")
        return self.seen[start:-1]

    def expect_closed(self, timeout=ANSWER_TIMEOUT_S):
        """Reads up to the end, and returns what came before it."""
        start = len(self.seen)
        try:
            self.expect("(?!)", timeout)
        except Closed:
            return self.seen[start:]

    def last_lines(self):
        return "\n".join(self.seen[-20:])

    def close(self):
        self.socket.close()


def trusting_context():
    """TLS that takes any certificate: those of the tests are self-signed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class ServerTest(unittest.TestCase):
    """A test with servers and clients that end with it."""

    def check_growth(self, server, before, growth_max):
        """That the server needs at most so much more memory than `before`; not looked at under a
        sanitizer, which keeps what was freed."""
        if not is_sanitized():
            self.assertLess(server.memory() - before, growth_max)

    def server(self, **options):
        server = Server(**options)
        self.addCleanup(server.discard)
        return server.start()

    def visitor(self, server, *, scheme="irc", **options):
        """Connected, not registered."""
        client = IrcClient(server.port(scheme), tls=scheme == "ircs", **options)
        self.addCleanup(client.close)
        return client

    def client(self, server, nickname, capabilities="", **options):
        return self.visitor(server, **options).register(nickname, capabilities)

    def guest(self, server, nickname, capabilities="", room="#lobby", **options):
        """Registered and in a room."""
        client = self.client(server, nickname, capabilities, **options)
        client.join(room)
        return client
