// SPDX-License-Identifier: Apache-2.0
// PRIVMSG NOTICE TAGMSG: who hears what, and what the author hears.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

constexpr std::string_view all_of_talk =
    "message-tags server-time echo-message labeled-response batch";

// Ana, who made it, and Luis sit in #sala; Eva does not.
struct talk {
    explicit talk(std::string_view anas = "", std::string_view luises = "")
        : ana(server.registers("ana", anas)), luis(server.registers("luis", luises)),
          eva(server.registers("eva")) {
        ana.sends("JOIN #sala");
        luis.sends("JOIN #sala");
        server.nobody_hears();
    }

    conversation server;
    client& ana;
    client& luis;
    client& eva;
};

} // namespace

TEST_CASE("a message to a room is heard there, and by its author only when she asked for echoes") {
    talk sala;
    sala.ana.sends("PRIVMSG #sala :hola a todos");
    CHECK(sala.luis.hears() == ":ana!~ana@example.org PRIVMSG #sala :hola a todos\n");
    CHECK(sala.ana.hears().empty());
    CHECK(sala.eva.hears().empty());
    talk echoing("echo-message");
    echoing.ana.sends("PRIVMSG #SALA :hola");
    CHECK(echoing.ana.hears() == ":ana!~ana@example.org PRIVMSG #sala :hola\n");
}

TEST_CASE("a private message is heard by its receiver alone") {
    talk sala("echo-message");
    sala.ana.sends("PRIVMSG Eva :hola");
    CHECK(sala.eva.hears() == ":ana!~ana@example.org PRIVMSG eva :hola\n");
    CHECK(sala.ana.hears() == ":ana!~ana@example.org PRIVMSG eva :hola\n");
    CHECK(sala.luis.hears().empty());
}

TEST_CASE("each hearer gets the tags that were negotiated") {
    talk sala("message-tags", "message-tags server-time");
    sala.ana.sends("@+color=red;secret=1;+draft/reply=x PRIVMSG #sala :hola");
    CHECK(sala.luis.hears() == "@msgid=*;time=2026-03-01T12:00:00.000Z;+color=red;+draft/reply=x "
                               ":ana!~ana@example.org PRIVMSG #sala :hola\n");
}

TEST_CASE("the tags of a client that did not negotiate them are left out") {
    talk sala("", "message-tags");
    sala.ana.sends("@+color=red PRIVMSG #sala :hola");
    CHECK(sala.luis.hears() == "@msgid=* :ana!~ana@example.org PRIVMSG #sala :hola\n");
}

TEST_CASE("echo and hearers see the same msgid, another message has another one") {
    talk sala("message-tags echo-message", "message-tags");
    sala.ana.sends("PRIVMSG #sala :hola");
    const std::string first = sala.ana.hears_exactly();
    CHECK(first == sala.luis.hears_exactly());
    sala.ana.sends("PRIVMSG #sala :hola");
    CHECK(first != sala.ana.hears_exactly());
}

TEST_CASE("a labelled message comes back with its label, in the room and in private") {
    talk sala(all_of_talk, "echo-message");
    sala.ana.sends("@label=1 PRIVMSG #sala :hola").sends("@label=2 PRIVMSG luis :hola");
    const std::string tags = ";msgid=*;time=2026-03-01T12:00:00.000Z :ana!~ana@example.org ";
    CHECK(sala.ana.hears() ==
          "@label=1" + tags + "PRIVMSG #sala :hola\n@label=2" + tags + "PRIVMSG luis :hola\n");
    CHECK(sala.luis.hears() == ":ana!~ana@example.org PRIVMSG #sala :hola\n"
                               ":ana!~ana@example.org PRIVMSG luis :hola\n");
}

TEST_CASE("a labelled message without echo is acknowledged") {
    talk sala("labeled-response batch");
    sala.ana.sends("@label=1 PRIVMSG #sala :hola");
    CHECK(sala.ana.hears() == "@label=1 :irc.test ACK\n");
}

TEST_CASE("what one says to oneself comes as an echo and as a message") {
    talk sala("echo-message labeled-response batch");
    sala.ana.sends("@label=1 PRIVMSG ana :hola");
    CHECK(sala.ana.hears() == ":ana!~ana@example.org PRIVMSG ana :hola\n"
                              "@label=1 :ana!~ana@example.org PRIVMSG ana :hola\n");
    sala.eva.sends("PRIVMSG eva :hola");
    CHECK(sala.eva.hears() == ":eva!~eva@example.org PRIVMSG eva :hola\n");
}

