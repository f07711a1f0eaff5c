# SPDX-License-Identifier: Apache-2.0
"""The five classic systems and IRC in one room: who hears whom, and how it reads."""

import contextlib
import re
import socket

from classic_clients import (Base64Client, CaesarClient, LabelsClient, NicknameClient,
                             RosterClient)
from harness import ANSWER_TIMEOUT_S, PLAIN, ServerTest

KINDS = {"base64": Base64Client, "caesar": CaesarClient, "labels": LabelsClient,
         "nickname": NicknameClient, "roster": RosterClient}
ECHOES = {"labels", "nickname"}
LISTENERS = (PLAIN, *(f"{scheme}://127.0.0.1:0" for scheme in KINDS))

# How a message of somebody else reads on each screen.
FORMS = {"base64": "^<{name}> {text}$", "caesar": "^{name}: {text}$",
         "labels": r"^\['{name}: {text}', '3', 'lobby'\]$",
         "nickname": "^{name}: {text}$", "roster": r"^\d+\|\|{name}\|\|{text}$"}


def expect_said(client, kind, name, text):
    client.expect(FORMS[kind].format(name=name, text=re.escape(text)))


def expect_amid(client, kind, name, text):
    """The same, where reads may have come together: a hundred clients share this one process."""
    client.expect(FORMS[kind].format(name=name, text=re.escape(text)).strip("^$"))


class ClassicTest(ServerTest):
    def classic(self, server, kind, name, **options):
        client = KINDS[kind](server.port(kind), name, **options)
        self.addCleanup(client.close)
        return client

    def all_in_one_room(self, server, ways=None):
        """One of each, and one on IRC; all are in. `ways` are other ways of coming in."""
        irc = self.guest(server, "irene")
        people = {}
        for kind, made in KINDS.items():
            enter = (ways or {}).get(kind, made.enter)
            people[kind] = enter(self.classic(server, kind, f"Per{kind}"))
        for kind in KINDS:
            irc.send("NAMES #lobby")
            irc.expect(rf" 353 .*\bPer{kind}\b")
        return irc, people


