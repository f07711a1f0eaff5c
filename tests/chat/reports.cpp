// SPDX-License-Identifier: Apache-2.0
// Announcements, reports, and who reads the log.
#include "base/limits.hpp"
#include "chat/order_town.hpp"
#include "chat/report.hpp"

using namespace tertulia;
using namespace tertulia::chat;

TEST_CASE("everybody hears an announcement, in each session") {
    town of;
    of.comes("second", "x", "10.0.0.1", of.proofs.at("berta"));
    of.makes_operator("ana", only(right::announce));
    of.does("ana", announce{"a las ocho se apaga"});
    const auto& heard = std::get<to_sessions>(of.find<announced>()->heard_by).sessions;
    CHECK(heard.size() == 4);
    CHECK(of.the<announced>().by == "ana");
    CHECK(of.the<moderated>().what == measure::announced);
}

TEST_CASE("nobody announces anything without the right") {
    town of;
    of.does("carla", announce{"x"});
    CHECK(of.refusal() == reason::not_operator);
    of.makes_operator("ana", only(right::log));
    of.does("ana", announce{"x"});
    CHECK(of.refusal() == reason::lacks_right);
    CHECK_FALSE(of.happened<announced>());
}

TEST_CASE("a report is heard by the operators who are there for it, and by nobody else") {
    town of;
    of.makes_operator("ana", only(right::reports));
    of.makes_operator("berta", only(right::kill));
    of.does("carla", file_report{named("berta"), {}, "spam"});
    int news = 0;
    for (const event& one : of.events) {
        const auto* const what = std::get_if<reported>(&one.what);
        if (what != nullptr && what->heard_as == reported_as::news) {
            ++news;
            CHECK(std::get<to_sessions>(one.heard_by).sessions ==
                  std::vector{of.sessions.at("ana")});
        }
    }
    CHECK(news == 1);
    CHECK(of.the<reported>().heard_as == reported_as::receipt);
}

TEST_CASE("reports wait for operators until they are closed, also over a restart") {
    town of;
    of.makes_operator("ana", only(right::reports));
    of.does("carla", file_report{named("berta"), {}, "spam"});
    of.does("carla", file_report{{}, {77}, "look"});
    of.asks("ana", ask_reports{});
    REQUIRE(of.answer<reports_answer>().open.size() == 2);
    CHECK(of.answer<reports_answer>().open.back().about.value == 77);
    of.does("ana", close_report{{1}, "warned"});
    CHECK(of.the<moderated>().why == "warned");
    CHECK(heart(of.chat.lasting_state()).lasting_state().reports.size() == 1);
    of.does("ana", close_report{{1}, ""});
    CHECK(of.refusal() == reason::no_such_report);
}

TEST_CASE("nobody reports herself") {
    town of;
    of.does("carla", file_report{named("Carla"), {}, "x"});
    CHECK(of.refusal() == reason::is_oneself);
    CHECK_FALSE(of.happened<report_saved>());
}

TEST_CASE("others neither read reports nor close them") {
    town of;
    of.does("carla", file_report{named("berta"), {}, "spam"});
    of.asks("carla", ask_reports{});
    CHECK(of.refusal() == reason::not_operator);
    of.does("carla", close_report{{1}, ""});
    CHECK(of.refusal() == reason::not_operator);
    of.makes_operator("ana", only(right::log));
    of.asks("ana", ask_reports{});
    CHECK(of.refusal() == reason::lacks_right);
    CHECK(of.chat.lasting_state().reports.size() == 1);
}

TEST_CASE("a report is about somebody who is known, and nobody makes too many") {
    town of;
    of.does("carla", file_report{named("nadie"), {}, "x"});
    CHECK(of.refusal() == reason::no_such_nickname);
    of.does("carla", file_report{{}, {}, "x"});
    CHECK(of.refusal() == reason::no_such_nickname);
    of.disconnects("berta");
    for (std::size_t i = 0; i < base::limits::reports_of_one_max; ++i) {
        of.does("carla", file_report{named("berta"), {}, "x"});
        CHECK(of.happened<reported>());
    }
    of.does("carla", file_report{named("berta"), {}, "x"});
    CHECK(of.refusal() == reason::too_many_reports);
}

TEST_CASE("the log is read from the newest back, by those with the right alone") {
    town of;
    of.makes_operator("ana", only(right::log));
    for (int i = 0; i < 5; ++i) {
        of.server_does(suspend_account{named("berta"), i % 2 == 0, authority::machine});
    }
    of.asks("ana", ask_moderation{2, {}});
    const auto newest = of.answer<moderation_answer>().entries;
    REQUIRE(newest.size() == 2);
    CHECK(newest.back().what.what == measure::suspended_account);
    of.asks("ana", ask_moderation{100, newest.front().what.number});
    CHECK(of.answer<moderation_answer>().entries.size() == 4); // ana's rights are the first
    CHECK(of.answer<moderation_answer>().entries.back().what.number < newest.front().what.number);
    of.asks("ana", ask_moderation{100, {1}});
    CHECK(of.answer<moderation_answer>().entries.empty());
    of.asks("carla", ask_moderation{2, {}});
    CHECK(of.refusal() == reason::not_operator);
    of.makes_operator("berta", only(right::reports));
    of.server_does(suspend_account{named("berta"), false, authority::machine});
    of.comes("b", "x", "10.0.0.1", of.proofs.at("berta"));
    of.asks("b", ask_moderation{2, {}});
    CHECK(of.refusal() == reason::lacks_right);
}