TEST_CASE("one message goes to several, once each") {
    talk sala;
    sala.ana.sends("PRIVMSG luis,#sala,,eva,luis :hola");
    CHECK(sala.luis.hears() == ":ana!~ana@example.org PRIVMSG luis :hola\n"
                               ":ana!~ana@example.org PRIVMSG #sala :hola\n");
    CHECK(sala.eva.hears() == ":ana!~ana@example.org PRIVMSG eva :hola\n");
}

TEST_CASE("targets beyond the fourth are refused") {
    talk sala;
    sala.ana.sends("PRIVMSG luis,eva,ana,#sala,#otra,pepe :hola");
    CHECK(sala.ana.hears() == ":ana!~ana@example.org PRIVMSG ana :hola\n"
                              ":irc.test 407 ana #otra :Too many targets\n"
                              ":irc.test 407 ana pepe :Too many targets\n");
}

TEST_CASE("several labelled targets answer in one batch") {
    talk sala("echo-message labeled-response batch");
    sala.ana.sends("@label=1 PRIVMSG luis,nadie :hola");
    const std::string heard = sala.ana.hears();
    CHECK(heard.starts_with("@label=1 :irc.test BATCH +r labeled-response\n"
                            "@batch=r :ana!~ana@example.org PRIVMSG luis :hola\n"
                            "@batch=r :irc.test 401 ana nadie :"));
    CHECK(heard.ends_with("\n:irc.test BATCH -r\n"));
}

TEST_CASE("a message needs a receiver and a text") {
    talk sala;
    sala.ana.sends("PRIVMSG").sends("PRIVMSG luis").sends("PRIVMSG luis :").sends("PRIVMSG , :x");
    CHECK(sala.ana.hears() == ":irc.test 411 ana :No recipient given (PRIVMSG)\n"
                              ":irc.test 412 ana :No text to send\n"
                              ":irc.test 412 ana :No text to send\n"
                              ":irc.test 411 ana :No recipient given (PRIVMSG)\n");
}

TEST_CASE("what cannot be a name names nobody") {
    talk sala;
    sala.ana.sends("PRIVMSG a!b@c :x").sends("PRIVMSG $irc.test :x").sends("PRIVMSG # :x");
    CHECK(sala.ana.hears() == ":irc.test 401 ana a!b@c :No such nick/channel\n"
                              ":irc.test 401 ana $irc.test :No such nick/channel\n"
                              ":irc.test 403 ana # :No such channel\n");
}

TEST_CASE("who is not there is told to the author of a message, never of a notice") {
    talk sala;
    sala.ana.sends("PRIVMSG nadie :x");
    CHECK(sala.ana.hears().starts_with(":irc.test 401 ana nadie :"));
    sala.ana.sends("NOTICE nadie :x").sends("NOTICE #nada :x").sends("NOTICE a!b :x");
    sala.ana.sends("NOTICE").sends("NOTICE luis").sends("NOTICE a,b,c,d,e,f :x");
    CHECK(sala.ana.hears().empty());
}

TEST_CASE("what the server could not store is told, for a notice too") {
    talk sala("standard-replies");
    sala.server.core_refuses(chat::reason::no_space);
    sala.ana.sends("PRIVMSG #sala :x").sends("NOTICE #sala :x");
    const std::string heard = sala.ana.hears();
    CHECK(heard.contains(":irc.test FAIL PRIVMSG NO_SPACE :"));
    CHECK(heard.contains(":irc.test FAIL NOTICE NO_SPACE :"));
    CHECK(sala.luis.hears().empty());
    sala.server.core_refuses(std::nullopt);
    sala.ana.sends("PRIVMSG #sala :x");
    CHECK(sala.luis.hears() == ":ana!~ana@example.org PRIVMSG #sala :x\n");
}

TEST_CASE("a notice is heard like a message") {
    talk sala("echo-message");
    sala.ana.sends("NOTICE #sala :hola").sends("NOTICE luis :hola");
    const std::string both = ":ana!~ana@example.org NOTICE #sala :hola\n"
                             ":ana!~ana@example.org NOTICE luis :hola\n";
    CHECK(sala.luis.hears() == both);
    CHECK(sala.ana.hears() == both);
}

