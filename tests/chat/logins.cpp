// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "chat/event.hpp"
#include "chat/heart.hpp"

#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

using namespace tertulia;
using namespace tertulia::chat;

namespace {

struct scene {
    heart core{restored{}};
    std::uint64_t time = 0;

    std::vector<event> says(session_id who, command what) {
        std::vector<event> events;
        core.apply({who, 1, base::wall_time{std::chrono::milliseconds{++time}}, std::move(what)},
                   events);
        return events;
    }
    proof registers(const std::string& name) {
        for (const event& one :
             says(stranger, register_account{*base::make_nickname(name), {}, {}})) {
            if (const auto* const made = std::get_if<registered>(&one.what)) {
                return made->as;
            }
        }
        return {};
    }
    template <class Body>
    static const Body* find(const std::vector<event>& in) {
        for (const event& one : in) {
            if (const auto* const body = std::get_if<Body>(&one.what)) {
                return body;
            }
        }
        return nullptr;
    }

    const session_id stranger{0, 1, 1};
};

} // namespace

TEST_CASE("a log-in is opened by who is proved, and lasts") {
    scene at;
    const proof ana = at.registers("ana");
    const auto events = at.says(at.stranger, open_login{ana, "digest", "Firefox, Linux"});
    const auto* const saved = scene::find<login_saved>(events);
    REQUIRE(saved != nullptr);
    CHECK(saved->what == login_change::opened);
    CHECK(saved->as.account == ana.account);
    CHECK(saved->key == "digest");
    CHECK(saved->browser == "Firefox, Linux");
    CHECK(lasts(events[0]));
    CHECK(at.core.would_last(open_login{}));
}

TEST_CASE("a proof that no longer holds opens nothing") {
    scene at;
    proof ana = at.registers("ana");
    ana.version += 1;
    const auto outdated = at.says(at.stranger, open_login{ana, "digest"});
    CHECK(scene::find<login_saved>(outdated) == nullptr);
    CHECK(scene::find<refused>(outdated)->why == reason::proof_outdated);
    ana.version -= 1;
    at.says(at.stranger, suspend_account{*base::make_nickname("ana"), true, authority::machine});
    const auto suspended = at.says(at.stranger, open_login{ana, "digest"});
    CHECK(scene::find<login_saved>(suspended) == nullptr);
    CHECK(scene::find<refused>(suspended)->why == reason::account_suspended);
}

TEST_CASE("who has the token ends its log-in") {
    scene at;
    const auto events = at.says(at.stranger, close_login{"digest"});
    const auto* const saved = scene::find<login_saved>(events);
    REQUIRE(saved != nullptr);
    CHECK(saved->what == login_change::closed);
    CHECK(saved->key == "digest");
}
