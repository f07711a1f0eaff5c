// SPDX-License-Identifier: Apache-2.0
// LIST, and the conditions that ISUPPORT ELIST promises.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace tertulia;
using std::chrono_literals::operator""min;
using tests::client;
using tests::conversation;

namespace {

// #a with three members was made two hours ago, #b with one is new, #vacia is empty.
struct town {
    town() {
        ana.sends("JOIN #a,#vacia").sends("PART #vacia").sends("TOPIC #a :de todo");
        luis.sends("JOIN #a");
        eva.sends("JOIN #a");
        server.waits(120min);
        eva.sends("JOIN #b").sends("TOPIC #b :nuevo");
        server.nobody_hears();
    }

    static irc::settings patient() {
        irc::settings rules = conversation::quiet();
        rules.ping_after = std::chrono::hours(24);
        return rules;
    }

    // The rooms of the answer, which begins and ends as it must.
    std::string rooms(std::string_view line) {
        luis.sends(line);
        const std::string heard = luis.hears();
        const std::string start = ":irc.test 321 luis Channel :Users  Name\n";
        const std::string end = ":irc.test 323 luis :End of /LIST\n";
        CHECK(heard.starts_with(start));
        CHECK(heard.ends_with(end));
        return heard.substr(start.size(), heard.size() - start.size() - end.size());
    }

    conversation server{patient()};
    client& ana = server.registers("ana");
    client& luis = server.registers("luis");
    client& eva = server.registers("eva");

    const std::string a = ":irc.test 322 luis #a 3 :de todo\n";
    const std::string b = ":irc.test 322 luis #b 1 :nuevo\n";
    const std::string empty = ":irc.test 322 luis #vacia 0 :\n";
};

} // namespace

TEST_CASE("a word is looked for in names and topics, in any case of letters") {
    town of;
    CHECK(of.rooms("LIST ToDo") == of.a);
    CHECK(of.rooms("LIST *nuev*") == of.b);
    CHECK(of.rooms("LIST vac") == of.empty);
    CHECK(of.rooms("LIST a") == of.a + of.empty);
    CHECK(of.rooms("LIST #*todo*").empty()); // a mask of names
    CHECK(of.rooms("LIST nada").empty());
}

TEST_CASE("the topic of a secret room is found by its members alone") {
    town of;
    of.ana.sends("JOIN #s").sends("MODE #s +s").sends("TOPIC #s :tesoro");
    of.server.nobody_hears();
    CHECK(of.rooms("LIST tesoro").empty());
    of.luis.sends("JOIN #s");
    of.server.nobody_hears();
    CHECK(of.rooms("LIST tesoro") == ":irc.test 322 luis #s 2 :tesoro\n");
}

TEST_CASE("LIST shows every room with its members and topic") {
    town of;
    CHECK(of.rooms("LIST") == of.a + of.b + of.empty);
    CHECK(of.rooms("LIST :") == of.a + of.b + of.empty);
}

TEST_CASE("a secret room is listed to its members alone") {
    town of;
    of.eva.sends("MODE #b +s");
    CHECK(of.rooms("LIST") == of.a + of.empty);
    CHECK(of.rooms("LIST #b").empty());
    of.luis.sends("JOIN #b");
    of.server.nobody_hears();
    CHECK(of.rooms("LIST #b") == ":irc.test 322 luis #b 2 :nuevo\n");
}

TEST_CASE("LIST of some rooms shows those there are") {
    town of;
    CHECK(of.rooms("LIST #B,#nada,#a") == of.b + of.a);
    CHECK(of.rooms("LIST #nada").empty());
    CHECK(of.rooms("LIST :#a b").empty());
}

TEST_CASE("LIST by members") {
    town of;
    CHECK(of.rooms("LIST >0") == of.a + of.b);
    CHECK(of.rooms("LIST >1") == of.a);
    CHECK(of.rooms("LIST <3") == of.b + of.empty);
    CHECK(of.rooms("LIST >0,<3") == of.b);
}

TEST_CASE("LIST by mask, and by what does not match") {
    town of;
    CHECK(of.rooms("LIST #*A") == of.a + of.empty);
    CHECK(of.rooms("LIST *") == of.a + of.b + of.empty);
    CHECK(of.rooms("LIST !#v*") == of.a + of.b);
    CHECK(of.rooms("LIST #?,!#a") == of.b);
    CHECK(of.rooms("LIST >x").empty()); // a mask that no room has
}

TEST_CASE("LIST by when a room was made and when its topic was set, in minutes") {
    town of;
    CHECK(of.rooms("LIST C<60") == of.b);
    CHECK(of.rooms("LIST C>60") == of.a + of.empty);
    CHECK(of.rooms("LIST T<60") == of.b);
    CHECK(of.rooms("LIST T>60") == of.a);
}

TEST_CASE("LIST takes rooms and then conditions") {
    town of;
    CHECK(of.rooms("LIST #a,#b >1") == of.a);
    CHECK(of.rooms("LIST #a,#b <9,C<60") == of.b);
}

TEST_CASE("a long list is rendered in slices, whole") {
    conversation server;
    client& ana = server.registers("ana");
    for (int room = 0; room < 90; ++room) {
        ana.sends(fmt::format("JOIN #{:063}", room))
            .sends(fmt::format("TOPIC #{:063} :{}", room, std::string(390, 'x')));
    }
    server.nobody_hears();
    ana.sends("LIST");
    const std::string heard = ana.hears();
    CHECK(std::ranges::count(heard, '\n') == 92);
    CHECK(heard.starts_with(":irc.test 321 ana Channel :"));
    CHECK(heard.ends_with("x\n:irc.test 323 ana :End of /LIST\n"));
}