class MatrixTest(ClassicTest):
    def setUp(self):
        self.house = self.server(listen=LISTENERS)

    def test_everybody_hears_everybody(self):
        irc, people = self.all_in_one_room(self.house)
        for kind, author in people.items():
            text = f"habla {kind}"
            author.say(text)
            irc.expect(rf"^:Per{kind}!{kind}@\S+ PRIVMSG #lobby :{text}$")
            for other, hearer in people.items():
                if other != kind or other in ECHOES:
                    expect_said(hearer, other, f"Per{kind}", text)
        irc.say("#lobby", "habla irc")
        for kind, hearer in people.items():
            expect_said(hearer, kind, "irene", "habla irc")
        for kind in set(people) - ECHOES:
            own = re.compile(f"Per{kind}.*habla {kind}$")
            self.assertFalse([line for line in people[kind].shown if own.search(line)])
        self.assertEqual([people[kind].failures for kind in ("labels", "roster")], [0, 0])

    def test_accents_arrive_whole_where_the_protocol_lets_them(self):
        irc, people = self.all_in_one_room(self.house)
        text = "compañeros ¿qué tal? Ñandú €5"
        irc.say("#lobby", text)
        for kind in ("base64", "labels", "nickname", "roster"):
            expect_said(people[kind], kind, "irene", text)
        people["caesar"].expect("^irene: compan\u0303eros ¿que\u0301 tal\\? N\u0303andu\u0301 €5$")
        people["roster"].say(text)
        irc.expect(re.escape(f"PRIVMSG #lobby :{text}"))

    def test_hundred_messages_at_once_arrive_in_order_a_read_each(self):
        irc, people = self.all_in_one_room(self.house)
        before = len(people["roster"].reads)
        for number in range(100):
            irc.say("#lobby", f"mensaje {number}")
        for kind in people:
            expect_said(people[kind], kind, "irene", "mensaje 99")
            numbers = re.findall(r"mensaje (\d+)", "\n".join(people[kind].shown))
            self.assertEqual([int(one) for one in numbers], list(range(100)))
        said = [one for one in people["roster"].reads[before:] if b"mensaje" in one]
        self.assertEqual(len(said), 100)

    def test_joining_and_leaving_is_told_in_each_ones_words(self):
        _, people = self.all_in_one_room(self.house)
        luis = self.guest(self.house, "luis")
        people["base64"].expect(r"^\[100\] El usuario luis se ha unido al grupo lobby$")
        people["caesar"].expect("^luis se ha unido al chat$")
        people["nickname"].expect("^luis se ha unido al chat$")
        people["roster"].wait(lambda: "luis" in people["roster"].users, "luis is not listed")
        luis.send("QUIT")
        people["base64"].expect(r"^\[200\] El cliente luis está offline$")
        people["caesar"].expect("^luis ha salido del chat$")
        people["nickname"].expect("^luis ha salido del chat$")
        people["roster"].wait(lambda: "luis" not in people["roster"].users, "luis is listed")

    def test_a_base64_client_is_told_of_others_by_address(self):
        one = self.classic(self.house, "base64", "Uno").enter()
        two = self.classic(self.house, "base64", "Dos")
        place = re.escape(f"(127.0.0.1, {two.address[1]})")
        one.expect(rf"^\[100\] El usuario {place} se ha unido al grupo lobby$")
        two.enter()
        expect_said(one, "base64", "Dos", "hola")
        two.leave()
        one.expect(rf"^\[200\] El cliente {place} está offline$")
        self.assertFalse([line for line in one.shown if "exit" in line])

    def test_a_caesar_client_that_never_spoke_leaves_by_its_address(self):
        one = self.classic(self.house, "caesar", "Uno").enter()
        irc = self.guest(self.house, "irene")
        silent = self.classic(self.house, "caesar", "Dos")
        irc.expect(r"^:invitado\d+!caesar@\S+ JOIN #lobby$")
        port = silent.address[1]
        silent.leave()
        one.expect(rf"^\('127\.0\.0\.1', {port}\) se ha desconectado$")

    def test_a_wished_nickname_that_is_taken_gets_a_number(self):
        ana = self.guest(self.house, "ana")
        second = self.classic(self.house, "nickname", "ana")
        second.expect("^ana2 se ha unido al chat$")
        second.say("soy la segunda")
        ana.expect("^:ana2!nickname@.* PRIVMSG #lobby :soy la segunda$")

    def test_whois_shows_the_door(self):
        irc = self.guest(self.house, "irene")
        self.classic(self.house, "roster", "Rosa").enter()
        irc.send("WHOIS Rosa")
        irc.expect(r" 311 irene Rosa roster [0-9a-f.]+\.ip \* :roster$")

    def test_a_message_of_four_thousand_letters_comes_in_pieces_with_their_sender(self):
        irc, people = self.all_in_one_room(self.house)
        text = " ".join(f"palabra{number}" for number in range(300))
        people["base64"].say(text)
        people["nickname"].expect(r"palabra299$")
        pieces = [line for line in people["nickname"].shown if "palabra" in line]
        self.assertGreater(len(pieces), 2)
        self.assertTrue(all(line.startswith("Perbase64: ") for line in pieces))
        self.assertEqual(" ".join(line.removeprefix("Perbase64: ") for line in pieces), text)
        self.assertTrue(all(len(one) <= 1024 for one in people["nickname"].reads))
        irc.expect("palabra299$")
        said = [line.partition("#lobby :")[2] for line in irc.seen if "palabra" in line]
        self.assertEqual(" ".join(said), text)


