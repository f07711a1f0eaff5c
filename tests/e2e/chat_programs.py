# SPDX-License-Identifier: Apache-2.0
"""`tertulia chat` as tests drive it: LineChat by pipes, and ScreenChat in a terminal of tmux."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

from harness import Output, binary, environment

CHAT_TIMEOUT_S = 60  # generous: nothing waits so long but a machine with much else to do


class LineChat:
    """Line mode. Standard error belongs to the lines."""

    def __init__(self, *arguments, locale="C.UTF-8", folder=None):
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="tertulia-chat-"))
        self.process = subprocess.Popen(
            [binary(), "chat", "--folder", self.folder, *map(str, arguments)],
            env={**environment(), "LC_ALL": locale}, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.output = Output(self.process.stdout)

    def type(self, *lines):
        self.process.stdin.write("".join(line + "\n" for line in lines).encode())
        self.process.stdin.flush()

    def end_input(self):
        self.process.stdin.close()

    def sees(self, pattern, start=0):
        return self.output.wait_for(pattern, CHAT_TIMEOUT_S, start)

    def wait(self):
        """The exit status."""
        code = self.process.wait(CHAT_TIMEOUT_S)
        self.output.join()
        return code

    def stop(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if not self.process.stdin.closed:
            try:
                self.process.stdin.close()
            except BrokenPipeError:
                pass
        shutil.rmtree(self.folder, ignore_errors=True)


class ScreenChat:
    """A full screen in a terminal of its own."""

    def __init__(self, *arguments, columns=100, rows=30, locale="C.UTF-8", variables=None,
                 folder=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tertulia-chat-"))
        self.socket = self.folder / "tmux"
        self.status = self.folder / "status"
        # What is left on the screen stays: a pane that ends would be scrolled by a line.
        words = ["sh", "-c", '"$@"; echo $? > "$0.new"; mv "$0.new" "$0"; exec cat > /dev/null',
                 str(self.status),
                 "env", "-u", "DISPLAY", "-u", "BROWSER", f"LC_ALL={locale}",
                 *(f"{key}={value}" for key, value in (variables or {}).items()),
                 str(binary()), "chat", "--folder", str(folder or self.folder),
                 *map(str, arguments)]
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows),
                   "-s", "chat", *words, ";", "set", "-g", "default-terminal", "tmux-256color")

    def _tmux(self, *words):
        return subprocess.run(["tmux", "-u", "-S", str(self.socket), *words],
                              env={**os.environ, "LC_ALL": "C.UTF-8"}, capture_output=True,
                              text=True, check=True, timeout=CHAT_TIMEOUT_S).stdout

    def screen(self, *options):
        return self._tmux("capture-pane", "-p", "-t", "chat", *options)

    def keys(self, *names):
        self._tmux("send-keys", "-t", "chat", *names)

    def type(self, text):
        self._tmux("send-keys", "-t", "chat", "-l", text)

    def enter(self, text):
        self.type(text)
        self.keys("Enter")

    def paste(self, text):
        self._tmux("set-buffer", "--", text)
        self._tmux("paste-buffer", "-p", "-t", "chat")

    def click(self, column, row):
        """As a terminal tells of it (SGR, from 1); column and row count from 0."""
        self.type(f"\x1b[<0;{column + 1};{row + 1}M\x1b[<0;{column + 1};{row + 1}m")

    def wheel_up(self):
        self.type("\x1b[<64;30;5M")

    def resize(self, columns, rows):
        self._tmux("resize-window", "-t", "chat", "-x", str(columns), "-y", str(rows))

    def sees(self, pattern, timeout=CHAT_TIMEOUT_S):
        """Waits until the screen has a match."""
        return self._wait(lambda screen: re.search(pattern, screen, re.MULTILINE), timeout,
                          f"no {pattern!r} on")

    def sees_no_more(self, pattern):
        self._wait(lambda screen: not re.search(pattern, screen, re.MULTILINE), CHAT_TIMEOUT_S,
                   f"still {pattern!r} on")

    def _wait(self, holds, timeout, complaint):
        end = time.monotonic() + timeout
        while True:
            screen = self.screen()
            found = holds(screen)
            if found:
                return found
            if time.monotonic() > end:
                raise AssertionError(f"{complaint} the screen:\n{screen}")
            time.sleep(0.05)

    def ended(self):
        """The exit status, once it has ended."""
        end = time.monotonic() + CHAT_TIMEOUT_S
        while not self.status.exists():
            if time.monotonic() > end:
                raise AssertionError(f"it has not ended:\n{self.screen()}")
            time.sleep(0.05)
        return int(self.status.read_text())

    def stop(self):
        subprocess.run(["tmux", "-S", str(self.socket), "kill-session", "-t", "chat"],
                       capture_output=True, check=False, timeout=CHAT_TIMEOUT_S)
        shutil.rmtree(self.folder, ignore_errors=True)
