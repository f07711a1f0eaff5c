# SPDX-License-Identifier: Apache-2.0
"""The canaries of these tests: servers that are wrong, played by a few lines of shell, so that it
is seen that a wrong one is noticed however it ends."""

import os
import pathlib
import tempfile
import unittest
from unittest import mock

from harness import Server, run

REPORT = "echo 'WARNING: ThreadSanitizer: data race' >&2"
SERVES = "echo ' irc://127.0.0.1:1'; exec tail -f /dev/null"


class CanaryTest(unittest.TestCase):
    def played_by(self, *script):
        """From now on the binary is this."""
        folder = tempfile.TemporaryDirectory(prefix="tertulia-canary-")
        self.addCleanup(folder.cleanup)
        file = pathlib.Path(folder.name) / "tertulia"
        file.write_text("\n".join(("#!/bin/sh", *script)))
        file.chmod(0o700)
        self.enterContext(mock.patch.dict(os.environ, TERTULIA_BINARY=str(file)))

    def server(self):
        server = Server()
        self.addCleanup(lambda: server.process.poll() is None and server.process.kill())
        return server.start()

    def test_a_report_is_noticed_after_kill_9(self):
        self.played_by(REPORT, SERVES)
        with self.assertRaisesRegex(AssertionError, "data race"):
            self.server().kill()

    def test_a_report_is_noticed_when_the_test_ends(self):
        self.played_by(REPORT, SERVES)
        with self.assertRaisesRegex(AssertionError, "data race"):
            self.server().discard()

    def test_a_report_is_noticed_in_a_command_that_succeeds(self):
        self.played_by(REPORT)
        with self.assertRaisesRegex(AssertionError, "data race"):
            run("--version")

    def test_a_server_that_died_by_itself_is_noticed(self):
        self.played_by("echo ' irc://127.0.0.1:1'", "kill -SEGV $$")
        server = self.server()
        server.output.join()
        with self.assertRaisesRegex(AssertionError, "ended with -11"):
            server.discard()

    def test_a_server_that_ends_with_a_failure_is_noticed(self):
        self.played_by("trap 'exit 66' TERM", "echo ' irc://127.0.0.1:1'",
                       "while :; do :; done")
        with self.assertRaisesRegex(AssertionError, "ended with 66"):
            self.server().discard()
