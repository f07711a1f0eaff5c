# SPDX-License-Identifier: Apache-2.0
"""Operators: the code of a first start, and rights from the command line."""

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
