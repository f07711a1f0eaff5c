// SPDX-License-Identifier: Apache-2.0
// ChanServ, for clients that know nothing newer.
#include "irc/services.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

// Ana and Luis have accounts; #sala is Ana's, and Luis is in it; Eva is a guest.
struct scene {
    conversation server;
    client& ana = server.registers("ana");
    client& luis = server.registers("luis");
    client& eva = server.registers("eva");

    scene() {
        ana.sends("PRIVMSG NickServ :REGISTER uno");
        luis.sends("PRIVMSG NickServ :REGISTER dos");
        ana.sends("JOIN #sala");
        luis.sends("JOIN #sala");
        server.nobody_hears();
    }
    std::string tells(client& who, std::string_view text) {
        return tests::told(server, who, "chanserv", text);
    }
};

std::string notice(std::string_view to, std::string_view text) {
    return tests::notice_of("ChanServ", to, text);
}

} // namespace

TEST_CASE("ChanServ REGISTER makes the guests' room that one keeps order in one's own") {
    scene at;
    at.eva.sends("JOIN #g");
    CHECK(at.tells(at.eva, "REGISTER #g") == notice("eva", "You are not logged in"));
    at.luis.sends("JOIN #g");
    CHECK(at.tells(at.luis, "REGISTER #g") == notice("luis", "You're not a channel operator"));
    at.eva.sends("MODE #g +o luis");
    CHECK(at.tells(at.luis, "REGISTER #g") ==
          notice("luis", "#g is yours from now on") + ":luis!~luis@example.org MODE #g +q luis\n");
    CHECK(at.tells(at.luis, "REGISTER #g") == notice("luis", "This channel is registered already"));
}

TEST_CASE("ChanServ INFO says whose a room is") {
    scene at;
    CHECK(at.tells(at.eva, "INFO #sala").starts_with(notice("eva", "#sala belongs to ana")));
    at.eva.sends("JOIN #g");
    CHECK(at.tells(at.luis, "info #g")
              .starts_with(notice("luis", "#g was made by guests and belongs to nobody")));
    CHECK(at.tells(at.eva, "INFO #nada") == notice("eva", "No such channel"));
}

TEST_CASE("ChanServ tells nobody of a hidden room but those inside or with a role") {
    scene at;
    at.ana.sends("TOPIC #sala :secreto");
    at.ana.sends("MODE #sala +s");
    const std::string none = notice("eva", "No such channel");
    for (const std::string_view line :
         {"INFO #sala", "ACCESS #sala", "ACCESS #sala ADD ana voice", "TRANSFER #sala ana",
          "DROP #sala #sala", "OP #sala", "KICK #sala ana", "BAN #sala ana", "INVITE #sala"}) {
        CAPTURE(line);
        CHECK(at.tells(at.eva, line) == none);
    }
    CHECK(at.tells(at.luis, "INFO #sala").starts_with(notice("luis", "#sala belongs to ana")));
}

TEST_CASE("ChanServ ACCESS lists, gives and takes roles") {
    scene at;
    CHECK(at.tells(at.ana, "ACCESS #sala ADD luis voice")
              .starts_with(notice("ana", "luis is voice of #sala from now on")));
    CHECK(at.tells(at.ana, "ACCESS #sala") ==
          notice("ana", "#sala: owner ana") + notice("ana", "#sala: voice luis"));
    CHECK(at.tells(at.ana, "ACCESS #sala DEL luis")
              .starts_with(notice("ana", "luis has no role in #sala any more")));
    CHECK(at.tells(at.luis, "ACCESS #sala") == notice("luis", "You're not a channel operator"));
    CHECK(at.tells(at.ana, "ACCESS #sala ADD luis") ==
          notice("ana", "ACCESS #channel [LIST|ADD account role|DEL account]: roles owner, admin, "
                        "operator, half-operator, voice"));
}

TEST_CASE("ChanServ OP and VOICE are MODE") {
    scene at;
    CHECK(at.tells(at.ana, "OP #sala luis") == ":ana!~ana@example.org MODE #sala +o luis\n");
    CHECK(at.tells(at.luis, "DEOP #sala") == ":luis!~luis@example.org MODE #sala -o luis\n");
    CHECK(at.tells(at.luis, "OP #sala") == notice("luis", "You're not a channel operator"));
    CHECK(at.tells(at.ana, "VOICE #sala luis") == ":ana!~ana@example.org MODE #sala +v luis\n");
    CHECK(at.tells(at.ana, "VOICE #sala nadie") == notice("ana", "No such nick/channel"));
}

TEST_CASE("ChanServ KICK, BAN and UNBAN") {
    scene at;
    CHECK(at.tells(at.luis, "KICK #sala ana") == notice("luis", "You're not a channel operator"));
    CHECK(at.tells(at.luis, "BAN #sala ana") == notice("luis", "You're not a channel operator"));
    CHECK(at.tells(at.ana, "BAN #sala luis") == ":ana!~ana@example.org MODE #sala +b luis!*@*\n");
    CHECK(at.tells(at.ana, "KICK #sala luis ya basta") ==
          ":ana!~ana@example.org KICK #sala luis :ya basta\n");
    CHECK(at.tells(at.ana, "UNBAN #sala luis") == ":ana!~ana@example.org MODE #sala -b luis!*@*\n");
    CHECK(at.tells(at.ana, "KICK #sala") ==
          notice("ana", "KICK #channel nickname [reason]; BAN|UNBAN #channel mask"));
}

