// SPDX-License-Identifier: Apache-2.0
// ACCESS RENAME UNINVITE, and INVITE #room: whose rooms are, what they are called, who was asked
// in.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <string_view>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

// Ana has an account, and #sala; Luis has an account and is in it; Eva is a guest outside.
struct scene {
    conversation server;
    client& ana = server.registers("ana", "standard-replies");
    client& luis = server.registers("luis");
    client& eva = server.registers("eva");

    scene() {
        ana.sends("PRIVMSG NickServ :REGISTER uno");
        luis.sends("PRIVMSG NickServ :REGISTER dos");
        ana.sends("JOIN #sala");
        luis.sends("JOIN #sala");
        server.nobody_hears();
    }
    std::string answer(client& to, std::string_view line) {
        server.nobody_hears();
        to.sends(line);
        return to.hears();
    }
};

} // namespace

TEST_CASE("ACCESS lists the accounts with a role, highest first") {
    scene at;
    at.ana.sends("ACCESS #sala ADD luis operator");
    CHECK(at.answer(at.ana, "ACCESS #SALA") == ":irc.test 803 ana #sala :Start of access entries\n"
                                               ":irc.test 804 ana #sala owner ana\n"
                                               ":irc.test 804 ana #sala operator luis\n"
                                               ":irc.test 805 ana #sala :End of access entries\n");
}

TEST_CASE("ACCESS ADD and DEL give and take a role, and the room sees it") {
    scene at;
    CHECK(at.answer(at.ana, "ACCESS #sala ADD luis @") ==
          ":irc.test 801 ana #sala operator luis :luis is operator of #sala from now on\n"
          ":ana!~ana@example.org MODE #sala +o luis\n");
    CHECK(at.luis.hears() == ":ana!~ana@example.org MODE #sala +o luis\n");
    CHECK(at.answer(at.ana, "ACCESS #sala DEL luis") ==
          ":irc.test 802 ana #sala luis :luis has no role in #sala any more\n"
          ":ana!~ana@example.org MODE #sala -o luis\n");
}

TEST_CASE("a role is a word, a letter or a prefix") {
    scene at;
    for (const std::string_view role : {"half-operator", "HALFOP", "h", "%"}) {
        at.ana.sends("ACCESS #sala DEL luis");
        at.ana.sends("ACCESS #sala ADD luis " + std::string(role));
        at.server.nobody_hears();
        CHECK(at.answer(at.ana, "ACCESS #sala LIST").contains(" half-operator luis\n"));
    }
}

TEST_CASE("ACCESS is refused, refusal by refusal") {
    scene at;
    CHECK(at.answer(at.luis, "ACCESS #sala") ==
          ":irc.test 482 luis #sala :You're not a channel operator\n");
    CHECK(at.answer(at.luis, "ACCESS #sala ADD luis owner") ==
          ":irc.test 482 luis #sala :You're not the channel's owner\n");
    CHECK(at.answer(at.luis, "ACCESS #sala TRANSFER luis") ==
          ":irc.test 482 luis #sala :You're not the channel's owner\n");
    CHECK(at.answer(at.eva, "ACCESS #nada") == ":irc.test 403 eva #nada :No such channel\n");
    CHECK(at.answer(at.ana, "ACCESS #sala ADD nadie voice") ==
          ":irc.test FAIL ACCESS NO_SUCH_ACCOUNT nadie :There is no such account\n");
    CHECK(at.answer(at.ana, "ACCESS #sala ADD eva voice").contains("NO_SUCH_ACCOUNT"));
    CHECK(at.answer(at.ana, "ACCESS #sala DEL ana").contains("FAIL ACCESS LAST_OWNER #sala"));
    CHECK(at.answer(at.ana, "ACCESS #sala ADD luis rey").contains("FAIL ACCESS UNKNOWN_ROLE"));
    CHECK(at.answer(at.ana, "ACCESS #sala ADD luis").contains("FAIL ACCESS NEED_MORE_PARAMS"));
    CHECK(at.answer(at.ana, "ACCESS #sala DEL").contains("FAIL ACCESS NEED_MORE_PARAMS"));
    CHECK(at.answer(at.ana, "ACCESS #sala QUE").contains("FAIL ACCESS UNKNOWN_SUBCOMMAND"));
    CHECK(at.answer(at.ana, "ACCESS #sala REGISTER").contains("CHANNEL_REGISTERED #sala"));
}

TEST_CASE("ACCESS TRANSFER hands the room on at once, and the new owner is told") {
    scene at;
    CHECK(at.answer(at.ana, "ACCESS #sala TRANSFER luis") ==
          ":irc.test 801 ana #sala owner luis :#sala belongs to luis from now on\n"
          ":ana!~ana@example.org MODE #sala +q luis\n"
          ":ana!~ana@example.org MODE #sala -q+a ana ana\n");
    CHECK(at.luis.hears().contains(":ChanServ!ChanServ@irc.test NOTICE luis :ana has given you "
                                   "#sala: it is yours from now on\n"));
}

TEST_CASE("RENAME is heard as it is by who knows it, as PART and JOIN by others") {
    scene at;
    at.ana.sends("CAP REQ :draft/channel-rename");
    at.ana.sends("TOPIC #sala :tema");
    CHECK(at.answer(at.ana, "RENAME #SALA #patio :más aire") ==
          ":ana!~ana@example.org RENAME #sala #patio :más aire\n");
    const std::string heard = at.luis.hears();
    CHECK(heard.starts_with(":luis!~luis@example.org PART #sala :más aire\n"
                            ":luis!~luis@example.org JOIN #patio\n"
                            ":irc.test 332 luis #patio :tema\n"));
    CHECK(heard.contains(":irc.test 353 luis = #patio :"));
    CHECK(heard.ends_with(":irc.test 366 luis #patio :End of /NAMES list\n"));
    CHECK(at.eva.hears().empty());
    at.luis.sends("PRIVMSG #patio :hola");
    CHECK(at.ana.hears() == ":luis!~luis@example.org PRIVMSG #patio :hola\n");
}

