// SPDX-License-Identifier: Apache-2.0
// Bans and mutes of the whole server: who may set them, whom they meet, and when they end.
#include "chat/order_town.hpp"
#include "chat/sanction.hpp"

using namespace tertulia;
using namespace tertulia::chat;

namespace {

using how = sanction_target::kind;
constexpr std::chrono::seconds hour = std::chrono::hours{1};

sanction_target who(const std::string& name, how kind = how::name) { return {kind, named(name)}; }
sanction_target network(const std::string& text) {
    return {how::network, {}, *base::parse_network(text)};
}
impose ban(sanction_target whom, std::optional<std::chrono::seconds> lasts = hour) {
    return {sanction_kind::ban, std::move(whom), lasts, "spam"};
}
impose mute(sanction_target whom, std::optional<std::chrono::seconds> lasts = hour) {
    return {sanction_kind::mute, std::move(whom), lasts, "noise"};
}

// ana is an operator; carla comes from 10.0.0.1 as everybody does.
struct court : town {
    court() { makes_operator("ana"); }
    bool is_refused(const std::string& by, command what, reason why) {
        does(by, std::move(what));
        return refusal() == why;
    }
};

} // namespace

TEST_CASE("a banned guest's session ends with the reason and the end, and the others see her go") {
    court of;
    of.does("ana", ban(who("carla")));
    CHECK(of.the<evicted>().why == eviction::banned);
    CHECK(of.the<evicted>().text == "spam");
    CHECK(of.the<evicted>().until == of.now + hour);
    CHECK(of.the<person_left>().reason == "Banned");
    CHECK(of.the<moderated>().what == measure::banned);
    CHECK(of.the<moderated>().whom == "nick:carla");
    CHECK_FALSE(of.has_session("carla"));
}

TEST_CASE("nobody comes in by the nickname that is banned, nor is renamed to it") {
    court of;
    of.does("ana", ban(who("carl*", how::nickname)));
    of.comes("again", "carlota", "10.0.0.2");
    CHECK(of.refusal() == reason::nickname_banned);
    of.connects("luis");
    CHECK(of.is_refused("luis", chat::rename{named("carla")}, reason::nickname_banned));
    CHECK(of.is_refused("luis", register_account{named("carlos"), {"x", ""}},
                        reason::nickname_banned));
    of.does("luis", chat::rename{named("luisa")});
    CHECK(of.happened<renamed>());
}

TEST_CASE("a banned account is out from wherever it comes, and by whatever way") {
    court of;
    of.does("ana", ban(who("berta")));
    CHECK_FALSE(of.has_session("berta"));
    of.comes("again", "x", "10.9.9.9", of.proofs.at("berta"));
    CHECK(of.refusal() == reason::server_banned);
    CHECK(of.the<refused>().a == "spam");
    CHECK(of.the<refused>().until.has_value());
    of.comes("guest", "x", "10.9.9.9");
    CHECK(of.is_refused("guest", log_in{of.proofs.at("berta")}, reason::server_banned));
}

TEST_CASE("a network that is banned lets nobody in, and its sessions end") {
    court of;
    of.comes("far", "far", "10.0.1.1");
    of.does("ana", ban(network("10.0.0.0/24")));
    CHECK_FALSE(of.has_session("carla"));
    CHECK_FALSE(of.has_session("berta"));
    CHECK(of.has_session("far"));
    CHECK(of.has_session("ana"));
    of.comes("near", "near", "10.0.0.200");
    CHECK(of.refusal() == reason::server_banned);
    of.comes("six", "six", "2001:db8::/64");
    CHECK(of.happened<welcomed>());
    of.does("ana", ban(network("2001:db8::/32")));
    CHECK_FALSE(of.has_session("six"));
}

TEST_CASE("who has no session learns whether she would be let in") {
    court of;
    of.sessions["page"] = {0, 1, of.next_session++};
    const auto admits = [&of](person_id account, const std::string& from) {
        of.asks("page", ask_admission{account, base::parse_network(from)});
        return of.answer<admission_answer>().admits;
    };
    const person_id ana = of.proofs.at("ana").account;
    const person_id berta = of.proofs.at("berta").account;
    CHECK(admits({}, "10.9.9.9"));
    of.does("ana", ban(network("10.9.9.0/24")));
    CHECK_FALSE(admits({}, "10.9.9.9"));
    CHECK_FALSE(admits(berta, "10.9.9.9"));
    CHECK(admits(ana, "10.9.9.9")); // nothing meets operators
    CHECK(admits(berta, "10.8.8.8"));
    of.does("ana", ban(who("berta")));
    CHECK_FALSE(admits(berta, "10.8.8.8"));
    CHECK(admits({}, "10.8.8.8"));
    of.now += hour;
    CHECK(admits({}, "10.9.9.9"));
}

