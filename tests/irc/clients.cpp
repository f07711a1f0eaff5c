// SPDX-License-Identifier: Apache-2.0
// Registrations as known clients send them, with their habits; each ends in a welcome and in the
// client's first questions answered.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

struct server_alone {
    conversation server;
    client& one = server.arrives();

    std::string answer(std::string_view line) {
        server.nobody_hears();
        one.sends(line);
        return one.hears();
    }
    [[nodiscard]] bool welcomed(std::string_view nickname) {
        return one.hears().starts_with(":irc.test 001 " + std::string(nickname) + " :");
    }
};

} // namespace

TEST_CASE("irssi probes with a JOIN of nothing, asks for what it knows and joins with keys first") {
    server_alone irc;
    CHECK(irc.answer("CAP LS 302").starts_with(":irc.test CAP * LS * :account-notify "));
    CHECK(irc.answer("JOIN :") == ":irc.test 451 * :You have not registered\n");
    irc.one.sends("NICK irssi").sends("USER irssi irssi irc.example :Nombre");
    CHECK(irc.answer("CAP REQ :multi-prefix extended-join setname invite-notify server-time "
                     "batch") == ":irc.test CAP * ACK :multi-prefix extended-join setname "
                                 "invite-notify server-time batch\n");
    irc.server.nobody_hears();
    irc.one.sends("CAP END");
    CHECK(irc.welcomed("irssi"));
    CHECK(irc.answer("MODE irssi +i") ==
          "@time=2026-03-01T12:00:00.000Z :irssi!~irssi@example.org MODE irssi +i\n");
    irc.one.sends("JOIN #llave,#sin x").sends("MODE #llave").sends("WHO #llave");
    CHECK(irc.answer("MODE #llave b") == ":irc.test 368 irssi #llave :End of channel ban list\n");
    CHECK(irc.answer("PING irc.test") == ":irc.test PONG irc.test :irc.test\n");
}

TEST_CASE("WeeChat sends PASS first, and asks one thing after the other") {
    server_alone irc;
    irc.one.sends("PASS secreto").sends("CAP LS 302").sends("NICK weechat");
    irc.one.sends("USER weechat 0 * :weechat");
    CHECK_FALSE(irc.one.hears().contains(" 001 "));
    irc.one.sends("CAP REQ :away-notify batch cap-notify chghost draft/chathistory");
    irc.one.sends("CAP REQ :echo-message message-tags setname userhost-in-names");
    irc.server.nobody_hears();
    irc.one.sends("CAP END");
    CHECK(irc.welcomed("weechat"));
    CHECK(
        irc.answer("JOIN #lobby").ends_with(":irc.test 366 weechat #lobby :End of /NAMES list\n"));
    CHECK(irc.answer("WHO #lobby") ==
          ":irc.test 352 weechat #lobby ~weechat example.org irc.test weechat H@ :0 weechat\n"
          ":irc.test 315 weechat #lobby :End of WHO list\n");
    CHECK(irc.answer("PING 1772366400123") == ":irc.test PONG irc.test :1772366400123\n");
}

TEST_CASE("HexChat asks for what this server does not have, and is refused as a whole") {
    server_alone irc;
    irc.one.sends("CAP LS 302").sends("NICK hexchat").sends("USER hexchat 0 * :realname");
    CHECK(irc.answer("CAP REQ :sasl znc.in/self-message") ==
          ":irc.test CAP * NAK :sasl znc.in/self-message\n");
    CHECK(irc.answer("CAP REQ :server-time away-notify ") ==
          ":irc.test CAP * ACK :server-time away-notify\n");
    irc.server.nobody_hears();
    irc.one.sends("CAP END");
    CHECK(irc.welcomed("hexchat"));
    irc.one.sends("JOIN #lobby");
    CHECK(irc.answer("LIST >0,<10000").contains(" 322 hexchat #lobby 1 :\n"));
    CHECK(irc.answer("PING LAG123456") == ":irc.test PONG irc.test :LAG123456\n");
}

