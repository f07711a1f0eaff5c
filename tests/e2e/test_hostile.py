# SPDX-License-Identifier: Apache-2.0
"""Nothing sent at the server hurts it: afterwards it answers, idles without processor time, and
holds neither memory nor files of those who are gone."""

import os
import random
import socket
import ssl
import time

from harness import PLAIN, TLS, ServerTest, trusting_context

MEMORY_GROWTH_MAX = 32 << 20
OPEN_FILES_GROWTH_MAX = 8
FILES_BACK_TIMEOUT_S = 30
IDLE_S = 2
IDLE_TICKS_MAX = 2  # of 10 ms
VISITORS = 10_000
AT_ONCE = 500
REGISTRATION_TIMEOUT = '[limits]\nregistration_timeout = "1s"\n'


class HostileTest(ServerTest):
    def setUp(self):
        self.house = self.server(listen=(PLAIN, TLS), config=REGISTRATION_TIMEOUT)
        self.witness = self.guest(self.house, "witness")
        self.memory = self.house.memory()
        self.files = self.house.open_files()

    def check_unhurt(self):
        self.witness.say("#lobby", "still here?")
        self.witness.sync()
        self.guest(self.house, "newcomer").send("QUIT")
        self.witness.expect(":newcomer!.* QUIT")
        self.wait_until_files_are_back()
        self.check_growth(self.house, self.memory, MEMORY_GROWTH_MAX)
        self.assertLessEqual(self.house.processor_ticks_within(IDLE_S), IDLE_TICKS_MAX)

    def wait_until_files_are_back(self):
        """The server drops by itself those who neither register nor close their end."""
        end = time.monotonic() + FILES_BACK_TIMEOUT_S
        while self.house.open_files() - self.files > OPEN_FILES_GROWTH_MAX:
            if time.monotonic() > end:
                self.fail(f"{self.house.open_files()} files are open, before: {self.files}")
            self.witness.sync()

    def throw(self, data):
        """At an unregistered connection and at a registered one, as far as the server listens."""
        for client in (self.visitor(self.house), self.client(self.house, "thrower")):
            try:
                client.send_bytes(data)
                client.socket.shutdown(socket.SHUT_WR)
                client.expect_closed()
            except (ConnectionError, OSError):
                pass

    def test_a_megabyte_without_a_line_break(self):
        self.throw(b"x" * (1 << 20))
        self.check_unhurt()

    def test_a_long_line_is_answered_and_the_next_one_is_heard(self):
        client = self.client(self.house, "talker")
        client.send("PRIVMSG #lobby :" + "x" * 5000, "PING :after")
        client.expect(" 417 ")
        client.expect("PONG .*after")

    def test_binary(self):
        self.throw(random.Random(1).randbytes(1 << 18))
        self.check_unhurt()

    def test_nul_bytes(self):
        self.throw(b"\0" * 4096 + b"PRIVMSG #lobby :a\0b\r\n" + b"\0\r\n" * 1000)
        self.check_unhurt()

    def test_invalid_utf8_is_refused_and_the_next_line_is_heard(self):
        client = self.guest(self.house, "talker")
        client.send_bytes(b"PRIVMSG #lobby :\xff\xfe\xc0\x80\r\nPING :after\r\n")
        client.expect("PONG .*after")
        self.assertNotIn("PRIVMSG", "\n".join(self.witness.sync()))
        self.throw(b"NICK \xff\xff\r\nUSER \xc0\xaf 0 * :\xed\xa0\x80\r\n" * 1000)
        self.check_unhurt()

    def test_lines_of_only_blanks(self):
        self.throw(b" \r\n    \r\n\r\n\n\r\r\n" * 5000)
        self.check_unhurt()

    def test_tags_of_8_kib(self):
        client = self.guest(self.house, "talker", "message-tags")
        client.send("@+a=" + "x" * 8192 + " PRIVMSG #lobby :too much", "PING :after")
        client.expect(" 417 ")
        client.expect("PONG .*after")
        self.throw((b"@" + b"a=b;" * 2048 + b" NICK x\r\n") * 100)
        self.check_unhurt()

    def test_a_tls_hello_on_the_plain_port(self):
        with self.assertRaises((ssl.SSLError, OSError)):
            trusting_context().wrap_socket(
                socket.create_connection(("127.0.0.1", self.house.port("irc")), timeout=10))
        self.check_unhurt()

    def test_plain_text_on_the_tls_port(self):
        with socket.create_connection(("127.0.0.1", self.house.port("ircs")), timeout=10) as plain:
            plain.sendall(b"NICK ana\r\nUSER ana 0 * :ana\r\n")
            self.assertNotIn(b" 001 ", read_to_the_end(plain))
        self.check_unhurt()

    def test_half_a_line_and_then_silence(self):
        silent = self.visitor(self.house)
        silent.send_bytes(b"NICK an")
        silent.expect_closed()
        self.check_unhurt()

    def test_who_never_registers_is_closed_in_time(self):
        waiting = [self.visitor(self.house) for _ in range(50)]
        waiting += [self.visitor(self.house, scheme="ircs") for _ in range(10)]
        for client in waiting:
            self.assertRegex("\n".join(client.expect_closed()), "^ERROR ")
        self.check_unhurt()

    def test_who_never_says_hello_to_tls_is_closed_in_time(self):
        with socket.create_connection(("127.0.0.1", self.house.port("ircs")), timeout=15) as mute:
            self.assertEqual(read_to_the_end(mute), b"")
        self.check_unhurt()

    def test_ten_thousand_connections_opened_and_closed(self):
        for round_number in range(VISITORS // AT_ONCE):
            visitors = [self.open_from(f"127.0.{1 + number % 50}.1") for number in range(AT_ONCE)]
            for number, visitor in enumerate(visitors):
                if number % 2:
                    visitor.send(f"NICK v{round_number}x{number}\r\n".encode())
                visitor.close()
        self.check_unhurt()

    def open_from(self, source):
        return socket.create_connection(("127.0.0.1", self.house.port()), timeout=10,
                                        source_address=(source, 0))

    def test_a_random_walk_through_the_grammar(self):
        dice = random.Random(int(os.environ.get("TERTULIA_SEED", "1")))
        words = ["NICK", "USER", "JOIN", "PART", "PRIVMSG", "MODE", "WHO", "CAP", "CHATHISTORY",
                 "#lobby", "#x", "ana", "*", "+o", "+bbb", "-", ":", ":x y", "0", "LATEST", "LS",
                 "@", "@a=b", "", ",", "#a,#b", "msgid=x", "\x01ACTION\x01", "302", "END", "ñ"]
        client = self.client(self.house, "walker")
        for _ in range(3000):
            client.send(" ".join(dice.choices(words, k=dice.randrange(1, 8))))
        client.sync()
        self.check_unhurt()


def read_to_the_end(connection):
    received = b""
    try:
        while chunk := connection.recv(4096):
            received += chunk
    except ConnectionError:
        pass
    return received


class TurnedAwayTest(ServerTest):
    def test_who_comes_too_often_hears_why_and_when_to_come_again(self):
        house = self.server(listen=(PLAIN, TLS, "http://127.0.0.1:0"), arguments=(),
                            config="[limits]\nunregistered_per_address = 1\n")
        first = self.visitor(house)
        second = self.visitor(house)
        second.expect("^ERROR :Too many connections from your address .* again in 30 seconds")
        second.expect_closed()
        encrypted = self.visitor(house, scheme="ircs")
        encrypted.expect("^ERROR :Too many connections from your address")
        with socket.create_connection(("127.0.0.1", house.port("http")), timeout=10) as browser:
            browser.sendall(b"GET /irc HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = browser.recv(4096)
        self.assertTrue(answer.startswith(b"HTTP/1.1 429 "), answer)
        self.assertIn(b"\r\nRetry-After: 30\r\n", answer)
        first.send("NICK ana", "USER a 0 * :A")
        first.expect(" 001 ana ")
        self.client(house, "eva")

    def test_who_finds_the_server_full_hears_it(self):
        house = self.server(listen=(PLAIN, "http://127.0.0.1:0"), arguments=(),
                            config="[limits]\nconnections = 1\n")
        first = self.client(house, "ana")
        second = self.visitor(house)
        second.expect("^ERROR :The server is full: try again in a while")
        second.expect_closed()
        with socket.create_connection(("127.0.0.1", house.port("http")), timeout=10) as browser:
            browser.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = browser.recv(4096)
        self.assertTrue(answer.startswith(b"HTTP/1.1 503 "), answer)
        first.send("PING still :here")
        first.expect("PONG .*still")
