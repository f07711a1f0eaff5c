# SPDX-License-Identifier: Apache-2.0
"""Web push from end to end: who is not there is told on her devices, through a push service that
cannot read it."""

import json
import os
import queue
import re
import tempfile

from harness import PLAIN, TLS, ServerTest
from push_service import Authority, Device, PushService, from_text

PASSWORD = "sesame street"
CAPABILITIES = "soju.im/webpush draft/read-marker server-time"


class PushTest(ServerTest):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="tertulia-push-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.authority = Authority(self.folder, "authority")
        before = os.environ.get("SSL_CERT_FILE")
        self.addCleanup(lambda: os.environ.pop("SSL_CERT_FILE") if before is None
                        else os.environ.update(SSL_CERT_FILE=before))
        os.environ["SSL_CERT_FILE"] = str(self.authority.file)
        self.service = self.push_service(self.authority.certificate())
        self.house = self.server(listen=(PLAIN, TLS), config=self.trusting(self.service))

    def push_service(self, certificate):
        service = PushService(certificate)
        self.addCleanup(service.close)
        return service

    @staticmethod
    def trusting(*services):
        origins = json.dumps([one.origin for one in services])
        return f'[push]\ntrusted = {origins}\ncontact = "mailto:op@example.org"\n'

    def account(self, nickname):
        somebody = self.client(self.house, nickname, CAPABILITIES)
        somebody.send(f"REGISTER * * :{PASSWORD}")
        somebody.expect(rf"^:\S+ REGISTER SUCCESS {nickname} ")
        somebody.join("#lobby")
        return somebody

    def device(self, owner, name, service=None):
        """A device of hers, at its own path of the push service."""
        made = Device(self.folder, name)
        made.endpoint = f"{(service or self.service).origin}/{name}"
        owner.send(f"WEBPUSH REGISTER {made.endpoint} {made.keys()}")
        owner.expect(rf"^:\S+ WEBPUSH REGISTER {re.escape(made.endpoint)}$")
        return made

    def leaves(self, somebody, seen_by):
        somebody.send("QUIT")
        seen_by.expect(rf"^:{somebody.nickname}!\S+ QUIT ")

    def nothing_more_came(self, service):
        with self.assertRaises(queue.Empty):
            service.pushes.get_nowait()

    def test_who_is_named_while_she_is_away_is_told_on_her_device(self):
        ana = self.account("ana")
        phone = self.device(ana, "phone")
        ben = self.guest(self.house, "ben")
        self.leaves(ana, ben)
        ben.say("#lobby", "this is for everybody, and pushed to nobody")
        ben.say("#lobby", "¡Ana! Mañana a las 9")
        push = self.service.next()
        self.assertRegex(phone.open(push.body), r"^@msgid=[\w-]{22};time=\S+ :ben!\S+ PRIVMSG "
                                                r"#lobby :¡Ana! Mañana a las 9$")
        self.assertEqual(push.path, "/phone")
        self.assertEqual(push.headers["Content-Encoding"], "aes128gcm")
        self.assertEqual(push.headers["Urgency"], "high")
        self.assertGreater(int(push.headers["TTL"]), 0)
        self.nothing_more_came(self.service)

    def test_who_is_there_is_told_nothing_on_her_device(self):
        ana = self.account("ana")
        self.device(ana, "phone")
        eva = self.account("eva")
        self.device(eva, "tablet")
        ben = self.guest(self.house, "ben")
        self.leaves(eva, ben)
        ben.say("#lobby", "ana, you are here")
        ben.say("#lobby", "eva, you are not")  # pushed behind what was said before
        self.assertEqual(self.service.next().path, "/tablet")
        self.nothing_more_came(self.service)

    def test_a_push_is_proved_to_be_the_servers(self):
        ana = self.account("ana")
        ana.send("ISUPPORT")
        key = ana.expect(r" VAPID=(\S+) ")[1]
        self.device(ana, "phone")
        ben = self.guest(self.house, "ben")
        self.leaves(ana, ben)
        ben.say("ana", "hola")
        push = self.service.next()
        signed, _, shown = push.proof()
        self.assertEqual(shown, key)
        self.assertTrue(push.is_proved())
        claims = json.loads(from_text(signed.split(".")[1]))
        self.assertEqual(claims["aud"], self.service.origin)
        self.assertEqual(claims["sub"], "mailto:op@example.org")

    def test_a_restart_keeps_devices_and_the_servers_key(self):
        ana = self.account("ana")
        ana.send("ISUPPORT")
        key = ana.expect(r" VAPID=(\S+) ")[1]
        phone = self.device(ana, "phone")
        self.house.kill()
        self.house.start()
        ben = self.guest(self.house, "ben")
        ben.say("ana", "still there?")
        push = self.service.next()
        self.assertTrue(phone.open(push.body).endswith(" PRIVMSG ana :still there?"))
        self.assertEqual(push.proof()[2], key)

    def test_a_device_that_is_gone_is_told_no_more(self):
        ana = self.account("ana")
        self.service.answers["/old"] = 410
        self.device(ana, "old")
        self.device(ana, "phone")
        ben = self.guest(self.house, "ben")
        self.leaves(ana, ben)
        ben.say("ana", "one")
        self.service.next("/old")
        self.service.next("/phone")
        paths = []
        for number in range(10):  # what goes to one push service keeps its order
            ben.say("ana", f"more {number}")
            paths.append(self.service.next().path)
            if paths[-1] == "/phone":
                break
            self.service.next("/phone")
        self.assertEqual(paths[-1], "/phone")
        self.house.kill()
        self.house.start()
        ben = self.guest(self.house, "ben")
        ben.say("ana", "after all")
        self.assertEqual(self.service.next().path, "/phone")

    def test_a_device_is_told_what_was_read_elsewhere(self):
        ana = self.account("ana")
        phone = self.device(ana, "phone")
        ben = self.guest(self.house, "ben")
        ana.send("AWAY :lunch")
        ana.expect(" 306 ")
        ben.say("#lobby", "ana?")
        line = phone.open(self.service.next().body)
        time = re.search(r"time=([^; ]+)", line)[1]
        ana.send(f"MARKREAD #lobby timestamp={time}")
        push = self.service.next()
        self.assertRegex(phone.open(push.body),
                         rf"^:\S+ MARKREAD #lobby timestamp={re.escape(time)}$")
        self.assertEqual(push.headers["Urgency"], "normal")

    def test_addresses_inside_are_refused(self):
        ana = self.account("ana")
        keys = Device(self.folder, "keys").keys()
        for address in ("https://127.0.0.1:1/x", "https://127.0.0.1/x", "https://10.0.0.1/x",
                        "https://169.254.169.254/x", "https://[::1]/x", "https://localhost/x",
                        f"http://{self.service.origin.partition('//')[2]}/x"):
            ana.send(f"WEBPUSH REGISTER {address} {keys}")
            ana.expect(r"(NOTICE|FAIL WEBPUSH INVALID_PARAMS)")
        ben = self.guest(self.house, "ben")
        self.leaves(ana, ben)
        ben.say("ana", "hola")
        ben.sync()
        self.nothing_more_came(self.service)

    def test_nothing_is_sent_to_whom_no_authority_vouches_for(self):
        stranger = self.push_service(Authority(self.folder, "stranger").certificate())
        other_host = self.push_service(self.authority.certificate("DNS:push.example.org"))
        self.house.stop()
        self.house.config_file.write_text(self.trusting(self.service, stranger, other_host))
        self.house.start()
        ana = self.account("ana")
        self.device(ana, "one", stranger)
        self.device(ana, "two", other_host)
        self.device(ana, "phone")
        ben = self.guest(self.house, "ben")
        self.leaves(ana, ben)
        ben.say("ana", "secret")
        self.service.next("/phone")
        for service in (stranger, other_host):
            self.assertTrue(service.broken_off.wait(30))
            self.nothing_more_came(service)

    def test_a_redirect_is_not_followed(self):
        ana = self.account("ana")
        self.service.answers["/moved"] = 307
        self.device(ana, "moved")
        self.device(ana, "phone")
        ben = self.guest(self.house, "ben")
        self.leaves(ana, ben)
        ben.say("ana", "hola")
        self.assertEqual(self.service.next().path, "/moved")
        self.assertEqual(self.service.next().path, "/phone")
        self.nothing_more_came(self.service)

    def test_where_it_is_off_nobody_hears_of_it(self):
        self.house.stop()
        self.house.config_file.write_text("[push]\non = false\n")
        self.house.start()
        visitor = self.visitor(self.house)
        visitor.send("CAP LS 302")
        self.assertNotIn("webpush", visitor.expect(r" CAP \S+ LS .*")[0])