TEST_CASE("mIRC names hosts in USER, and asks for its own address") {
    server_alone irc;
    irc.one.sends("CAP LS 302").sends("NICK mirc");
    irc.one.sends("USER mirc \"mirc.example\" \"irc.test\" :mIRC user").sends("CAP END");
    CHECK(irc.one.hears().contains(" 001 mirc :"));
    CHECK(irc.answer("USERHOST mirc") == ":irc.test 302 mirc :mirc=+~mirc@example.org\n");
    CHECK(irc.answer("PROTOCTL NAMESX") == ":irc.test 421 mirc PROTOCTL :Unknown command\n");
    CHECK(irc.answer("ISON :amigo otro") == ":irc.test 303 mirc :\n");
}

TEST_CASE("The Lounge asks for history itself") {
    server_alone irc;
    irc.one.sends("CAP LS 302").sends("NICK lounge").sends("USER lounge 0 * :The Lounge");
    irc.one.sends("CAP REQ :echo-message message-tags server-time batch draft/chathistory");
    irc.one.sends("CAP END").sends("JOIN #lobby");
    irc.server.nobody_hears();
    irc.one.sends("@+typing=active TAGMSG #lobby").sends("PRIVMSG #lobby :hola");
    CHECK(irc.one.hears() == "@time=2026-03-01T12:00:00.000Z;+typing=active "
                             ":lounge!~lounge@example.org TAGMSG #lobby\n"
                             "@msgid=*;time=2026-03-01T12:00:00.000Z "
                             ":lounge!~lounge@example.org PRIVMSG #lobby :hola\n");
    CHECK(irc.answer("CHATHISTORY LATEST #lobby * 100") ==
          ":irc.test BATCH +h chathistory #lobby\n:irc.test BATCH -h\n");
}

TEST_CASE("a client that opens capabilities and never closes them waits, and is closed in time") {
    server_alone irc;
    irc.one.sends("CAP LS").sends("NICK ana").sends("USER ana 0 * :Ana");
    irc.server.waits(std::chrono::seconds(30));
    CHECK(irc.one.hears().ends_with("\nERROR :Registration timeout\n"));
    CHECK(irc.one.closed());
}

TEST_CASE("CAP END may come before NICK and USER, and without any other CAP") {
    server_alone irc;
    irc.one.sends("CAP END").sends("NICK ana").sends("USER ana 0 * :Ana");
    CHECK(irc.welcomed("ana"));
}

TEST_CASE("a user may send what she likes in the middle of USER, and a name of one word") {
    server_alone irc;
    irc.one.sends("USER 1 8 :* x").sends("USER a b c").sends("USER  :ana 0 * x");
    CHECK(irc.one.hears() == ":irc.test 461 * USER :Not enough parameters\n"
                             ":irc.test 461 * USER :Not enough parameters\n"
                             ":irc.test 461 * USER :Not enough parameters\n");
    irc.one.sends("USER a b c d e f").sends("NICK ana");
    CHECK(irc.welcomed("ana"));
    CHECK(irc.answer("WHOIS ana").starts_with(":irc.test 311 ana ana ~a example.org * :d\n"));
}

TEST_CASE("NICK and USER may be said again before the welcome; the last ones count") {
    server_alone irc;
    irc.one.sends("CAP LS").sends("NICK uno").sends("USER uno 0 * :Uno");
    irc.one.sends("NICK dos").sends("USER dos 0 * :Dos").sends("CAP END");
    CHECK(irc.one.hears().contains(" 001 dos :"));
    CHECK(irc.answer("WHOIS dos").starts_with(":irc.test 311 dos dos ~dos example.org * :Dos\n"));
}

TEST_CASE("a nickname that is taken is tried again with a tail, while USER is known already") {
    server_alone irc;
    irc.server.registers("ana");
    irc.one.sends("NICK ana").sends("USER ana 0 * :Ana");
    CHECK(irc.one.hears() == ":irc.test 433 * ana :Nickname is already in use\n");
    irc.one.sends("NICK ana_");
    CHECK(irc.welcomed("ana_"));
}
