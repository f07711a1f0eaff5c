// SPDX-License-Identifier: Apache-2.0
// Who may come in and speak, and how often: +C +R +M +W +H, bans of accounts, mutes, bans that end.
#include "chat/world.hpp"

using namespace tertulia;
using namespace tertulia::chat;
using namespace std::chrono_literals;

namespace {

// ana keeps order in #a, where the guest eva is and marta, an account. nora is outside.
struct hall : world {
    hall() {
        all_join({"ana", "eva"}, "#a");
        registers("marta");
        joins("marta", "#a");
        connects("nora");
    }
    void sets_flag(room_flag flag) { sets("ana", "#a", flag_change{flag, true}); }
    void lists(room_list list, const std::string& folded, std::chrono::seconds lasts = {}) {
        sets("ana", "#a", mask_change{list, true, {folded, folded, {}, {}, lasts}});
    }
    std::optional<reason> said(const std::string& who, const std::string& text = "hola") {
        says(who, "#a", text);
        return refusal();
    }
    std::optional<reason> came(const std::string& who) {
        joins(who, "#a");
        return refusal();
    }
};

constexpr auto version = "\x01VERSION\x01";
constexpr auto action = "\x01"
                        "ACTION baila\x01";

} // namespace

TEST_CASE("a room for accounts lets no guest in, but whom somebody asked in") {
    hall of;
    of.sets_flag(room_flag::accounts_only);
    CHECK(of.came("nora") == reason::accounts_only);
    CHECK(of.said("eva") == std::nullopt); // who is there already stays
    of.does("ana", invite{named("nora"), named("#a")});
    CHECK(of.came("nora") == std::nullopt);
    of.connects("otra");
    CHECK(of.came("otra") == reason::accounts_only);
    of.registers("otra");
    CHECK(of.came("otra") == std::nullopt);
}

TEST_CASE("where accounts speak, a guest does not without a voice") {
    hall of;
    of.sets_flag(room_flag::accounts_speak);
    CHECK(of.said("eva") == reason::accounts_speak);
    CHECK(of.said("marta") == std::nullopt);
    of.grants("ana", "#a", role::voice, "eva");
    CHECK(of.said("eva") == std::nullopt);
    of.asks("nora", signal{named("#a"), "+typing=active", role::member});
    CHECK(of.happened<refused>());
}

TEST_CASE("a room without CTCP takes actions alone, from anybody") {
    hall of;
    CHECK(of.said("eva", version) == std::nullopt);
    of.sets_flag(room_flag::no_ctcp);
    CHECK(of.said("eva", version) == reason::no_ctcp);
    CHECK(of.said("ana", version) == reason::no_ctcp);
    CHECK(of.said("eva", action) == std::nullopt);
}

