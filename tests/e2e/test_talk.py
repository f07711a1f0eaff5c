# SPDX-License-Identifier: Apache-2.0
"""People talk to each other over real connections: the main road through the whole server."""

from harness import PLAIN, TLS, ServerTest


class TalkTest(ServerTest):
    def setUp(self):
        self.house = self.server(listen=(PLAIN, TLS))

    def test_what_one_says_in_a_room_the_other_hears(self):
        ana = self.guest(self.house, "ana")
        ben = self.guest(self.house, "ben")
        ana.say("#lobby", "hola")
        ben.expect(r"^:ana!\S+ PRIVMSG #lobby :?hola$")
        ben.say("#lobby", "¿qué tal?")
        ana.expect(r"^:ben!\S+ PRIVMSG #lobby :¿qué tal\?$")

    def test_tls_and_plain_meet_in_one_room(self):
        ana = self.guest(self.house, "ana", scheme="ircs")
        ben = self.guest(self.house, "ben")
        ana.say("#lobby", "from the safe side")
        ben.expect(r"PRIVMSG #lobby :from the safe side$")
        ben.say("#lobby", "heard")
        ana.expect(r"PRIVMSG #lobby :?heard$")

    def test_a_sender_hears_nothing_of_herself_without_echo_message(self):
        ana = self.guest(self.house, "ana")
        ana.say("#lobby", "to all but me")
        self.assertEqual(ana.sync(), [])

    def test_an_echo_carries_the_msgid_that_others_see(self):
        ana = self.guest(self.house, "ana", "message-tags echo-message")
        ben = self.guest(self.house, "ben", "message-tags")
        ana.say("#lobby", "a receipt")
        pattern = r"^@\S*msgid=([^; ]+)\S* :ana!\S+ PRIVMSG #lobby :a receipt$"
        self.assertEqual(ana.expect(pattern).group(1), ben.expect(pattern).group(1))

    def test_a_label_comes_back_on_the_echo(self):
        ana = self.guest(self.house, "ana", "message-tags batch echo-message labeled-response")
        ana.send("@label=abc PRIVMSG #lobby :labelled")
        ana.expect(r"^@\S*label=abc\S* :ana!\S+ PRIVMSG #lobby :?labelled$")

    def test_a_private_message_reaches_only_its_receiver(self):
        ana, ben, eva = (self.guest(self.house, name) for name in ("ana", "ben", "eva"))
        ana.say("ben", "just for you")
        ben.expect(r"^:ana!\S+ PRIVMSG ben :just for you$")
        self.assertNotIn("just for you", "\n".join(eva.sync()))

    def test_a_nick_change_is_seen_by_the_room_and_used_from_then_on(self):
        ana = self.guest(self.house, "ana")
        ben = self.guest(self.house, "ben")
        ana.send("NICK anita")
        ben.expect(r"^:ana!\S+ NICK :?anita$")
        ana.say("#lobby", "it is me")
        ben.expect(r"^:anita!\S+ PRIVMSG #lobby :it is me$")

    def test_a_nickname_in_use_is_refused_until_it_is_free(self):
        ana = self.client(self.house, "ana")
        other = self.visitor(self.house)
        other.send("NICK ana", "USER x 0 * :x")
        other.expect(r" 433 \S+ ana ")
        ana.send("QUIT")
        ana.expect_closed()
        other.register("ana")

    def test_replies_come_in_the_order_of_the_commands(self):
        ana = self.client(self.house, "ana")
        ana.send("PING :first", "JOIN #order", "PING :second", "TOPIC #order :here", "PING :third",
                 "NOSUCHVERB", "WHO #order", "PING :last")
        for pattern in (r"PONG .*first$", r"^:ana!\S+ JOIN :?#order$", r" 366 ana #order ",
                        r"PONG .*second$", r"^:ana!\S+ TOPIC #order :?here$", r"PONG .*third$",
                        r" 421 ana NOSUCHVERB ", r" 352 ana #order ", r" 315 ana #order ",
                        r"PONG .*last$"):
            ana.expect(pattern)
        self.assertEqual(sum(" PONG " in line for line in ana.seen), 4)

    def test_a_quit_is_told_to_the_room_and_answered_with_error(self):
        ana = self.guest(self.house, "ana")
        ben = self.guest(self.house, "ben")
        ana.send("QUIT :good night")
        ben.expect(r"^:ana!\S+ QUIT :.*good night")
        self.assertRegex(ana.expect_closed()[-1], "^ERROR ")

    def test_a_thousand_messages_arrive_in_order_each_once(self):
        ana = self.guest(self.house, "ana")
        ben = self.guest(self.house, "ben")
        ana.send(*(f"PRIVMSG #lobby :number {i}" for i in range(1000)))
        ben.expect(r"number 999$")
        heard = [line.rpartition(" ")[2] for line in ben.seen if "PRIVMSG #lobby" in line]
        self.assertEqual(heard, [str(i) for i in range(1000)])


