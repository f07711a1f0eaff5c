// SPDX-License-Identifier: Apache-2.0
// Registration where it takes an invitation code: how clients learn of it, and how they give one.
#include "crypto/code.hpp"
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

constexpr std::string_view code = "k7qm-4d2x-9htr-w3pz";

irc::settings by_code() {
    irc::settings made = conversation::quiet();
    made.registration = session::registration::by_code;
    return made;
}

struct house {
    conversation server{by_code()};
    client& ana = server.registers("ana", "standard-replies");

    house() { server.server_does(chat::add_code{crypto::code_digest(code), "k7qm", 1, {}}); }
    std::string answer(client& to, const std::string& line) {
        server.nobody_hears();
        to.sends(line);
        return to.hears();
    }
};

} // namespace

TEST_CASE("a client learns that registration takes a code") {
    house of;
    client& luis = of.server.arrives();
    luis.sends("CAP LS 302");
    CHECK(luis.hears().contains("custom-account-name,invitation-required"));
}

TEST_CASE("without a code nobody registers, and hears how to give one") {
    house of;
    CHECK(of.answer(of.ana, "REGISTER * * secreto")
              .starts_with(":irc.test FAIL REGISTER INVITATION_REQUIRED ana :An invitation code"));
    CHECK(of.answer(of.ana, "PRIVMSG NickServ :REGISTER secreto").contains("CODE"));
}

TEST_CASE("the code is said before REGISTER, typed in any way, and serves once") {
    house of;
    CHECK(of.answer(of.ana, "CODE K7QM4D2X 9htrw3pz").contains("kept"));
    CHECK(of.answer(of.ana, "REGISTER * * secreto").contains("REGISTER SUCCESS ana"));
    client& luis = of.server.registers("luis", "standard-replies");
    luis.sends("CODE " + std::string(code));
    CHECK(of.answer(luis, "REGISTER * * secreto")
              .starts_with(":irc.test FAIL REGISTER INVALID_INVITATION "));
}

TEST_CASE("before the registration is complete, too") {
    house of;
    client& luis = of.server.arrives();
    luis.sends("CAP LS 302").sends("NICK luis").sends("CODE " + std::string(code));
    CHECK(of.answer(luis, "REGISTER * * secreto").contains("REGISTER SUCCESS luis"));
}

TEST_CASE("NickServ takes the code behind the password, which may have blanks") {
    house of;
    CHECK(of.answer(of.ana, "PRIVMSG NickServ :REGISTER muy secreto xxxx").contains("not valid"));
    CHECK(of.answer(of.ana, "PRIVMSG NickServ :REGISTER muy secreto " + std::string(code))
              .contains("The account ana is yours"));
    client& again = of.server.registers("otra");
    CHECK(of.answer(again, "PRIVMSG NickServ :IDENTIFY ana muy secreto").contains("ana"));
}

TEST_CASE("where anybody may register no code is used up") {
    house of;
    of.server.replaces_settings(conversation::quiet());
    of.ana.sends("CODE " + std::string(code));
    CHECK(of.answer(of.ana, "REGISTER * * secreto").contains("REGISTER SUCCESS ana"));
    of.server.replaces_settings(by_code());
    client& luis = of.server.registers("luis");
    luis.sends("CODE " + std::string(code));
    CHECK(of.answer(luis, "REGISTER * * secreto").contains("REGISTER SUCCESS luis"));
}

TEST_CASE("NickServ takes no e-mail address for a code, nor for a part of the password") {
    for (const std::string_view typed : {"una clave a@b.example ", "una clave "}) {
        house of;
        CHECK(of.answer(of.ana,
                        "PRIVMSG NickServ :REGISTER " + std::string(typed) + std::string(code))
                  .contains("The account ana is yours"));
        of.ana.sends("QUIT");
        client& back = of.server.registers("otra");
        CHECK(of.answer(back, "NS IDENTIFY ana una clave").contains("now logged in as ana"));
    }
    house of;
    CHECK(of.answer(of.ana, "NS REGISTER clave a@b.example").contains("An invitation code"));
    of.ana.sends("CODE " + std::string(code));
    CHECK(of.answer(of.ana, "NS REGISTER clave a@b.example").contains("The account ana is yours"));
}
