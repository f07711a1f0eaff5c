# SPDX-License-Identifier: Apache-2.0
"""The HTTP API for programs with the real binary: tokens, webhooks, events, exports."""

import http.client
import json
import subprocess
import unittest

from harness import ANSWER_TIMEOUT_S, ServerTest
from web_clients import Browser

HTTP = "http://127.0.0.1:0"
PLAIN = "irc://127.0.0.1:0"


class Program:
    """What a script does: a request with or without a token, and no cookies."""

    def __init__(self, port, token=None):
        self.port = port
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def request(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_TIMEOUT_S)
        connection.request(method, path, body, {**self.headers, **headers})
        answer = connection.getresponse()
        answer.text = answer.read().decode()
        connection.close()
        return answer

    def get(self, path, **headers):
        return self.request("GET", path, **headers)

    def says(self, room, text):
        return self.request("POST", f"/api/rooms/{room}/messages", text.encode())


class Events:
    """A stream of events that is read as it comes."""

    def __init__(self, port, room, token, last=None):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_TIMEOUT_S)
        headers = {"Authorization": f"Bearer {token}"}
        if last:
            headers["Last-Event-ID"] = last
        self.connection.request("GET", f"/api/rooms/{room}/events", headers=headers)
        self.answer = self.connection.getresponse()

    def next(self):
        """The next event: its id and what it says; None at the end."""
        found = {}
        while line := self.answer.readline().decode():
            name, _, value = line.rstrip("\n").partition(": ")
            if name in ("id", "event"):
                found[name] = value
            elif name == "data":
                found["data"] = json.loads(value)
            elif line == "\n" and "data" in found:
                return found
        return None

    def close(self):
        self.connection.close()
        self.answer.close()


class ApiTest(ServerTest):
    def api_server(self, **options):
        return self.server(listen=(HTTP, PLAIN), **options)

    def account(self, server, name):
        browser = Browser(server.port("http"))
        self.assertEqual(browser.post("/api/register", account=name,
                                      password="a secret").status, 201)
        return browser

    def token(self, browser, name="ci"):
        answer = browser.post("/api/tokens", name=name)
        self.assertEqual(answer.status, 201, answer.text)
        return json.loads(answer.text)["token"]

    def webhook(self, browser, room, name="Builds"):
        answer = browser.post(f"/api/rooms/{room}/webhooks", name=name)
        self.assertEqual(answer.status, 201, answer.text)
        return "/hooks/" + json.loads(answer.text)["url"].rpartition("/")[2]

    def member(self, server, name, *rooms):
        """By IRC, as the account of that name, which the rooms are of that she makes."""
        one = self.client(server, f"guest{name}")
        one.send(f"PRIVMSG NickServ :IDENTIFY {name} a secret")
        one.expect(" 900 ")
        for room in rooms:
            one.send(f"JOIN {room}")
            one.expect(" 366 ")
        return one


class Posting(ApiTest):
    def test_one_curl_command_posts_for_a_room_and_the_answer_is_a_receipt(self):
        server = self.api_server()
        browser = self.account(server, "Ana")
        ana = self.member(server, "Ana", "#builds")
        address = f"http://127.0.0.1:{server.port('http')}" + self.webhook(browser, "builds")
        done = subprocess.run(["curl", "-sS", "-d", "It is green.", address], check=True,
                              capture_output=True, text=True, timeout=ANSWER_TIMEOUT_S)
        self.assertEqual(json.loads(done.stdout)["room"], "#builds")
        ana.expect(r":Builds!webhook@webhook PRIVMSG #builds :It is green\.")
        server.kill()
        server.start()
        token = self.token(browser)
        text = Program(server.port("http"), token).get("/api/rooms/builds/export").text
        self.assertEqual(json.loads(text)["text"], "It is green.")

    def test_a_token_speaks_as_its_account_also_while_that_is_away(self):
        server = self.api_server()
        browser = self.account(server, "Ana")
        ana = self.member(server, "Ana", "#a")
        self.account(server, "Eva")
        eva = self.member(server, "Eva", "#a")
        program = Program(server.port("http"), self.token(browser))
        self.assertEqual(program.says("a", "here").status, 201)
        eva.expect(r":Ana!\S+ PRIVMSG #a :here")
        ana.send("QUIT")
        eva.expect(r":Ana!\S+ QUIT")
        self.assertEqual(program.says("a", "away").status, 201)
        eva.expect(r":Ana!\S+ PRIVMSG #a :away")

    def test_a_token_that_was_taken_away_opens_nothing(self):
        server = self.api_server()
        browser = self.account(server, "Ana")
        self.member(server, "Ana", "#a")
        program = Program(server.port("http"), self.token(browser))
        self.assertEqual(browser.request("DELETE", "/api/tokens/ci").status, 204)
        self.assertEqual(program.says("a", "hola").status, 401)

    def test_secrets_are_made_by_nickserv_too(self):
        server = self.api_server()
        self.account(server, "Ana")
        ana = self.member(server, "Ana", "#a")
        ana.send("PRIVMSG NickServ :TOKEN ADD ci")
        token = ana.expect(r"shown this once: (\w+)").group(1)
        self.assertEqual(Program(server.port("http"), token).says("a", "one").status, 201)
        ana.send("PRIVMSG NickServ :WEBHOOK #a ADD Builds")
        secret = ana.expect(r"shown this once: \S+/hooks/(\w+)").group(1)
        self.assertEqual(Program(server.port("http")).request("POST", f"/hooks/{secret}",
                                                              "two").status, 201)

    def test_the_rules_of_a_room_are_a_webhooks_too(self):
        server = self.api_server()
        browser = self.account(server, "Ana")
        ana = self.member(server, "Ana", "#a")
        hook = self.webhook(browser, "a")
        program = Program(server.port("http"))
        ana.send("MODE #a +m")
        ana.expect(" MODE #a ")
        self.assertEqual(program.request("POST", hook, "x").status, 403)
        ana.send("MODE #a -m+W 60")
        ana.expect(" MODE #a ")
        self.assertEqual(program.request("POST", hook, "x").status, 201)
        slowed = program.request("POST", hook, "x")
        self.assertEqual(slowed.status, 429)
        self.assertGreater(int(slowed.headers["Retry-After"]), 0)

    def test_what_is_not_ones_own_is_not_there(self):
        server = self.api_server()
        self.account(server, "Ana")
        ana = self.member(server, "Ana", "#hidden")
        ana.send("MODE #hidden +s")
        ana.expect(" MODE #hidden ")
        stranger = self.account(server, "Eva")
        program = Program(server.port("http"), self.token(stranger))
        for path in ("/api/rooms/{}/events", "/api/rooms/{}/export"):
            hidden, none = (program.get(path.format(room)) for room in ("hidden", "none"))
            self.assertEqual((hidden.status, hidden.text), (none.status, none.text), path)
            self.assertEqual(hidden.status, 404)
        for room in ("hidden", "none"):
            self.assertEqual(program.says(room, "x").status, 404)
            self.assertEqual(stranger.post(f"/api/rooms/{room}/webhooks", name="x").status, 404)
            self.assertEqual(stranger.get(f"/api/rooms/{room}/webhooks").status, 404)
        self.assertEqual(Program(server.port("http")).get("/api/rooms/hidden/export").status, 401)


