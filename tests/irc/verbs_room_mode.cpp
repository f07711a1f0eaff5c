// SPDX-License-Identifier: Apache-2.0
// MODE, of rooms and of persons: what it shows and changes, refusal by refusal. How the letters are
// read is modes.cpp's.
#include "base/limits.hpp"
#include "irc/room_scene.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

using namespace tertulia;
using tests::client;
using tests::conversation;
using tests::room_scene;

TEST_CASE("MODE alone shows a room's modes and when it was made") {
    room_scene sala;
    const std::string made = ":irc.test 329 luis #sala 1772366400\n";
    CHECK(sala.answer(sala.luis, "MODE #SALA") == ":irc.test 324 luis #sala +nt\n" + made);
    sala.prepares("MODE #sala -nt+imskl cave 12");
    CHECK(sala.answer(sala.luis, "MODE #sala") ==
          ":irc.test 324 luis #sala +imskl cave 12\n" + made);
}

TEST_CASE("a room's password is shown to its members alone, a secret room not at all") {
    room_scene sala;
    sala.prepares("MODE #sala +kl cave 12");
    CHECK(sala.answer(sala.eva, "MODE #sala") == ":irc.test 324 eva #sala +ntl 12\n"
                                                 ":irc.test 329 eva #sala 1772366400\n");
    sala.prepares("MODE #sala +s");
    CHECK(sala.answer(sala.eva, "MODE #sala") == ":irc.test 403 eva #sala :No such channel\n");
    CHECK(sala.answer(sala.eva, "MODE #nada") == ":irc.test 403 eva #nada :No such channel\n");
}

TEST_CASE("a change is heard by everybody in the room, as far as it changed something") {
    room_scene sala;
    CHECK(sala.answer(sala.ana, "MODE #SALA +mns-t+v Luis") ==
          ":ana!~ana@example.org MODE #sala +ms-t+v luis\n");
    CHECK(sala.luis.hears() == ":ana!~ana@example.org MODE #sala +ms-t+v luis\n");
    CHECK(sala.eva.hears().empty());
    CHECK(sala.answer(sala.ana, "MODE #sala +ms").empty());
}

TEST_CASE("the password is shown when it is set, and a star when it is taken away") {
    room_scene sala;
    CHECK(sala.answer(sala.ana, "MODE #sala +k cave") ==
          ":ana!~ana@example.org MODE #sala +k cave\n");
    CHECK(sala.answer(sala.ana, "MODE #sala -k") == ":ana!~ana@example.org MODE #sala -k *\n");
    CHECK(sala.answer(sala.ana, "MODE #sala +l 5") == ":ana!~ana@example.org MODE #sala +l 5\n");
    CHECK(sala.answer(sala.ana, "MODE #sala -l") == ":ana!~ana@example.org MODE #sala -l\n");
}

TEST_CASE("modes are for operators, and for who is in the room") {
    room_scene sala;
    CHECK(sala.answer(sala.luis, "MODE #sala +m-t") ==
          ":irc.test 482 luis #sala :You're not a channel operator\n");
    CHECK(sala.answer(sala.eva, "MODE #sala +m") ==
          ":irc.test 442 eva #sala :You're not on that channel\n");
    CHECK(sala.answer(sala.eva, "MODE #nada +m") == ":irc.test 403 eva #nada :No such channel\n");
    CHECK(sala.answer(sala.eva, "MODE") == ":irc.test 461 eva MODE :Not enough parameters\n");
}

TEST_CASE("a role is given to a member by who may give it") {
    room_scene sala;
    CHECK(sala.answer(sala.ana, "MODE #sala +o eva") ==
          ":irc.test 441 ana eva #sala :They aren't on that channel\n");
    CHECK(sala.answer(sala.ana, "MODE #sala +v nadie") ==
          ":irc.test 401 ana nadie :No such nick/channel\n");
    CHECK(sala.answer(sala.ana, "MODE #sala +q luis") ==
          ":irc.test 482 ana #sala :You're not a channel operator\n");
    sala.prepares("MODE #sala +h luis");
    CHECK(sala.answer(sala.luis, "MODE #sala -v ana") ==
          ":irc.test 482 luis #sala :ana has a higher role in the channel than you\n");
}

TEST_CASE("anybody may lay down her own role") {
    room_scene sala;
    sala.prepares("MODE #sala +v luis");
    CHECK(sala.answer(sala.luis, "MODE #sala -v luis") ==
          ":luis!~luis@example.org MODE #sala -v luis\n");
}

