# SPDX-License-Identifier: Apache-2.0
"""A push service and its devices, by the RFCs and openssl's command line: what the server pushes is
received with TLS, proved to be the server's, and decrypted."""

import base64
import hashlib
import hmac
import http.server
import pathlib
import queue
import ssl
import subprocess
import tempfile
import threading
import time

from harness import ANSWER_TIMEOUT_S

# A public key of P-256 in DER is this and its point.
P256 = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")


def openssl(*arguments, feed=b""):
    return subprocess.run(["openssl", *map(str, arguments)], input=feed, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, check=True, timeout=60).stdout


def to_text(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_text(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def keyed(key, *parts):
    return hmac.new(key, b"".join(parts), hashlib.sha256).digest()


class Authority:
    """Issues certificates; `file` is what somebody trusts who trusts it."""

    def __init__(self, folder, name):
        self.folder = pathlib.Path(folder) / name
        self.folder.mkdir()
        self.file = self.folder / "ca.pem"
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-days", "2", "-subj", f"/CN={name}", "-keyout", self.folder / "ca.key",
                "-out", self.file)

    def certificate(self, alternative="IP:127.0.0.1"):
        """Key and certificate, in one file."""
        key, request, made = (self.folder / f"{alternative}.{end}" for end in ("key", "csr", "pem"))
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-subj", "/CN=push", "-keyout", key, "-out", request)
        extension = self.folder / "extension"
        extension.write_text(f"subjectAltName={alternative}\n")
        openssl("x509", "-req", "-in", request, "-CA", self.file, "-CAkey", self.folder / "ca.key",
                "-CAcreateserial", "-days", "2", "-extfile", extension, "-out", made)
        made.write_bytes(key.read_bytes() + made.read_bytes())
        return made


class Push:
    """One request."""

    def __init__(self, handler):
        self.path = handler.path
        self.headers = handler.headers
        self.body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))

    def proof(self):
        """The signed text, the signature and the server's key (RFC 8292, 3)."""
        fields = dict(one.strip().split("=", 1)
                      for one in self.headers["Authorization"].removeprefix("vapid ").split(","))
        signed, _, signature = fields["t"].rpartition(".")
        return signed, from_text(signature), fields["k"]

    def is_proved(self):
        signed, signature, key = self.proof()
        with tempfile.TemporaryDirectory() as folder:
            der = pathlib.Path(folder) / "signature"
            der.write_bytes(sequence(signature[:32], signature[32:]))
            public = pathlib.Path(folder) / "key"
            public.write_bytes(P256 + from_text(key))
            said = openssl("dgst", "-sha256", "-keyform", "DER", "-verify", public, "-signature",
                           der, feed=signed.encode())
            return b"Verified OK" in said


def sequence(*numbers):
    """Two positive numbers in DER."""
    parts = b""
    for number in numbers:
        shown = number.lstrip(b"\0")
        shown = (b"\0" if not shown or shown[0] >= 0x80 else b"") + shown
        parts += bytes([2, len(shown)]) + shown
    return bytes([0x30, len(parts)]) + parts


class Device:
    """Has keys, and opens what was encrypted for them (RFC 8291, 8188)."""

    def __init__(self, folder, name):
        self.key_file = pathlib.Path(folder) / f"{name}.device"
        openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", self.key_file)
        self.public = openssl("ec", "-in", self.key_file, "-pubout", "-outform", "DER")[-65:]
        self.secret = hashlib.sha256(name.encode()).digest()[:16]

    def keys(self):
        return f"p256dh={to_text(self.public)};auth={to_text(self.secret)}"

    def open(self, body):
        salt, size, sender, sealed = body[:16], body[20], body[21:86], body[86:]
        assert size == 65 and int.from_bytes(body[16:20], "big") == 4096
        peer = self.key_file.with_suffix(".peer")
        peer.write_bytes(P256 + sender)
        shared = openssl("pkeyutl", "-derive", "-inkey", self.key_file, "-peerkey", peer,
                         "-peerform", "DER")
        material = keyed(keyed(self.secret, shared), b"WebPush: info\0", self.public, sender, b"\1")
        root = keyed(salt, material)
        key = keyed(root, b"Content-Encoding: aes128gcm\0\1")[:16]
        nonce = keyed(root, b"Content-Encoding: nonce\0\1")[:12]
        # GCM counts from 2 on; the last 16 bytes are its tag.
        plain = openssl("enc", "-d", "-aes-128-ctr", "-K", key.hex(), "-iv",
                        (nonce + b"\0\0\0\2").hex(), feed=sealed[:-16])
        assert plain.endswith(b"\2")
        return plain[:-1].decode()


class PushService:
    """Takes pushes on a free port until it is closed; `answers` has other statuses than 201, by
    path."""

    def __init__(self, certificate):
        self.pushes = queue.Queue()
        self.broken_off = threading.Event()  # somebody did not like the certificate
        self.answers = {}
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def handle(self):
                super().handle()
                if not self.raw_requestline:  # it has seen the certificate, and said nothing
                    service.broken_off.set()

            def do_POST(self):
                service.pushes.put(Push(self))
                self.send_response(service.answers.get(self.path, 201))
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        class Listener(http.server.ThreadingHTTPServer):
            def finish_request(self, request, client_address):
                try:
                    with context.wrap_socket(request, server_side=True) as secure:
                        super().finish_request(secure, client_address)
                except (ssl.SSLError, ConnectionError):
                    service.broken_off.set()

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.listener = Listener(("127.0.0.1", 0), Handler)
        self.origin = f"https://127.0.0.1:{self.listener.server_port}"
        threading.Thread(target=self.listener.serve_forever, daemon=True).start()

    def next(self, path=None):
        """The next push, or the next to that path; those before it are lost."""
        end = time.monotonic() + ANSWER_TIMEOUT_S
        while True:
            try:
                push = self.pushes.get(timeout=max(0.001, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"nothing was pushed to {path or 'anybody'}") from None
            if path in (None, push.path):
                return push

    def close(self):
        self.listener.shutdown()
        self.listener.server_close()
