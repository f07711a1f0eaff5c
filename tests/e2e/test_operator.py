# SPDX-License-Identifier: Apache-2.0
"""What an operator does and does wrong: a mistake is one clear sentence and a non-zero exit, a
signal is obeyed, and a file that is not ours stays as it is."""

import hashlib
import pathlib
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time

from harness import ANSWER_TIMEOUT_S, PLAIN, STOP_TIMEOUT_S, TLS, Server, ServerTest, run


JOURNAL_LINE = re.compile(r"\d{4}-\d\d-\d\dT\S+Z ")


def fingerprint(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def make_certificate(folder, name):
    """Overwrites certificate.pem and key.pem there."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", f"/CN={name}",
                    "-keyout", folder / "key.pem", "-out", folder / "certificate.pem"],
                   check=True, capture_output=True, timeout=STOP_TIMEOUT_S)


class CommandLineTest(ServerTest):
    def test_version_is_one_line(self):
        done = run("--version")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout, r"^tertulia \d+\.\d+\.\d+\n$")

    def test_help_teaches_with_examples(self):
        done = run("--help")
        self.assertEqual(done.returncode, 0)
        self.assertIn("tertulia serve --", done.stdout)

    def test_a_good_configuration_is_fine(self):
        done = self.check('name = "chat.example.org"\n')
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_the_printed_example_is_a_good_configuration(self):
        done = self.check(run("config", "example").stdout)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_an_unknown_key_is_named_with_file_and_line(self):
        done = self.check('name = "a.example"\n\n[limits]\nbursts = 3\n')
        self.assertNotEqual(done.returncode, 0)
        self.assertRegex(done.stderr, r"tertulia\.toml:4: .*limits\.bursts")

    def test_a_bad_value_says_what_is_expected(self):
        done = self.check('[limits]\nburst = "many"\n')
        self.assertNotEqual(done.returncode, 0)
        self.assertRegex(done.stderr, r"tertulia\.toml:2: limits\.burst must be a whole number")

    def check(self, text):
        server = Server(config=text)
        self.addCleanup(server.discard)
        return run("config", "check", server.config_file)


class RefusalTest(ServerTest):
    def setUp(self):
        self.house = Server()
        self.addCleanup(self.house.discard)
        self.data = self.house.data

    def check_refused(self, pattern, *arguments):
        """One sentence on stderr besides the journal, an exit code, no trace of the inside."""
        done = run("serve", *arguments)
        self.assertIn(done.returncode, (1, 2))
        self.assertRegex(done.stderr, pattern)
        sentences = [line for line in done.stderr.splitlines() if not JOURNAL_LINE.match(line)]
        self.assertEqual(len(sentences), 1, done.stderr)
        self.assertNotRegex(done.stderr, r"terminate called|what\(\)|std::|\.cpp")

    def start_with(self, *listen):
        return ["--data", self.data, *(word for url in listen for word in ("--listen", url))]


class MistakeTest(RefusalTest):
    def test_a_port_that_another_program_holds(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            url = f"irc://127.0.0.1:{taken.getsockname()[1]}"
            self.check_refused(rf"{taken.getsockname()[1]}.*use", *self.start_with(url))

    def test_a_port_that_shares_but_is_held(self):
        with socket.socket() as taken:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            url = f"irc://127.0.0.1:{taken.getsockname()[1]}"
            self.check_refused(rf"{taken.getsockname()[1]}.*use", *self.start_with(url))

    def test_a_data_folder_whose_name_is_a_file(self):
        self.data.write_text("not a folder")
        self.check_refused(re.escape(str(self.data)), *self.start_with(PLAIN))
        self.assertEqual(self.data.read_text(), "not a folder")

    def test_a_data_folder_that_cannot_be_made(self):
        self.check_refused("/proc/tertulia", "--data", "/proc/tertulia", "--listen", PLAIN)

    def test_a_data_folder_that_another_server_holds(self):
        self.house.start()
        self.check_refused("held by another server", *self.start_with(PLAIN))

    def test_bad_urls(self):
        for url in ("irc://127.0.0.1:99999", "gopher://127.0.0.1:70", "127.0.0.1:6667",
                    "irc://", "irc://127.0.0.1:0?certificate=x"):
            with self.subTest(url=url):
                self.check_refused(re.escape(url.partition("?")[0]), *self.start_with(url))

    def test_a_certificate_that_is_not_there(self):
        url = "ircs://127.0.0.1:0?certificate=/nowhere/c.pem&key=/nowhere/k.pem"
        self.check_refused("/nowhere/", *self.start_with(url))

    def test_a_configuration_that_is_not_there(self):
        self.check_refused("/nowhere.toml", "--config", "/nowhere.toml")

    def test_an_unknown_setting(self):
        self.house.config_file.write_text("colour = 3\n")
        self.check_refused(r"tertulia\.toml:1: .*colour", "--config", self.house.config_file,
                           *self.start_with(PLAIN))

    def test_an_unknown_option(self):
        self.check_refused("--colour", "--colour")


class DatabaseTest(RefusalTest):
    """Files in the database's place."""

    def setUp(self):
        super().setUp()
        self.house.start()
        guest = self.guest(self.house, "ana", "echo-message")
        guest.say("#lobby", "kept")
        guest.expect("PRIVMSG #lobby :?kept")
        self.house.stop()
        self.database = self.find_database()

    def find_database(self):
        return self.data / "tertulia.db"

    def check_left_alone(self, pattern):
        before = fingerprint(self.database)
        self.check_refused(pattern, *self.start_with(PLAIN))
        self.assertEqual(fingerprint(self.database), before)

    def test_a_database_of_a_newer_version(self):
        with sqlite3.connect(self.database) as database:
            database.execute("PRAGMA user_version = 100000")
        database.close()
        self.check_left_alone("newer")

    def test_a_database_of_another_program(self):
        self.database.unlink()
        with sqlite3.connect(self.database) as database:
            database.execute("CREATE TABLE recipe (name TEXT)")
        database.close()
        self.check_left_alone(re.escape(str(self.database)))

    def test_a_file_that_is_no_database(self):
        self.database.write_bytes(b"Dear diary,\n" * 1000)
        self.check_left_alone(re.escape(str(self.database)))

    def test_a_damaged_database(self):
        content = bytearray(self.database.read_bytes())
        content[4096:] = random.Random(1).randbytes(len(content) - 4096)
        self.database.write_bytes(content)
        self.check_left_alone(re.escape(str(self.database)))

    def test_a_database_that_was_cut_off(self):
        self.database.write_bytes(self.database.read_bytes()[:6000])
        self.check_left_alone(re.escape(str(self.database)))


class PrivacyTest(ServerTest):
    def test_what_it_writes_is_for_its_own_user_even_in_a_folder_open_to_all(self):
        house = Server(listen=(PLAIN, TLS))
        self.addCleanup(house.discard)
        house.data.mkdir(mode=0o755)
        house.start()
        open_to_others = [path.name for path in house.data.iterdir() if path.stat().st_mode & 0o077]
        self.assertEqual(open_to_others, [])


class SignalTest(ServerTest):
    def test_sigterm_says_goodbye_and_ends_well(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(signal=number):
                house = self.server()
                ana = self.guest(house, "ana")
                house.signal(number)
                self.assertRegex(ana.expect_closed()[-1], "^ERROR ")
                self.assertEqual(house.wait(), 0)

    def test_sigterm_does_not_wait_for_those_who_do_not_read(self):
        house = self.server()
        talker = self.guest(house, "talker", "echo-message")
        self.guest(house, "sleeper", receive_buffer=4096)
        talker.send(*(f"PRIVMSG #lobby :{number} {'x' * 400}" for number in range(1000)))
        talker.expect("PRIVMSG #lobby :999 ")
        self.visitor(house).send("NICK half")
        house.signal(signal.SIGTERM)
        self.assertEqual(house.wait(timeout=10), 0)

    def test_what_was_said_before_sigterm_is_kept(self):
        house = self.server()
        ana = self.guest(house, "ana", "echo-message")
        ana.say("#lobby", "the last word")
        ana.expect("PRIVMSG #lobby :the last word")
        house.stop()
        house.start()
        self.assertIn("the last word", "\n".join(self.client(house, "ben").join("#lobby")))

    def test_sighup_changes_the_message_of_the_day_and_drops_nobody(self):
        house = self.server(config='motd = ["old news"]\n')
        ana = self.guest(house, "ana")
        house.config_file.write_text('motd = ["fresh news"]\n')
        house.signal(signal.SIGHUP)
        self.ask_until(ana, "MOTD", " 376 ", "fresh news")

    def test_sighup_keeps_what_was_when_the_file_is_wrong(self):
        house = self.server(config='motd = ["old news"]\n')
        ana = self.guest(house, "ana")
        house.config_file.write_text('motdd = ["fresh news"]\n')
        house.signal(signal.SIGHUP)
        house.output.wait_for(r"tertulia\.toml:1: .*motdd")
        ana.send("MOTD")
        ana.expect("old news")

    def test_sighup_says_what_needs_a_restart(self):
        house = self.server(config='name = "one.example"\n')
        house.config_file.write_text('name = "two.example"\n')
        house.signal(signal.SIGHUP)
        house.output.wait_for(r"next start: .*\bname\b")

    def test_sighup_takes_a_new_certificate_and_drops_nobody(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="tertulia-certificate-"))
        self.addCleanup(shutil.rmtree, folder)
        make_certificate(folder, "old.example")
        house = self.server(listen=(
            f"ircs://127.0.0.1:0?certificate={folder}/certificate.pem&key={folder}/key.pem",))
        ana = self.guest(house, "ana", scheme="ircs")
        before = self.shown_certificate(house)
        make_certificate(folder, "new.example")
        house.signal(signal.SIGHUP)
        end = time.monotonic() + ANSWER_TIMEOUT_S
        while self.shown_certificate(house) == before:
            self.assertLess(time.monotonic(), end, "the new certificate is not shown")
        self.assertEqual(ana.sync(), [])

    def shown_certificate(self, house):
        visitor = self.visitor(house, scheme="ircs")
        visitor.close()
        return visitor.certificate

    def ask_until(self, client, question, last, wanted):
        """Asks until the answer, which ends with a line like `last`, has what is wanted."""
        end = time.monotonic() + ANSWER_TIMEOUT_S
        while time.monotonic() < end:
            start = len(client.seen)
            client.send(question)
            client.expect(last)
            if wanted in "\n".join(client.seen[start:]):
                return
        self.fail(f"{question} never answered {wanted!r}")
