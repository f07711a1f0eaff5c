# SPDX-License-Identifier: Apache-2.0
"""Debian's irssi and WeeChat as people use them, one by TLS and one plain: they meet in #lobby,
talk, come back after a restart, and see what was said."""

from harness import PLAIN, TLS, ServerTest
from irc_programs import CONNECT_TIMEOUT_S, Irssi, Weechat, need_irc_programs


class ClientsTest(ServerTest):
    def setUp(self):
        need_irc_programs()
        self.house = self.server(listen=(PLAIN, TLS), arguments=())
        self.witness = self.guest(self.house, "witness", "extended-join")
        self.weechat = self.program(Weechat, "irc", "wanda")
        self.irssi = self.program(Irssi, "ircs", "iris")
        self.wait_for_both(self.witness)

    def program(self, kind, scheme, nickname):
        program = kind(self.house.port(scheme), nickname)
        self.addCleanup(program.stop)
        return program

    def wait_for_both(self, witness):
        missing = {"wanda", "iris"} & self.absent(witness)
        while missing:
            missing.discard(witness.expect(r"^:(\w+)!\S+ JOIN #lobby", CONNECT_TIMEOUT_S).group(1))

    def absent(self, witness):
        witness.send("NAMES #lobby")
        present = witness.expect(r" 353 \S+ . #lobby :(.*)$").group(1)
        witness.sync()
        return {"wanda", "iris"} - {name.lstrip("~&@%+") for name in present.split()}

    def test_they_talk_to_each_other(self):
        self.weechat.say("hola from weechat")
        self.irssi.sees("wanda.*hola from weechat")
        self.irssi.say("¿qué tal? from irssi")
        self.weechat.sees("iris.*¿qué tal\\? from irssi")
        self.witness.say("#lobby", "everybody here")
        self.irssi.sees("everybody here")
        self.weechat.sees("everybody here")

    def test_they_come_back_after_a_restart_and_see_what_was_said(self):
        self.weechat.say("before the restart")
        self.irssi.sees("wanda.*before the restart")
        self.house.kill()
        told = {program: len(program.log.lines) for program in (self.weechat, self.irssi)}
        self.house.start()
        witness = self.guest(self.house, "witness", "extended-join")
        self.wait_for_both(witness)
        for program, start in told.items():
            program.sees("wanda.*before the restart", start)
        self.irssi.say("we are back")
        self.weechat.sees("iris.*we are back")
        witness.expect("PRIVMSG #lobby :we are back")