class AccountTest(ClassicTest):
    def setUp(self):
        self.house = self.server(listen=LISTENERS)

    def test_an_account_of_the_windows_logs_in_on_irc(self):
        self.classic(self.house, "labels", "Julian").enter()
        irc = self.client(self.house, "otra")
        irc.say("NickServ", "IDENTIFY Julian secreto123")
        irc.expect(r"^:otra!\S+ NICK :?Julian$")

    def test_an_account_of_irc_logs_in_at_the_windows(self):
        irc = self.guest(self.house, "marta")
        irc.say("NickServ", "REGISTER secreto123")
        irc.expect("NickServ!.* NOTICE marta ")
        window = self.classic(self.house, "labels", "marta").come_back()
        window.say("desde la ventana")
        irc.expect(r"^:marta!\S+ PRIVMSG #lobby :desde la ventana$")
        irc.say("#lobby", "y desde irc")
        window.expect(r"^\['marta: y desde irc', '3', 'lobby'\]$")

    def test_rooms_and_whispers(self):
        julian = self.classic(self.house, "labels", "Julian").enter()
        marta = self.classic(self.house, "labels", "Marta").enter()
        julian.say("#cR mio")
        julian.expect(r"^\['3', 'ok', 'mio'\]$")
        marta.say("#gR mio")
        marta.expect(r"^\['3', 'ok', 'mio'\]$")
        marta.say("hola")
        julian.expect(r"^\['Marta: hola', '3', 'mio'\]$")
        julian.say("#/private Marta solo tú")
        marta.expect(r"^\['Julian: solo tú', '3', '@Marta'\]$")
        julian.say("#exit")
        julian.expect_closed()

    def test_the_journal_has_the_lines_of_the_origin_where_it_is_to(self):
        house = self.server(config='journal = "debug"\n', listen=("labels://127.0.0.1:0",))
        self.classic(house, "labels", "Julian").enter()
        for line in (r"Julian registrandose\.", r"Julian se ha registrado\.",
                     r"Julian iniciando sesion\.", "Inicio correcto"):
            house.output.wait_for(line, ANSWER_TIMEOUT_S)
        self.assertNotIn("secreto123", house.output.text())

    def test_passwords_are_not_taken_from_the_network_unless_it_was_decided(self):
        open_house = self.server(listen=("labels://0.0.0.0:0",))
        window = self.classic(open_house, "labels", "Julian")
        window.request("Julian", "secreto123", "1")
        window.expect("'error', 'Aquí no se aceptan contraseñas")
        decided = self.server(listen=("labels://0.0.0.0:0?accounts=yes",))
        self.classic(decided, "labels", "Julian").enter()


class ManyTest(ClassicTest):
    def test_a_hundred_clients_at_once_hear_each_other(self):
        house = self.server(listen=LISTENERS)
        kinds = list(KINDS)
        clients = [(kinds[number % 5], self.classic(house, kinds[number % 5], f"c{number}"))
                   for number in range(100)]
        for _, client in clients:
            client.enter()
        irc = self.guest(house, "irene")
        irc.say("#lobby", "a todos")
        for kind, client in clients:
            expect_amid(client, kind, "irene", "a todos")
        for number in range(5):
            clients[number][1].say(f"de {number}")
            for kind, client in clients[5:]:
                expect_amid(client, kind, f"c{number}", f"de {number}")
        names = {f"c{number}" for number in range(100)} | {"irene"}
        shown = next(client for kind, client in clients if kind == "roster")
        shown.wait(lambda: len(set(shown.users) & names) > 50, "the list is short")

    def test_a_room_with_its_own_listener_is_a_room_of_its_own(self):
        house = self.server(listen=(PLAIN, "caesar://127.0.0.1:0?room=redes"))
        lobby = self.guest(house, "ana")
        redes = self.guest(house, "ben", room="#redes")
        self.classic(house, "caesar", "Berta").say("hola")
        redes.expect(r"^:Berta!caesar@\S+ PRIVMSG #redes :hola$")
        self.assertFalse([line for line in lobby.sync() if "hola" in line])


