// SPDX-License-Identifier: Apache-2.0
// Who watches a nickname is told when somebody has it, and when nobody has any more.
#include "base/limits.hpp"
#include "chat/world.hpp"

using namespace tertulia;
using namespace tertulia::chat;

namespace {

struct watch_tower : world {
    watch_tower() {
        connects("ana");
        connects("luis");
    }
    void watches(const std::string& who, std::vector<std::string> whom,
                 watching how = watching::add) {
        watch wish{how, {}};
        for (const std::string& one : whom) {
            wish.nicknames.push_back(named(one));
        }
        does(who, wish);
    }
    [[nodiscard]] std::vector<std::string> seen() const { // "+eva" came, "-eva" went
        std::vector<std::string> found;
        for (const event& one : events) {
            if (const auto* const what = std::get_if<presence_changed>(&one.what)) {
                found.push_back((what->here ? "+" : "-") + what->who->nickname.display);
            }
        }
        return found;
    }
};
using signs = std::vector<std::string>;

} // namespace

TEST_CASE("who watches is told at once who is there and who is not") {
    watch_tower of;
    of.watches("ana", {"LUIS", "eva"});
    const auto& now = of.answer<watched_answer>();
    REQUIRE(now.entries.size() == 2);
    CHECK(now.entries[0].who->nickname.display == "luis");
    CHECK_FALSE(now.entries[1].who);
}

TEST_CASE("a nickname comes with a connection and a rename, and goes with a rename and an end") {
    watch_tower of;
    of.watches("ana", {"eva", "marta"});
    of.connects("eva");
    CHECK(of.seen() == signs{"+eva"});
    of.does("eva", chat::rename{named("Marta")});
    CHECK(of.seen() == signs{"-eva", "+Marta"});
    of.does("eva", chat::rename{named("MARTA")});
    CHECK(of.seen().empty());
    of.disconnects("eva");
    CHECK(of.seen() == signs{"-MARTA"});
}

TEST_CASE("a guest who logs in has gone, and the account has come, once for all its sessions") {
    watch_tower of;
    of.does("luis", register_account{named("marta"), {}});
    const proof as = of.the<registered>().as;
    of.watches("ana", {"eva", "marta"});
    of.connects("eva");
    of.does("eva", log_in{as});
    CHECK(of.seen() == signs{"-eva"});
    of.disconnects("luis");
    CHECK(of.seen().empty());
    of.disconnects("eva");
    CHECK(of.seen() == signs{"-marta"});
}

TEST_CASE("what is watched no more is not told") {
    watch_tower of;
    of.watches("ana", {"eva", "marta"});
    of.watches("ana", {"eva"}, watching::remove);
    CHECK_FALSE(of.happened<answered>());
    of.connects("eva");
    CHECK(of.seen().empty());
    of.watches("ana", {}, watching::clear);
    of.connects("marta");
    CHECK(of.seen().empty());
}

TEST_CASE("a session that ends watches nobody, and leaves no trace in the state") {
    watch_tower of;
    const std::size_t before = of.chat.snapshot().size();
    of.watches("luis", {"eva"});
    CHECK(of.chat.snapshot().size() > before);
    of.disconnects("luis");
    of.connects("eva");
    CHECK(of.seen().empty());
}

TEST_CASE("a session watches so many nicknames and no more, each once") {
    watch_tower of;
    std::vector<std::string> many;
    for (std::size_t i = 0; i < base::limits::watched_max; ++i) {
        many.push_back("n" + std::to_string(i));
    }
    of.watches("ana", many);
    of.watches("ana", {"N0", "one", "more"});
    CHECK(of.the<refused>().why == reason::watch_list_full);
    CHECK(of.the<refused>().a == "one,more");
    of.asks("ana", ask_watched{});
    CHECK(of.answer<watched_answer>().entries.size() == base::limits::watched_max);
    of.asks("luis", ask_watched{});
    CHECK(of.answer<watched_answer>().entries.empty());
}

TEST_CASE("what she says of herself reaches those who watch from afar, and nobody twice") {
    watch_tower of;
    of.connects("eva");
    of.all_join({"luis", "eva"}, "#a");
    of.watches("ana", {"eva"});
    of.watches("luis", {"eva"});
    of.does("eva", set_real_name{"Eva"});
    REQUIRE(of.events.size() == 3); // the room, ana, done
    const auto& apart = std::get<to_sessions>(of.events[1].heard_by).sessions;
    CHECK(apart == std::vector{of.sessions["ana"]});
    of.does("eva", set_away{"lejos"});
    CHECK(std::get<to_sessions>(of.events[1].heard_by).sessions == apart);
}

TEST_CASE("a session that is there without her does not call her away while she has others") {
    watch_tower of;
    of.does("ana", register_account{named("ana"), {}});
    connect wish;
    wish.as = of.the<registered>().as;
    wish.address = "10.0.0.2";
    wish.away = "*";
    of.sessions["phone"] = {0, 1, 99};
    of.does("phone", wish);
    of.asks("luis", ask_whois{named("ana")});
    CHECK_FALSE(of.answer<whois_answer>().away);
    of.disconnects("ana");
    of.disconnects("phone");
    of.sessions["phone"] = {0, 1, 100};
    of.does("phone", wish);
    of.asks("luis", ask_whois{named("ana")});
    CHECK(of.answer<whois_answer>().away == "*");
}