class Listening(ApiTest):
    def scene(self):
        server = self.api_server()
        browser = self.account(server, "Ana")
        ana = self.member(server, "Ana", "#a")
        return server, browser, ana, self.token(browser)

    def events(self, server, token, last=None, room="a"):
        made = Events(server.port("http"), room, token, last)
        self.addCleanup(made.close)
        return made

    def test_what_is_said_is_heard_as_it_is_said(self):
        server, _, ana, token = self.scene()
        stream = self.events(server, token)
        self.assertEqual(stream.answer.headers["Content-Type"], "text/event-stream; charset=utf-8")
        ana.send("PRIVMSG #a :hola")
        self.assertEqual(stream.next()["data"]["text"], "hola")

    def test_who_comes_back_misses_nothing_and_hears_nothing_twice(self):
        server, _, ana, token = self.scene()
        stream = self.events(server, token)
        ana.send("PRIVMSG #a :0")
        last = stream.next()["id"]
        stream.close()
        for number in range(1, 451):
            ana.send(f"PRIVMSG #a :{number}")
        ana.send("PING there")
        ana.expect("PONG")
        stream = self.events(server, token, last)
        ana.send("PRIVMSG #a :451")
        heard = [stream.next()["data"]["text"] for _ in range(451)]
        self.assertEqual(heard, [str(number) for number in range(1, 452)])

    def test_the_stream_ends_with_the_right_to_read(self):
        server, _, ana, _ = self.scene()
        eva = self.account(server, "Eva")
        self.member(server, "Eva", "#a")
        stream = self.events(server, self.token(eva))
        ana.send("KICK #a Eva")
        self.assertIsNone(stream.next())
        ana.send("PRIVMSG #a :for us alone")
        self.assertEqual(self.events(server, self.token(eva, "again")).answer.status, 404)


class TakingHome(ApiTest):
    def test_a_room_in_each_format(self):
        server = self.api_server()
        browser = self.account(server, "Ana")
        self.member(server, "Ana", "#a")
        program = Program(server.port("http"), self.token(browser))
        for number in range(300):
            self.assertEqual(program.says("a", f"<b>{number}</b>").status, 201)
        lines = program.get("/api/rooms/a/export").text.splitlines()
        self.assertEqual([json.loads(line)["text"] for line in lines],
                         [f"<b>{number}</b>" for number in range(300)])
        page = program.get("/api/rooms/a/export?format=html")
        self.assertIn("&lt;b&gt;299&lt;/b&gt;", page.text)
        self.assertIn("sandbox", page.headers["Content-Security-Policy"])
        self.assertIn("<Ana> <b>0</b>\n", program.get("/api/rooms/a/export?format=txt").text)

    def test_everything_of_ones_own_and_nothing_of_others(self):
        server = self.api_server()
        browser = self.account(server, "Ana")
        ana = self.member(server, "Ana", "#a", "#left")
        self.account(server, "Eva")
        eva = self.member(server, "Eva", "#a")
        ana.send("PRIVMSG #left :old")
        ana.send("PART #left")
        ana.send("PRIVMSG Eva :private")
        eva.expect("private")
        eva.send("PRIVMSG #a :not mine")
        ana.expect("not mine")
        browser.request("POST", "/upload", "bytes", [("Content-Disposition",
                                                      'attachment; filename="a.txt"')])
        own = json.loads(browser.get("/api/account/export").text)
        self.assertEqual(own["account"], "Ana")
        self.assertEqual({one["text"] for one in own["messages"]}, {"old", "private"})
        self.assertEqual([one["name"] for one in own["files"]], ["a.txt"])
        self.assertIn({"room": "#a", "role": "owner"}, own["conversations"])


if __name__ == "__main__":
    unittest.main()
