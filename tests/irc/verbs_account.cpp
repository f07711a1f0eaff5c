// SPDX-License-Identifier: Apache-2.0
// REGISTER and AUTHENTICATE as the specifications have them.
#include "base/base64.hpp"
#include "base/password_text.hpp"
#include "crypto/scram_client.hpp"
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using namespace std::string_literals;
using tests::client;
using tests::conversation;

namespace {

std::string plain(std::string_view account, std::string_view password) {
    return "AUTHENTICATE " +
           base::to_base64("\0"s + std::string(account) + "\0"s + std::string(password));
}

// Somebody who has the account "ana" with the password "secreto", and is gone.
void ana_was_here(conversation& server) {
    server.registers("ana").sends("REGISTER * * secreto").sends("QUIT");
    server.nobody_hears();
}

client& knocks(conversation& server) {
    client& made = server.arrives();
    made.sends("CAP LS 302").sends("CAP REQ :sasl").sends("NICK nueva").sends("USER n 0 * :N");
    server.nobody_hears();
    return made;
}

constexpr std::string_view logged_in_before =
    ":irc.test 900 * *!*@* ana :You are now logged in as ana\n"
    ":irc.test 903 * :SASL authentication successful\n";
constexpr std::string_view failed = ":irc.test 904 * :Wrong account or password\n";

} // namespace

TEST_CASE("REGISTER makes one's nickname an account, which one is from then on") {
    conversation server;
    client& ana = server.registers("ana");
    ana.sends("REGISTER * * :una contraseña larga");
    CHECK(ana.hears() == ":irc.test REGISTER SUCCESS ana :The account ana is yours\n"
                         ":irc.test 900 ana ana!~ana@example.org ana :You are now logged in as "
                         "ana\n");
}

TEST_CASE("REGISTER with another name gives one that nickname too") {
    conversation server;
    client& ana = server.registers("ana");
    ana.sends("REGISTER Marta * secreto");
    CHECK(ana.hears() ==
          ":irc.test REGISTER SUCCESS Marta :The account Marta is yours\n"
          ":irc.test 900 ana ana!~ana@example.org Marta :You are now logged in as Marta\n"
          ":ana!~ana@example.org NICK Marta\n");
}

TEST_CASE("an account can be made before the registration is complete, which it then serves") {
    conversation server;
    client& ana = server.arrives();
    ana.sends("CAP LS 302").sends("NICK nueva").sends("USER n 0 * :N");
    server.nobody_hears();
    ana.sends("REGISTER ana * secreto");
    CHECK(ana.hears() == ":irc.test REGISTER SUCCESS ana :The account ana is yours\n"
                         ":irc.test 900 * *!*@* ana :You are now logged in as ana\n");
    ana.sends("CAP END");
    CHECK(ana.hears().starts_with(":irc.test 001 ana :"));
}

TEST_CASE("REGISTER refuses a name that is taken, is none, or looks like another's") {
    conversation server;
    ana_was_here(server);
    client& eva = server.registers("eva", "standard-replies");
    eva.sends("REGISTER ANA * secreto");
    CHECK(eva.hears() == ":irc.test FAIL REGISTER ACCOUNT_EXISTS ANA :This name belongs to an "
                         "account: log in, or choose another one\n");
    eva.sends("REGISTER 1a * secreto");
    CHECK(eva.hears() == ":irc.test FAIL REGISTER BAD_ACCOUNT_NAME 1a :Erroneous nickname\n");
    eva.sends("REGISTER \u0430na * secreto"); // its first letter is Cyrillic
    CHECK(eva.hears() == ":irc.test FAIL REGISTER ACCOUNT_EXISTS \u0430na :Nickname looks like "
                         "one that is in use\n");
}

TEST_CASE("REGISTER takes passwords of 1 to 800 bytes") {
    conversation server;
    client& ana = server.registers("ana", "standard-replies");
    constexpr std::string_view refused =
        ":irc.test FAIL REGISTER UNACCEPTABLE_PASSWORD ana :A password has 1 to 800 bytes of "
        "UTF-8\n";
    ana.sends("REGISTER * * :");
    CHECK(ana.hears() == refused);
    ana.sends("REGISTER * * " + std::string(480, 'x'));
    CHECK(ana.hears().contains("SUCCESS"));
}