TEST_CASE("of an account that is here from two places only the banned one ends") {
    court of;
    of.comes("second", "x", "10.0.9.9", of.proofs.at("berta"));
    of.does("ana", ban(network("10.0.9.0/24")));
    CHECK_FALSE(of.has_session("second"));
    CHECK(of.has_session("berta"));
    CHECK(of.happened<session_left>());
    CHECK_FALSE(of.happened<person_left>());
}

TEST_CASE("the address of who has a nickname is banned by that nickname") {
    court of;
    of.comes("far", "far", "10.0.1.1");
    of.does("ana", ban(who("far", how::address)));
    CHECK(of.the<sanction_saved>().what.whom.index() == 2);
    of.comes("again", "other", "10.0.1.1");
    CHECK(of.refusal() == reason::server_banned);
    CHECK(of.is_refused("ana", ban(who("nadie", how::address)), reason::no_such_nickname));
    CHECK(of.is_refused("ana", ban(who("nadie", how::account)), reason::no_such_account));
}

TEST_CASE("nobody bans or mutes without the right, nor an operator, nor herself") {
    court of;
    CHECK(of.is_refused("carla", ban(who("berta")), reason::not_operator));
    CHECK(of.is_refused("carla", mute(who("berta")), reason::not_operator));
    CHECK(of.is_refused("carla", lift{sanction_kind::ban, who("x")}, reason::not_operator));
    of.makes_operator("berta", only(right::mute));
    CHECK(of.is_refused("berta", ban(who("carla")), reason::lacks_right));
    CHECK(of.is_refused("berta", ban(network("10.0.0.1")), reason::lacks_right));
    CHECK(of.is_refused("berta", lift{sanction_kind::ban, who("x")}, reason::lacks_right));
    CHECK(of.is_refused("ana", ban(who("berta")), reason::target_is_operator));
    CHECK(of.is_refused("ana", mute(who("ana")), reason::target_is_operator));
    of.asks("berta", ask_sanctions{sanction_kind::ban});
    CHECK(of.refusal() == reason::lacks_right);
    of.asks("carla", ask_sanctions{sanction_kind::mute});
    CHECK(of.refusal() == reason::not_operator);
    CHECK(of.chat.lasting_state().sanctions.empty());
    CHECK(of.has_session("berta"));
}

TEST_CASE("what would meet everybody is refused") {
    court of;
    for (const char* const wide : {"0.0.0.0/0", "10.0.0.0/7", "::/0", "::ffff:0:0/90"}) {
        CHECK(of.is_refused("ana", ban(network(wide)), reason::target_too_broad));
    }
    CHECK(of.is_refused("ana", mute(who("*", how::nickname)), reason::target_too_broad));
}

TEST_CASE("who is muted reads, and writes nothing") {
    court of;
    of.joins("carla", "#sala");
    of.does("ana", mute(who("carla")));
    CHECK(of.the<sanction_told>().heard_as == told_as::met);
    CHECK(of.has_session("carla"));
    const message_facts hers{{1}, {1}, {1}, {}, {}};
    for (const message_kind kind :
         {message_kind::message, message_kind::notice, message_kind::tags}) {
        CHECK(of.is_refused("carla", speak{named("#lobby"), kind, "x", "+x"}, reason::muted));
        CHECK(of.is_refused("carla", speak{named("berta"), kind, "x", "+x"}, reason::muted));
    }
    CHECK(of.is_refused("carla", edit{named("#lobby"), hers, "x"}, reason::muted));
    CHECK(of.is_refused("carla", set_topic{named("#sala"), "x"}, reason::muted));
    CHECK(of.is_refused("carla", chat::rename{named("x")}, reason::muted));
    CHECK(of.is_refused("carla", set_real_name{"x"}, reason::muted));
    CHECK(of.is_refused("carla", set_away{"x"}, reason::muted));
    of.does("carla", set_away{"*"}); // no word of hers
    CHECK(of.happened<away_changed>());
    CHECK(of.is_refused("carla", set_metadata{named("*"), {"k", "x"}}, reason::muted));
    CHECK(of.is_refused("carla", invite{named("berta"), named("#sala")}, reason::muted));
    CHECK(of.is_refused("carla", register_account{named("carla"), {"x", ""}}, reason::muted));
    CHECK(of.the<refused>().a == "noise");
    CHECK(of.the<refused>().until.has_value());
    of.says("berta", "#lobby");
    CHECK(of.happened<spoke>());
}

