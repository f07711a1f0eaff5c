// SPDX-License-Identifier: Apache-2.0
// Words that operators list: who may, what they bring, and that it is written down.
#include "base/order_limits.hpp"
#include "chat/order_town.hpp"
#include "chat/word.hpp"

using namespace tertulia;
using namespace tertulia::chat;

namespace {

struct censor : town {
    censor() { makes_operator("ana"); }
    word_id lists(const std::string& mask, word_action what) {
        does("ana", add_word{mask, mask, what, std::chrono::seconds{60}});
        return the<words_changed>().what.id;
    }
    void says(const std::string& who, word_id which) {
        does(who, meet_word{{which, "#lobby", "buy spam"}});
    }
    [[nodiscard]] std::vector<listed_word> words() const { return chat.lasting_state().words; }
    bool is_muted(const std::string& who) {
        does(who, speak{named("#lobby"), message_kind::message, "hello"});
        return refusal() == reason::muted;
    }
};

} // namespace

TEST_CASE("an operator with the right lists a word, and it is written down") {
    censor of;
    of.lists("spam*", word_action::refuse);
    CHECK(of.the<words_changed>().what.by == "ana");
    CHECK(of.the<words_changed>().all->size() == 1);
    CHECK(of.the<moderated>().what == measure::added_word);
    CHECK(of.the<moderated>().whom == "spam*");
    of.does("ana", remove_word{"spam*", "spam*"});
    CHECK_FALSE(of.the<words_changed>().kept);
    CHECK(of.the<moderated>().what == measure::removed_word);
    CHECK(of.words().empty());
}

TEST_CASE("others list nothing, take nothing away and see nothing") {
    censor of;
    of.lists("spam", word_action::refuse);
    for (const std::string who : {"berta", "carla"}) {
        of.does(who, add_word{"x", "x", {}, {}});
        CHECK(of.refusal() == reason::not_operator);
        of.does(who, remove_word{"spam", "spam"});
        CHECK(of.refusal() == reason::not_operator);
        of.asks(who, ask_words{});
        CHECK(of.refusal() == reason::not_operator);
    }
    of.makes_operator("berta", only(right::kill));
    of.does("berta", add_word{"x", "x", {}, {}});
    CHECK(of.refusal() == reason::lacks_right);
    CHECK(of.words().size() == 1);
}

TEST_CASE("a mask that every word is like, one too many and one that is not there are refused") {
    censor of;
    of.does("ana", add_word{"*?", "*?", {}, {}});
    CHECK(of.refusal() == reason::word_too_broad);
    of.does("ana", remove_word{"x", "x"});
    CHECK(of.refusal() == reason::no_such_word);
    for (std::size_t i = 0; i < base::limits::words_max; ++i) {
        of.lists("w" + std::to_string(i), word_action::hide);
    }
    of.does("ana", add_word{"more", "more", {}, {}});
    CHECK(of.refusal() == reason::no_more_words);
    of.lists("w0", word_action::mute); // in place of what it was
    CHECK(of.words().size() == base::limits::words_max);
}

TEST_CASE("a word that mutes mutes who says it, for its time, by name of its operator") {
    censor of;
    const word_id word = of.lists("spam", word_action::mute);
    of.says("berta", word);
    CHECK(of.the<sanction_saved>().what.by == "ana");
    CHECK(shown(of.the<sanction_saved>().what.whom) == "account:berta");
    CHECK(of.the<moderated>().what == measure::muted);
    CHECK(of.the<moderated>().why == "[spam]");
    CHECK(of.is_muted("berta"));
    of.says("carla", word);
    CHECK(shown(of.the<sanction_saved>().what.whom) == "nick:carla");
    CHECK(of.is_muted("carla"));
    of.now += std::chrono::seconds{61};
    CHECK_FALSE(of.is_muted("berta"));
}

TEST_CASE("who is muted already is not muted once more, and operators never are") {
    censor of;
    const word_id word = of.lists("spam", word_action::mute);
    of.says("berta", word);
    of.says("berta", word);
    CHECK_FALSE(of.happened<sanction_saved>());
    of.says("ana", word);
    CHECK_FALSE(of.happened<sanction_saved>());
}

TEST_CASE("a word that is reported is told to operators, once while the report is open") {
    censor of;
    const word_id word = of.lists("spam", word_action::report);
    of.says("carla", word);
    CHECK(of.the<report_saved>().what.by == "*");
    CHECK(of.the<report_saved>().what.whom == "carla");
    CHECK(of.the<report_saved>().what.why == "[spam] #lobby: buy spam");
    CHECK(of.the<reported>().heard_as == reported_as::news);
    of.says("carla", word);
    CHECK_FALSE(of.happened<report_saved>());
    CHECK_FALSE(of.is_muted("carla"));
}

TEST_CASE("a word that is no longer listed brings nothing") {
    censor of;
    const word_id word = of.lists("spam", word_action::mute);
    of.does("ana", remove_word{"spam", "spam"});
    of.says("berta", word);
    CHECK_FALSE(of.happened<sanction_saved>());
}

TEST_CASE("a program that says a word that mutes is muted as its account") {
    censor of;
    const word_id word = of.lists("spam", word_action::mute);
    post wish{of.proofs["berta"], named("#lobby"), "spam"};
    wish.met = word_met{word, "#lobby", "spam"};
    of.does("program", wish);
    CHECK(of.refusal() == reason::muted);
    CHECK_FALSE(of.happened<spoke>());
    CHECK(of.is_muted("berta"));
}

TEST_CASE("a program does not write from a banned address") {
    censor of;
    of.does("ana", impose{sanction_kind::ban,
                          {sanction_target::kind::network, {}, *base::parse_network("192.0.2.7")},
                          {},
                          "spam"});
    post wish{of.proofs["berta"], named("#lobby"), "hello"};
    wish.from = base::parse_network("192.0.2.7");
    of.does("program", wish);
    CHECK(of.refusal() == reason::server_banned);
    wish.from = base::parse_network("192.0.2.8");
    of.does("program", wish);
    CHECK(of.happened<spoke>());
}

TEST_CASE("a restart finds the words") {
    censor of;
    of.lists("spam", word_action::mute);
    const restored found = heart(of.chat.lasting_state()).lasting_state();
    REQUIRE(found.words.size() == 1);
    CHECK(found.words.front().mutes_for == std::chrono::seconds{60});
}