TEST_CASE("who is logged in cannot register again") {
    conversation server;
    client& ana = server.registers("ana", "standard-replies");
    ana.sends("REGISTER * * secreto");
    server.nobody_hears();
    ana.sends("REGISTER otra * secreto");
    CHECK(ana.hears() ==
          ":irc.test FAIL REGISTER ALREADY_AUTHENTICATED otra :You are logged in already\n");
}

TEST_CASE("a server may keep its accounts for itself") {
    irc::settings rules = conversation::quiet();
    rules.registration = session::registration::closed;
    conversation server(rules);
    client& ana = server.registers("ana", "standard-replies");
    ana.sends("REGISTER * * secreto");
    CHECK(ana.hears() ==
          ":irc.test FAIL REGISTER TEMPORARILY_UNAVAILABLE ana :Accounts cannot be made here\n");
    ana.sends("CAP LS 302");
    CHECK_FALSE(ana.hears().contains("account-registration"));
}

TEST_CASE("REGISTER is no way round the server's password") {
    irc::settings rules = conversation::quiet();
    rules.password = "clase";
    conversation server(rules);
    client& ana = server.arrives();
    ana.sends("NICK ana").sends("REGISTER * * secreto");
    CHECK(ana.hears() == ":irc.test NOTICE * :Accounts cannot be made here\n");
    ana.sends("PASS clase").sends("REGISTER * * secreto");
    CHECK(ana.hears().starts_with(":irc.test REGISTER SUCCESS ana "));
}

TEST_CASE("SASL PLAIN before registration: one comes in under the account's name") {
    conversation server;
    ana_was_here(server);
    client& back = knocks(server);
    back.sends("AUTHENTICATE PLAIN");
    CHECK(back.hears() == "AUTHENTICATE +\n");
    back.sends(plain("Ana", "secreto"));
    CHECK(back.hears() == logged_in_before);
    back.sends("CAP END");
    CHECK(back.hears().starts_with(":irc.test 001 ana :"));
}

TEST_CASE("a wrong password, an unknown account and acting for another fail alike") {
    conversation server;
    ana_was_here(server);
    client& back = knocks(server);
    for (const std::string& wrong : {plain("ana", "otro"), plain("nadie", "secreto"),
                                     "AUTHENTICATE " + base::to_base64("eva\0ana\0secreto"s)}) {
        CAPTURE(wrong);
        back.sends("AUTHENTICATE PLAIN");
        server.nobody_hears();
        back.sends(wrong);
        CHECK(back.hears() == failed);
    }
}

TEST_CASE("SASL after registration makes a guest the account, with a NICK that all see") {
    conversation server;
    ana_was_here(server);
    client& eva = server.registers("eva", "account-notify account-tag");
    client& back = server.registers("otra", "sasl");
    eva.sends("JOIN #sala");
    back.sends("JOIN #sala");
    server.nobody_hears();
    back.sends("AUTHENTICATE PLAIN").sends(plain("ana", "secreto"));
    CHECK(back.hears() ==
          "AUTHENTICATE +\n"
          ":irc.test 900 otra otra!~otra@example.org ana :You are now logged in as ana\n"
          ":irc.test 903 otra :SASL authentication successful\n"
          ":otra!~otra@example.org NICK ana\n");
    CHECK(eva.hears() == ":otra!~otra@example.org NICK ana\n"
                         "@account=ana :ana!~otra@example.org ACCOUNT ana\n");
    back.sends("PRIVMSG #sala :hola");
    CHECK(eva.hears() == "@account=ana :ana!~otra@example.org PRIVMSG #sala :hola\n");
}