TEST_CASE("her reasons are left out, and her typing is heard by nobody") {
    court of;
    of.does("ana", mute(who("carla")));
    of.asks("carla", signal{named("#lobby"), "+typing=active"});
    CHECK(std::holds_alternative<nobody>(of.find<signalled>()->heard_by));
    of.parts("carla", "#lobby");
    CHECK(of.the<parted>().reason.empty());
    of.joins("carla", "#lobby");
    of.disconnects("carla");
    CHECK(of.the<person_left>().reason.empty());
}

TEST_CASE("who is muted may write to operators") {
    court of;
    of.does("ana", mute(who("carla")));
    of.says("carla", "ana");
    CHECK(of.happened<spoke>());
    of.disconnects("ana");
    of.says("carla", "ana");
    CHECK(of.happened<spoke>());
}

TEST_CASE("a mute meets who comes later, too") {
    court of;
    of.does("ana", mute(network("10.0.5.0/24")));
    of.comes("luis", "luis", "10.0.5.5");
    CHECK(of.happened<welcomed>());
    of.joins("luis", "#lobby");
    CHECK(of.is_refused("luis", speak{named("#lobby"), {}, "x"}, reason::muted));
}

TEST_CASE("programs do not speak as who is banned or muted") {
    court of;
    of.sessions["program"] = {0, 2, 700};
    const post wish{of.proofs.at("berta"), named("#lobby"), "built"};
    of.does("ana", mute(who("berta")));
    CHECK(of.is_refused("program", wish, reason::muted));
    of.does("ana", ban(who("berta")));
    CHECK(of.is_refused("program", wish, reason::server_banned));
    CHECK_FALSE(of.happened<spoke>());
}

TEST_CASE("bans and mutes end by themselves, and when they are lifted") {
    court of;
    of.does("ana", mute(who("carla")));
    of.waits(hour);
    of.says("carla", "#lobby");
    CHECK(of.happened<spoke>());
    of.sweeps();
    CHECK_FALSE(of.the<sanction_saved>().kept);
    of.does("ana", ban(network("10.0.7.0/24"), {}));
    of.waits(hour * 1000);
    of.comes("luis", "luis", "10.0.7.1");
    CHECK(of.refusal() == reason::server_banned);
    CHECK(of.is_refused("ana", lift{sanction_kind::mute, network("10.0.7.0/24")},
                        reason::no_such_sanction));
    of.does("ana", lift{sanction_kind::ban, network("10.0.7.0/24")});
    CHECK(of.the<moderated>().what == measure::lifted_ban);
    of.comes("luis", "luis", "10.0.7.1");
    CHECK(of.happened<welcomed>());
}

TEST_CASE("a second one on the same replaces the first, and the list tells what is in force") {
    court of;
    of.does("ana", ban(network("10.0.7.0/24")));
    of.does("ana", ban(network("10.0.7.0/24"), {}));
    of.does("ana", mute(network("10.0.7.0/24")));
    of.asks("ana", ask_sanctions{sanction_kind::ban});
    REQUIRE(of.answer<sanctions_answer>().in_force.size() == 1);
    CHECK_FALSE(of.answer<sanctions_answer>().in_force.front().until.has_value());
    CHECK(of.answer<sanctions_answer>().in_force.front().by == "ana");
}

TEST_CASE("an account takes what is on it along when it ends") {
    court of;
    of.does("ana", ban(who("berta")));
    of.server_does(delete_account{named("berta"), authority::machine});
    CHECK(of.chat.lasting_state().sanctions.empty());
}

TEST_CASE("an operator is met by nothing, from the moment she is one until she is none") {
    court of;
    of.does("ana", mute(network("10.0.0.0/24")));
    of.makes_operator("berta", only(right::log));
    of.says("berta", "#lobby");
    CHECK(of.happened<spoke>());
    of.server_does(set_rights{named("berta"), {}, rights().set()});
    CHECK(of.is_refused("berta", speak{named("#lobby"), {}, "x"}, reason::muted));
}

TEST_CASE("bans and mutes outlast a restart") {
    court of;
    of.does("ana", mute(who("berta")));
    of.does("ana", ban(network("10.0.7.0/24")));
    const restored found = of.chat.lasting_state();
    world after{heart(found), {}, {}, of.now};
    after.sessions["x"] = {0, 1, 900};
    connect wish;
    wish.nickname = named("x");
    wish.address = "10.0.7.7";
    after.does("x", wish);
    CHECK(after.refusal() == reason::server_banned);
    wish.as = of.proofs.at("berta");
    wish.address = "10.0.0.1";
    after.does("x", wish);
    after.joins("x", "#lobby");
    after.says("x", "#lobby");
    CHECK(after.refusal() == reason::muted);
}
