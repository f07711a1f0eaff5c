// SPDX-License-Identifier: Apache-2.0
// WHO WHOIS WHOWAS: what is told of people, and to whom.
#include "irc/room_scene.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <string>

using namespace tertulia;
using std::chrono_literals::operator""s;
using tests::client;
using tests::conversation;
using tests::room_scene;

namespace {

// What WHOIS says of one of the scene, but for its rooms and what is particular.
std::string user_line(std::string_view asker, std::string_view of) {
    return fmt::format(":irc.test 311 {0} {1} ~{1} example.org * :{1} Real\n", asker, of);
}
std::string server_line(std::string_view asker, std::string_view of) {
    return fmt::format(":irc.test 312 {} {} irc.test :Tertulia, a chat server for classes, teams "
                       "and communities\n",
                       asker, of);
}
std::string idle_line(std::string_view asker, std::string_view of, int seconds = 0) {
    return fmt::format(":irc.test 317 {} {} {} 1772366400 :seconds idle, signon time\n", asker, of,
                       seconds);
}
std::string end_line(std::string_view asker, std::string_view typed) {
    return fmt::format(":irc.test 318 {} {} :End of /WHOIS list\n", asker, typed);
}

} // namespace

TEST_CASE("WHO of a room lists its members, their roles and who is away") {
    room_scene sala;
    sala.luis.sends("AWAY :fuera");
    CHECK(sala.answer(sala.eva, "WHO #SALA") ==
          ":irc.test 352 eva #sala ~ana example.org irc.test ana H@ :0 ana Real\n"
          ":irc.test 352 eva #sala ~luis example.org irc.test luis G :0 luis Real\n"
          ":irc.test 315 eva #SALA :End of WHO list\n");
}

TEST_CASE("WHO of a room that is not there for the asker lists nobody") {
    room_scene sala;
    CHECK(sala.answer(sala.eva, "WHO #nada") == ":irc.test 315 eva #nada :End of WHO list\n");
    sala.prepares("MODE #sala +s");
    CHECK(sala.answer(sala.eva, "WHO #sala") == ":irc.test 315 eva #sala :End of WHO list\n");
}

TEST_CASE("WHO of a nickname or a mask lists whom it fits, in a room that both share") {
    room_scene sala;
    const std::string luis_here = "luis H :0 luis Real\n";
    CHECK(sala.answer(sala.ana, "WHO LUIS") ==
          ":irc.test 352 ana #sala ~luis example.org irc.test " + luis_here +
              ":irc.test 315 ana LUIS :End of WHO list\n");
    CHECK(sala.answer(sala.eva, "WHO lu*") == ":irc.test 352 eva * ~luis example.org irc.test " +
                                                  luis_here +
                                                  ":irc.test 315 eva lu* :End of WHO list\n");
    CHECK(sala.answer(sala.eva, "WHO nadie") == ":irc.test 315 eva nadie :End of WHO list\n");
}

TEST_CASE("WHO alone, or of 0, lists everybody who may be seen") {
    room_scene sala;
    sala.luis.sends("MODE luis +i");
    const std::string ana = "~ana example.org irc.test ana H :0 ana Real\n";
    const std::string eva = "~eva example.org irc.test eva H :0 eva Real\n";
    const std::string both = ":irc.test 352 eva * " + ana + ":irc.test 352 eva * " + eva;
    CHECK(sala.answer(sala.eva, "WHO") == both + ":irc.test 315 eva * :End of WHO list\n");
    CHECK(sala.answer(sala.eva, "WHO 0") == both + ":irc.test 315 eva 0 :End of WHO list\n");
    CHECK(sala.answer(sala.ana, "WHO *luis*").contains(" luis H :0 luis Real\n"));
}

TEST_CASE("WHO for operators of the server lists nobody: there is none") {
    room_scene sala;
    CHECK(sala.answer(sala.eva, "WHO #sala o") == ":irc.test 315 eva #sala :End of WHO list\n");
}

