// SPDX-License-Identifier: Apache-2.0
// METADATA as draft/metadata-3 has it.
#include "base/limits.hpp"
#include "irc/room_scene.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

constexpr std::string_view wants = "draft/metadata-3 batch standard-replies";

// Ana keeps order in #sala, Luis is in it, Eva is not; all know of metadata.
struct gallery {
    gallery() {
        ana.sends("JOIN #sala");
        luis.sends("JOIN #sala");
        server.nobody_hears();
    }
    std::string answer(client& to, std::string_view line) {
        server.nobody_hears();
        to.sends(line);
        return to.hears();
    }
    conversation server;
    client& ana = server.registers("ana", wants);
    client& luis = server.registers("luis", wants);
    client& eva = server.registers("eva", wants);
};

std::string failure(std::string_view what) {
    return ":irc.test FAIL METADATA " + std::string(what) + "\n";
}

} // namespace

TEST_CASE("METADATA SET answers its author, and tells who subscribed to the key") {
    gallery sala;
    CHECK(sala.answer(sala.luis, "METADATA * SUB status avatar") ==
          ":irc.test 770 luis status avatar\n"
          ":irc.test BATCH +m metadata *ALL\n:irc.test BATCH -m\n");
    CHECK(sala.answer(sala.ana, "METADATA * SET status :estoy aquí") ==
          ":irc.test 761 ana * status * :estoy aquí\n");
    CHECK(sala.luis.hears() == ":irc.test 761 luis ana status * :estoy aquí\n");
    sala.ana.sends("METADATA * SET url :https://example.org");
    CHECK(sala.luis.hears().empty());
    CHECK(sala.answer(sala.ana, "METADATA ana SET status") ==
          ":irc.test 766 ana ana status :Key not set\n");
    CHECK(sala.luis.hears() == ":irc.test 766 luis ana status :Key not set\n");
    CHECK(sala.eva.hears().empty());
}

TEST_CASE("who knows draft/metadata-2 alone hears changes as a verb of their own") {
    gallery sala;
    client& marta = sala.server.registers("marta", "draft/metadata-2 batch");
    marta.sends("JOIN #sala").sends("METADATA * SUB status");
    sala.server.nobody_hears();
    sala.ana.sends("METADATA * SET status :en clase");
    CHECK(marta.hears() == ":irc.test METADATA ana status * :en clase\n");
    sala.ana.sends("METADATA * SET status");
    CHECK(marta.hears() == ":irc.test METADATA ana status *\n");
}

TEST_CASE("METADATA GET, LIST and CLEAR") {
    gallery sala;
    sala.ana.sends("METADATA #sala SET url :https://example.org").sends("METADATA * SET a :1");
    CHECK(sala.answer(sala.eva, "METADATA #sala LIST") ==
          ":irc.test BATCH +m metadata #sala\n"
          "@batch=m :irc.test 761 eva #sala url * :https://example.org\n"
          ":irc.test BATCH -m\n");
    CHECK(sala.answer(sala.eva, "METADATA ana GET a Nada b") ==
          ":irc.test BATCH +m metadata ana\n"
          "@batch=m :irc.test 761 eva ana a * :1\n"
          "@batch=m :irc.test WARN METADATA INVALID_KEY Nada :Invalid key\n"
          "@batch=m :irc.test 766 eva ana b :Key not set\n"
          ":irc.test BATCH -m\n");
    CHECK(sala.answer(sala.ana, "METADATA * CLEAR") ==
          ":irc.test BATCH +m metadata *\n"
          "@batch=m :irc.test 766 ana * a :Key not set\n"
          ":irc.test BATCH -m\n");
    CHECK(sala.answer(sala.ana, "METADATA * LIST") ==
          ":irc.test BATCH +m metadata *\n:irc.test BATCH -m\n");
}

TEST_CASE("METADATA refuses what it cannot take") {
    gallery sala;
    CHECK(sala.answer(sala.eva, "METADATA") == failure("INVALID_PARAMS * :Invalid parameters"));
    CHECK(sala.answer(sala.eva, "METADATA * sneeze") ==
          failure("INVALID_PARAMS SNEEZE :Invalid parameters"));
    CHECK(sala.answer(sala.eva, "METADATA * GET") ==
          failure("INVALID_PARAMS GET :Invalid parameters"));
    CHECK(sala.answer(sala.eva, "METADATA * SET $url$ :x") ==
          failure("INVALID_KEY $url$ :Invalid key"));
    CHECK(sala.answer(sala.eva, "METADATA * SET a :" + std::string(301, 'x')) ==
          failure("INVALID_VALUE a :Invalid value"));
    CHECK(sala.answer(sala.eva, "METADATA ana SET a :x") ==
          failure("KEY_NO_PERMISSION ana a :You may not set this"));
    CHECK(sala.answer(sala.luis, "METADATA #sala CLEAR") ==
          failure("KEY_NO_PERMISSION #sala * :You may not set this"));
    CHECK(sala.answer(sala.eva, "METADATA luis SUB a") ==
          failure("INVALID_TARGET luis :Invalid metadata target"));
    CHECK(sala.answer(sala.eva, "METADATA nadie LIST") ==
          failure("INVALID_TARGET nadie :Invalid metadata target"));
}

