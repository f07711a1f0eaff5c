# SPDX-License-Identifier: Apache-2.0
"""Files with the real binary: handed in by browsers and by FILEHOST, read by who may, gone with
their messages."""

import base64
import http.client
import json
import struct
import unittest
import zlib

from harness import ANSWER_TIMEOUT_S, ServerTest
from web_clients import Browser

HTTP = "http://127.0.0.1:0"
PLAIN = "irc://127.0.0.1:0"


def png(width=40, height=30, place=b"47.3769N 8.5417E"):
    """A grey picture that tells where it was taken."""
    def chunk(name, body):
        return (struct.pack(">I", len(body)) + name + body +
                struct.pack(">I", zlib.crc32(name + body)))
    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" +
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) +
            chunk(b"tEXt", b"Comment\0" + place) + chunk(b"IDAT", zlib.compress(rows)) +
            chunk(b"IEND", b""))


class Files(ServerTest):
    def web_server(self, config="", **options):
        return self.server(listen=(HTTP, PLAIN), config=config, **options)

    def request(self, server, method, path, body=None, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", server.port("http"),
                                                timeout=ANSWER_TIMEOUT_S)
        connection.request(method, path, body=body, headers=named)
        answer = connection.getresponse()
        answer.bytes = answer.read()
        connection.close()
        return answer

    def upload(self, server, body, name="a.txt", **headers):
        return self.request(server, "POST", "/upload", body,
                            Content_Disposition=f'attachment; filename="{name}"', **headers)

    def account(self, server, name):
        browser = Browser(server.port("http"))
        self.assertEqual(browser.post("/api/register", account=name, password="sesame street")
                         .status, 201)
        return browser

    def member(self, server, name, capabilities="sasl"):
        """An account that has come in by IRC."""
        one = self.visitor(server)
        one.send("CAP LS 302", f"CAP REQ :{capabilities}", "NICK x", "USER x 0 * :x",
                 "AUTHENTICATE PLAIN")
        one.expect(r"AUTHENTICATE \+")
        one.send("AUTHENTICATE " + base64.b64encode(f"\0{name}\0sesame street".encode()).decode())
        one.expect(" 903 ")
        one.send("CAP END")
        one.expect(f" 001 {name} ")
        return one

    @staticmethod
    def basic(name):
        return "Basic " + base64.b64encode(f"{name}:sesame street".encode()).decode()

    @staticmethod
    def files_of(browser):
        own = json.loads(browser.get("/api/account/export").text)
        return [one["name"] for one in own["files"]]

    def test_a_picture_is_cleaned_and_shown_small(self):
        server = self.web_server()
        made = self.upload(server, png(), "holiday.png")
        self.assertEqual(made.status, 201, made.bytes)
        facts = json.loads(made.bytes)
        self.assertEqual((facts["width"], facts["height"], facts["type"]), (40, 30, "image/png"))
        read = self.request(server, "GET", made.headers["Location"])
        self.assertEqual(read.status, 200)
        self.assertNotIn(b"47.3769N", read.bytes)
        self.assertTrue(read.headers["Content-Disposition"].startswith("inline"))
        self.assertIn("sandbox", read.headers["Content-Security-Policy"])
        small = self.request(server, "GET", facts["thumbnail"])
        self.assertEqual(small.headers["Content-Type"], "image/webp")
        self.assertEqual(self.upload(server, png()[:60], "broken.png").status, 422)

    def test_a_file_comes_whole_or_in_parts_after_a_restart_too(self):
        server = self.web_server()
        body = bytes(range(256)) * 8192  # two megabytes
        place = self.upload(server, body, "data.bin").headers["Location"]
        server.kill()
        server.start()
        whole = self.request(server, "GET", place)
        self.assertEqual(whole.bytes, body)
        self.assertTrue(whole.headers["Content-Disposition"].startswith("attachment"))
        part = self.request(server, "GET", place, Range="bytes=1000000-1000009")
        self.assertEqual((part.status, part.bytes), (206, body[1000000:1000010]))
        same = self.request(server, "GET", place, If_None_Match=whole.headers["ETag"])
        self.assertEqual((same.status, same.bytes), (304, b""))
        self.assertEqual(self.request(server, "HEAD", place).headers["Content-Length"],
                         str(len(body)))

    def test_irc_clients_are_told_where_files_go(self):
        server = self.web_server(config='[web]\naddress = "https://chat.example.org/"\n')
        client = self.visitor(server)
        client.send("NICK ana", "USER ana 0 * :ana")
        client.expect(r"draft/FILEHOST=https://chat\.example\.org/upload( |$)")
        self.assertEqual(self.request(server, "OPTIONS", "/upload").headers["Accept-Post"], "*/*")

    def test_in_a_closed_room_members_alone_read_and_a_room_takes_its_files_along(self):
        server = self.web_server()
        ana, eva = self.account(server, "ana"), self.account(server, "eva")
        made = self.upload(server, b"for the few", Authorization=self.basic("ana"))
        self.assertEqual(made.status, 201, made.bytes)
        place = made.headers["Location"]
        member = self.member(server, "ana")
        member.send("JOIN #den", "MODE #den +s")
        member.expect(r" MODE #den \+s")
        member.say("#den", f"look: https://x{place}")
        member.sync()
        self.assertEqual(self.request(server, "GET", place).status, 403)
        self.assertEqual(eva.get(place).status, 403)
        self.assertEqual(ana.get(place).text, "for the few")
        self.assertEqual(self.request(server, "GET", place,
                                      Authorization=self.basic("ana")).status, 200)
        link = json.loads(ana.get("/api/files/" + place.split("/")[2]).text)["url"]
        self.assertEqual(self.request(server, "GET", link).bytes, b"for the few")

    def test_a_guest_in_a_closed_room_reads_its_files_by_a_pass(self):
        server = self.web_server()
        place = self.upload(server, b"for the few").headers["Location"]
        eva, ivo = self.visitor(server), self.visitor(server)
        for guest, name in ((eva, "eva"), (ivo, "ivo")):
            guest.send("CAP REQ :batch standard-replies", f"NICK {name}", f"USER {name} 0 * :x",
                       "CAP END")
        eva.send("JOIN #den", "MODE #den +s")
        eva.expect(r" MODE #den \+s")
        eva.say("#den", f"look: https://x{place}")
        eva.sync()
        self.assertEqual(self.request(server, "GET", place).status, 403)
        eva.send("TOKEN GENERATE TERTULIA/FILES #den")
        known = eva.expect(r" TOKEN GENERATE TERTULIA/FILES \S+/files :(\S+)").group(1)
        for _ in range(2):
            self.assertEqual(self.request(server, "GET", f"{place}?for={known}").bytes,
                             b"for the few")
        ivo.send("TOKEN GENERATE TERTULIA/FILES #den")
        ivo.expect(r"FAIL TOKEN INVALID_SCOPE #den :")

    def test_an_irc_client_hands_in_a_file_of_its_account_by_a_pass_that_is_good_once(self):
        server = self.web_server()
        ana, eva = self.account(server, "ana"), self.account(server, "eva")
        member = self.member(server, "ana", "sasl batch")
        member.send("TOKEN GENERATE FILEHOST")
        known = member.expect(r" TOKEN GENERATE FILEHOST \S+/upload :(\S+)").group(1)
        first = self.upload(server, b"x", "one.txt", Authorization=f"Bearer {known}")
        self.assertEqual(first.status, 201, first.bytes)
        again = self.upload(server, b"x", "two.txt", Authorization=f"Bearer {known}")
        self.assertEqual(again.status, 401)
        self.assertIn("invalid_token", again.headers["WWW-Authenticate"])
        self.assertEqual((self.files_of(ana), self.files_of(eva)), (["one.txt"], []))

    def test_a_guest_gets_no_pass_to_hand_in_files(self):
        guest = self.client(self.web_server(), "ivo", "batch standard-replies")
        guest.send("TOKEN GENERATE FILEHOST")
        guest.expect("FAIL TOKEN ACCOUNT_REQUIRED ")

    def test_a_program_hands_in_files_of_its_account_by_its_token_until_that_is_gone(self):
        server = self.web_server()
        ana = self.account(server, "ana")
        member = self.member(server, "ana")
        member.say("NickServ", "TOKEN ADD ci")
        known = "Bearer " + member.expect(r"shown this once: (\w+)").group(1)
        for name in ("one.txt", "two.txt"):
            made = self.upload(server, b"x", name, Authorization=known)
            self.assertEqual(made.status, 201, made.bytes)
        member.say("NickServ", "TOKEN DEL ci")
        member.sync()
        self.assertEqual(self.upload(server, b"x", "three.txt", Authorization=known).status, 401)
        self.assertEqual(sorted(self.files_of(ana)), ["one.txt", "two.txt"])

    def test_quotas_and_sizes_are_kept(self):
        server = self.web_server(config='[files]\nsize = "64 KiB"\nguests = "100 KiB"\n')
        self.assertEqual(json.loads(self.request(server, "GET", "/api/uploads").bytes),
                         {"size_max": 65536, "left": 100 << 10})
        self.assertEqual(self.upload(server, b"x" * 65537).status, 413)
        self.assertEqual(self.upload(server, b"x" * 65536).status, 201)
        self.assertEqual(self.upload(server, b"x" * 65536).status, 403)
        self.account(server, "ana")
        self.assertEqual(self.upload(server, b"x" * 65536,
                                     Authorization=self.basic("ana")).status, 201)

    def test_a_wrong_password_uploads_nothing(self):
        server = self.web_server()
        wrong = self.upload(server, b"x", Authorization=self.basic("nobody"))
        self.assertEqual(wrong.status, 401)
        self.assertIn("Basic", wrong.headers["WWW-Authenticate"])

    def test_where_files_are_not_wanted_there_is_no_upload(self):
        server = self.web_server(config="[files]\nsize = \"0 B\"\n")
        self.assertEqual(self.upload(server, b"x").status, 405)
        client = self.client(server, "ana")
        self.assertNotIn("FILEHOST", "\n".join(client.seen))

    def test_hostile_names_are_only_names(self):
        server = self.web_server()
        for name in ("../../etc/passwd", "..\\..\\boot.ini", "<script>alert(1)</script>.html",
                     "a%0d%0aSet-Cookie: a=b", "\\\"; filename=\\\"b.exe", "." * 300, "CON", "%00"):
            made = self.upload(server, b"x", name)
            self.assertEqual(made.status, 201, name)
            read = self.request(server, "GET", made.headers["Location"])
            self.assertEqual((read.status, read.bytes), (200, b"x"), name)
            self.assertTrue(read.headers["Content-Disposition"].startswith("attachment"))
            self.assertNotIn("/", json.loads(made.bytes)["name"])
            self.assertNotIn("<", read.headers["Content-Disposition"])


if __name__ == "__main__":
    unittest.main()
