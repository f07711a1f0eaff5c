# SPDX-License-Identifier: Apache-2.0
"""Debian's irssi and WeeChat as people use them, one by TLS and one plain: they meet in #lobby,
talk, come back after a restart, and see what was said. Both write logs, which the tests read;
WeeChat is driven by its FIFO, irssi at a terminal of its own."""

import os
import pathlib
import pty
import shutil
import subprocess
import tempfile
import threading

from harness import ANSWER_TIMEOUT_S, PLAIN, TLS, Output, ServerTest, environment

CONNECT_TIMEOUT_S = 30


class ChatProgram:
    """A client program with a home of its own and a log of #lobby."""

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


class Weechat(ChatProgram):
    def __init__(self, port, nickname):
        super().__init__()
        setup = (
            "/set fifo.file.path ${weechat_data_dir}/fifo; /fifo enable;"
            "/set logger.file.flush_delay 0;"
            "/set logger.mask.irc.t.#lobby lobby.log; /set logger.file.path ${weechat_data_dir};"
            "/set irc.server_default.autoreconnect_delay 1;"
            "/set irc.server_default.autoreconnect_delay_growing 1;"
            f"/server add t 127.0.0.1/{port} -nicks={nickname} -username={nickname}"
            " -autojoin=#lobby;"
            "/connect t")
        self.process = subprocess.Popen(
            ["weechat-headless", "--dir", self.home, "--run-command", setup],
            env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)

    def say(self, text):
        # The FIFO is there once WeeChat has started, and a test speaks only after it has joined.
        (self.home / "fifo").write_text(f"irc.t.#lobby *{text}\n")


class Irssi(ChatProgram):
    CONFIG = """
servers = ({{ address = "127.0.0.1"; chatnet = "t"; port = "{port}"; autoconnect = "yes";
             use_tls = "yes"; tls_verify = "no"; }});
chatnets = {{ t = {{ type = "IRC"; nick = "{nickname}"; }}; }};
channels = ({{ name = "#lobby"; chatnet = "t"; autojoin = "yes"; }});
logs = {{ "{log}" = {{ auto_open = "yes"; level = "ALL";
          items = ({{ type = "target"; name = "#lobby"; }}); }}; }};
settings = {{
  core = {{ real_name = "irssi"; user_name = "irssi"; nick = "{nickname}";
            server_reconnect_time = "1s"; }};
  "fe-common/core" = {{ autolog = "no"; }};
}};
"""

    def __init__(self, port, nickname):
        super().__init__()
        (self.home / "config").write_text(
            self.CONFIG.format(port=port, nickname=nickname, log=self.log_file))
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


class ClientsTest(ServerTest):
    def setUp(self):
        for program in ("irssi", "weechat-headless"):
            if not shutil.which(program):
                self.skipTest(f"NOT TESTED: {program} is not installed")
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