TEST_CASE("in slow mode one waits between two messages, and is told how long") {
    hall of;
    of.sets("ana", "#a", slow_change{10});
    CHECK(of.said("eva") == std::nullopt);
    of.waits(2'500ms);
    CHECK(of.said("eva") == reason::slowed_down);
    CHECK(of.the<refused>().b == "8");       // never less than it takes
    CHECK(of.said("marta") == std::nullopt); // each for herself
    of.waits(7'500ms);
    CHECK(of.said("eva") == std::nullopt);
}

TEST_CASE("slow mode is not for who has a voice, and nobody escapes it by the door") {
    hall of;
    of.sets("ana", "#a", slow_change{10});
    for (int i = 0; i < 3; ++i) {
        CHECK(of.said("ana") == std::nullopt);
    }
    CHECK(of.said("eva") == std::nullopt);
    of.parts("eva", "#a");
    of.joins("eva", "#a");
    CHECK(of.said("eva") == reason::slowed_down);
    of.does("eva", speak{named("#a"), message_kind::notice, "hola", {}, role::member});
    CHECK(of.refusal() == reason::slowed_down);
    of.does("eva", speak{named("#a"), message_kind::tags, {}, "+react=x", role::member});
    CHECK(of.happened<spoke>());
    of.grants("ana", "#a", role::voice, "eva");
    CHECK(of.said("eva") == std::nullopt);
}

TEST_CASE("a refused message does not make one wait longer, and slow mode may end") {
    hall of;
    of.sets("ana", "#a", slow_change{10});
    of.said("eva");
    of.waits(9s);
    CHECK(of.said("eva") == reason::slowed_down);
    of.waits(1s);
    CHECK(of.said("eva") == std::nullopt);
    of.sets("ana", "#a", slow_change{0});
    CHECK(of.said("eva") == std::nullopt);
}

TEST_CASE("what is said in a room without history is heard and does not last") {
    hall of;
    of.sets("ana", "#a", history_change{0});
    CHECK(of.happened<history_limited>()); // what was said until now goes
    of.says("eva", "#a");
    CHECK(of.happened<spoke>());
    CHECK_FALSE(lasts(*of.find<spoke>()));
    of.sets("ana", "#a", history_change{});
    of.says("eva", "#a");
    CHECK(lasts(*of.find<spoke>()));
}

TEST_CASE("a room's history goes when it is older than the room wants it") {
    hall of;
    of.sets("ana", "#a", history_change{30});
    CHECK(of.the<history_limited>().until == of.now - std::chrono::days{30});
    of.waits(2h);
    of.sweeps();
    CHECK(of.the<history_limited>().until == of.now - std::chrono::days{30});
    of.sweeps();
    CHECK_FALSE(of.happened<history_limited>()); // once an hour
    of.sets("ana", "#a", history_change{});
    of.waits(2h);
    of.sweeps();
    CHECK_FALSE(of.happened<history_limited>());
}

TEST_CASE("what is let go of does not come back: half-operators may not") {
    hall of;
    of.grants("ana", "#a", role::half_operator, "eva");
    of.sets("eva", "#a", history_change{0});
    CHECK(of.refusal() == reason::needs_operator);
    CHECK_FALSE(of.happened<history_limited>());
    of.sets("eva", "#a", slow_change{5});
    CHECK(of.happened<room_modes_changed>());
}

TEST_CASE("a ban of an account holds whatever her address, and for nobody else") {
    hall of;
    of.lists(room_list::ban, "a:marta");
    CHECK(of.said("marta") == reason::may_not_speak);
    CHECK(of.said("eva") == std::nullopt);
    of.parts("marta", "#a");
    CHECK(of.came("marta") == reason::banned);
    of.lists(room_list::ban, "a:n*");
    CHECK(of.came("nora") == std::nullopt); // a guest is no account, whatever her name
}

TEST_CASE("an account may be excepted from a ban, and let into a room for the invited") {
    hall of;
    of.registers("nora");
    of.lists(room_list::ban, "*!*@*");
    CHECK(of.came("nora") == reason::banned);
    of.lists(room_list::ban_exception, "a:nora");
    of.sets_flag(room_flag::invite_only);
    CHECK(of.came("nora") == reason::invite_only);
    of.lists(room_list::invite_exception, "a:nora");
    CHECK(of.came("nora") == std::nullopt);
}

TEST_CASE("a ban of a certificate holds for who showed it, as long as that session is there") {
    world of;
    of.all_join({"ana"}, "#a");
    of.bans("ana", "#a", "z:cafe");
    of.sessions["luis"] = {0, 1, 70};
    connect wish;
    wish.nickname = named("luis");
    wish.address = "10.0.0.2";
    wish.certificate = "cafe";
    of.does("luis", wish);
    of.joins("luis", "#a");
    CHECK(of.refusal() == reason::banned);
    of.disconnects("luis");
    of.connects("luis");
    of.joins("luis", "#a");
    CHECK(of.happened<joined>());
}

TEST_CASE("whose account has two sessions is banned by the certificate of either") {
    world of;
    of.registers("luis");
    of.all_join({"ana"}, "#a");
    of.bans("ana", "#a", "z:*");
    const proof luis{of.chat.lasting_state().accounts.front().id, 1};
    of.sessions["other"] = {0, 1, 71};
    connect wish;
    wish.address = "10.0.0.2";
    wish.certificate = "cafe";
    wish.as = luis;
    of.does("other", wish);
    of.joins("luis", "#a");
    CHECK(of.refusal() == reason::banned);
    of.disconnects("other");
    of.joins("luis", "#a");
    CHECK(of.happened<joined>());
}

TEST_CASE("who is muted may be in the room, but does not speak there") {
    for (const std::string mask : {"m:nora!*@*", "m:a:nora", "m:*!*@nora.example"}) {
        hall of;
        of.registers("nora");
        of.lists(room_list::ban, mask);
        CHECK(of.came("nora") == std::nullopt);
        CHECK(of.said("nora") == reason::may_not_speak);
        CHECK(of.said("eva") == std::nullopt);
        of.grants("ana", "#a", role::voice, "nora");
        CHECK(of.said("nora") == std::nullopt);
    }
}

TEST_CASE("an exception from mutes is none from bans, but the other way round it is") {
    hall of;
    of.lists(room_list::ban, "m:nora!*@*");
    of.lists(room_list::ban_exception, "m:nora!*@*");
    CHECK(of.came("nora") == std::nullopt);
    CHECK(of.said("nora") == std::nullopt);
    of.parts("nora", "#a");
    of.lists(room_list::ban, "nora!*@*");
    CHECK(of.came("nora") == reason::banned);
    of.lists(room_list::ban_exception, "nora!*@*");
    CHECK(of.came("nora") == std::nullopt);
    CHECK(of.said("nora") == std::nullopt);
}

TEST_CASE("a ban with a time ends by itself, and the room is told when it is swept") {
    hall of;
    of.lists(room_list::ban, "nora!*@*", 60s);
    CHECK(of.came("nora") == reason::banned);
    of.sweeps();
    CHECK_FALSE(of.happened<room_modes_changed>());
    of.waits(60s);
    CHECK(of.came("nora") == std::nullopt); // in time, whenever it is swept
    of.sweeps();
    const auto& ended = of.the<room_modes_changed>();
    CHECK_FALSE(ended.by); // the server
    const auto& gone = std::get<mask_change>(ended.changes.front());
    CHECK_FALSE(gone.add);
    CHECK(gone.entry.folded == "nora!*@*");
    CHECK(of.the<room_saved>().lists[0].empty());
    of.sweeps();
    CHECK_FALSE(of.happened<room_modes_changed>());
}

TEST_CASE("a ban set again with another time ends at the new one") {
    hall of;
    of.lists(room_list::ban, "nora!*@*", 60s);
    of.lists(room_list::ban, "nora!*@*", 60s);
    CHECK_FALSE(of.happened<room_modes_changed>());
    of.lists(room_list::ban, "nora!*@*", 3600s);
    CHECK(of.the<room_modes_changed>().changes.size() == 2);
    of.waits(61s);
    CHECK(of.came("nora") == reason::banned);
    of.sets("ana", "#a", mask_change{room_list::ban, false, {{}, "nora!*@*", {}, {}}});
    CHECK(of.came("nora") == std::nullopt);
}