TEST_CASE("a RENAME without a reason has an empty one; one of letters alone is no news to old "
          "clients") {
    scene at;
    at.ana.sends("CAP REQ :draft/channel-rename");
    CHECK(at.answer(at.ana, "RENAME #sala #Sala") ==
          ":ana!~ana@example.org RENAME #sala #Sala :\n");
    CHECK(at.luis.hears().empty());
}

TEST_CASE("RENAME is refused, refusal by refusal") {
    scene at;
    at.eva.sends("JOIN #otra");
    CHECK(at.answer(at.luis, "RENAME #sala #x") ==
          ":irc.test 482 luis #sala :You're not the channel's owner\n");
    CHECK(at.answer(at.eva, "RENAME #sala #x") ==
          ":irc.test 442 eva #sala :You're not on that channel\n");
    CHECK(at.answer(at.ana, "RENAME #sala") == ":irc.test 461 ana RENAME :Not enough parameters\n");
    CHECK(at.answer(at.ana, "RENAME #sala #otra") ==
          ":irc.test FAIL RENAME CHANNEL_NAME_IN_USE #sala #otra :This channel name is taken, or "
          "looks like another one\n");
    CHECK(at.answer(at.ana, "RENAME #sala sala").contains("FAIL RENAME CANNOT_RENAME #sala sala"));
    at.ana.sends("RENAME #sala #patio");
    CHECK(at.answer(at.ana, "RENAME #patio #x").contains("FAIL RENAME CANNOT_RENAME #patio #x"));
}

TEST_CASE("the old name leads to the new one: by FAIL, or there at once for old clients") {
    scene at;
    client& pia = at.server.registers("pia", "standard-replies draft/channel-rename");
    at.ana.sends("RENAME #sala #patio");
    CHECK(at.answer(pia, "JOIN #sala") ==
          ":irc.test FAIL JOIN CHANNEL_RENAMED #sala #patio :The channel has been renamed\n");
    CHECK(at.answer(at.eva, "JOIN #sala")
              .starts_with(":irc.test 470 eva #sala #patio :The channel has been renamed\n"
                           ":eva!~eva@example.org JOIN #patio\n"));
}

TEST_CASE("RENAME carries its label") {
    scene at;
    at.luis.sends("CAP REQ :labeled-response batch message-tags");
    at.ana.sends("ACCESS #sala TRANSFER luis");
    at.server.nobody_hears();
    const std::string heard = at.answer(at.luis, "@label=7 RENAME #sala #patio");
    CHECK(heard.starts_with("@label=7 :irc.test BATCH +"));
    CHECK(heard.contains("PART #sala"));
    at.server.waits(std::chrono::minutes{2});
    at.luis.sends("CAP REQ :draft/channel-rename");
    CHECK(at.answer(at.luis, "@label=8 RENAME #patio #sala") ==
          "@label=8;msgid=* :luis!~luis@example.org RENAME #patio #sala :\n");
}

TEST_CASE("INVITE #room lists who was asked in, for those who keep order there") {
    scene at;
    at.ana.sends("INVITE eva #sala");
    CHECK(at.answer(at.ana, "INVITE #sala") == ":irc.test 336 ana #sala eva\n"
                                               ":irc.test 337 ana :End of /INVITE list\n");
    CHECK(at.answer(at.luis, "INVITE #sala") ==
          ":irc.test 482 luis #sala :You're not a channel operator\n");
    CHECK(at.answer(at.eva, "INVITE #nada") == ":irc.test 403 eva #nada :No such channel\n");
}

TEST_CASE("UNINVITE takes an invitation back") {
    scene at;
    at.ana.sends("MODE #sala +i");
    at.ana.sends("INVITE eva #sala");
    CHECK(at.answer(at.ana, "UNINVITE eva #sala") ==
          ":ChanServ!ChanServ@irc.test NOTICE ana :eva is not invited to #sala any more\n");
    CHECK(at.answer(at.eva, "JOIN #sala") == ":irc.test 473 eva #sala :Cannot join channel (+i)\n");
    CHECK(at.answer(at.ana, "UNINVITE eva #sala") ==
          ":irc.test FAIL UNINVITE NOT_INVITED eva #sala :They have no open invitation\n");
    CHECK(at.answer(at.luis, "UNINVITE eva #sala") ==
          ":irc.test 482 luis #sala :You're not a channel operator\n");
}

TEST_CASE("an account that is away is invited, and finds it when she is back") {
    scene at;
    at.ana.sends("MODE #sala +i");
    at.luis.sends("PART #sala");
    at.luis.sends("QUIT");
    CHECK(at.answer(at.ana, "INVITE luis #sala") == ":irc.test 341 ana luis #sala\n");
    client& back = at.server.registers("otro");
    back.sends("PRIVMSG NickServ :IDENTIFY luis dos");
    CHECK(at.answer(back, "INVITE") == ":irc.test 336 luis #sala\n"
                                       ":irc.test 337 luis :End of /INVITE list\n");
    CHECK(at.answer(back, "JOIN #sala").starts_with(":luis!~otro@example.org JOIN #sala\n"));
}
