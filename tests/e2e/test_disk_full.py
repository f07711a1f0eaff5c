# SPDX-License-Identifier: Apache-2.0
"""The disk fills up: below the reserve the sender gets an error that says so and nobody sees the
message; when space is back, talk goes on, and nothing that was echoed is lost. Needs to mount a
small file system, so it is skipped where that is not allowed."""

import os
import pathlib
import subprocess
import tempfile

from harness import ServerTest

DISK = 48 << 20
RESERVE = 16 << 20
TRIES_MAX = 5000  # the server need not look at the disk for every message


class DiskFullTest(ServerTest):
    def setUp(self):
        self.disk = pathlib.Path(tempfile.mkdtemp(prefix="tertulia-disk-"))
        self.addCleanup(self.disk.rmdir)
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "none", self.disk],
                                 capture_output=True, text=True, check=False)
        if mounted.returncode != 0:
            self.skipTest(f"NOT TESTED: no disk could be mounted: {mounted.stderr.strip()}")
        self.addCleanup(subprocess.run, ["umount", self.disk], check=True)
        self.house = self.server(data=self.disk / "data",
                                 config=f'space_reserve = "{RESERVE >> 20} MiB"\n')
        self.ana = self.guest(self.house, "ana", "echo-message standard-replies")
        self.ben = self.guest(self.house, "ben")
        self.echoed = []

    def fill_up(self):
        """Leaves half of the reserve."""
        space = os.statvfs(self.disk)
        with open(self.disk / "ballast", "wb") as ballast:
            ballast.write(bytes(space.f_bavail * space.f_frsize - RESERVE // 2))

    def free_up(self):
        (self.disk / "ballast").unlink()

    def say(self, text):
        """Returns the answer: the echo or the refusal."""
        self.ana.say("#lobby", text)
        answer = "\n".join(self.ana.sync())
        if f" PRIVMSG #lobby :{text}" in answer:
            self.echoed.append(text)
        return answer

    def say_until(self, outcome, name):
        for number in range(TRIES_MAX):
            answer = self.say(f"{name}-message-{number}")
            if outcome in answer:
                return answer
        self.fail(f"no {outcome} within {TRIES_MAX} messages")

    def say_until_refused(self, name):
        return self.say_until("FAIL PRIVMSG", name)

    def say_until_echoed(self, name):
        return self.say_until(" PRIVMSG #lobby ", name)

    def heard_by_ben(self):
        self.ben.sync()
        return [line.rpartition(":")[2] for line in self.ben.seen if " PRIVMSG #lobby " in line]

    def test_a_full_disk_refuses_and_says_so_until_space_is_back(self):
        self.say_until_echoed("before")
        self.fill_up()
        self.assertRegex(self.say_until_refused("full"),
                         "FAIL PRIVMSG NO_SPACE .*disk is nearly full")
        self.free_up()
        self.say_until_echoed("after")
        self.assertEqual(self.heard_by_ben(), self.echoed)

    def test_a_client_without_standard_replies_is_told_too(self):
        self.fill_up()
        self.say_until_refused("full")
        self.ben.say("#lobby", "me too")
        self.assertIn("disk is nearly full", "\n".join(self.ben.sync()))

    def test_nothing_that_was_echoed_is_lost_when_the_full_server_is_killed(self):
        self.say_until_echoed("before")
        self.fill_up()
        self.say_until_refused("full")
        self.house.kill()
        self.free_up()
        self.house.start()
        reader = self.client(self.house, "reader")
        shown = [line.rpartition(" ")[2] for line in reader.join("#lobby")
                 if " PRIVMSG #lobby " in line]
        self.assertEqual(shown[-len(self.echoed):], self.echoed[-50:])

    def test_who_is_there_can_still_leave_and_ask(self):
        self.fill_up()
        self.say_until_refused("full")
        self.ana.send("NAMES #lobby", "QUIT :no room here")
        self.ana.expect(" 353 ")
        self.ben.expect(r"^:ana!\S+ QUIT ")