TEST_CASE("WHOIS tells who somebody is and where she is to be met") {
    room_scene sala;
    sala.server.waits(7s);
    CHECK(sala.answer(sala.eva, "WHOIS ANA") ==
          user_line("eva", "ana") + ":irc.test 319 eva ana :@#sala\n" + server_line("eva", "ana") +
              idle_line("eva", "ana", 7) + end_line("eva", "ANA"));
}

TEST_CASE("WHOIS of oneself tells one's address, of somebody away that she is") {
    room_scene sala;
    sala.eva.sends("AWAY :fuera");
    const std::string of_eva = user_line("eva", "eva") + server_line("eva", "eva") +
                               ":irc.test 301 eva eva :fuera\n" +
                               ":irc.test 378 eva eva :is connecting from *@192.0.2.1 192.0.2.1\n" +
                               idle_line("eva", "eva") + end_line("eva", "eva");
    CHECK(sala.answer(sala.eva, "WHOIS eva") == of_eva);
    CHECK_FALSE(sala.answer(sala.ana, "WHOIS eva").contains(" 378 "));
}

TEST_CASE("WHOIS tells of an encrypted connection") {
    room_scene sala;
    client& pia = sala.server.arrives({"0::1", "::1", true});
    pia.sends("NICK pia").sends("USER pia 0 * :pia Real");
    CHECK(sala.answer(sala.eva, "WHOIS pia") ==
          ":irc.test 311 eva pia ~pia 0::1 * :pia Real\n" + server_line("eva", "pia") +
              ":irc.test 671 eva pia :is using a secure connection\n" + idle_line("eva", "pia") +
              end_line("eva", "pia"));
}

TEST_CASE("WHOIS hides secret rooms, and all rooms of the invisible, from those not in them") {
    room_scene sala;
    sala.prepares("JOIN #otra");
    sala.prepares("MODE #sala +s");
    CHECK(sala.answer(sala.eva, "WHOIS ana").contains(" 319 eva ana :@#otra\n"));
    CHECK(sala.answer(sala.luis, "WHOIS ana").contains(" 319 luis ana :@#sala @#otra\n"));
    sala.prepares("MODE ana +i");
    CHECK_FALSE(sala.answer(sala.eva, "WHOIS ana").contains(" 319 "));
    CHECK(sala.answer(sala.luis, "WHOIS ana").contains(" 319 luis ana :@#sala\n"));
}

TEST_CASE("the rooms of WHOIS take as many lines as they need") {
    room_scene sala;
    for (int room = 0; room < 20; ++room) {
        sala.eva.sends(fmt::format("JOIN #{:063}", room));
    }
    const std::string heard = sala.answer(sala.ana, "WHOIS eva");
    CHECK(std::ranges::count(heard, '\n') == 4 + 3);
    CHECK(std::ranges::count(heard, '#') == 20);
}

TEST_CASE("each line of WHOIS shows whole rooms, whoever asks") {
    irc::settings rules = conversation::quiet();
    rules.server_name = std::string(63, 's');
    conversation server(rules);
    client& asker = server.registers(std::string(32, 'a'));
    client& asked = server.registers(std::string(32, 'b'));
    for (int room = 0; room < 20; ++room) {
        asked.sends(fmt::format("JOIN #{:063}", room));
    }
    asker.sends("WHOIS " + std::string(32, 'b'));
    const std::string heard = asker.hears();
    for (int room = 0; room < 20; ++room) {
        CHECK(heard.contains(fmt::format("@#{:063}", room)));
    }
}

