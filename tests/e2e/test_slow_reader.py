# SPDX-License-Identifier: Apache-2.0
"""Who does not read is dropped at the send queue's limit, and costs the others neither messages nor
memory."""

from harness import ServerTest

SEND_QUEUE = 64 << 10
MEMORY_GROWTH_MAX = 24 << 20
TEXT = "x" * 400
MESSAGES_MAX = 20_000  # far more than the kernel's buffers and the send queue hold together


class SlowReaderTest(ServerTest):
    def setUp(self):
        self.house = self.server(config='[limits]\nsend_queue = "64 KiB"\n')
        self.talker = self.guest(self.house, "talker", "echo-message")
        self.other = self.guest(self.house, "other")

    def talk_until_gone(self, nickname):
        """Says numbered things until the talker sees that `nickname` is dropped."""
        for said in range(0, MESSAGES_MAX, 50):
            self.talker.send(*(f"PRIVMSG #lobby :{said + i} {TEXT}" for i in range(50)))
            start = len(self.talker.seen)
            self.talker.expect(rf"^:talker!\S+ PRIVMSG #lobby :{said + 49} ")
            if any(f":{nickname}!" in line and " QUIT " in line
                   for line in self.talker.seen[start:]):
                return said + 50
            self.other.expect(rf" PRIVMSG #lobby :{said + 49} ")
        self.fail(f"{nickname} is still there after {MESSAGES_MAX} messages")

    def test_a_reader_who_does_not_read_is_dropped_and_others_hear_everything(self):
        self.guest(self.house, "sleeper", receive_buffer=4096)
        before = self.house.memory()
        said = self.talk_until_gone("sleeper")
        self.other.expect(rf" PRIVMSG #lobby :{said - 1} ")
        heard = [line for line in self.other.seen if " PRIVMSG #lobby " in line]
        self.assertEqual([int(line.split(" ")[3][1:]) for line in heard], list(range(said)))
        self.check_growth(self.house, before, MEMORY_GROWTH_MAX)

    def test_fifty_who_do_not_read_cost_no_more_than_their_queues(self):
        for number in range(50):
            self.guest(self.house, f"sleeper{number}", receive_buffer=4096)
        before = self.house.memory()
        self.talk_until_gone("sleeper49")
        self.check_growth(self.house, before, MEMORY_GROWTH_MAX + 50 * SEND_QUEUE)

    def test_the_room_is_told_why(self):
        self.guest(self.house, "sleeper", receive_buffer=4096)
        self.talk_until_gone("sleeper")
        quit_line = next(line for line in self.talker.seen if " QUIT " in line)
        self.assertRegex(quit_line, r"^:sleeper!\S+ QUIT :.*[Ss]end queue")

    def test_who_reads_slowly_but_reads_stays(self):
        slow = self.guest(self.house, "slow")
        for said in range(0, 2000, 50):
            self.talker.send(*(f"PRIVMSG #lobby :{said + i} {TEXT}" for i in range(50)))
            slow.expect(rf" PRIVMSG #lobby :{said + 49} ")
        self.assertEqual(sum(" PRIVMSG " in line for line in slow.seen), 2000)