TEST_CASE("who authenticates again as who she is hears that it is so") {
    conversation server;
    client& ana = server.registers("ana", "sasl");
    ana.sends("REGISTER * * secreto");
    server.nobody_hears();
    ana.sends("AUTHENTICATE PLAIN").sends(plain("ana", "secreto"));
    CHECK(ana.hears() ==
          "AUTHENTICATE +\n"
          ":irc.test 900 ana ana!~ana@example.org ana :You are now logged in as ana\n"
          ":irc.test 903 ana :SASL authentication successful\n");
}

TEST_CASE("a message of SASL takes as many lines as it needs, and has an end") {
    conversation server;
    server.registers("ana").sends("REGISTER * * :" + std::string(400, 'x')).sends("QUIT");
    client& back = knocks(server);
    const std::string whole = base::to_base64("\0ana\0"s + std::string(400, 'x'));
    back.sends("AUTHENTICATE PLAIN").sends("AUTHENTICATE " + whole.substr(0, 400));
    CHECK(back.hears() == "AUTHENTICATE +\n");
    back.sends("AUTHENTICATE " + whole.substr(400));
    CHECK(back.hears() == logged_in_before);

    back.sends("AUTHENTICATE PLAIN");
    for (int i = 0; i < 11; ++i) {
        back.sends("AUTHENTICATE " + std::string(400, 'A'));
    }
    CHECK(back.hears().contains(":irc.test 905 * :SASL message too long\n"));
}

TEST_CASE("SASL can be broken off, and other mechanisms are named") {
    conversation server;
    client& ana = knocks(server);
    ana.sends("AUTHENTICATE PLAIN").sends("AUTHENTICATE *");
    CHECK(ana.hears() == "AUTHENTICATE +\n:irc.test 906 * :SASL authentication aborted\n");
    ana.sends("AUTHENTICATE GSSAPI");
    CHECK(ana.hears() == ":irc.test 908 * PLAIN,SCRAM-SHA-256 :are available SASL mechanisms\n"
                         ":irc.test 904 * :SASL authentication failed: this mechanism is not "
                         "offered\n");
}

TEST_CASE("SCRAM-SHA-256 proves both sides to each other") {
    conversation server;
    ana_was_here(server);
    client& back = knocks(server);
    const auto sent = [&](std::string_view message) {
        back.sends("AUTHENTICATE " + base::to_base64(message));
        const std::string heard = back.hears();
        REQUIRE(heard.starts_with("AUTHENTICATE "));
        return *base::from_base64(heard.substr(13, heard.find('\n') - 13));
    };
    crypto::scram_client prover("ana", crypto::secret_text(*base::prepared_password("secreto")),
                                "rOprNGfwEbeRWgbNEkqO");
    back.sends("AUTHENTICATE SCRAM-SHA-256");
    CHECK(back.hears() == "AUTHENTICATE +\n");
    const auto proof = prover.answer(sent(prover.first()));
    REQUIRE(proof);
    CHECK(prover.confirm(sent(*proof)).has_value());
    back.sends("AUTHENTICATE +");
    CHECK(back.hears() == logged_in_before);
}

TEST_CASE("guessing is slowed down, but not for who is known") {
    conversation server;
    ana_was_here(server);
    client& thief = knocks(server);
    for (int i = 0; i < 10; ++i) {
        thief.sends("AUTHENTICATE PLAIN").sends(plain("ana", "otro"));
    }
    server.nobody_hears();
    thief.sends("AUTHENTICATE PLAIN").sends(plain("ana", "secreto"));
    CHECK(thief.hears() == "AUTHENTICATE +\n:irc.test 904 * :Too many wrong passwords: try again "
                           "in 60 seconds\n");
    server.waits(std::chrono::seconds(61));
    client& later = knocks(server);
    later.sends("AUTHENTICATE PLAIN").sends(plain("ana", "secreto"));
    CHECK(later.hears().ends_with(logged_in_before));
}

