# SPDX-License-Identifier: Apache-2.0
"""Debian's irssi and WeeChat, as tests drive them: WeeChat by its FIFO, irssi at a terminal of its
own. Both write logs, which the tests read."""

import os
import pathlib
import pty
import shutil
import subprocess
import tempfile
import threading
import unittest

from harness import ANSWER_TIMEOUT_S, Output, environment

CONNECT_TIMEOUT_S = 30


class IrcProgram:
    """A program with a home of its own and a log of #lobby."""

    def __init__(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="tertulia-client-"))
        self.log_file = self.home / "lobby.log"
        self.log_file.touch()
        self._follower = subprocess.Popen(["tail", "-n", "+1", "-F", self.log_file],
                                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.log = Output(self._follower.stdout)

    def sees(self, pattern, start=0, timeout=ANSWER_TIMEOUT_S):
        return self.log.wait_for(pattern, timeout, start)

    def stop(self):
        for process in (self.process, self._follower):
            process.terminate()
            try:
                process.wait(ANSWER_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.home, ignore_errors=True)


class Weechat(IrcProgram):
    def __init__(self, port, nickname, options=""):
        """`options` as /server add takes them."""
        super().__init__()
        setup = (
            "/set fifo.file.path ${weechat_data_dir}/fifo; /fifo enable;"
            "/set logger.file.flush_delay 0;"
            "/set logger.mask.irc.t.#lobby lobby.log; /set logger.file.path ${weechat_data_dir};"
            "/set irc.server_default.autoreconnect_delay 1;"
            "/set irc.server_default.autoreconnect_delay_growing 1;"
            f"/server add t 127.0.0.1/{port} -nicks={nickname} -username={nickname}"
            f" -autojoin=#lobby {options};"
            "/connect t")
        self.process = subprocess.Popen(
            ["weechat-headless", "--dir", self.home, "--run-command", setup],
            env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)

    def say(self, text):
        # The FIFO is there once WeeChat has started, and a test speaks only after it has joined.
        (self.home / "fifo").write_text(f"irc.t.#lobby *{text}\n")


class Irssi(IrcProgram):
    CONFIG = """
servers = ({{ address = "127.0.0.1"; chatnet = "t"; port = "{port}"; autoconnect = "yes";
             use_tls = "yes"; tls_verify = "no"; {server} }});
chatnets = {{ t = {{ type = "IRC"; nick = "{nickname}"; {network} }}; }};
channels = ({{ name = "#lobby"; chatnet = "t"; autojoin = "yes"; }});
logs = {{ "{log}" = {{ auto_open = "yes"; level = "ALL";
          items = ({{ type = "target"; name = "#lobby"; }}); }}; }};
settings = {{
  core = {{ real_name = "irssi"; user_name = "irssi"; nick = "{nickname}";
            server_reconnect_time = "1s"; }};
  "fe-common/core" = {{ autolog = "no"; }};
}};
"""

    def __init__(self, port, nickname, *, server="", network=""):
        """With more settings of its `servers` and `chatnets`."""
        super().__init__()
        (self.home / "config").write_text(
            self.CONFIG.format(port=port, nickname=nickname, log=self.log_file, server=server,
                               network=network))
        self._terminal, inner = pty.openpty()
        self.process = subprocess.Popen(
            ["irssi", "--home", self.home], env={**environment(), "TERM": "xterm"},
            stdin=inner, stdout=inner, stderr=inner, start_new_session=True)
        os.close(inner)
        threading.Thread(target=self._swallow, daemon=True).start()

    def _swallow(self):
        """Its screen, which nobody looks at."""
        try:
            while os.read(self._terminal, 65536):
                pass
        except OSError:
            pass

    def say(self, text):
        os.write(self._terminal, f"/msg #lobby {text}\r".encode())

    def stop(self):
        super().stop()
        os.close(self._terminal)


def need_irc_programs():
    for program in ("irssi", "weechat-headless"):
        if not shutil.which(program):
            raise unittest.SkipTest(f"NOT TESTED: {program} is not installed")
