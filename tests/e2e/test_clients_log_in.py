# SPDX-License-Identifier: Apache-2.0
"""irssi and WeeChat log in to an account by TLS, in each way that SASL offers them."""

import pathlib
import shutil
import ssl
import subprocess
import tempfile

from harness import PLAIN, TLS, ServerTest, trusting_context
from irc_programs import CONNECT_TIMEOUT_S, Irssi, Weechat, need_irc_programs

PASSWORD = "clave-del-aula-7"


class LogInTest(ServerTest):
    def setUp(self):
        need_irc_programs()
        self.house = self.server(listen=(PLAIN, TLS), arguments=())
        owner = self.client(self.house, "ana")
        owner.send(f"REGISTER * * :{PASSWORD}")
        owner.expect(r" REGISTER SUCCESS ana ")
        self.owner = owner
        self.witness = self.guest(self.house, "witness", "extended-join account-notify")

    def weechat(self, **sasl):
        options = "".join(f" -{key}={value}" for key, value in sasl.items())
        program = Weechat(self.house.port("ircs"), "ana", f"-ssl -nossl_verify {options}")
        self.addCleanup(program.stop)
        return program

    def irssi(self, mechanism, *, secret="", server=""):
        network = f'sasl_mechanism = "{mechanism}"; sasl_username = "ana"; {secret}'
        program = Irssi(self.house.port("ircs"), "ana", server=server, network=network)
        self.addCleanup(program.stop)
        return program

    def comes_in(self):
        """As somebody who is logged in, under the name that is hers alone."""
        self.witness.expect(r"^:ana!\S+ JOIN #lobby ana :", CONNECT_TIMEOUT_S)

    def leaves(self):
        self.owner.send("QUIT")
        self.owner.expect_closed()

    def with_certificate(self):
        """The file of a key and its certificate, which open the account."""
        folder = pathlib.Path(tempfile.mkdtemp(prefix="tertulia-key-"))
        self.addCleanup(shutil.rmtree, folder)
        key, certificate, both = folder / "key", folder / "certificate", folder / "both.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=ana",
                        "-keyout", key, "-out", certificate], check=True, capture_output=True)
        both.write_text(key.read_text() + certificate.read_text())
        der = ssl.PEM_cert_to_DER_cert(certificate.read_text())
        digest = subprocess.run(["sha256sum"], input=der, check=True, capture_output=True).stdout
        self.owner.say("NickServ", f"CERT ADD {digest.split()[0].decode()}")
        self.owner.expect(r"NickServ!\S+ NOTICE ana :")
        return both

    def test_weechat_with_a_password_in_plain(self):
        self.leaves()
        self.weechat(sasl_mechanism="plain", sasl_username="ana", sasl_password=PASSWORD)
        self.comes_in()

    def test_weechat_with_scram(self):
        self.leaves()
        self.weechat(sasl_mechanism="scram-sha-256", sasl_username="ana", sasl_password=PASSWORD)
        self.comes_in()

    def test_weechat_with_a_certificate(self):
        file = self.with_certificate()
        self.leaves()
        self.weechat(sasl_mechanism="external", sasl_username="ana", ssl_cert=file)
        self.comes_in()

    def test_irssi_with_a_password_in_plain(self):
        self.leaves()
        self.irssi("PLAIN", secret=f'sasl_password = "{PASSWORD}";')
        self.comes_in()

    def test_irssi_with_a_certificate(self):
        file = self.with_certificate()
        self.leaves()
        self.irssi("EXTERNAL", server=f'tls_cert = "{file}";')
        self.comes_in()

    def test_a_certificate_that_was_not_added_opens_nothing(self):
        file = self.with_certificate()
        self.owner.say("NickServ", "CERT LIST")
        digest = self.owner.expect(r"NOTICE ana :.*?([0-9a-f]{64})").group(1)
        self.owner.say("NickServ", f"CERT DEL {digest}")
        self.owner.expect(r"NOTICE ana :")
        context = trusting_context()
        context.load_cert_chain(file)
        thief = self.visitor(self.house, scheme="ircs", context=context)
        thief.send("CAP LS 302", "CAP REQ :sasl", "NICK thief", "USER t 0 * :T",
                   "AUTHENTICATE EXTERNAL", "AUTHENTICATE +")
        thief.expect(r"^:\S+ 904 ")

    def test_weechat_and_irssi_are_one_person(self):
        weechat = self.weechat(sasl_mechanism="plain", sasl_username="ana", sasl_password=PASSWORD)
        irssi = self.irssi("PLAIN", secret=f'sasl_password = "{PASSWORD}";')
        self.comes_in()
        self.witness.say("#lobby", "to both")
        weechat.sees("to both")
        irssi.sees("to both")
        weechat.say("from one device")
        self.witness.expect(r"^:ana!\S+ PRIVMSG #lobby :from one device")
        irssi.sees("ana.*from one device")
        irssi.say("and from the other")
        self.witness.expect(r"^:ana!\S+ PRIVMSG #lobby :and from the other")
        weechat.sees("ana.*and from the other")