TEST_CASE("WHOIS of nobody says so, and ends all the same") {
    room_scene sala;
    CHECK(sala.answer(sala.eva, "WHOIS nadie") ==
          ":irc.test 401 eva nadie :No such nick/channel\n" + end_line("eva", "nadie"));
    CHECK(sala.answer(sala.eva, "WHOIS :a b") ==
          ":irc.test 401 eva * :No such nick/channel\n" + end_line("eva", "*"));
    const std::string none = ":irc.test 431 eva :No nickname given\n";
    CHECK(sala.answer(sala.eva, "WHOIS") == none);
    CHECK(sala.answer(sala.eva, "WHOIS :") == none);
    CHECK(sala.answer(sala.eva, "WHOIS ,") == none);
}

TEST_CASE("WHOIS of several ends once, with the list as it was typed") {
    room_scene sala;
    CHECK(sala.answer(sala.eva, "WHOIS Nadie,LUIS") ==
          ":irc.test 401 eva Nadie :No such nick/channel\n" + user_line("eva", "luis") +
              ":irc.test 319 eva luis :#sala\n" + server_line("eva", "luis") +
              idle_line("eva", "luis") + end_line("eva", "Nadie,LUIS"));
}

TEST_CASE("WHOIS may name a server before the nickname") {
    room_scene sala;
    const std::string plain = sala.answer(sala.eva, "WHOIS luis");
    CHECK(sala.answer(sala.eva, "WHOIS irc.test luis") == plain);
    CHECK(sala.answer(sala.eva, "WHOIS luis luis") == plain);
}

TEST_CASE("a labelled WHOIS is one batch, its end in it") {
    room_scene sala;
    sala.eva.sends("CAP REQ :labeled-response batch");
    const std::string heard = sala.answer(sala.eva, "@label=1 WHOIS luis,nadie");
    CHECK(
        heard.starts_with("@label=1 :irc.test BATCH +r labeled-response\n@batch=r :irc.test 311 "));
    CHECK(heard.ends_with("@batch=r :irc.test 318 eva luis,nadie :End of /WHOIS list\n"
                          ":irc.test BATCH -r\n"));
}

TEST_CASE("a clock that was set back makes nobody idle for less than no time") {
    room_scene sala;
    sala.server.sets_clock_back(5s);
    CHECK(sala.answer(sala.eva, "WHOIS luis").contains(idle_line("eva", "luis", 0)));
}

TEST_CASE("WHOWAS tells who had a nickname, the last first") {
    room_scene sala;
    sala.luis.sends("QUIT");
    sala.server.waits(60s);
    sala.server.registers("Luis").sends("NICK otro");
    const std::string first = ":irc.test 314 eva Luis ~Luis example.org * :Luis Real\n"
                              ":irc.test 312 eva Luis irc.test :2026-03-01T12:01:00.000Z\n";
    const std::string second = ":irc.test 314 eva luis ~luis example.org * :luis Real\n"
                               ":irc.test 312 eva luis irc.test :2026-03-01T12:00:00.000Z\n";
    const std::string end = ":irc.test 369 eva LUIS :End of WHOWAS\n";
    CHECK(sala.answer(sala.eva, "WHOWAS LUIS") == first + second + end);
    CHECK(sala.answer(sala.eva, "WHOWAS LUIS 1") == first + end);
    CHECK(sala.answer(sala.eva, "WHOWAS LUIS 0") == first + second + end);
    CHECK(sala.answer(sala.eva, "WHOWAS LUIS -1") == first + second + end);
}

TEST_CASE("WHOWAS of nobody says so for each, and ends") {
    room_scene sala;
    CHECK(sala.answer(sala.eva, "WHOWAS luis,nadie") ==
          ":irc.test 406 eva luis :There was no such nickname\n"
          ":irc.test 369 eva luis :End of WHOWAS\n"
          ":irc.test 406 eva nadie :There was no such nickname\n"
          ":irc.test 369 eva nadie :End of WHOWAS\n");
    CHECK(sala.answer(sala.eva, "WHOWAS") == ":irc.test 431 eva :No nickname given\n");
    CHECK(sala.answer(sala.eva, "WHOWAS :") == ":irc.test 431 eva :No nickname given\n");
}