TEST_CASE("while a password is checked, further lines wait for their turn") {
    conversation server;
    ana_was_here(server);
    client& back = server.registers("otra", "sasl labeled-response batch");
    server.clerk_holds();
    back.sends("AUTHENTICATE PLAIN").sends("@label=1 " + plain("ana", "secreto")).sends("PING x");
    CHECK(back.hears() == "AUTHENTICATE +\n");
    server.clerk_goes_on();
    const std::string heard = back.hears();
    CHECK(heard.starts_with("@label=1 :irc.test BATCH +r labeled-response\n"));
    CHECK(heard.ends_with("PONG irc.test :x\n"));
}

TEST_CASE("a nickname that is an account's is nobody else's") {
    conversation server;
    ana_was_here(server);
    client& eva = server.registers("eva");
    eva.sends("NICK Ana");
    CHECK(eva.hears() == ":irc.test 433 eva Ana :This name belongs to an account: log in, or "
                         "choose another one\n");
    client& other = server.arrives();
    other.sends("NICK ana").sends("USER a 0 * :A");
    CHECK(other.hears() == ":irc.test 433 * ana :This name belongs to an account: log in, or "
                           "choose another one\n");
}

TEST_CASE("sessions of an account share its nickname and hear what the others say") {
    conversation server;
    client& desk = server.registers("ana");
    desk.sends("REGISTER * * secreto").sends("JOIN #sala");
    client& eva = server.registers("eva");
    eva.sends("JOIN #sala");
    client& phone = knocks(server);
    phone.sends("AUTHENTICATE PLAIN").sends(plain("ana", "secreto")).sends("CAP END");
    CHECK(phone.hears().ends_with(":ana!~ana@example.org JOIN #sala\n"
                                  ":irc.test 353 ana = #sala :~ana eva\n"
                                  ":irc.test 366 ana #sala :End of /NAMES list\n"));
    server.nobody_hears();
    desk.sends("PRIVMSG #sala :hola").sends("PRIVMSG eva :tú");
    CHECK(phone.hears() == ":ana!~ana@example.org PRIVMSG #sala :hola\n"
                           ":ana!~ana@example.org PRIVMSG eva :tú\n");
    CHECK(desk.hears().empty());
    eva.sends("PRIVMSG ana :hola a las dos");
    CHECK(desk.hears() == ":eva!~eva@example.org PRIVMSG ana :hola a las dos\n");
    CHECK(phone.hears() == ":eva!~eva@example.org PRIVMSG ana :hola a las dos\n");
}

TEST_CASE("one session's end is nobody's leave while there are others") {
    conversation server;
    client& desk = server.registers("ana");
    desk.sends("REGISTER * * secreto").sends("JOIN #sala");
    client& eva = server.registers("eva");
    eva.sends("JOIN #sala");
    client& phone = knocks(server);
    phone.sends("AUTHENTICATE PLAIN").sends(plain("ana", "secreto")).sends("CAP END");
    server.nobody_hears();
    desk.sends("QUIT");
    CHECK(eva.hears().empty());
    eva.sends("PRIVMSG #sala :sigues ahí");
    CHECK(phone.hears() == ":eva!~eva@example.org PRIVMSG #sala :sigues ahí\n");
    phone.sends("QUIT :adiós");
    CHECK(eva.hears() == ":ana!~ana@example.org QUIT :Quit: adiós\n");
}

TEST_CASE("rooms are there again at the next log-in, with one's role") {
    conversation server;
    server.registers("ana").sends("REGISTER * * secreto").sends("JOIN #sala").sends("QUIT");
    client& back = knocks(server);
    back.sends("AUTHENTICATE PLAIN").sends(plain("ana", "secreto")).sends("CAP END");
    CHECK(back.hears().ends_with(":ana!~n@example.org JOIN #sala\n"
                                 ":irc.test 353 ana = #sala :~ana\n"
                                 ":irc.test 366 ana #sala :End of /NAMES list\n"));
}

TEST_CASE("what is said to an absent account waits, and its author is told so") {
    conversation server;
    ana_was_here(server);
    client& eva = server.registers("eva");
    eva.sends("PRIVMSG ana :hola");
    CHECK(eva.hears() ==
          ":irc.test 301 eva ana :Not here now; your message waits in the history\n");
    eva.sends("NOTICE ana :hola");
    CHECK(eva.hears().empty());
}