TEST_CASE("the author hears that the receiver is away, but not for a notice") {
    talk sala;
    sala.luis.sends("AWAY :en la playa");
    sala.ana.sends("PRIVMSG luis :hola").sends("NOTICE luis :hola");
    CHECK(sala.ana.hears() == ":irc.test 301 ana luis :en la playa\n");
}

TEST_CASE("a message to the operators of a room is heard by them") {
    talk sala;
    sala.eva.sends("JOIN #sala");
    sala.server.nobody_hears();
    sala.luis.sends("PRIVMSG @#sala :ayuda");
    CHECK(sala.ana.hears() == ":luis!~luis@example.org PRIVMSG @#sala :ayuda\n");
    CHECK(sala.eva.hears().empty());
    CHECK(sala.luis.hears().empty());
}

TEST_CASE("of several prefixes the lowest says who hears it") {
    talk sala;
    sala.eva.sends("JOIN #sala");
    sala.ana.sends("MODE #sala +v luis");
    sala.server.nobody_hears();
    sala.ana.sends("PRIVMSG @+#sala :ayuda").sends("NOTICE ~#sala :nadie").sends("PRIVMSG @x :x");
    CHECK(sala.luis.hears() == ":ana!~ana@example.org PRIVMSG +#sala :ayuda\n");
    CHECK(sala.eva.hears().empty());
    CHECK(sala.ana.hears() == ":irc.test 401 ana @x :No such nick/channel\n");
}

TEST_CASE("a long text is cut where the line with its source would be too long, for all the same") {
    talk sala("echo-message");
    sala.ana.sends("PRIVMSG #sala :" + std::string(495, 'x'));
    const std::string heard = sala.luis.hears_exactly();
    CHECK(heard.size() == 512);
    CHECK(heard.ends_with("xxx\r\n"));
    CHECK(heard == sala.ana.hears_exactly());
}

TEST_CASE("tags alone are heard by those who know tags") {
    talk sala("message-tags", "message-tags");
    sala.eva.sends("JOIN #sala");
    sala.server.nobody_hears();
    sala.ana.sends("@+draft/react=ja;+draft/reply=x TAGMSG #sala");
    CHECK(sala.luis.hears() ==
          "@msgid=*;+draft/react=ja;+draft/reply=x :ana!~ana@example.org TAGMSG #sala\n");
    CHECK(sala.eva.hears().empty());
}

TEST_CASE("typing is a signal without a msgid") {
    talk sala("message-tags echo-message labeled-response batch", "message-tags server-time");
    sala.ana.sends("@+typing=active TAGMSG #sala").sends("@label=1;+draft/typing=done TAGMSG luis");
    CHECK(sala.luis.hears() ==
          "@time=2026-03-01T12:00:00.000Z;+typing=active :ana!~ana@example.org TAGMSG #sala\n"
          "@time=2026-03-01T12:00:00.000Z;+draft/typing=done :ana!~ana@example.org TAGMSG luis\n");
    CHECK(sala.ana.hears() == "@+typing=active :ana!~ana@example.org TAGMSG #sala\n"
                              "@label=1;+draft/typing=done :ana!~ana@example.org TAGMSG luis\n");
}

TEST_CASE("typing to the operators of a room is seen by them alone") {
    talk sala("message-tags", "message-tags");
    sala.eva.sends("CAP REQ message-tags").sends("JOIN #sala");
    sala.server.nobody_hears();
    sala.luis.sends("@+typing=active TAGMSG @#sala");
    CHECK(sala.ana.hears() == "@+typing=active :luis!~luis@example.org TAGMSG @#sala\n");
    CHECK(sala.eva.hears().empty());
}

TEST_CASE("without echo-message a signal does not come back") {
    talk sala("message-tags", "message-tags");
    sala.ana.sends("@+typing=active TAGMSG #sala");
    CHECK(sala.ana.hears().empty());
    CHECK_FALSE(sala.luis.hears().empty());
}

TEST_CASE("TAGMSG says nothing without tags, and is unknown to who did not negotiate them") {
    talk sala("message-tags", "message-tags");
    sala.ana.sends("TAGMSG #sala").sends("@time=x TAGMSG #sala").sends("TAGMSG");
    CHECK(sala.ana.hears() == ":irc.test 411 ana :No recipient given (TAGMSG)\n");
    CHECK(sala.luis.hears().empty());
    sala.eva.sends("@+typing=active TAGMSG luis");
    CHECK(sala.eva.hears() == ":irc.test 421 eva TAGMSG :Unknown command\n");
}
