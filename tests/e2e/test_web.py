# SPDX-License-Identifier: Apache-2.0
"""The doors of the web with the real binary: pages, log-in, IRC over WebSocket."""

import signal
import socket
import struct
import unittest

from harness import ANSWER_TIMEOUT_S, ServerTest, trusting_context
from web_clients import BINARY, CLOSE, PING, PONG, TEXT, Browser, WebSocket

HTTP = "http://127.0.0.1:0"
WS = "ws://127.0.0.1:0"
PLAIN = "irc://127.0.0.1:0"


class WebTest(ServerTest):
    def web_server(self, **options):
        return self.server(listen=(HTTP, WS, PLAIN), **options)

    def websocket(self, server, scheme="http", **options):
        made = WebSocket(server.port(scheme), **options)
        self.addCleanup(made.close)
        return made

    def socket_of(self, browser):
        made = browser.websocket()
        self.addCleanup(made.close)
        return made

    def log_out(self, browser):
        """The cookie is gone from the browser, and is worth nothing when it comes again."""
        token = dict(browser.cookies)
        self.assertEqual(browser.post("/api/logout").status, 200)
        self.assertEqual(browser.cookies, {})
        browser.cookies = token
        self.assertIsNone(browser.session()["account"])

    def external(self, browser):
        """A WebSocket that shows the cookie of its page by SASL, up to the server's verdict."""
        one = self.socket_of(browser)
        one.send("CAP LS 302")
        one.expect("sasl=EXTERNAL,PLAIN")
        one.send("CAP REQ :sasl", "AUTHENTICATE EXTERNAL")
        one.expect("AUTHENTICATE +")
        one.send("AUTHENTICATE +")
        one.expect(" 903 ")
        return one

    def member(self, server, nickname):
        one = self.websocket(server)
        one.register(nickname)
        one.send("JOIN #lobby")
        one.expect(" 366 ")
        return one


