# SPDX-License-Identifier: Apache-2.0
"""People with accounts: the same person from every device, and after every end of the server."""

import base64
import socket

from harness import PLAIN, TLS, ServerTest

PASSWORD = "una clave con ñ"


class AccountTest(ServerTest):
    def setUp(self):
        self.house = self.server(listen=(PLAIN, TLS))

    def registered(self, nickname, **options):
        somebody = self.client(self.house, nickname, **options)
        somebody.send(f"REGISTER * * :{PASSWORD}")
        somebody.expect(rf"^:\S+ REGISTER SUCCESS {nickname} ")
        return somebody

    def logs_in(self, account, password=PASSWORD, scheme="ircs", capabilities="sasl"):
        visitor = self.visitor(self.house, scheme=scheme)
        visitor.send("CAP LS 302", f"CAP REQ :{capabilities}", "NICK device", "USER d 0 * :Device",
                     "AUTHENTICATE PLAIN")
        visitor.expect(r"^AUTHENTICATE \+$")
        message = f"\0{account}\0{password}".encode()
        visitor.send(f"AUTHENTICATE {base64.b64encode(message).decode()}")
        return visitor

    def comes_back(self, account, **options):
        visitor = self.logs_in(account, **options)
        visitor.expect(r"^:\S+ 903 ")
        visitor.send("CAP END")
        visitor.expect(rf"^:\S+ 001 {account} ")
        return visitor

    def test_account_room_and_role_survive_kill_9(self):
        ana = self.registered("ana")
        ana.join("#aula")
        ana.send("TOPIC #aula :redes", "PING x")
        ana.expect("PONG")
        self.house.kill()
        self.house.start()
        back = self.comes_back("ana")
        back.expect(r"^:ana!\S+ JOIN :?#aula$")
        back.expect(r"^:\S+ 332 ana #aula :?redes$")
        back.expect(r"^:\S+ 353 ana = #aula :~ana$")

    def test_a_private_message_waits_for_an_absent_account(self):
        self.registered("ana").close()
        ben = self.registered("ben")
        ben.expect(r"^:\S+ 900 ")
        ben.send("PRIVMSG ana :cuando vuelvas", "PING x")
        ben.expect(r"^:\S+ 301 ben ana :Not here now")
        ben.expect("PONG")
        self.house.kill()
        self.house.start()
        back = self.comes_back("ana", capabilities="sasl draft/chathistory batch server-time")
        back.send("CHATHISTORY LATEST ben * 10")
        back.expect(r":ben!\S+ PRIVMSG ana :cuando vuelvas$")

    def test_a_wrong_password_opens_nothing(self):
        self.registered("ana")
        thief = self.logs_in("ana", "otra")
        thief.expect(r"^:\S+ 904 ")

    def test_nobody_takes_the_name_of_an_absent_account(self):
        self.registered("ana").close()
        other = self.visitor(self.house)
        other.send("NICK Ana", "USER a 0 * :A")
        other.expect(r"^:\S+ 433 \* Ana ")

    def test_two_devices_are_one_person(self):
        desk = self.registered("ana")
        desk.join("#aula")
        ben = self.guest(self.house, "ben", room="#aula")
        phone = self.comes_back("ana")
        phone.expect(r"366 ana #aula")
        desk.say("#aula", "desde la mesa")
        phone.expect(r"^:ana!\S+ PRIVMSG #aula :desde la mesa$")
        ben.say("ana", "a las dos")
        desk.expect("PRIVMSG ana :a las dos$")
        phone.expect("PRIVMSG ana :a las dos$")
        desk.close()
        phone.say("#aula", "sigo aquí")
        ben.expect("PRIVMSG #aula :sigo aquí$")

    def test_a_hundred_log_ins_at_once_delay_nobodys_message(self):
        """While they hash, a message goes round: all of it before the last of them is in."""
        self.registered("clase")
        ana = self.guest(self.house, "ana")
        ben = self.guest(self.house, "ben")
        log_ins = [self.logs_in("clase", scheme="irc") for _ in range(100)]
        ana.say("#lobby", "mientras tanto")
        ben.expect("PRIVMSG #lobby :mientras tanto$")
        waiting = [each for each in log_ins if not answered(each)]
        self.assertGreater(len(waiting), 20)
        for each in log_ins:
            each.expect(r"^:\S+ 903 ", timeout=60)


def answered(client):
    """Whether anything has come, without waiting for it."""
    client.socket.setblocking(False)
    try:
        return bool(client.socket.recv(1, socket.MSG_PEEK))
    except BlockingIOError:
        return False
    finally:
        client.socket.setblocking(True)
