# SPDX-License-Identifier: Apache-2.0
"""`tertulia chat` in line mode, as scripts use it and as the first clients looked."""

import json
import re
import socket
import subprocess

from chat_programs import LineChat
from harness import PLAIN, TLS, ServerTest, binary


class LineModeTest(ServerTest):
    def setUp(self):
        self.house = self.server(listen=(PLAIN, TLS))

    def url(self, scheme="irc"):
        return f"{scheme}://127.0.0.1:{self.house.port(scheme)}"

    def chat(self, *arguments, **options):
        program = LineChat(*arguments, **options)
        self.addCleanup(program.stop)
        return program

    def test_the_dialogue_of_the_first_clients(self):
        ana = self.chat(self.url(), locale="es_ES.UTF-8")
        ana.sees(r"^Conectado a 127\.0\.0\.1 en el puerto \d+$")
        ana.sees(r"^Escribe \\exit para salir")
        ana.sees("^Escribe un nombre de usuario$")
        ana.type("ana")
        ana.sees(r'^\[100\] El usuario "ana" se ha unido al grupo$')
        eva = self.guest(self.house, "eva")
        ana.sees(r'^\[100\] El usuario "eva" se ha unido al grupo$')
        eva.say("#lobby", "¿qué tal?")
        ana.sees(r"^\[300\] <eva> ¿qué tal\?$")
        ana.type("muy bien")
        eva.expect(":ana!.* PRIVMSG #lobby :muy bien")
        eva.send("QUIT")
        ana.sees(r'^\[200\] El cliente "eva" está offline$')
        ana.type("\\exit")
        self.assertEqual(ana.wait(), 0)

    def test_a_script_says_all_its_lines_and_leaves(self):
        eva = self.guest(self.house, "eva")
        bot = self.chat(self.url(), "--nick", "bot")
        bot.type(*(f"line {number}" for number in range(30)))
        bot.end_input()
        for number in range(30):
            eva.expect(f"PRIVMSG #lobby :line {number}$")
        self.assertEqual(bot.wait(), 0)

    def test_what_was_said_before_leaving_is_sent_first(self):
        eva = self.guest(self.house, "eva")
        bot = self.chat(self.url(), "--nick", "bot")
        bot.type(*(f"line {number}" for number in range(30)), "\\exit")
        for number in range(30):
            eva.expect(f"PRIVMSG #lobby :line {number}$")
        self.assertEqual(bot.wait(), 0)

    def test_a_line_of_any_length_is_sent_whole(self):
        eva = self.guest(self.house, "eva")
        bot = self.chat(self.url(), "--nick", "bot")
        line = " ".join(f"palabra{number}" for number in range(700))
        bot.type(line, "the end")
        bot.end_input()
        heard = ""
        while not heard.endswith("the end"):
            heard += eva.expect("PRIVMSG #lobby :(.*)$").group(1)
        self.assertEqual(heard, line + "the end")
        self.assertEqual(bot.wait(), 0)

    def test_a_script_whose_name_is_taken_fails(self):
        eva = self.guest(self.house, "eva")
        bot = self.chat(self.url(), "--nick", "eva")
        bot.type("The backup is done")
        bot.end_input()
        self.assertEqual(bot.wait(), 4)
        bot.sees("No user name was accepted")
        unnamed = self.chat(self.url())
        unnamed.type("eva", "The backup is done")
        self.assertEqual(unnamed.wait(), 4)
        eva.sync()

    def test_a_path_is_said_and_an_unknown_command_fails_at_the_end(self):
        eva = self.guest(self.house, "eva")
        bot = self.chat(self.url(), "--nick", "bot")
        bot.type("/usr/bin/foo: error", "/bogus", "the rest")
        bot.end_input()
        eva.expect("PRIVMSG #lobby :/usr/bin/foo: error")
        eva.expect("PRIVMSG #lobby :the rest")
        bot.sees("There is no command /bogus")
        self.assertEqual(bot.wait(), 1)

    def test_a_fingerprint_is_held_to_even_on_this_machine(self):
        wrong = self.chat(self.url("ircs"), "--nick", "ana", "--trust", "00:11")
        shown = wrong.sees("is not the one that --trust names: its SHA-256 is ([0-9A-F:]{95})")
        self.assertEqual(wrong.wait(), 4)
        right = self.chat(self.url("ircs"), "--nick", "ana", "--trust", shown.group(1))
        right.sees(r"^\[100\] ")
        right.type("\\exit")
        self.assertEqual(right.wait(), 0)
        self.assertIn(shown.group(1), (right.folder / "known_servers").read_text())

    def test_a_server_that_is_silent_about_tls_is_tried_without(self):
        with socket.create_server(("127.0.0.1", 0)) as door:
            ana = self.chat("127.0.0.1", door.getsockname()[1], "--nick", "ana")
            first, _ = door.accept()
            with first:
                ana.sees("trying without encryption")
                second, _ = door.accept()
                with second:
                    self.assertTrue(second.recv(100).startswith(b"CAP LS"))

    def test_a_lone_fin_leaves(self):
        ana = self.chat(self.url(), "--nick", "ana")
        ana.sees(r"^\[100\] ")
        ana.type("FIN")
        self.assertEqual(ana.wait(), 0)

    def test_json_has_an_object_a_line(self):
        ana = self.chat(self.url(), "--json", "--nick", "ana")
        ana.sees('"joined"')
        eva = self.guest(self.house, "eva")
        eva.say("#lobby", 'a "quote" and \\ more')
        ana.sees('quote')
        ana.type("\\exit")
        self.assertEqual(ana.wait(), 0)
        events = [json.loads(line) for line in ana.output.lines]
        said = next(event for event in events if event["event"] == "message")
        self.assertEqual((said["from"], said["room"], said["text"]),
                         ("eva", "#lobby", 'a "quote" and \\ more'))

    def test_no_server_is_400(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            port = unused.getsockname()[1]
        ana = self.chat("127.0.0.1", port, "--nick", "ana", locale="es_ES.UTF-8")
        ana.sees(r"^\[Error 400\]: No se ha podido hacer la conexión$")
        self.assertEqual(ana.wait(), 4)

    def test_a_server_that_dies_is_500(self):
        ana = self.chat(self.url(), "--nick", "ana", locale="es_ES.UTF-8")
        ana.sees(r"^\[100\] ")
        self.house.kill()
        ana.sees(r"^\[Error 500\] Desconectado del servidor$")
        self.assertEqual(ana.wait(), 5)

    def test_a_certificate_is_known_again_and_another_one_refused(self):
        ana = self.chat(self.url("ircs"), "--nick", "ana")
        ana.sees("^The certificate [0-9A-F:]{95} is trusted from now on$")
        ana.sees(r"^\[100\] ")
        ana.type("\\exit")
        self.assertEqual(ana.wait(), 0)
        again = LineChat(self.url("ircs"), "--nick", "ana", folder=ana.folder)
        self.addCleanup(again.stop)
        again.sees(r"^\[100\] ")
        again.type("\\exit")
        self.assertEqual(again.wait(), 0)
        self.assertNotIn("trusted from now on", again.output.text())
        known = ana.folder / "known_servers"
        known.write_text(re.sub(r" ..:", " 00:" if " 00:" not in known.read_text() else " 11:",
                                known.read_text()))
        third = LineChat(self.url("ircs"), "--nick", "ana", folder=ana.folder)
        self.addCleanup(third.stop)
        third.sees("is not the one that was trusted")
        self.assertEqual(third.wait(), 4)

    def test_it_talks_over_websocket_with_and_without_tls(self):
        house = self.server(listen=(PLAIN, "http://127.0.0.1:0", "ws://127.0.0.1:0",
                                    "wss://127.0.0.1:0"))
        eva = self.guest(house, "eva")
        for number, url in enumerate((f"ws://127.0.0.1:{house.port('http')}/irc#lobby",
                                      f"ws://127.0.0.1:{house.port('ws')}",
                                      f"wss://127.0.0.1:{house.port('wss')}")):
            ana = self.chat(url, "--nick", f"ana{number}")
            ana.sees(rf'^\[100\] The user "ana{number}"')
            ana.type("¿qué tal? 日本語")
            eva.expect(f":ana{number}!.* PRIVMSG #lobby :¿qué tal\\? 日本語$")
            eva.say("#lobby", f"hola {number}")
            ana.sees(rf"^\[300\] <eva> hola {number}$")
            ana.type("\\exit")
            self.assertEqual(ana.wait(), 0)
        self.assertIn("trusted from now on", ana.output.text())
        again = LineChat(url, "--nick", "ana", folder=ana.folder)
        self.addCleanup(again.stop)
        again.sees(r"^\[100\] ")
        self.assertNotIn("trusted from now on", again.output.text())
        house.kill()
        again.sees(r"^\[Error 500\]")
        self.assertEqual(again.wait(), 5)

    def test_the_host_may_stand_behind_the_rooms(self):
        ana = self.chat("--nick", "ana", "--join", "#one", "--join", "#two", self.url())
        ana.sees(r"^Connected to 127\.0\.0\.1")
        ana.sees(r'^\[100\] The user "ana"')
        ana.type("\\exit")
        self.assertEqual(ana.wait(), 0)

    def test_a_web_page_is_no_chat_by_websocket(self):
        house = self.server(listen=(PLAIN, "http://127.0.0.1:0"))
        ana = self.chat(f"ws://127.0.0.1:{house.port('http')}/nothing", "--nick", "ana")
        ana.sees("There is no chat by WebSocket at this address: HTTP/1.1 404")
        ana.sees(r"^\[Error 400\]")
        self.assertEqual(ana.wait(), 4)

    def test_the_words_of_the_old_clients_work(self):
        eva = self.guest(self.house, "eva")
        ana = self.chat(self.url(), "--nick", "ana")
        ana.sees(r"^\[100\] ")
        ana.type("#show users")
        ana.sees(r"^#lobby \(2\): .*eva")
        ana.type("#/private eva en secreto")
        eva.expect(":ana!.* PRIVMSG eva :en secreto")
        before = len(ana.output.lines)
        ana.type("#cR sala")
        ana.sees(r'^\[100\] The user "ana"', before)
        eva.join("#sala")
        ana.sees('"eva" has joined')
        ana.type("hola sala")
        eva.expect("PRIVMSG #sala :hola sala")
        ana.type("#lR")
        ana.sees(r"^#sala \(2\)")
        ana.type("#eR")
        eva.expect(":ana!.* PART #sala")

    def test_an_account_is_made_and_logged_in_to(self):
        subprocess.run([binary(), "account", "add", "ana", "--password-stdin", "--data",
                        self.house.data, "--config", self.house.config_file],
                       input=b"correct horse\n", check=True, capture_output=True, timeout=60)
        ana = self.chat(self.url(), "--account", "ana")
        ana.sees("^Password of ana")
        ana.type("correct horse")
        ana.sees(r'^\[100\] The user "ana"')
        ana.type("/whois ana")
        ana.sees("has the account ana")
        wrong = self.chat(self.url(), "--account", "ana")
        wrong.sees("^Password of ana")
        wrong.type("wrong")
        wrong.sees("^Wrong account or password: ana")
        self.assertEqual(wrong.wait(), 4)