TEST_CASE("ChanServ INVITE lets in whoever keeps order there from elsewhere") {
    scene at;
    at.ana.sends("MODE #sala +i").sends("ACCESS #sala ADD luis operator");
    at.luis.sends("PART #sala");
    CHECK(at.tells(at.eva, "INVITE #sala") == notice("eva", "You're not on that channel"));
    at.tells(at.luis, "INVITE #sala");
    at.luis.sends("JOIN #sala");
    CHECK(at.luis.hears().contains("JOIN #sala"));
}

TEST_CASE("ChanServ TRANSFER and DROP are the owner's") {
    scene at;
    CHECK(at.tells(at.luis, "TRANSFER #sala luis") ==
          notice("luis", "You're not the channel's owner"));
    CHECK(at.tells(at.luis, "DROP #sala #sala") ==
          notice("luis", "You're not the channel's owner"));
    CHECK(at.tells(at.ana, "DROP #sala") ==
          notice("ana", "DROP #channel #channel: closes your channel and deletes its history"));
    CHECK(at.tells(at.ana, "TRANSFER #sala luis")
              .starts_with(notice("ana", "#sala belongs to luis from now on")));
    CHECK(at.tells(at.luis, "DROP #sala #SALA").contains(notice("luis", "#sala is closed")));
    CHECK(at.tells(at.ana, "INFO #sala") == notice("ana", "No such channel"));
}

TEST_CASE("ChanServ explains itself, in the language that one chose") {
    scene at;
    CHECK(at.tells(at.ana, "HELP").contains("Write to ChanServ"));
    CHECK(at.tells(at.ana, "QUE") == notice("ana", "I don't know that: try HELP"));
    CHECK(at.tells(at.ana, " ") == at.tells(at.ana, "HELP"));
    at.ana.sends("LANGUAGE es");
    CHECK(at.tells(at.ana, "REGISTER").contains("hace tuyo el canal"));
}

TEST_CASE("a NOTICE to ChanServ is not answered") {
    scene at;
    at.ana.sends("NOTICE ChanServ :HELP");
    CHECK(at.ana.hears().empty());
}

TEST_CASE("CS and CHANSERV are said to ChanServ") {
    scene at;
    at.ana.sends("CS INFO #sala");
    const std::string told = at.ana.hears();
    CHECK(told.contains("ChanServ!ChanServ@irc.test NOTICE ana :"));
    at.ana.sends("CHANSERV :INFO #sala");
    CHECK(at.ana.hears() == told);
}

TEST_CASE("ChanServ answers what changes nothing, too") {
    scene at;
    CHECK(at.tells(at.ana, "OP #sala luis") == ":ana!~ana@example.org MODE #sala +o luis\n");
    CHECK(at.tells(at.ana, "OP #sala luis") == notice("ana", "It is so now"));
    CHECK(at.tells(at.ana, "DEVOICE #sala luis") == notice("ana", "It is so now"));
    CHECK(at.tells(at.ana, "UNBAN #sala nadie") == notice("ana", "It is so now"));
    CHECK(at.tells(at.luis, "INFO #sala").contains("has 2 members now"));
    at.luis.sends("PART #sala");
    CHECK(at.tells(at.luis, "INFO #sala").contains("has one member now"));
}

TEST_CASE("ChanServ AKICK is the list of bans, LIST and FLAGS are that of roles") {
    scene at;
    CHECK(at.tells(at.ana, "AKICK #sala ADD malo") ==
          ":ana!~ana@example.org MODE #sala +b malo!*@*\n");
    CHECK(at.tells(at.ana, "AKICK #sala LIST").contains(" 367 ana #sala malo!*@* "));
    CHECK(at.tells(at.ana, "AKICK #sala DEL malo") ==
          ":ana!~ana@example.org MODE #sala -b malo!*@*\n");
    CHECK(at.tells(at.ana, "AKICK #sala ADD").contains("AKICK #channel ADD mask"));
    CHECK(at.tells(at.luis, "AKICK #sala ADD ana").contains("You're not a channel operator"));
    CHECK(at.tells(at.ana, "FLAGS #sala") == at.tells(at.ana, "ACCESS #sala"));
    CHECK(at.tells(at.ana, "LIST #sala") == at.tells(at.ana, "ACCESS #sala"));
    CHECK(at.tells(at.ana, "FLAGS #sala luis +o")
              .contains("FLAGS is done in another way here. "
                        "ACCESS #channel"));
}

TEST_CASE("ChanServ TOPIC and MODE are the verbs") {
    scene at;
    CHECK(at.tells(at.ana, "topic #sala hola a  todos") ==
          ":ana!~ana@example.org TOPIC #sala :hola a  todos\n");
    CHECK(at.tells(at.ana, "MODE #sala +m") == ":ana!~ana@example.org MODE #sala +m\n");
    CHECK(at.tells(at.luis, "MODE #sala -m").contains(" 482 luis #sala "));
    CHECK(at.tells(at.luis, "MODE luis +i").contains("TOPIC #channel text"));
}

TEST_CASE("what other networks' ChanServ does is said how it is done here") {
    scene at;
    for (const std::string_view verb : {"SET", "OWNER", "CLEAR", "STATUS", "RECOVER"}) {
        CAPTURE(verb);
        const std::string answer = at.tells(at.ana, std::string(verb) + " #sala x");
        CHECK(answer.starts_with(
            notice("ana", std::string(verb) + " is done in another way here. ").substr(0, 60)));
        CHECK(answer.contains("#channel"));
    }
    CHECK(at.tells(at.ana, "HELP akick") ==
          notice("ana", "AKICK #channel ADD mask|DEL mask|LIST: who may not come in"));
    at.ana.sends("CS");
    const std::string help = at.ana.hears();
    CHECK(help == at.tells(at.ana, "HELP"));
}