class CrowdTest(ClassicTest):
    """The list of users, in a room of a thousand."""

    def arrive(self, house, count):
        """So many come, name themselves and read what they are sent, until each has a list with the
        number of the last one who came or a full one. The server's processor time in ticks."""
        before = house._processor_ticks()
        crowd = [socket.create_connection(("127.0.0.1", house.port("roster")))
                 for _ in range(count)]
        for number, one in enumerate(crowd):
            self.addCleanup(one.close)
            one.settimeout(ANSWER_TIMEOUT_S)
            one.recv(1024)
            one.sendall(f"NAME:persona{number}".encode())
        for one in crowd:
            heard = b""
            while b"USERS:" not in heard:
                more = one.recv(4096)
                self.assertTrue(more, "closed before the list came")
                heard += more
        return house._processor_ticks() - before

    def test_a_thousand_come_without_a_square(self):
        few, many = (self.arrive(self.server(listen=LISTENERS), count) for count in (250, 1000))
        self.assertLess(many, 8 * max(few, 10), f"{few} and {many} hundredths of a second")


class RestartTest(ClassicTest):
    def test_clients_hear_the_end_and_come_again_after_a_restart(self):
        house = self.server(listen=LISTENERS)
        _, people = self.all_in_one_room(house)
        house.stop()
        for client in people.values():
            client.expect_closed()
        house.start()
        irc, people = self.all_in_one_room(house, {"labels": LabelsClient.come_back})
        people["roster"].say("otra vez")
        irc.expect("PRIVMSG #lobby :otra vez$")
        for kind in set(people) - {"roster"}:
            expect_said(people[kind], kind, "Perroster", "otra vez")


class HostileTest(ClassicTest):
    def setUp(self):
        self.house = self.server(listen=LISTENERS)

    def connect(self, kind):
        plain = socket.create_connection(("127.0.0.1", self.house.port(kind)))
        self.addCleanup(plain.close)
        return plain

    def test_nothing_reaches_others_as_protocol(self):
        irc, people = self.all_in_one_room(self.house)
        for text in ("USERS:1||x&&2||y", "7||otro||falso", "']['", "\\r\\n:x!y@z QUIT"):
            people["nickname"].say(text)
            plain = text.replace("||", "|").replace("&&", "&")
            expect_said(people["roster"], "roster", "Pernickname", plain)
            irc.expect(re.escape(f"PRIVMSG #lobby :{text}") + "$")
        people["nickname"].send("Pernickname: uno\r\nQUIT :dos")
        irc.expect("PRIVMSG #lobby :unoQUIT :dos$")
        self.assertNotIn("x", people["roster"].users)

    def test_any_bytes_leave_the_server_standing(self):
        irc = self.guest(self.house, "irene")
        for kind in KINDS:
            for junk in (b"\x00" * 5000, b"\xff\xfe" * 3000, b"[" * 9000, b"||&&" * 2000,
                         b"====" * 2000, b"A" * 50000):
                plain = self.connect(kind)
                with contextlib.suppress(OSError):
                    plain.sendall(junk)
                plain.close()
        self.classic(self.house, "roster", "Rosa").enter().say("sigo")
        irc.expect("^:Rosa!roster@.* PRIVMSG #lobby :sigo$")

    def test_a_client_that_does_not_answer_the_keyword_is_closed(self):
        house = self.server(listen=("nickname://127.0.0.1:0",), arguments=(),
                            config="[limits]\nregistration_timeout = \"1s\"")
        silent = socket.create_connection(("127.0.0.1", house.port("nickname")))
        self.addCleanup(silent.close)
        silent.settimeout(10)
        self.assertEqual(silent.recv(1024), b"nombre del cliente")
        rest = b""
        while data := silent.recv(1024):
            rest += data
        self.assertIn("No ha llegado nada a tiempo", rest.decode())