TEST_CASE("what is wrong in a line is told, and the rest is done") {
    room_scene sala;
    CHECK(sala.answer(sala.ana, "MODE #sala +zm") ==
          ":irc.test 472 ana z :is unknown mode char to me\n"
          ":ana!~ana@example.org MODE #sala +m\n");
    CHECK(sala.answer(sala.ana, "MODE #sala +l none") ==
          ":irc.test 696 ana #sala l none :Invalid mode parameter\n");
    CHECK(sala.answer(sala.ana, "MODE #sala +k") ==
          ":irc.test 696 ana #sala k * :Invalid mode parameter\n");
    CHECK(sala.answer(sala.ana, "MODE #sala +k a,b") ==
          ":irc.test 696 ana #sala k a,b :Invalid mode parameter\n");
    CHECK(sala.answer(sala.ana, "MODE #sala +o a!b") ==
          ":irc.test 401 ana a!b :No such nick/channel\n");
    CHECK(sala.answer(sala.ana, "MODE #sala +b :a b") ==
          ":irc.test 696 ana #sala b * :Invalid mode parameter\n");
}

TEST_CASE("an extended ban of other servers is refused with those that there are") {
    room_scene sala;
    for (const std::string_view mask : {"~q:foo", "q:foo", "$r:foo", "m:q:foo"}) {
        CAPTURE(mask);
        CHECK(sala.answer(sala.ana, "MODE #sala +b " + std::string(mask)) ==
              ":irc.test 696 ana #sala b " + std::string(mask) +
                  " :No such extended mask: there are a:account, z:fingerprint, m:mask (mute) and "
                  "t:time:mask\n");
    }
    CHECK(sala.answer(sala.ana, "MODE #sala +bb ~a:foo $a:bar") ==
          ":ana!~ana@example.org MODE #sala +bb a:foo a:bar\n");
}

TEST_CASE("the modes of manners are shown with the others") {
    room_scene sala;
    CHECK(sala.answer(sala.ana, "MODE #sala +CRMWH 30 7") ==
          ":ana!~ana@example.org MODE #sala +CRMWH 30 7\n");
    CHECK(sala.answer(sala.luis, "MODE #sala") == ":irc.test 324 luis #sala +ntCRMHW 7 30\n"
                                                  ":irc.test 329 luis #sala 1772366400\n");
    CHECK(sala.answer(sala.ana, "MODE #sala -CRMWH") ==
          ":ana!~ana@example.org MODE #sala -CRMWH\n");
    CHECK(sala.answer(sala.ana, "MODE #sala +W 0") ==
          ":irc.test 696 ana #sala W 0 :Invalid mode parameter\n");
}

TEST_CASE("what the modes of manners refuse is told with its reason") {
    room_scene sala;
    sala.prepares("MODE #sala +RMC");
    CHECK(sala.answer(sala.eva, "JOIN #sala") ==
          ":irc.test 477 eva #sala :You need an account to come into this channel (+R)\n");
    CHECK(sala.answer(sala.luis, "PRIVMSG #sala :hola") ==
          ":irc.test 477 luis #sala :You need an account or a voice to speak in this channel "
          "(+M)\n");
    CHECK(sala.answer(sala.ana, "PRIVMSG #sala :\x01VERSION\x01") ==
          ":irc.test 404 ana #sala :Cannot send CTCP to channel (+C)\n");
    CHECK(sala.answer(sala.luis, "NOTICE #sala :hola").empty());
}

TEST_CASE("slow mode tells how long to wait, as FAIL to whoever negotiated it") {
    room_scene sala;
    sala.prepares("MODE #sala +W 30");
    client& pia = sala.server.registers("pia", "standard-replies");
    pia.sends("JOIN #sala");
    for (client* const one : {&sala.luis, &pia}) {
        one->sends("PRIVMSG #sala :hola");
    }
    CHECK(sala.answer(sala.luis, "PRIVMSG #sala :otra") ==
          ":irc.test 404 luis #sala :Slow mode: you may speak again in 30 seconds\n");
    CHECK(sala.answer(pia, "PRIVMSG #sala :otra") ==
          ":irc.test FAIL PRIVMSG SLOW_MODE #sala 30 :Slow mode: you may speak again in 30 "
          "seconds\n");
    sala.server.waits(std::chrono::seconds{30});
    CHECK(sala.answer(sala.luis, "PRIVMSG #sala :otra").empty());
}