class HistoryTest(ServerTest):
    def setUp(self):
        self.house = self.server()
        self.ana = self.guest(self.house, "ana", "echo-message")

    def say(self, *texts):
        for text in texts:
            self.ana.say("#lobby", text)
            self.ana.expect(text)

    def test_who_joins_later_sees_what_was_said(self):
        self.say("first words", "second words")
        ben = self.client(self.house, "ben")
        ben.send("JOIN #lobby")
        ben.expect(r"^:ana!\S+ PRIVMSG #lobby :\[[^\]]+\] first words$")
        ben.expect(r"^:ana!\S+ PRIVMSG #lobby :\[[^\]]+\] second words$")

    def test_server_time_takes_the_place_of_the_written_time(self):
        self.say("dated words")
        ben = self.client(self.house, "ben", "server-time")
        ben.send("JOIN #lobby")
        ben.expect(r"^@time=\d{4}-\d\d-\d\dT[\d:.]+Z :ana!\S+ PRIVMSG #lobby :dated words$")

    def test_a_client_with_chathistory_asks_for_it_itself(self):
        self.say("one", "two", "three")
        ben = self.client(self.house, "ben", "message-tags batch server-time draft/chathistory")
        self.assertNotIn("PRIVMSG", "\n".join(ben.join("#lobby")))
        ben.send("CHATHISTORY LATEST #lobby * 2")
        batch = ben.expect(r"BATCH \+(\S+) chathistory #lobby$").group(1)
        ben.expect(rf"^@\S*batch={batch}\S* :ana!\S+ PRIVMSG #lobby :?two$")
        ben.expect(rf"^@\S*batch={batch}\S* :ana!\S+ PRIVMSG #lobby :?three$")
        ben.expect(rf"BATCH -{batch}$")

    def test_history_outlives_a_restart(self):
        self.say("before the night")
        self.house.stop()
        self.house.start()
        ben = self.client(self.house, "ben")
        ben.send("JOIN #lobby")
        ben.expect(r"PRIVMSG #lobby :\[[^\]]+\] before the night$")

    def test_a_locked_room_outlives_a_restart_with_its_password(self):
        for room, end in (("#stopped", self.house.stop), ("#killed", self.house.kill)):
            self.ana.join(room)
            self.ana.send(f"MODE {room} +k key")
            self.ana.say(room, "before the night")
            self.ana.sync()
            end()
            self.house.start()
            self.ana = self.client(self.house, "ana")
            self.ana.send(f"JOIN {room}")
            self.ana.expect(r" 475 ")
            self.ana.send(f"JOIN {room} key")
            self.ana.expect(rf"PRIVMSG {room} :\[[^\]]+\] before the night$")

    def test_a_locked_room_is_over_when_its_last_one_leaves(self):
        self.ana.join("#class")
        self.ana.send("MODE #class +k key")
        self.ana.say("#class", "between us")
        self.ana.send("PART #class")
        self.ana.sync()
        ben = self.client(self.house, "ben")
        self.assertNotIn("between us", "\n".join(ben.join("#class")))

    def test_what_guests_said_in_private_ends_with_them(self):
        ben = self.client(self.house, "ben")
        self.ana.say("ben", "between us")
        ben.expect("between us")
        self.ana.send("QUIT")
        self.ana.expect_closed()
        stranger = self.client(self.house, "ana", "batch draft/chathistory")
        stranger.send("CHATHISTORY LATEST ben * 10")
        self.assertNotIn("between us", "\n".join(stranger.sync()))
