# SPDX-License-Identifier: Apache-2.0
"""An echo is a receipt: under full load the server is killed (kill -9) at random moments, again
and again on the same data, and what anybody had heard is in the history afterwards, in order,
each once.

TERTULIA_SEED=N runs the moments of another run again; TERTULIA_CRASHES=N changes their number."""

import asyncio
import os
import random
import re
import subprocess

from harness import ServerTest

CRASHES = int(os.environ.get("TERTULIA_CRASHES", "20"))
SEED = int(os.environ.get("TERTULIA_SEED", random.randrange(1_000_000)))
ROOMS = 3
TALKERS = 3  # in each room
WINDOW = 16  # messages that each talker has under way
LOAD_MAX_S = 0.8
STEP_TIMEOUT_S = 30
PAGE = 200
CAPABILITIES = "message-tags batch server-time echo-message labeled-response draft/chathistory"
MESSAGE = re.compile(r"^@(\S+) :\S+ PRIVMSG #\S+ :?(\S+)$")
MSGID = re.compile(r"(?:^|;)msgid=([^;]+)")


class Member:
    """An asynchronous client in one room. What it hears of messages is (msgid, text)."""

    def __init__(self, nickname, room):
        self.nickname = nickname
        self.room = room
        self.heard = []

    async def enter(self, port):
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
        self.send(f"CAP REQ :{CAPABILITIES}", f"NICK {self.nickname}", "USER x 0 * :x", "CAP END")
        await self.wait_for(" 001 ")
        self.send(f"JOIN {self.room}")
        await self.wait_for(" 366 ")

    def send(self, *lines):
        if not self._writer.is_closing():  # what is still to be read may be read
            self._writer.write("".join(line + "\r\n" for line in lines).encode())

    async def next_line(self):
        line = await self._reader.readline()
        if not line.endswith(b"\n"):
            raise ConnectionError("the server is gone")
        return line.rstrip(b"\r\n").decode()

    async def wait_for(self, word):
        while True:
            line = await self.next_line()
            if line.startswith("PING"):
                self.send("PONG" + line[4:])
            if word in line:
                return line

    async def talk(self, crash):
        """Keeps its window full until the server dies."""
        said = 0
        own = f":{crash}-{self.nickname}-"
        try:
            while True:
                while said < WINDOW:
                    self.send(f"@label={said} PRIVMSG {self.room} {own}{said}")
                    said += 1
                line = await self.next_line()
                message = MESSAGE.match(line)
                if message:
                    self.heard.append((MSGID.search(message[1])[1], message[2]))
                    if message[2].startswith(own[1:]):
                        self.send(f"PRIVMSG {self.room} {own}{said}")
                        said += 1
        except ConnectionError:
            pass

    async def read_history(self):
        """All messages of the room, oldest first, page by page from the end."""
        pages = []
        anchor = "*"
        while True:
            verb = "LATEST" if anchor == "*" else "BEFORE"
            self.send(f"CHATHISTORY {verb} {self.room} {anchor} {PAGE}")
            await self.wait_for("BATCH +")
            page = []
            while not (line := await self.next_line()).split(" ", 1)[1].startswith("BATCH -"):
                message = MESSAGE.match(line)
                page.append((MSGID.search(message[1])[1], message[2]))
            if not page:
                return [message for page in reversed(pages) for message in page]
            pages.append(page)
            anchor = f"msgid={page[0][0]}"

    def leave(self):
        self._writer.close()


class CrashTest(ServerTest):
    def setUp(self):
        self.house = self.server()
        self.kept = {f"#room{number}": [] for number in range(ROOMS)}

    def test_what_was_heard_before_a_crash_is_in_the_history_after_it(self):
        print(f"\nTERTULIA_SEED={SEED}", flush=True)
        dice = random.Random(SEED)
        for crash in range(CRASHES):
            with self.subTest(crash=crash, seed=SEED):
                asyncio.run(self.load_and_kill(crash, dice))
                self.die_while_starting(dice)
                self.house.start()
                asyncio.run(self.compare())
        kept = sum(map(len, self.kept.values()))
        print(f"{kept} messages kept over {CRASHES} crashes", flush=True)
        self.assertGreater(kept, CRASHES)

    async def load_and_kill(self, crash, dice):
        self.members = [Member(f"t{room[5:]}x{number}", room)
                        for room in self.kept for number in range(TALKERS)]
        async with asyncio.timeout(STEP_TIMEOUT_S):
            for member in self.members:
                await member.enter(self.house.port())
            talking = asyncio.gather(*(member.talk(crash) for member in self.members))
            await asyncio.sleep(dice.uniform(0, LOAD_MAX_S))  # the random moment
            self.house.kill()
            await talking
        for member in self.members:
            member.leave()

    def die_while_starting(self, dice):
        """Every third crash is followed by another one before the server is up again."""
        if dice.randrange(3) == 0:
            self.house.spawn()
            try:
                self.house.wait(dice.uniform(0, 0.05))
            except subprocess.TimeoutExpired:
                pass
            self.house.kill()

    async def compare(self):
        async with asyncio.timeout(STEP_TIMEOUT_S):
            for room, before in self.kept.items():
                reader = Member(f"reader{room[5:]}", room)
                await reader.enter(self.house.port())
                history = await reader.read_history()
                reader.leave()
                self.check(room, before, history)
                self.kept[room] = history

    def check(self, room, before, history):
        self.assertEqual(len(history), len(set(history)), f"{room}: something is there twice")
        self.assertEqual(history[:len(before)], before, f"{room}: the past has changed")
        new = history[len(before):]
        for member in self.members:
            if member.room == room and member.heard:
                # A talker who came in later missed the beginning, and nothing else.
                self.assertIn(member.heard[0], new)
                start = new.index(member.heard[0])
                self.assertEqual(new[start:start + len(member.heard)], member.heard,
                                 f"{room}: {member.nickname} heard what is not in the history")

