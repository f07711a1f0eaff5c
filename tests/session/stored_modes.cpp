// SPDX-License-Identifier: Apache-2.0
#include "session/stored_modes.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace tertulia;
using namespace tertulia::session;
using chat::mode_change;

namespace {

base::name named(const std::string& text) { return {text, text, 0, true}; }

} // namespace

TEST_CASE("every change of modes is read as it was written") {
    const std::vector<mode_change> all{
        chat::flag_change{chat::room_flag::accounts_speak, true},
        chat::flag_change{chat::room_flag::invite_only, false},
        chat::capacity_change{20},
        chat::capacity_change{0},
        chat::slow_change{5},
        chat::history_change{7},
        chat::history_change{},
        chat::mask_change{chat::room_list::ban, true, {"t:2h:m:ana!*@*", "", {}, {}}},
        chat::role_change{chat::role::owner, false, named("Ñusta")}};
    const std::string kept = write_modes(all);
    CHECK(read_modes(kept).size() == all.size());
    CHECK(write_modes(read_modes(kept)) == kept);
}

TEST_CASE("a room's password is not kept") {
    const std::vector<mode_change> one{chat::password_change{"clave"}};
    const std::string kept = write_modes(one);
    CHECK_FALSE(kept.contains("clave"));
    CHECK(std::get<chat::password_change>(read_modes(kept).front()).password == "*");
}

TEST_CASE("what is no change is left out") {
    for (const std::string_view kept :
         {"", "\n", "x", "flag", "flag 99 1", "flag x 1", "role 0 1 ana", "role 9 1 ana",
          "role 1 1", "mask 7 1 a", "mask 0 1", "capacity", "slow -1", "flag 1"}) {
        CAPTURE(kept);
        CHECK(read_modes(kept).empty());
    }
}