TEST_CASE("METADATA tells nothing of a room to those who may not know of it") {
    gallery sala;
    sala.ana.sends("METADATA #sala SET url :x").sends("MODE #sala +s");
    for (const std::string how : {"LIST", "GET url", "SYNC", "SET url :y", "CLEAR"}) {
        CHECK(sala.answer(sala.eva, "METADATA #sala " + how) ==
              failure("INVALID_TARGET #sala :Invalid metadata target"));
        CHECK(sala.answer(sala.eva, "METADATA #nada " + how) ==
              failure("INVALID_TARGET #nada :Invalid metadata target"));
    }
}

TEST_CASE("subscriptions are listed, taken back, and bounded") {
    gallery sala;
    sala.eva.sends("METADATA * SUB b a");
    CHECK(sala.answer(sala.eva, "METADATA * SUBS") == ":irc.test BATCH +m metadata-subs\n"
                                                      "@batch=m :irc.test 772 eva b a\n"
                                                      ":irc.test BATCH -m\n");
    CHECK(sala.answer(sala.eva, "METADATA * UNSUB b c $") ==
          ":irc.test WARN METADATA INVALID_KEY $ :Invalid key\n:irc.test 771 eva b c\n");
    for (std::size_t i = 1; i < base::limits::metadata_subscriptions_max; ++i) {
        sala.eva.sends("METADATA * SUB k" + std::to_string(i));
    }
    CHECK(sala.answer(sala.eva, "METADATA * SUB a one two") ==
          failure("LIMIT_REACHED SUB one 50 :Limit reached") + ":irc.test 770 eva a\n");
    sala.eva.sends("CAP REQ -draft/metadata-3");
    CHECK(sala.answer(sala.eva, "METADATA * SUBS") ==
          ":irc.test BATCH +m metadata-subs\n:irc.test BATCH -m\n");
}

TEST_CASE("who joins, and who watches somebody that comes, is told the values of her keys") {
    gallery sala;
    sala.ana.sends("METADATA * SET status :aquí").sends("METADATA #sala SET status :abierta");
    sala.eva.sends("METADATA * SUB status").sends("MONITOR + marta");
    const std::string joined = sala.answer(sala.eva, "JOIN #sala");
    CHECK(joined.ends_with(":irc.test BATCH +m metadata #sala\n"
                           "@batch=m :irc.test 761 eva #sala status * :abierta\n"
                           "@batch=m :irc.test 761 eva ana status * :aquí\n"
                           ":irc.test BATCH -m\n"));
    sala.server.registers("marta");
    sala.eva.sends("METADATA *ALL SYNC");
    CHECK(sala.eva.hears().starts_with(":irc.test BATCH +m metadata *ALL\n"));
    sala.luis.sends("NICK otra");
    sala.eva.sends("MONITOR + nueva");
    sala.server.nobody_hears();
    sala.luis.sends("NICK nueva");
    CHECK(sala.eva.hears().contains(":irc.test BATCH +m metadata nueva\n"));
}

TEST_CASE("metadata may be said before the welcome, which repeats it") {
    conversation server;
    client& ana = server.arrives();
    ana.sends("METADATA * SET a :1");
    CHECK(ana.hears() == ":irc.test 451 * :You have not registered\n");
    ana.sends("CAP LS 302");
    CHECK(ana.hears().contains(" draft/metadata-3=before-connect,max-subs=50,max-keys=30,"
                               "max-key-bytes=64,max-value-bytes=300"));
    ana.sends("CAP REQ :draft/metadata-2 batch").sends("NICK ana").sends("USER a 0 * :A");
    server.nobody_hears();
    ana.sends("METADATA * SUB display-name").sends("METADATA * SET display-name :Ana María");
    CHECK(ana.hears() == ":irc.test 770 * display-name\n"
                         ":irc.test 761 * * display-name * :Ana María\n");
    ana.sends("CAP END");
    CHECK(ana.hears().contains(":irc.test BATCH +m metadata ana\n"
                               "@batch=m :irc.test 761 ana ana display-name * :Ana María\n"
                               ":irc.test BATCH -m\n:irc.test 251 "));
}
