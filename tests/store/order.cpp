// SPDX-License-Identifier: Apache-2.0
// What is kept of the order on the server: bans and mutes, reports, silences, and the log.
#include "base/limits.hpp"
#include "base/text.hpp"
#include "store/fixture.hpp"

#include <variant>

using namespace tertulia;
using namespace tertulia::store;

namespace {

struct court : disk_database {
    explicit court(const std::string& name) : disk_database(name) {
        commit({chat::account_saved{{7}, *base::make_nickname("ana"), at(5), 1, false, {}}});
    }
    void start_again() {
        close();
        open();
    }
    static chat::sanction on(std::uint64_t id, chat::sanctioned whom) {
        return {{id}, chat::sanction_kind::mute, std::move(whom), "juez", at(10), {}, "ruido"};
    }
};

} // namespace

TEST_CASE("bans and mutes are found again, of each kind, until they are lifted") {
    court of("sanctions");
    chat::sanction timed = of.on(3, chat::by_network{*base::parse_network("2001:db8::/32")});
    timed.kind = chat::sanction_kind::ban;
    timed.until = at(20);
    of.commit({chat::sanction_saved{of.on(1, chat::by_account{{7}, "ana"}), true},
               chat::sanction_saved{of.on(2, chat::by_nickname{"sp*"}), true},
               chat::sanction_saved{timed, true}});
    of.start_again();
    const auto& found = of.now.heart.sanctions;
    REQUIRE(found.size() == 3);
    CHECK(std::get<chat::by_account>(found[0].whom).account.value == 7);
    CHECK(chat::shown(found[0].whom) == "account:ana");
    CHECK(chat::shown(found[1].whom) == "nick:sp*");
    CHECK(found[1].kind == chat::sanction_kind::mute);
    CHECK(found[1].why == "ruido");
    CHECK(found[1].by == "juez");
    CHECK_FALSE(found[1].until);
    CHECK(chat::shown(found[2].whom) == "2001:db8::/32");
    CHECK(found[2].kind == chat::sanction_kind::ban);
    CHECK(found[2].until == at(20));
    of.commit({chat::sanction_saved{timed, false}});
    of.start_again();
    CHECK(of.now.heart.sanctions.size() == 2);
}

TEST_CASE("open reports are found again, closed ones are not") {
    court of("reports");
    of.commit({chat::report_saved{{{1}, "luis", "eva", {9}, "spam", at(7)}, true},
               chat::report_saved{{{2}, "luis", "", {}, "x", at(8)}, true}});
    of.commit({chat::report_saved{{{2}, "luis", "", {}, "x", at(8)}, false}});
    of.start_again();
    REQUIRE(of.now.heart.reports.size() == 1);
    const chat::report& found = of.now.heart.reports.front();
    CHECK(found.by == "luis");
    CHECK(found.whom == "eva");
    CHECK(found.about.value == 9);
    CHECK(found.why == "spam");
    CHECK(found.at == at(7));
}

TEST_CASE("an account's silences are found again, and end with it") {
    court of("silences");
    const chat::mask_entry whom{"Eva!*@*", "eva!*@*", {}, at(5), std::chrono::seconds{60}};
    of.commit({chat::silence_saved{{7}, whom, true}});
    of.start_again();
    REQUIRE(of.now.heart.silences.size() == 1);
    CHECK(of.now.heart.silences.front().whom == whom);
    of.commit({chat::account_ended{{7}}});
    of.start_again();
    CHECK(of.now.heart.silences.empty());
}

TEST_CASE("the newest of the log is found again, the oldest of it first") {
    court of("log");
    for (std::uint64_t i = 1; i <= base::limits::moderation_read_max + 5; ++i) {
        of.commit({chat::moderated{{i}, chat::measure::banned, "ana", "x", "why", at(90)}});
    }
    of.start_again();
    const auto& found = of.now.heart.moderation;
    REQUIRE(found.size() == base::limits::moderation_read_max);
    CHECK(found.front().what.number.value == 6);
    CHECK(found.back().what.what == chat::measure::banned);
    CHECK(found.back().what.until == at(90));
    CHECK(found.back().at == at(1'000));
}

TEST_CASE("codes are found again with the uses that are left, and used up ones are not") {
    court of("codes");
    const chat::account_code first{"digest", "k7qm", 3, 0, at(5), at(50)};
    const chat::account_code second{"other", "4d2x", 1, 0, at(6), {}};
    of.commit({chat::code_saved{first, true}, chat::code_saved{second, true}});
    chat::account_code used = first;
    used.uses = 2;
    used.used = 1;
    of.commit({chat::code_saved{used, true}});
    of.start_again();
    REQUIRE(of.now.heart.codes.size() == 2);
    CHECK(of.now.heart.codes[0].digest == "digest");
    CHECK(of.now.heart.codes[0].start == "k7qm");
    CHECK(of.now.heart.codes[0].uses == 2);
    CHECK(of.now.heart.codes[0].used == 1);
    CHECK(of.now.heart.codes[0].until == at(50));
    CHECK_FALSE(of.now.heart.codes[1].until);
    of.commit({chat::code_saved{second, false}});
    of.start_again();
    CHECK(of.now.heart.codes.size() == 1);
}

TEST_CASE("words are found again, as they were listed last") {
    court of("words");
    chat::listed_word word{{3}, "Spam*", "spam*", chat::word_action::refuse, {}, "juez", at(5)};
    of.commit({chat::words_changed{word, true, {}}});
    word.action = chat::word_action::mute;
    word.mutes_for = std::chrono::hours{1};
    of.commit({chat::words_changed{word, true, {}}});
    of.start_again();
    REQUIRE(of.now.heart.words.size() == 1);
    CHECK(of.now.heart.words.front().mask == "Spam*");
    CHECK(of.now.heart.words.front().folded == "spam*");
    CHECK(of.now.heart.words.front().action == chat::word_action::mute);
    CHECK(of.now.heart.words.front().mutes_for == std::chrono::hours{1});
    CHECK(of.now.heart.words.front().by == "juez");
    of.commit({chat::words_changed{word, false, {}}});
    of.start_again();
    CHECK(of.now.heart.words.empty());
}