class Pages(WebTest):
    def test_the_first_page_is_there_and_protected(self):
        answer = Browser(self.web_server().port("http")).get("/")
        self.assertEqual(answer.status, 200)
        self.assertTrue(answer.headers["Content-Type"].startswith("text/html"))
        self.assertIn("script-src 'self'", answer.headers["Content-Security-Policy"])
        self.assertNotIn("unsafe-inline", answer.headers["Content-Security-Policy"])
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_health_is_told(self):
        self.assertEqual(Browser(self.web_server().port("http")).get("/health").text, "ok\n")

    def test_no_path_leads_out(self):
        browser = Browser(self.web_server().port("http"))
        for path in ("/../etc/passwd", "/%2e%2e/etc/passwd", "/..%2fetc/passwd", "//etc/passwd"):
            self.assertEqual(browser.get(path).status, 400, path)
        self.assertEqual(browser.get("/etc/passwd").status, 404)

    def test_a_smuggled_request_is_refused_and_the_connection_ends(self):
        server = self.web_server()
        with socket.create_connection(("127.0.0.1", server.port("http")),
                                      timeout=ANSWER_TIMEOUT_S) as raw:
            raw.sendall(b"POST /api/logout HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
                        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\n\r\n")
            answer = b""
            while got := raw.recv(65536):
                answer += got
        self.assertTrue(answer.startswith(b"HTTP/1.1 400 "))
        self.assertEqual(answer.count(b"HTTP/1.1"), 1)


    def test_metrics_are_for_those_who_may(self):
        server = self.web_server()
        ana = self.member(server, "ana")
        ana.send("PRIVMSG #lobby :what counts")
        ana.send("PING said")
        ana.expect(" PONG ")
        text = Browser(server.port("http")).get("/metrics").text
        for figure in ("persons", "sessions", "rooms", "messages_total"):
            self.assertIn(f"\ntertulia_{figure} 1\n", text)
        for figure in ("tertulia_database_bytes", "tertulia_disk_free_bytes",
                       "process_resident_memory_bytes"):
            self.assertRegex(text, rf"\n{figure} [1-9]")
        closed = self.web_server(config='[web]\nmetrics = ["192.0.2.1"]\n')
        self.assertEqual(Browser(closed.port("http")).get("/metrics").status, 404)

    def test_pages_and_websockets_over_tls_and_a_new_certificate_drops_nobody(self):
        server = self.server(listen=("https://127.0.0.1:0", "wss://127.0.0.1:0"))
        for scheme in ("https", "wss"):
            with socket.create_connection(("127.0.0.1", server.port(scheme)),
                                          timeout=ANSWER_TIMEOUT_S) as raw:
                with trusting_context().wrap_socket(raw) as safe:
                    self.assertIn(safe.version(), ("TLSv1.2", "TLSv1.3"))
                    before = len(server.output.lines)
                    server.signal(signal.SIGHUP)
                    server.output.wait_for("were read again", start=before)
                    safe.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
                    self.assertTrue(safe.recv(9) == b"HTTP/1.1 ")


class LogIn(WebTest):
    def registered(self, server, account="Ana", password="a secret"):
        browser = Browser(server.port("http"))
        self.assertEqual(browser.post("/api/register", account=account,
                                      password=password).status, 201)
        return browser

    def test_who_registers_is_logged_in_and_who_logs_out_is_not(self):
        browser = self.registered(self.web_server())
        self.assertEqual(browser.session()["account"], "Ana")
        self.log_out(browser)

    def test_a_log_in_outlives_a_restart(self):
        server = self.web_server()
        browser = self.registered(server)
        server.kill()
        server.start()
        self.assertEqual(browser.session()["account"], "Ana")

    def test_a_wrong_password_is_no_log_in(self):
        server = self.web_server()
        self.registered(server)
        other = Browser(server.port("http"))
        for account, password in (("Ana", "wrong"), ("nobody", "a secret")):
            answer = other.post("/api/login", account=account, password=password)
            self.assertEqual((answer.status, '"error":"wrong"' in answer.text), (401, True))
        self.assertEqual(other.cookies, {})
        self.assertEqual(other.post("/api/login", account="ana", password="a secret").status, 200)
        self.assertEqual(other.session()["account"], "Ana")

    def test_the_cookie_is_hidden_from_scripts_and_other_sites(self):
        server = self.web_server()
        self.registered(server)
        answer = Browser(server.port("http")).post("/api/login", account="Ana",
                                                   password="a secret")
        cookie = answer.headers["Set-Cookie"]
        self.assertIn("; HttpOnly; SameSite=Strict", cookie)
        self.assertIn("; Path=/;", cookie)

    def test_a_page_of_another_site_cannot_log_anybody_in_or_out(self):
        server = self.web_server()
        browser = self.registered(server)
        browser.origin = "https://evil.example"
        self.assertEqual(browser.post("/api/logout").status, 403)
        self.assertEqual(browser.post("/api/login", account="Ana",
                                      password="a secret").status, 403)
        browser.origin = f"http://127.0.0.1:{browser.port}"
        form = browser.request("POST", "/api/logout", "",
                               [("Content-Type", "application/x-www-form-urlencoded")])
        self.assertEqual(form.status, 415)
        self.assertEqual(browser.session()["account"], "Ana")

    def test_names_that_are_taken_or_none(self):
        server = self.web_server()
        self.registered(server)
        browser = Browser(server.port("http"))
        self.assertEqual(browser.post("/api/register", account="ANA", password="x").status, 409)
        self.assertEqual(browser.post("/api/register", account="a b", password="x").status, 400)
        self.assertEqual(browser.post("/api/register", account="eva", password="").status, 400)
        self.assertEqual(browser.post("/api/register", account="eva").status, 400)

    def test_registration_can_be_closed(self):
        server = self.web_server(config="[accounts]\nregistration = \"closed\"\n")
        browser = Browser(server.port("http"))
        answer = browser.post("/api/register", account="eva", password="x")
        self.assertEqual(answer.status, 403)
        self.assertFalse(browser.session()["registration"])

    def test_a_websocket_with_the_cookie_is_the_account_by_external(self):
        server = self.web_server()
        one = self.external(self.registered(server))
        one.send("CAP END", "NICK other", "USER u 0 * :u")
        self.assertIn(" 001 Ana ", one.expect(" 001 "))

    def test_a_new_password_ends_every_browser(self):
        server = self.web_server()
        browser = self.registered(server, password="secret")
        client = self.client(server, "eva")
        client.send("PRIVMSG NickServ :IDENTIFY Ana secret")
        client.expect(" 900 ")
        client.send("PRIVMSG NickServ :PASSWORD secret new")
        client.sync()
        self.assertIsNone(browser.session()["account"])

    def test_without_the_cookie_there_is_no_external(self):
        server = self.web_server()
        stranger = self.websocket(server)
        stranger.send("CAP LS 302")
        self.assertNotIn("EXTERNAL", stranger.expect("CAP"))
        stranger.send("CAP REQ :sasl", "AUTHENTICATE EXTERNAL")
        stranger.expect(" 904 ")

    def test_a_foreign_page_gets_no_websocket(self):
        browser = self.registered(self.web_server())
        browser.origin = "https://evil.example"
        one = self.socket_of(browser)
        self.assertIn(" 403 ", one.head.splitlines()[0])


class SafeLogIn(WebTest):
    """What a browser is given to keep where its connection is encrypted, and where it is not."""

    PROXY = '[web]\ntrusted_proxies = ["127.0.0.1"]\n'
    SAFE = (("X-Forwarded-Proto", "https"),)

    def safe_browser(self):
        server = self.server(listen=("https://127.0.0.1:0",))
        return Browser(server.port("https"), tls=True)

    def registered(self, browser, headers=()):
        """The name and the attributes of the cookie of an account that is new."""
        answer = browser.request("POST", "/api/register",
                                 '{"account": "Ana", "password": "a secret"}',
                                 (("Content-Type", "application/json"), *headers))
        self.assertEqual(answer.status, 201, answer.text)
        pair, *attributes = answer.headers["Set-Cookie"].split("; ")
        return pair.partition("=")[0], set(attributes)

    def behind_a_proxy(self, config):
        browser = Browser(self.web_server(config=config).port("http"))
        browser.origin = f"https://127.0.0.1:{browser.port}"
        return browser

    def test_over_tls_the_cookie_is_for_this_host_and_for_tls_alone(self):
        browser = self.safe_browser()
        name, attributes = self.registered(browser)
        self.assertEqual(name, "__Host-tertulia")
        self.assertLessEqual({"Secure", "HttpOnly", "SameSite=Strict", "Path=/"}, attributes)
        self.assertFalse([one for one in attributes if one.startswith("Domain")])
        self.assertEqual(browser.session()["account"], "Ana")

    def test_over_tls_who_logs_out_is_logged_out(self):
        browser = self.safe_browser()
        self.registered(browser)
        self.log_out(browser)

    def test_a_websocket_over_tls_with_the_cookie_is_the_account_by_external(self):
        browser = self.safe_browser()
        self.registered(browser)
        one = self.external(browser)
        one.send("CAP END", "NICK other", "USER u 0 * :u")
        self.assertIn(" 001 Ana ", one.expect(" 001 "))

    def test_over_tls_the_cookie_of_plain_http_is_nobodys(self):
        browser = self.safe_browser()
        self.registered(browser)
        browser.cookies = {"tertulia": browser.cookies["__Host-tertulia"]}
        self.assertIsNone(browser.session()["account"])

    def test_without_tls_the_cookie_is_one_that_browsers_take_all_the_same(self):
        name, attributes = self.registered(Browser(self.web_server().port("http")))
        self.assertEqual(name, "tertulia")
        self.assertNotIn("Secure", attributes)
        self.assertLessEqual({"HttpOnly", "SameSite=Strict", "Path=/"}, attributes)

    def test_a_trusted_proxy_says_that_there_is_tls_before_it(self):
        browser = self.behind_a_proxy(self.PROXY)
        name, attributes = self.registered(browser, self.SAFE)
        self.assertEqual(name, "__Host-tertulia")
        self.assertIn("Secure", attributes)
        told = browser.request("GET", "/api/session", headers=self.SAFE).text
        self.assertIn('"account":"Ana"', told)

    def test_of_tls_before_it_nobody_else_is_believed(self):
        for config in ("", '[web]\ntrusted_proxies = ["192.0.2.1"]\n'):
            browser = Browser(self.web_server(config=config).port("http"))
            name, attributes = self.registered(browser, self.SAFE)
            self.assertEqual(name, "tertulia")
            self.assertNotIn("Secure", attributes)


class Talk(WebTest):
    def test_two_browsers_and_a_classic_irc_client_talk(self):
        server = self.web_server()
        ana, eva = self.member(server, "ana"), self.member(server, "eva")
        raw = self.guest(server, "ivo")
        ana.send("PRIVMSG #lobby :¿qué tal? 🙂")
        self.assertIn("PRIVMSG #lobby :¿qué tal? 🙂", eva.expect("PRIVMSG"))
        raw.expect("PRIVMSG #lobby :¿qué tal")
        raw.say("#lobby", "bien")
        self.assertIn(":bien", ana.expect("PRIVMSG"))

    def test_the_handshake_and_the_subprotocols(self):
        server = self.web_server()
        for wished, agreed, opcode in (
                ("text.ircv3.net", "text.ircv3.net", TEXT),
                ("binary.ircv3.net, text.ircv3.net", "binary.ircv3.net", BINARY), ("", None, TEXT)):
            one = self.websocket(server, scheme="ws", path="/", protocols=wished)
            self.assertIn(one.accepted, one.head)
            self.assertEqual(agreed is not None, "Sec-WebSocket-Protocol:" in one.head)
            one.send("PING here")
            self.assertEqual(one.next_frame()[0], opcode)

    def test_pings_and_fragments(self):
        one = self.websocket(self.web_server())
        one.send_frame(TEXT, b"PING ab")
        one.send_frame(0x80 | PING, b"there?")
        self.assertEqual(one.next_frame(), (PONG, b"there?"))
        one.send_frame(0x80, b"cd")
        self.assertIn("abcd", one.next_line())

    def test_a_line_that_is_too_long_is_answered_and_one_beyond_ends_it(self):
        one = self.websocket(self.web_server())
        one.send("PRIVMSG #lobby :" + "x" * 600)
        one.expect(" 417 ")
        one.send("PING " + "x" * 9000)
        self.assertEqual(one.expect_close(), 1009)

    def test_browsers_ways_of_closing(self):
        server = self.web_server()
        witness = self.guest(server, "ivo")
        for number, payload in enumerate((struct.pack("!H", 1001), b"", struct.pack("!H", 1000))):
            one = self.member(server, f"tab{number}")
            witness.expect(f"tab{number}.* JOIN")
            one.send_frame(0x80 | CLOSE, payload)
            self.assertEqual(one.expect_close(), 1001 if number == 0 else 1000)
            witness.expect(f"tab{number}.* QUIT")
        gone = self.member(server, "gone")
        witness.expect("gone.* JOIN")
        gone.close()
        witness.expect("gone.* QUIT")

    def test_what_breaks_the_protocol_ends_it_with_its_status(self):
        server = self.web_server()
        for send, status in (
                (lambda one: one.send_frame(0x80 | TEXT, b"PING x", masked=False), 1002),
                (lambda one: one.send_frame(0x80, b"of nothing"), 1002),
                (lambda one: one.send_frame(0x80 | TEXT, b"\xff"), 1007),
                (lambda one: one.send("PING a\nPING b"), 1007)):
            one = self.websocket(server)
            send(one)
            self.assertEqual(one.expect_close(), status)

    def test_a_stop_says_that_it_goes_away(self):
        server = self.web_server()
        one = self.member(server, "ana")
        server.stop()
        self.assertEqual(one.expect_close(), 1001)


class Proxies(WebTest):
    def test_a_proxy_announces_where_its_callers_come_from(self):
        server = self.server(listen=("irc://127.0.0.1:0?proxy=127.0.0.1",),
                             config="cloaks = false\n")
        for header in (b"PROXY TCP4 203.0.113.9 192.0.2.1 4000 6667\r\n",
                       b"\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x0c" + bytes([203, 0, 113, 9])
                       + bytes([192, 0, 2, 1]) + struct.pack("!HH", 4000, 6667)):
            client = self.visitor(server)
            client.send_bytes(header)
            client.register("ana")
            client.send("USERHOST ana")
            client.expect(r" 302 .*@203\.0\.113\.9")
            client.send("QUIT")
            client.expect_closed()

    def test_a_gateway_says_where_its_users_come_from(self):
        server = self.server(
            listen=(PLAIN,), config='cloaks = false\n[web]\nwebirc = ["127.0.0.1 sesame"]\n')
        client = self.visitor(server)
        client.send("WEBIRC sesame gateway host 203.0.113.9")
        client.register("ana")
        client.send("USERHOST ana")
        client.expect(r" 302 .*@203\.0\.113\.9")
        stranger = self.visitor(server)
        stranger.send("WEBIRC wrong gateway host 203.0.113.9")
        stranger.expect("ERROR")

    def test_without_a_header_nobody_comes_in(self):
        server = self.server(listen=("irc://127.0.0.1:0?proxy=127.0.0.1",))
        client = self.visitor(server)
        client.send("NICK ana")
        client.expect_closed()


if __name__ == "__main__":
    unittest.main()
