// SPDX-License-Identifier: Apache-2.0
#include "base/base64.hpp"
#include "terminal/dialogue.hpp"
#include "terminal/talk.hpp"

#include <doctest/doctest.h>

using namespace tertulia::terminal;
using tertulia::base::to_base64;
using tertulia::tests::talk;

namespace {

talk with_account(protection how, const std::string& sasl) {
    auto with = talk::usual();
    with.nickname = "";
    with.account = "ana";
    talk ana(with);
    ana.who.link_up(how, "irc.test", 6697);
    ana.hears(":irc.test CAP * LS :" + sasl);
    ana.hears(":irc.test CAP * ACK :sasl");
    ana.clear();
    return ana;
}

} // namespace

TEST_CASE("who has an account is asked for its password, and says her name afterwards") {
    talk ana = with_account(protection::certified, "sasl=PLAIN");
    CHECK(ana.who.state.asked == question::password);
    ana.types("pass word");
    CHECK(ana.sends() == "AUTHENTICATE PLAIN\n");
    ana.hears("AUTHENTICATE +");
    using namespace std::string_literals;
    CHECK(ana.sends() == "AUTHENTICATE " + to_base64("ana\0ana\0pass word"s) + "\n");
    ana.hears(":irc.test 900 * * ana :You are now logged in as ana");
    ana.hears(":irc.test 903 * :SASL authentication successful");
    CHECK(ana.sends() == "CAP END\nNICK ana\nUSER tertulia 0 * :ana\n");
    CHECK(ana.who.state.asked == question::keep_password);
    ana.types("yes");
    CHECK(ana.wants_a<keep_password>());
}

TEST_CASE("a password is never sent in clear over a network") {
    talk ana = with_account(protection::none, "sasl=PLAIN");
    CHECK(ana.who.state.asked != question::password);
    CHECK(ana.who.signing_in.account.empty());
}

TEST_CASE("a wrong password is asked for again, and nothing typed logs nobody in") {
    talk ana = with_account(protection::certified, "sasl=PLAIN");
    ana.types("wrong");
    ana.hears("AUTHENTICATE +");
    ana.hears(":irc.test 904 * :Wrong account or password");
    CHECK(ana.wants_a<forget_password>());
    CHECK(ana.who.state.asked == question::password);
    ana.clear();
    ana.types("");
    CHECK(ana.who.state.asked == question::nickname);
    ana.types("guest");
    CHECK(ana.sends() == "CAP END\nNICK guest\nUSER tertulia 0 * :guest\n");
}

TEST_CASE("a server that says success without proving that it knows the password is left") {
    talk ana = with_account(protection::certified, "sasl=SCRAM-SHA-256,PLAIN");
    ana.types("secret");
    CHECK(ana.sends() == "AUTHENTICATE SCRAM-SHA-256\n");
    ana.hears("AUTHENTICATE +");
    CHECK(ana.sends() == "AUTHENTICATE " + to_base64("n,,n=ana,r=nonce") + "\n");
    ana.hears(":irc.test 903 * :SASL authentication successful");
    CHECK(ana.wants_a<hang_up>());
}

TEST_CASE("a proof that the server refuses is a wrong password, and no more than that") {
    talk ana = with_account(protection::certified, "sasl=SCRAM-SHA-256,PLAIN");
    ana.types("wrong");
    ana.hears("AUTHENTICATE +");
    ana.hears("AUTHENTICATE " + to_base64("e=invalid-proof"));
    ana.hears(":irc.test 904 * :SASL authentication failed");
    CHECK(ana.shows() == "Wrong account or password: ana (SASL authentication failed)\n");
    CHECK(ana.who.state.asked == question::password);
}

TEST_CASE("a server whose own proof is wrong is said to be another one") {
    talk ana = with_account(protection::certified, "sasl=SCRAM-SHA-256,PLAIN");
    ana.types("secret");
    ana.hears("AUTHENTICATE +");
    ana.hears("AUTHENTICATE " + to_base64("v=" + to_base64("nonsense")));
    CHECK(ana.shows().contains("it may be another one"));
    CHECK(ana.sends().ends_with("AUTHENTICATE *\n"));
}

