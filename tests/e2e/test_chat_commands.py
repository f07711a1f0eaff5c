# SPDX-License-Identifier: Apache-2.0
"""Each command of `tertulia chat`, typed into the real program and seen at the other end."""

import pathlib
import shutil
import socket
import tempfile
import time
import unittest

from chat_programs import ScreenChat
from harness import PLAIN, ServerTest
from test_files import png


def free_port():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return unused.getsockname()[1]


@unittest.skipUnless(shutil.which("tmux"), "NOT TESTED: tmux is not installed")
class CommandsTest(ServerTest):
    def setUp(self):
        web = free_port()  # named in the configuration, so it cannot be picked later
        self.house = self.server(listen=(PLAIN, f"http://127.0.0.1:{web}"),
                                 config=f'[web]\naddress = "http://127.0.0.1:{web}"\n')

    def chat(self, nickname, *arguments, sees=None, **options):
        program = ScreenChat(f"irc://127.0.0.1:{self.house.port()}", "--nick", nickname,
                             *arguments, **options)
        self.addCleanup(program.stop)
        program.sees(sees or rf"│@?{nickname}$")
        return program

    def test_messages_are_answered_marked_changed_and_taken_back(self):
        ana, eva = self.chat("ana"), self.chat("eva")
        ana.enter("first")
        eva.sees("ana first")
        eva.enter("/reply ana an answer")
        ana.sees(r"┌ ana: first *(│.*)?\n.*eva an answer")
        ana.enter("/react :tada:")
        eva.sees(r"eva an answer *(│.*)?\n.* 🎉")
        ana.enter("/unreact :tada:")
        eva.sees_no_more("🎉")
        eva.enter("/edit another answer")
        ana.sees(r"eva another answer \(edited\)")
        eva.enter("/delete")
        ana.sees(r"eva \(deleted\)")
        ana.sees_no_more("another answer")
        ana.enter("/me waves")
        eva.sees(r"\* ana waves")

    def test_numbers_stand_where_a_command_takes_one(self):
        ana = self.chat("ana")
        ana.enter("older")
        ana.enter("newer")
        ana.sees("ana newer *(│|$)")
        ana.type("/delete ")
        ana.sees(" 2 ana older")
        ana.sees(" 1 ana newer")
        ana.enter("2")
        ana.sees(r"ana \(deleted\)")
        ana.sees("ana newer")

    def test_what_was_said_is_searched_for(self):
        ana = self.chat("ana")
        ana.enter("the needle is here")
        ana.enter("nothing to see")
        ana.sees("ana nothing to see *(│|$)")
        self.search(ana, "needle")
        ana.sees("#lobby <ana> the needle is here")

    def search(self, who, word):
        """The index is a moment behind what was said."""
        for _ in range(50):
            who.enter(f"/search {word}")
            if who.sees(r"(\d+) found *(│.*)?\n(?!(.*\n)*.*\d found)").group(1) != "0":
                return
        raise AssertionError("never found:\n" + who.screen())

    def test_a_picture_is_uploaded_and_its_link_opened(self):
        opened = pathlib.Path(tempfile.mkdtemp(prefix="tertulia-opened-"))
        self.addCleanup(shutil.rmtree, opened)
        browser = opened / "browser"
        browser.write_text(f'#!/bin/sh\necho "$1" > "{opened}/new"\nmv "{opened}/new" '
                           f'"{opened}/link"\n')
        browser.chmod(0o700)
        picture = opened / "mi foto.png"
        picture.write_bytes(png(300, 200))
        ana = self.chat("ana")
        eva = self.chat("eva", variables={"BROWSER": str(browser)})
        ana.enter(f"/upload {picture}")
        eva.sees(r"ana mi foto\.png \(\d+ B\)")
        eva.sees("http://127.0.0.1:")
        eva.type("/open ")
        eva.sees(" 1 ana mi foto")
        eva.enter("1")
        eva.sees("Link:")
        self.wait_until(lambda: (opened / "link").exists())
        self.assertRegex((opened / "link").read_text(), r"^http://127\.0\.0\.1:\d+/files/\S+\n$")
        ana.enter("/upload /does/not/exist")
        ana.sees("could not be uploaded: there is no such")

    def test_a_big_file_has_a_bar(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="tertulia-big-"))
        self.addCleanup(shutil.rmtree, folder)
        big = folder / "big.bin"
        big.write_bytes(bytes(8 << 20))
        ana = self.chat("ana")
        ana.enter(f"/upload {big}")
        ana.sees(r"[█░]{10} big\.bin: \S+ MiB of 8\.0 MiB \(\d+ %\)|ana big\.bin")
        ana.sees(r"ana big\.bin \(8\.0 MiB\)")
        ana.sees_no_more("[█░]")

    def wait_until(self, holds):
        for _ in range(600):
            if holds():
                return
            time.sleep(0.05)
        raise AssertionError("it has not happened")

    def test_rooms_are_made_ruled_and_left(self):
        ana, eva = self.chat("ana"), self.chat("eva")
        ana.enter("/join sala")
        ana.sees("│@ana$")
        ana.enter("/topic about us")
        ana.sees("^#sala — about us")
        ana.enter("/invite eva")
        ana.sees("ana has invited eva")
        eva.sees("ana invites you to #sala")
        eva.enter("/join #sala")
        eva.sees("^#sala — about us")
        ana.sees("│eva")
        ana.enter("/mode +v eva")
        eva.sees(r"│\+eva$")
        ana.enter("/names")
        ana.sees(r"#sala \(2\): @ana \+eva")
        ana.enter("/kick eva enough")
        eva.sees(r"ana has put eva out \(enough\)")
        ana.enter("/ban eva")
        ana.sees(r"ana has set \+b eva!\*@\*")
        eva.enter("/join #sala")
        eva.sees("#sala: Cannot join")
        ana.enter("/ban")
        ana.sees(r"eva!\*@\* ")
        ana.enter("/unban eva")
        ana.sees(r"ana has set -b eva!\*@\*")
        eva.enter("/join #sala")
        eva.sees("│@ana$")
        eva.enter("/part")
        ana.sees("eva has gone out")
        eva.sees("^#lobby")
        eva.enter("/list")
        eva.sees(r"#sala \(1\) .*about us")

    def test_people_are_talked_to_named_and_looked_at(self):
        ana, eva = self.chat("ana"), self.chat("eva")
        ana.enter("/msg eva psst")
        eva.sees(r"^ana +1│")
        ana.enter("/query eva")
        ana.sees("^eva$|^eva ")
        ana.sees("ana psst")
        ana.enter("/close")
        ana.sees("^#lobby")
        eva.enter("/away at lunch")
        eva.sees(r"\[away\]")
        ana.enter("/whois eva")
        ana.sees("at lunch")
        eva.enter("/away")
        eva.sees_no_more(r"\[away\]")
        eva.enter("/nick evita")
        ana.sees("eva is now called evita")
        ana.enter("/quote PRIVMSG evita :by hand")
        eva.sees(r"^ana +2│")
        ana.enter("/nonsense")
        ana.sees("There is no command /nonsense")
        ana.enter("/help topic")
        ana.sees(r"/topic \[TEXT\]")
        eva.enter("/quit bye")
        self.assertEqual(eva.ended(), 0)
        ana.sees("evita is offline")

    def test_help_lists_every_command(self):
        ana = self.chat("ana", rows=60)
        ana.enter("/help")
        ana.sees("Keys: ")
        for name in ("join part msg me nick topic kick ban unban invite away whois list names "
                     "query reply react unreact edit delete upload open search help quit "
                     "register login forget mode close quote").split():
            ana.sees(rf"│\d\d:\d\d /{name}\b")
        for words in (r"#cR", r"#gR", r"#eR", r"#lR", "#show users", "#/private"):
            ana.sees(words)

    def test_one_account_is_in_several_places(self):
        ana = self.chat("ana")
        ana.enter("/register")
        for _ in range(2):
            ana.sees(r"A password for|The same password")
            ana.enter("correct horse")
        ana.sees("Keep the password of ana")
        ana.enter("yes")
        ana.sees("The password is kept in")
        other = self.chat("ana", "--account", "ana", sees="Password of ana")
        other.enter("correct horse")
        other.sees("Keep the password of ana")
        other.enter("no")
        other.sees("│@?ana$")
        self.assertFalse((other.folder / "passwords").exists())
        other.enter("from the other one")
        ana.sees("ana from the other one")
        again = ScreenChat(f"irc://127.0.0.1:{self.house.port()}", "--account", "ana",
                           folder=ana.folder)
        self.addCleanup(again.stop)
        again.sees("│@?ana$")  # nobody asked
        again.enter("/forget")
        again.sees("no longer kept")
        self.assertEqual((ana.folder / "passwords").read_text(), "")

    def test_the_mouse_chooses_rooms_and_scrolls(self):
        ana = self.chat("ana", columns=100, rows=20)
        ana.enter("/join sala")
        ana.sees("^#sala")
        ana.click(3, 2)  # the second line of the list, below the server
        ana.sees("^#lobby")
        for number in range(40):
            ana.enter(f"line {number}.")
        ana.sees(r"ana line 39\. *│")
        for _ in range(20):
            ana.wheel_up()
        ana.sees("more below")
        ana.sees_no_more(r"line 39\.")

    def test_a_paste_of_lines_is_one_message(self):
        ana, eva = self.chat("ana"), self.chat("eva")
        ana.paste("uno\ndos\n\ntres")
        ana.sees("^> uno⏎dos⏎⏎tres")
        ana.keys("Enter")
        eva.sees(r"ana uno *(│.*)?\n[^:\n]* dos *(│.*)?\n[^:\n]*\n[^:\n]* tres")

    def test_colours_are_what_the_terminal_has(self):
        colourless = self.chat("ana", variables={"NO_COLOR": "1"})
        colourless.enter("hola")
        colourless.sees("ana hola")
        self.assertNotRegex(colourless.screen("-e"),
                            "\x1b\\[[0-9;]*[34]8[;:]|\x1b\\[[0-9;]*3[0-7]m")
        full = self.chat("eva", variables={"COLORTERM": "truecolor"})
        full.enter("hola")
        full.sees("eva hola")
        self.assertRegex(full.screen("-e"), "\x1b\\[[0-9;]*38[;:]2[;:]")
