# SPDX-License-Identifier: Apache-2.0
"""Operators: the code of a first start, rights from the command line, bans and mutes."""

import subprocess

import harness
from harness import ServerTest


def rights(data, *words):
    return subprocess.run([harness.binary(), "account", "rights", "--data", data, *words],
                          env=harness.environment(), capture_output=True, text=True,
                          timeout=harness.STOP_TIMEOUT_S, check=False)


class OrderTest(ServerTest):
    def setUp(self):
        self.house = self.server()
        self.ana = self.client(self.house, "ana")
        self.ana.send("PRIVMSG NickServ :REGISTER secreto")
        self.ana.expect("NOTICE ana :The account ana is yours")

    def test_the_code_of_a_first_start_makes_the_first_operator(self):
        code = self.house.output.wait_for(r"send CLAIM (\S+) ").group(1)
        self.ana.send("CLAIM nonsense")
        self.ana.expect("That is not the code")
        self.ana.send(f"CLAIM {code}")
        self.ana.expect(" 381 ana ")
        self.house.stop()
        self.house.start()
        self.assertNotIn("CLAIM", self.house.output.text())
        again = self.client(self.house, "visitor")
        again.send("OPER ana secreto")
        again.expect(" 381 visitor ")

    def claims(self):
        code = self.house.output.wait_for(r"send CLAIM (\S+) ").group(1)
        self.ana.send(f"CLAIM {code}")
        self.ana.expect(" 381 ana ")

    def test_a_ban_ends_sessions_and_keeps_out_also_after_a_restart(self):
        self.claims()
        luis = self.client(self.house, "luis", source="127.0.0.2")
        self.ana.send("BAN 127.0.0.2 1h :por spam")
        self.ana.expect("NOTICE ana :Ban: 127.0.0.2, until ")
        luis.expect("^ERROR :You are banned from this server, until .* UTC. por spam")
        luis.expect_closed()
        self.house.kill()
        self.house.start()
        again = self.visitor(self.house, source="127.0.0.2")
        again.send("NICK otro", "USER u 0 * :U")
        again.expect(r" 465 \* :You are banned from this server, until .* por spam")
        again.expect_closed()
        self.client(self.house, "eva", source="127.0.0.3")

    def test_listed_words_hold_at_once_and_after_a_crash(self):
        self.claims()
        self.ana.send("WORDS ADD spam*")
        self.ana.expect("NOTICE ana :Word: spam.*, refuse, by ana")
        luis = self.client(self.house, "luis")
        luis.send("JOIN #sala", "PRIVMSG #sala :SPAMMER")
        luis.expect("a word in it that is not wanted")
        self.house.kill()
        self.house.start()
        again = self.client(self.house, "luis")
        again.send("NICK spam")
        again.expect("a word in it that is not wanted")

    def test_who_is_muted_reads_and_writes_nothing_also_after_a_restart(self):
        self.claims()
        self.ana.send("MUTE 127.0.0.2 1h :ruido")
        self.ana.expect("NOTICE ana :Mute: 127.0.0.2, until ")
        self.house.kill()
        self.house.start()
        luis = self.guest(self.house, "luis", "standard-replies", source="127.0.0.2")
        eva = self.guest(self.house, "eva", source="127.0.0.3")
        luis.say("#lobby", "hola")
        luis.expect("FAIL PRIVMSG MUTED .*ruido")
        eva.say("#lobby", "buenas")
        luis.expect("PRIVMSG #lobby :buenas")
        back = self.client(self.house, "visitor")
        back.send("OPER ana secreto", "UNMUTE 127.0.0.2", "MODLOG")
        back.expect("Lifted: 127.0.0.2")
        back.expect(" ana mute 127.0.0.2 .*: ruido")
        back.expect(" ana unmute 127.0.0.2")
        luis.say("#lobby", "hola otra vez")
        eva.expect("PRIVMSG #lobby :hola otra vez")

    def test_rights_are_given_and_taken_on_the_command_line(self):
        self.assertEqual(rights(self.house.data, "ana", "+kill").returncode, 0)
        self.ana.expect(" 381 ana ")
        luis = self.client(self.house, "luis")
        self.ana.send("KILL luis :spam")
        luis.expect("^ERROR :Killed: spam")
        self.assertEqual(rights(self.house.data, "ana", "--", "-kill").returncode, 0)
        self.ana.expect("MODE ana :-o")
        wrong = rights(self.house.data, "ana", "+fly")
        self.assertEqual(wrong.returncode, 1)
        self.assertIn('"+fly" are no rights', wrong.stderr)