TEST_CASE("once there is a connection nobody is asked about its certificate") {
    talk ana;
    ana.who.certificate_doubted("AA:BB");
    ana.types("yes");
    CHECK(ana.wants_a<trust_certificate>());
    ana.who.certificate_doubted("AA:BB"); // as it was judged again meanwhile
    ana.is_welcomed();
    CHECK(ana.who.state.asked == question::none);
    ana.types("hola");
    CHECK(ana.sends().contains("PRIVMSG #lobby :hola"));
}

TEST_CASE("a script whose name is taken ends, and its next line is no name") {
    for (const bool named : {true, false}) {
        auto with = talk::usual();
        with.nickname = named ? "ana" : "";
        with.interactive = false;
        talk ana(with);
        ana.connects();
        if (!named) {
            ana.types("ana");
        }
        ana.clear();
        ana.hears(":irc.test 433 * ana :Nickname is in use");
        CHECK(ana.who.state.asked == question::none);
        CHECK(ana.shows().contains("Nickname is in use\nNo user name was accepted"));
        const auto wants = ana.wants();
        REQUIRE(wants.size() == 1);
        CHECK(std::get<leave>(wants.front()).exit_status == exit_not_connected);
    }
}

TEST_CASE("a line that cannot be a name ends a script, too") {
    auto with = talk::usual();
    with.nickname = "";
    with.interactive = false;
    talk ana(with);
    ana.connects();
    ana.types("two words");
    CHECK(ana.sends() == "CAP LS 302\n");
    CHECK(ana.wants_a<leave>());
}

TEST_CASE("a new account has its password typed twice") {
    talk ana;
    ana.is_welcomed("draft/account-registration");
    ana.types("/register");
    CHECK(is_secret(ana.who.state.asked));
    ana.types("one");
    ana.types("two");
    CHECK(ana.who.state.asked == question::new_password);
    ana.types("one");
    ana.types("one");
    CHECK(ana.sends() == "REGISTER ana * :one\n");
    ana.hears(":irc.test REGISTER SUCCESS ana :The account ana is yours");
    CHECK(ana.who.state.asked == question::keep_password);
}

TEST_CASE("a server that wants a password of its own is given it first on another connection") {
    talk ana;
    ana.who.link_up(protection::certified, "irc.test", 6697);
    ana.clear();
    ana.hears(":irc.test 464 * :This server asks for a password (PASS)");
    CHECK(ana.who.state.asked == question::entrance);
    CHECK(is_secret(ana.who.state.asked));
    static_cast<void>(ana.shows());
    ana.hears("ERROR :This server asks for a password (PASS)");
    CHECK(ana.shows().empty());
    CHECK(ana.wants_a<hang_up>());
    ana.who.link_down();
    ana.clear();
    ana.types("open sesame");
    CHECK(ana.wants_a<connect>());
    ana.who.link_up(protection::certified, "irc.test", 6697);
    CHECK(ana.sends().starts_with("PASS :open sesame\nCAP LS 302\n"));
}

TEST_CASE("a wrong password of the server is asked for again, but not of a script") {
    for (const bool interactive : {true, false}) {
        auto with = talk::usual();
        with.interactive = interactive;
        talk ana(with);
        ana.who.signing_in.entrance = tertulia::crypto::secret_text("wrong");
        ana.who.link_up(protection::certified, "irc.test", 6697);
        ana.hears(":irc.test 464 * :Password incorrect");
        CHECK((ana.who.state.asked == question::entrance) == interactive);
        CHECK(ana.wants_a<leave>() != interactive);
    }
}

TEST_CASE("an invitation is sent as it was typed, before the account is made") {
    talk ana;
    ana.is_welcomed("draft/account-registration");
    ana.types("/code ABCD-EFGH");
    CHECK(ana.sends() == "CODE :ABCD-EFGH\n");
}
