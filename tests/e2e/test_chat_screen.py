# SPDX-License-Identifier: Apache-2.0
"""`tertulia chat` on a full screen, in tmux, against the real server."""

import os
import re
import shutil
import time
import unittest

from chat_programs import CHAT_TIMEOUT_S, ScreenChat
from harness import PLAIN, TLS, ServerTest


@unittest.skipUnless(shutil.which("tmux"), "NOT TESTED: tmux is not installed")
class ScreenTest(ServerTest):
    def setUp(self):
        self.house = self.server(listen=(PLAIN, TLS))

    def url(self, scheme="irc"):
        return f"{scheme}://127.0.0.1:{self.house.port(scheme)}"

    def screen(self, *arguments, **options):
        program = ScreenChat(*arguments, **options)
        self.addCleanup(program.stop)
        return program

    def in_lobby(self, nickname, **options):
        program = self.screen(self.url(), "--nick", nickname, **options)
        program.sees(rf"│@?{nickname}$")
        return program

    def test_a_newcomer_is_asked_for_a_name_and_two_talk(self):
        ana = self.screen(self.url(), locale="es_ES.UTF-8")
        ana.sees("Escribe un nombre de usuario:")
        ana.enter("ana")
        ana.sees("│@?ana")
        eva = self.in_lobby("eva")
        eva.enter("¿qué tal? 日本語 👍")
        ana.sees(r"\d\d:\d\d eva ¿qué tal\? 日本語 👍$|eva ¿qué tal\? 日本語 👍 ")
        ana.enter("muy bien")
        eva.sees("ana muy bien")
        ana.enter("/msg eva en secreto")
        eva.sees(r"^ana +1│")
        eva.keys("M-3")
        eva.sees("ana en secreto")
        ana.enter("\\exit")
        self.assertEqual(ana.ended(), 0)

    def test_the_input_line_edits_completes_and_remembers(self):
        ana = self.in_lobby("ana")
        self.guest(self.house, "evangelina")
        ana.sees("│evangelina")
        ana.type("eva")
        ana.keys("Tab")
        ana.type("hola :tad")
        ana.keys("Tab")
        ana.sees("^> evangelina: hola 🎉")
        ana.keys("Enter")
        ana.sees("ana evangelina: hola 🎉")
        ana.keys("Up")
        ana.sees("^> evangelina: hola 🎉")
        ana.keys("C-u")
        ana.sees("^>$")

    def test_a_paste_of_lines_waits_for_enter(self):
        eva = self.guest(self.house, "eva")
        ana = self.in_lobby("ana")
        ana.paste("uno\ndos\ntres")
        ana.sees("^> uno⏎dos⏎tres")
        ana.keys("Enter")
        for line in ("uno", "dos", "tres"):
            eva.expect(f"PRIVMSG #lobby :{line}$")

    def test_it_fits_whatever_the_size_becomes(self):
        ana = self.in_lobby("ana")
        ana.enter("palabra " * 12)
        ana.sees("ana palabra")
        ana.resize(50, 12)
        ana.sees("^> *$")
        ana.sees_no_more("│")
        ana.resize(10, 3)
        ana.sees("^The screen|^too small|screen is")
        ana.resize(120, 40)
        ana.sees("│@?ana$")

    def test_the_past_is_fetched_as_one_scrolls_up(self):
        eva = self.guest(self.house, "eva")
        for number in range(260):
            eva.say("#lobby", f"number {number}.")
        eva.sync()
        ana = self.in_lobby("ana")
        ana.sees(r"number 259\.")
        end = time.monotonic() + CHAT_TIMEOUT_S
        while "number 0." not in ana.screen() and time.monotonic() < end:
            ana.keys("PPage")
        ana.sees(r"number 0\.")

    def test_a_server_that_comes_back_is_found_again_without_gap_or_repetition(self):
        ana = self.in_lobby("ana")
        ana.enter("before")
        ana.sees("ana before$|ana before ")
        self.house.kill()
        ana.sees("connection is lost")
        ana.enter("written meanwhile")
        ana.sees("ana written meanwhile ✗")
        self.house.start()
        eva = self.guest(self.house, "eva")
        ana.sees(r"ana written meanwhile *(│|$)")
        eva.say("#lobby", "after")
        ana.sees("eva after")
        shown = ana.screen()
        for text in ("ana before", "ana written meanwhile", "eva after"):
            self.assertEqual(shown.count(text), 1, shown)

    def test_a_certificate_is_asked_about_once(self):
        ana = self.screen(self.url("ircs"), "--nick", "ana")
        ana.sees(r"Trust it from now on\?")
        ana.enter("yes")
        ana.sees("│@?ana")
        ana.sees("encrypted")
        ana.sees("^>")
        ana.enter("the first line is said")
        ana.sees("ana the first line is said")
        kept = (ana.folder / "known_servers").read_text()
        self.assertRegex(kept, r"^127\.0\.0\.1:\d+ [0-9A-F:]{95}\n$")
        eva = self.screen(self.url("ircs"), "--nick", "eva")
        eva.sees(r"Trust it from now on\?")
        eva.enter("no")
        self.assertEqual(eva.ended(), 4)

    def test_another_certificate_is_refused_and_said_so(self):
        ana = self.screen(self.url("ircs"), "--nick", "ana")
        ana.sees(r"Trust it from now on\?")
        ana.enter("yes")
        ana.sees("│@?ana")
        ana.enter("/quit")
        self.assertEqual(ana.ended(), 0)
        known = ana.folder / "known_servers"
        text = known.read_text()
        known.write_text(re.sub(" ..:", " 11:" if " 00:" in text else " 00:", text))
        again = self.screen(self.url("ircs"), "--nick", "ana", folder=ana.folder)
        self.assertEqual(again.ended(), 4)
        again.sees("is not the one that was trusted")
        again.sees(r"^\[Error 400\]")

    def test_an_account_is_made_and_its_password_kept_if_asked(self):
        ana = self.in_lobby("ana")
        ana.enter("/register")
        ana.sees("A password for the new account ana")
        ana.enter("correct horse")
        ana.sees("The same password again")
        ana.enter("correct horse")
        ana.sees("Keep the password of ana")
        self.assertNotIn("correct", ana.screen())
        ana.enter("yes")
        ana.sees("The password is kept in")
        kept = ana.folder / "passwords"
        self.assertEqual(os.stat(kept).st_mode & 0o777, 0o600)
        self.assertNotIn("correct", ana.screen())

    def test_no_server_says_so_and_ends(self):
        port = self.house.port()
        self.house.stop()
        ana = self.screen(f"irc://127.0.0.1:{port}", "--nick", "ana")
        ana.sees(r"\[Error 400\]")
        self.assertEqual(ana.ended(), 4)

    def test_a_text_cannot_command_the_terminal(self):
        ana = self.in_lobby("ana", variables={"NO_COLOR": "1"})
        eva = self.guest(self.house, "eva")
        eva.say("#lobby", "\x1b[2J\x1b]0;owned\x07\x1b[31mred\x03" "04,05blue end")
        ana.sees(r"eva \[2J\]0;owned\[31mredblue end")
        self.assertNotIn("\x1b[31m", ana.screen("-e"))
