// SPDX-License-Identifier: Apache-2.0
// Up to where one has read: forward only, one's own, kept with the account.
#include "base/limits.hpp"
#include "chat/world.hpp"

using namespace tertulia;
using namespace tertulia::chat;

namespace {

struct reading : world {
    reading() {
        all_join({"ana", "luis"}, "#a");
        connects("eva");
    }
    void reads(const std::string& who, const std::string& target, int milliseconds) {
        does(who, mark_read{named(target), at(milliseconds)});
    }
    std::optional<base::wall_time> marker(const std::string& who, const std::string& target) {
        asks(who, ask_marker{named(target)});
        return answer<marker_answer>().read_to;
    }
    static base::wall_time at(int milliseconds) {
        return base::wall_time{std::chrono::milliseconds{milliseconds}};
    }
};

} // namespace

TEST_CASE("a marker moves forward, and back it stays") {
    reading of;
    of.reads("ana", "#A", 500);
    CHECK(of.the<marker_changed>().read_to == of.at(500));
    CHECK(of.the<marker_changed>().target.display == "#a");
    of.reads("ana", "#a", 400);
    CHECK(of.the<marker_changed>().read_to == of.at(500));
    of.reads("ana", "#a", 600);
    CHECK(of.marker("ana", "#a") == of.at(600));
}

TEST_CASE("a marker never stands in the future") {
    reading of;
    of.does("ana", mark_read{named("#a"), of.now + std::chrono::hours{1}});
    CHECK(of.the<marker_changed>().read_to == of.now);
}

TEST_CASE("nobody but oneself hears of one's marker, or finds it") {
    reading of;
    of.reads("ana", "#a", 500);
    CHECK(of.heard_by_sessions({"ana"}));
    CHECK_FALSE(of.marker("luis", "#a"));
}

TEST_CASE("a room that one is not in has no marker, whether there is one or not") {
    reading of;
    for (const char* const room : {"#a", "#none"}) {
        of.reads("eva", room, 500);
        CHECK(of.refusal() == reason::no_such_conversation);
        of.asks("eva", ask_marker{named(room)});
        CHECK_FALSE(of.answer<marker_answer>().allowed);
    }
}

TEST_CASE("a conversation has a marker once there is something to read") {
    reading of;
    of.reads("ana", "eva", 500);
    CHECK(of.refusal() == reason::no_such_conversation);
    of.asks("ana", ask_marker{named("eva")});
    CHECK(of.answer<marker_answer>().allowed);
    of.says("eva", "ana");
    of.reads("ana", "EVA", 500);
    CHECK(of.the<marker_changed>().target.display == "eva");
    CHECK_FALSE(of.marker("eva", "ana"));
}

TEST_CASE("who comes in is told up to where she had read") {
    reading of;
    of.reads("ana", "#a", 500);
    of.parts("ana", "#a");
    of.joins("ana", "#a");
    CHECK(of.the<joined>().read_to == of.at(500));
    of.joins("eva", "#a");
    CHECK_FALSE(of.the<joined>().read_to);
}

TEST_CASE("a guest's markers are her account's when she registers, and the store's") {
    reading of;
    of.reads("ana", "#a", 500);
    CHECK_FALSE(of.happened<marker_saved>());
    of.does("ana", register_account{named("ana"), {}});
    CHECK(of.the<marker_saved>().read_to == of.at(500));
    of.reads("ana", "#a", 600);
    CHECK(of.the<marker_saved>().read_to == of.at(600));
    const heart again(of.chat.lasting_state());
    CHECK(again.lasting_state().markers.size() == 1);
}

TEST_CASE("beyond the bound the marker that moved longest ago goes") {
    reading of;
    of.does("ana", register_account{named("ana"), {}});
    of.reads("ana", "#a", 1);
    const auto count = static_cast<int>(base::limits::markers_kept_max);
    for (int room = 0; room < count; ++room) {
        const std::string name = "#r" + std::to_string(room);
        of.joins("ana", name);
        of.reads("ana", name, 10 + room);
        if (room < count - 1) {
            of.parts("ana", name);
        }
    }
    CHECK_FALSE(of.marker("ana", "#a"));
    CHECK(of.chat.lasting_state().markers.size() == base::limits::markers_kept_max);
}
