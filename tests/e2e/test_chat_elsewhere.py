# SPDX-License-Identifier: Apache-2.0
"""`tertulia chat` on Debian's InspIRCd and ngIRCd, which script/bootstrap installs."""

import pathlib
import sys

from chat_programs import LineChat, ScreenChat
from harness import ROOT, IrcClient, ServerTest

sys.path.insert(0, str(ROOT / "bench"))

import servers  # noqa: E402


class Inspircd(servers.Inspircd):
    CONFIG = servers.Inspircd.CONFIG + """
<module name="ircv3">
<module name="ircv3_batch">
<module name="ircv3_ctctags">
<module name="ircv3_labeledresponse">
<module name="ircv3_msgid">
<module name="ircv3_servertime">
<module name="namesx">
"""


class ElsewhereTest(ServerTest):
    def check_talk(self, house):
        url = f"irc://127.0.0.1:{house.port}"
        eva = IrcClient(house.port).register("eva")
        self.addCleanup(eva.close)
        eva.join("#lobby")
        ana = LineChat(url, "--nick", "ana")
        self.addCleanup(ana.stop)
        ana.sees(r'^\[100\] The user "ana" has joined')
        eva.say("#lobby", "hola")
        ana.sees(r"^\[300\] <eva> hola$")
        ana.type("¿qué tal?", "/me waves", "/topic about us", "/msg eva psst")
        eva.expect("PRIVMSG #lobby :¿qué tal\\?")
        eva.expect("PRIVMSG #lobby :\x01ACTION waves\x01")
        eva.expect("TOPIC #lobby :about us|PRIVMSG eva :psst")
        ana.type("/nick anna")
        ana.sees("ana is now called anna")
        ana.type("/names")
        ana.sees(r"^#lobby \(2\): .*eva")
        eva.send("QUIT :bye")
        ana.sees(r'^\[200\] The client "eva" is offline')
        ana.type("\\exit")
        self.assertEqual(ana.wait(), 0)

    def check_screen(self, house):
        bea = ScreenChat(f"irc://127.0.0.1:{house.port}", "--nick", "bea")
        self.addCleanup(bea.stop)
        bea.sees("│@?bea$")
        bea.enter("my own words")
        bea.sees("bea my own words *(│|$)")
        self.assertEqual(bea.screen().count("my own words"), 1)
        bea.enter("/quit")
        self.assertEqual(bea.ended(), 0)

    def test_inspircd(self):
        with Inspircd("/usr/sbin/inspircd") as house:
            self.check_talk(house)
            self.check_screen(house)

    def test_ngircd(self):
        with servers.Ngircd("/usr/sbin/ngircd") as house:
            self.check_talk(house)
            self.check_screen(house)


if not pathlib.Path("/usr/sbin/inspircd").exists():
    raise RuntimeError("InspIRCd and ngIRCd are missing: script/bootstrap installs them")