TEST_CASE("a ban that ends by itself is announced with the letters that it was set with") {
    room_scene sala;
    CHECK(sala.answer(sala.ana, "MODE #sala +b t:1:m:Eva") ==
          ":ana!~ana@example.org MODE #sala +b t:1:m:Eva!*@*\n");
    sala.server.nobody_hears();
    sala.server.waits(std::chrono::minutes{1});
    sala.server.server_does(chat::sweep{});
    CHECK(sala.luis.hears() == ":irc.test MODE #sala -b t:1:m:Eva!*@*\n");
    CHECK(sala.answer(sala.eva, "MODE #sala b") ==
          ":irc.test 368 eva #sala :End of channel ban list\n");
}

TEST_CASE("bans are listed to anybody, with who set them and when") {
    room_scene sala;
    const std::string end = ":irc.test 368 eva #sala :End of channel ban list\n";
    CHECK(sala.answer(sala.eva, "MODE #sala b") == end);
    sala.prepares("MODE #sala +bb Malo *!*@spam.example");
    const std::string list = ":irc.test 367 eva #sala Malo!*@* ana 1772366400\n"
                             ":irc.test 367 eva #sala *!*@spam.example ana 1772366400\n";
    CHECK(sala.answer(sala.eva, "MODE #sala b") == list + end);
    CHECK(sala.answer(sala.eva, "MODE #sala +b") == list + end);
}

TEST_CASE("exceptions are listed to operators") {
    room_scene sala;
    sala.prepares("MODE #sala +eI ana eva");
    CHECK(sala.answer(sala.ana, "MODE #sala eI") ==
          ":irc.test 348 ana #sala ana!*@* ana 1772366400\n"
          ":irc.test 349 ana #sala :End of channel exception list\n"
          ":irc.test 346 ana #sala eva!*@* ana 1772366400\n"
          ":irc.test 347 ana #sala :End of channel invite exception list\n");
    CHECK(sala.answer(sala.luis, "MODE #sala e") ==
          ":irc.test 482 luis #sala :You're not a channel operator\n");
}

TEST_CASE("there is no list of a room that is not there for the asker") {
    room_scene sala;
    CHECK(sala.answer(sala.eva, "MODE #nada b") == ":irc.test 403 eva #nada :No such channel\n");
    sala.prepares("MODE #sala +s");
    CHECK(sala.answer(sala.eva, "MODE #sala b") == ":irc.test 403 eva #sala :No such channel\n");
}

TEST_CASE("a list takes so many masks, and each once") {
    room_scene sala;
    for (std::size_t mask = 0; mask < base::limits::room_list_size_max; ++mask) {
        sala.ana.sends(fmt::format("MODE #sala +b n{}", mask));
    }
    CHECK(sala.answer(sala.ana, "MODE #sala +b N0").empty());
    CHECK(sala.answer(sala.ana, "MODE #sala +b otro") ==
          ":irc.test 478 ana #sala otro!*@* :Channel list is full\n");
}

TEST_CASE("MODE of one's own name shows and changes what one is") {
    room_scene sala;
    CHECK(sala.answer(sala.eva, "MODE eva") == ":irc.test 221 eva +\n");
    CHECK(sala.answer(sala.eva, "MODE EVA +i") == ":eva!~eva@example.org MODE eva +i\n");
    CHECK(sala.answer(sala.eva, "MODE eva") == ":irc.test 221 eva +i\n");
    CHECK(sala.answer(sala.eva, "MODE eva +i").empty());
    CHECK(sala.answer(sala.eva, "MODE eva -i") == ":eva!~eva@example.org MODE eva -i\n");
}

TEST_CASE("an unknown mode of a person is told behind those that were set") {
    room_scene sala;
    CHECK(sala.answer(sala.eva, "MODE eva +wi") == ":eva!~eva@example.org MODE eva +i\n"
                                                   ":irc.test 501 eva :Unknown MODE flag\n");
    CHECK(sala.answer(sala.eva, "MODE eva +x") == ":irc.test 501 eva :Unknown MODE flag\n");
}

TEST_CASE("the modes of somebody else are neither shown nor changed") {
    room_scene sala;
    const std::string others = ":irc.test 502 eva :Can't view or change modes for other users\n";
    CHECK(sala.answer(sala.eva, "MODE ana") == others);
    CHECK(sala.answer(sala.eva, "MODE ana +i") == others);
    CHECK(sala.answer(sala.eva, "MODE nadie") == ":irc.test 401 eva nadie :No such nick/channel\n");
    CHECK(sala.answer(sala.eva, "MODE &sala") == ":irc.test 401 eva &sala :No such nick/channel\n");
    CHECK(sala.answer(sala.eva, "MODE :") == ":irc.test 401 eva * :No such nick/channel\n");
}