TEST_CASE("a server without guests asks for an account") {
    irc::settings rules = conversation::quiet();
    rules.guests = false;
    conversation server(rules);
    client& ana = server.arrives();
    ana.sends("NICK ana").sends("USER a 0 * :A");
    CHECK(ana.hears() == ":irc.test NOTICE * :You need an account here: log in with SASL\n"
                         "ERROR :You need an account here: log in with SASL\n");
    CHECK(ana.closed());
}

TEST_CASE("WHOIS tells the account") {
    conversation server;
    client& ana = server.registers("ana");
    ana.sends("REGISTER * * secreto");
    client& eva = server.registers("eva");
    eva.sends("WHOIS ana");
    CHECK(eva.hears().contains(":irc.test 330 eva ana ana :is logged in as\n"));
}

TEST_CASE("extended-join tells the account") {
    conversation server;
    client& ana = server.registers("ana");
    ana.sends("REGISTER * * secreto");
    client& eva = server.registers("eva", "extended-join");
    eva.sends("JOIN #sala");
    server.nobody_hears();
    ana.sends("JOIN #sala");
    CHECK(eva.hears() == ":ana!~ana@example.org JOIN #sala ana :ana Real\n");
}

TEST_CASE("what SASL fails by is said") {
    conversation server;
    client& ana = knocks(server);
    const auto answer = [&](std::string_view line) {
        ana.sends(line);
        return ana.hears();
    };
    CHECK(answer("AUTHENTICATE FOO")
              .ends_with(":irc.test 904 * :SASL authentication failed: this mechanism is not "
                         "offered\n"));
    CHECK(answer("AUTHENTICATE +") ==
          ":irc.test 904 * :SASL authentication failed: name a mechanism first\n");
    CHECK(answer(plain("ana", "una clave larga")) ==
          ":irc.test 904 * :SASL authentication failed: name a mechanism first\n");
    ana.sends("AUTHENTICATE PLAIN");
    CHECK(
        answer("AUTHENTICATE !!!!").ends_with(":SASL authentication failed: that is no base64\n"));
    for (const std::string& message : {"hola"s, ""s, "ana\0secreto"s, "\0ana\0secreto\0"s}) {
        CAPTURE(message);
        ana.sends("AUTHENTICATE PLAIN");
        const std::string line = message.empty() ? "+" : base::to_base64(message);
        CHECK(
            answer("AUTHENTICATE " + line)
                .ends_with(":SASL authentication failed: that is no message of this mechanism\n"));
    }
}

TEST_CASE("the end of the registration ends a SASL exchange, which logs nobody in any more") {
    conversation server;
    ana_was_here(server);
    client& late = knocks(server);
    late.sends("AUTHENTICATE PLAIN").sends("CAP END");
    CHECK(late.hears().starts_with(
        "AUTHENTICATE +\n:irc.test 906 * :SASL authentication aborted\n:irc.test 001 nueva "));
    late.sends(plain("ana", "secreto"));
    CHECK_FALSE(late.hears().contains(" 900 "));

    client& without = server.arrives(); // and knows nothing of CAP
    without.sends("AUTHENTICATE PLAIN").sends("NICK otra").sends("USER o 0 * :O");
    CHECK(without.hears().contains(":irc.test 906 * :SASL authentication aborted\n:irc.test 001 "));
}

TEST_CASE("who is somebody already is told so, and not that the password is wrong") {
    conversation server;
    ana_was_here(server);
    client& luis = server.registers("luis", "sasl");
    luis.sends("NS REGISTER otro");
    server.nobody_hears();
    luis.sends("AUTHENTICATE PLAIN").sends(plain("ana", "secreto"));
    CHECK(luis.hears() ==
          "AUTHENTICATE +\n:irc.test 907 luis :You have already authenticated using SASL\n");
    luis.sends("AUTHENTICATE PLAIN").sends(plain("ana", "falso"));
    CHECK(luis.hears().contains(" 904 luis :Wrong account or password"));
}
