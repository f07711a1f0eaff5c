# SPDX-License-Identifier: Apache-2.0
"""`tertulia account`, with a server that runs and with one that does not."""

import csv
import io
import pathlib
import subprocess
import tempfile

import harness
from harness import ServerTest


def account(data, *words, given=None):
    return subprocess.run([harness.binary(), "account", *words, "--data", data],
                          env=harness.environment(), input=given, capture_output=True, text=True,
                          timeout=harness.STOP_TIMEOUT_S, check=False)


class AccountCommandTest(ServerTest):
    def setUp(self):
        self.house = self.server()

    def logs_in(self, name, password):
        visitor = self.client(self.house, "visitor")
        visitor.send(f"PRIVMSG NickServ :IDENTIFY {name} {password}")
        return visitor.expect(r"^:NickServ!\S+ NOTICE \S+ :(.*)$").group(1)

    def test_an_account_is_made_while_the_server_runs(self):
        made = account(self.house.data, "add", "ana")
        self.assertEqual((made.returncode, made.stderr), (0, ""))
        name, password = made.stdout.strip().split(",")
        self.assertEqual(name, "ana")
        self.assertIn("You are now logged in as ana", self.logs_in("ana", password))

    def test_an_account_is_made_while_no_server_runs(self):
        self.house.stop()
        made = account(self.house.data, "add", "ana", "--password-stdin", given="mi clave\n")
        self.assertEqual((made.returncode, made.stdout, made.stderr), (0, "", ""))
        self.house.start()
        self.assertIn("You are now logged in as ana", self.logs_in("ana", "mi clave"))

    def test_a_class_is_imported_and_its_passwords_printed(self):
        with tempfile.TemporaryDirectory() as folder:
            table = pathlib.Path(folder) / "class.csv"
            table.write_text("Nombre;Clave\nana;\nben;la;suya\n1x;\n", encoding="utf-8")
            done = account(self.house.data, "import", str(table))
        self.assertEqual(done.returncode, 1)
        self.assertIn('"1x" cannot be an account\'s name', done.stderr)
        self.assertIn("1 of 3 accounts could not be made", done.stderr)
        rows = list(csv.reader(io.StringIO(done.stdout)))
        self.assertEqual([row[0] for row in rows], ["ana", "ben"])
        self.assertIn("logged in", self.logs_in(*rows[0]))

    def test_a_password_is_reset(self):
        account(self.house.data, "add", "ana", "--password-stdin", given="una\n")
        account(self.house.data, "passwd", "ana", "--password-stdin", given="otra\n")
        self.assertIn("Wrong account or password", self.logs_in("ana", "una"))

    def test_a_suspended_account_is_shut_out_and_its_sessions_end(self):
        account(self.house.data, "add", "ana", "--password-stdin", given="una\n")
        inside = self.client(self.house, "visitor2")
        inside.send("PRIVMSG NickServ :IDENTIFY ana una")
        inside.expect("NICK :?ana$")
        account(self.house.data, "suspend", "ana")
        inside.expect("^ERROR :This account is suspended")
        self.assertIn("This account is suspended", self.logs_in("ana", "una"))
        self.assertRegex(account(self.house.data, "list").stdout, r"^ana +\S+ +suspended\n$")

    def test_a_deleted_account_is_a_free_name(self):
        account(self.house.data, "add", "ana")
        account(self.house.data, "delete", "ana")
        self.client(self.house, "ana")

    def test_mistakes_are_one_sentence(self):
        for words, sentence in ((("delete", "nadie"), "There is no account nadie."),
                                (("add", "1x"), "cannot be an account's name"),
                                (("rights", "ana", "+foo"), "rooms, log, redact, words; or"),
                                (("import", "/nowhere.csv"), "/nowhere.csv cannot be read")):
            done = account(self.house.data, *words)
            self.assertEqual(done.returncode, 1)
            self.assertIn(sentence, done.stderr)
            self.assertEqual(done.stderr.count("\n"), 1)


class InvitationTest(ServerTest):
    def setUp(self):
        self.house = self.server(config='[accounts]\nregistration = "invite"\n')

    def registers(self, name, code):
        visitor = self.client(self.house, name)
        visitor.send(f"CODE {code}", "REGISTER * * secreto")
        return visitor.expect(r"REGISTER SUCCESS|invitation code is not valid").group(0)

    def test_a_code_makes_as_many_accounts_as_it_is_for_also_after_a_crash(self):
        code = account(self.house.data, "invite", "--uses", "2").stdout.strip()
        self.assertRegex(code, r"^(\w{4}-){3}\w{4}$")
        self.assertIn("SUCCESS", self.registers("ana", code))
        self.house.kill()
        self.house.start()
        listed = account(self.house.data, "invite", "--list").stdout
        self.assertRegex(listed, rf"^{code[:4]}-…  1 of 2 used  until ")
        self.assertIn("SUCCESS", self.registers("eva", code))
        self.assertIn("not valid", self.registers("luis", code))
        self.assertEqual(account(self.house.data, "invite", "--list").stdout, "")

    def test_a_code_is_made_and_taken_back_while_no_server_runs(self):
        self.house.stop()
        code = account(self.house.data, "invite", "--expires", "never").stdout.strip()
        other = account(self.house.data, "invite").stdout.strip()
        gone = account(self.house.data, "invite", "--revoke", other[:4])
        self.assertEqual((gone.returncode, gone.stderr), (0, ""))
        self.house.start()
        self.assertIn("not valid", self.registers("luis", other))
        self.assertIn("SUCCESS", self.registers("ana", code))

    def test_what_cannot_be_is_one_sentence(self):
        for words, why in ((["--uses", "0"], "1 to 10000 accounts"),
                           (["--expires", "soon"], "is no time"),
                           (["--revoke", "xxxx"], "No code begins with xxxx")):
            done = account(self.house.data, "invite", *words)
            self.assertEqual(done.returncode, 1, words)
            self.assertIn(why, done.stderr)
