// SPDX-License-Identifier: Apache-2.0
// Who is told of what. What the heart says of it is in tests/chat/pushes.cpp.
#include "push/desk.hpp"

#include "base/push_limits.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

using namespace tertulia;
using namespace tertulia::push;
namespace limits = tertulia::base::limits;

namespace {

constexpr chat::person_id ana{1};
constexpr chat::person_id berta{2};
constexpr chat::person_id carla{3};
const chat::session_id self{0, 0, 0};

// What the disk has.
struct shelf final : store::push_devices {
    base::result<std::vector<store::push_owner>> all() override { return owners; }
    base::result<store::push_owner> of(chat::person_id account) override {
        for (const store::push_owner& one : owners) {
            if (one.account == account) {
                return one;
            }
        }
        return store::push_owner{account, {}, {}};
    }
    std::vector<store::push_owner> owners;
};

chat::card_ref card(chat::person_id who, const std::string& name) {
    chat::card made;
    made.person = who;
    made.nickname = {name, name, 0, true};
    return std::make_shared<const chat::card>(std::move(made));
}

struct scene {
    scene() {
        known.owners = {{ana, {"ana", "ana", 0, true}, {{"https://a/1", "k", "s"}}},
                        {berta,
                         {"berta", "berta", 0, true},
                         {{"https://b/1", "k", "s"}, {"https://b/2", "k", "s"}}}};
        REQUIRE(at.open().has_value());
    }

    void happens(chat::event_body what, chat::session_id cause = {}, std::uint32_t serial = 0) {
        chat::batch batch;
        batch.events.push_back({{cause, serial}, wall, chat::nobody{}, std::move(what)});
        found = {};
        REQUIRE(at.take(batch, now, found).has_value());
    }
    void says(const std::string& text, chat::message_kind kind = chat::message_kind::message) {
        chat::spoke what = in_sala(card(carla, "carla"), text);
        what.kind = kind;
        happens(std::move(what));
    }
    // Its number.
    chat::message_number berta_says(const std::string& text) {
        happens(in_sala(card(berta, "berta"), text));
        return {number};
    }
    void answers(chat::message_number to, const std::string& text, chat::card_ref by) {
        chat::spoke what = in_sala(std::move(by), text);
        what.about = to;
        happens(std::move(what));
    }
    chat::spoke in_sala(chat::card_ref by, const std::string& text) {
        chat::spoke what;
        what.by = std::move(by);
        what.conversation = {7};
        what.room = sala;
        what.text = text;
        what.number = {++number};
        return what;
    }
    void says_in_private(const std::string& text) {
        chat::spoke what;
        what.by = card(carla, "carla");
        what.to = card(ana, "ana");
        what.conversation = {8};
        what.text = text;
        what.number = {++number};
        happens(std::move(what));
    }
    // Of whom it is asked whether they may be told.
    [[nodiscard]] std::vector<chat::person_id> asked() const {
        if (found.questions.empty()) {
            return {};
        }
        const auto& question = std::get<chat::question>(found.questions.front().what);
        return std::get<chat::ask_pushable>(question).whom;
    }
    void may_be_told(std::vector<chat::person_id> whom, chat::session_id to = self) {
        happens(chat::answered{std::make_shared<const chat::answer>(
                    chat::pushable_answer{std::move(whom)})},
                to, ++answered);
    }
    [[nodiscard]] std::vector<std::string> parcels() const {
        std::vector<std::string> all;
        std::ranges::transform(found.parcels, std::back_inserter(all),
                               [](const parcel& one) { return one.to.endpoint + " " + one.line; });
        return all;
    }
    void reads(chat::person_id who, chat::conversation_id what, base::wall_time up_to) {
        happens(chat::marker_saved{who, what, up_to});
    }

    shelf known;
    desk at{
        known,
        {[](const chat::event& of) { return std::get<chat::spoke>(of.what).text; },
         [](std::string_view target, base::wall_time) { return "read " + std::string(target); }},
        self};
    desk::outcome found;
    base::wall_time wall{std::chrono::seconds{1'000}};
    base::steady_time now{std::chrono::seconds{50}};
    std::uint64_t number = 0;
    std::uint32_t answered = 0;
    const chat::room_ref sala =
        std::make_shared<const chat::room_card>(chat::room_card{{7}, {"#sala", "#sala", 0, true}});
};

using persons = std::vector<chat::person_id>;
using texts = std::vector<std::string>;

} // namespace

TEST_CASE("who is named in a room is told on each of her devices, once the heart allows it") {
    scene of;
    of.says("hola berta");
    CHECK(of.asked() == persons{berta});
    CHECK(of.parcels().empty());
    of.may_be_told({berta});
    CHECK(of.parcels() == texts{"https://b/1 hola berta", "https://b/2 hola berta"});
    CHECK(of.found.parcels.front().how == urgency::high);
}

TEST_CASE("who is answered in a room is told, named or not") {
    scene of;
    const chat::message_number asked = of.berta_says("who comes?");
    CHECK(of.asked().empty());
    of.answers(asked, "I do", card(carla, "carla"));
    CHECK(of.asked() == persons{berta});
    of.answers(asked, "berta, so do I", card(carla, "carla"));
    CHECK(of.asked() == persons{berta});
    of.answers(asked, "and I", card(berta, "berta"));
    CHECK(of.asked().empty());
}

TEST_CASE("who is answered after so many messages is told only when she is named") {
    scene of;
    const chat::message_number asked = of.berta_says("who comes?");
    for (std::size_t i = 0; i < limits::push_answerable_max; ++i) {
        static_cast<void>(of.berta_says("anybody?"));
    }
    of.answers(asked, "I do", card(carla, "carla"));
    CHECK(of.asked().empty());
}

TEST_CASE("a private message is asked about whatever it says; who has no device, never") {
    scene of;
    of.says_in_private("hola");
    CHECK(of.asked() == persons{ana});
    of.says("hola carla, hola dora");
    CHECK(of.found.questions.empty());
}

TEST_CASE("nobody is told of what she may not read, says herself, or what is for programs") {
    scene of;
    of.says("hola ana y berta");
    CHECK(of.asked() == persons{ana, berta});
    of.may_be_told({});
    CHECK(of.parcels().empty());
    of.says("ana", chat::message_kind::notice);
    CHECK(of.found.questions.empty());
    of.says("ana", chat::message_kind::tags);
    CHECK(of.found.questions.empty());
    of.says("\x01"
            "VERSION ana\x01");
    CHECK(of.found.questions.empty());
    of.says("\x01"
            "ACTION saluda a ana\x01");
    CHECK(of.asked() == persons{ana});
}

TEST_CASE("an answer to somebody else's question, or to none, tells nobody") {
    scene of;
    of.says("hola ana");
    of.may_be_told({ana}, {0, 1, 1});
    CHECK(of.parcels().empty());
    of.answered = 5;
    of.may_be_told({ana});
    CHECK(of.parcels().empty());
}

TEST_CASE("what is taken back or edited before the answer is told to nobody") {
    scene of;
    of.says("hola ana");
    chat::redacted gone;
    gone.conversation = {7};
    gone.message = {of.number};
    of.happens(gone);
    of.may_be_told({ana});
    CHECK(of.parcels().empty());
    of.says("hola ana");
    chat::edited other;
    other.conversation = {7};
    other.message = {of.number};
    of.happens(other);
    of.may_be_told({ana});
    CHECK(of.parcels().empty());
}

TEST_CASE("a device is told when what it shows was read elsewhere, once, and not before") {
    scene of;
    of.reads(ana, {7}, of.wall);
    CHECK(of.parcels().empty());
    of.says("hola ana");
    of.may_be_told({ana});
    of.reads(ana, {7}, of.wall - std::chrono::seconds{1});
    CHECK(of.parcels().empty());
    of.reads(ana, {9}, of.wall);
    CHECK(of.parcels().empty());
    of.reads(ana, {7}, of.wall);
    CHECK(of.parcels() == texts{"https://a/1 read #sala"});
    CHECK(of.found.parcels.front().how == urgency::normal);
    of.reads(ana, {7}, of.wall + std::chrono::seconds{1});
    CHECK(of.parcels().empty());
}

TEST_CASE(
    "browsers, which have to show what they are pushed, are not told what was read elsewhere") {
    for (const std::string service :
         {"fcm.googleapis.com/fcm/send/", "updates.push.services.mozilla.com/wpush/v2/",
          "web.push.apple.com/", "wns2-by3p.notify.windows.com/w/?token="}) {
        scene of;
        of.known.owners[0].devices.push_back({"https://" + service + "x", "k", "s"});
        of.happens(chat::push_saved{ana, 1, of.known.owners[0].devices.front(), true});
        of.says("hola ana");
        of.may_be_told({ana});
        CHECK(of.parcels().size() == 2);
        of.reads(ana, {7}, of.wall);
        CHECK(of.parcels() == texts{"https://a/1 read #sala"});
    }
}

TEST_CASE("a private conversation is read by the name of who wrote") {
    scene of;
    of.says_in_private("hola");
    of.may_be_told({ana});
    of.reads(ana, {8}, of.wall);
    CHECK(of.parcels() == texts{"https://a/1 read carla"});
}

TEST_CASE("devices come and go as the disk has them") {
    scene of;
    of.known.owners.push_back({{4}, {"dora", "dora", 0, true}, {{"https://a/1", "k", "s"}}});
    of.known.owners[0].devices.clear();
    of.happens(
        chat::push_saved{{4}, 1, {"https://a/1", "k", "s"}, true}); // ana's browser is dora's
    of.says("ana, dora");
    CHECK(of.asked() == persons{chat::person_id{4}});
    of.happens(chat::push_saved{{}, 0, {"https://b/1", "", ""}, false});
    of.says("berta");
    of.answered = 1;
    of.may_be_told({berta});
    CHECK(of.parcels() == texts{"https://b/2 berta"});
    of.happens(chat::push_saved{berta, 1, {"https://b/2", "", ""}, false});
    of.says("berta");
    CHECK(of.found.questions.empty());
}

TEST_CASE("an account that ends, logs out everywhere or is suspended is told no more") {
    scene of;
    of.happens(chat::account_ended{ana});
    of.says("ana");
    CHECK(of.found.questions.empty());
    of.known.owners.clear(); // suspended, or with other credentials
    SUBCASE("logged out everywhere") {
        of.happens(chat::login_saved{chat::login_change::all_closed, {berta, 1}, {}});
    }
    SUBCASE("changed") {
        chat::account_saved changed;
        changed.id = berta;
        of.happens(changed);
    }
    of.says("berta");
    CHECK(of.found.questions.empty());
}

TEST_CASE("an account is told so much at once, and again as time passes") {
    scene of;
    const auto told = [&] {
        of.says("ana");
        of.may_be_told({ana});
        return !of.parcels().empty();
    };
    for (std::size_t i = 0; i < limits::push_burst; ++i) {
        CHECK(told());
    }
    CHECK_FALSE(told());
    of.now += limits::push_each;
    CHECK(told());
    CHECK_FALSE(told());
}

TEST_CASE("so many messages wait for word; the oldest is forgotten") {
    scene of;
    for (std::size_t i = 0; i <= limits::push_questions_max; ++i) {
        of.says("ana");
    }
    of.may_be_told({ana}); // of the first
    CHECK(of.parcels().empty());
    of.may_be_told({ana});
    CHECK_FALSE(of.parcels().empty());
}

TEST_CASE("who has a word of her own is told where it is said, from when she has it") {
    scene of;
    of.says("esta noche hay Jazz");
    CHECK(of.found.questions.empty());
    of.happens(chat::metadata_saved{berta, {}, {"tertulia/highlights", "jazz, C++"}});
    of.says("esta noche hay Jazz, ana");
    CHECK(of.asked() == persons{ana, berta});
    of.says("programa en c++");
    CHECK(of.asked() == persons{berta});
    of.happens(chat::metadata_saved{berta, {}, {"tertulia/highlights", ""}});
    of.says("esta noche hay Jazz");
    CHECK(of.found.questions.empty());
}

TEST_CASE("who wants to know nothing of a conversation is not told, though she is named") {
    scene of;
    of.happens(chat::metadata_saved{berta, {}, {"tertulia/levels", "*=mentions,#sala=none"}});
    of.says("ana y berta");
    CHECK(of.asked() == persons{ana});
    of.happens(chat::metadata_saved{berta, {}, {"tertulia/levels", "*=mentions"}});
    of.says("ana y berta");
    CHECK(of.asked() == persons{ana, berta});
}

TEST_CASE("who wants to know all of a room is told of what names nobody, but not of her own") {
    scene of;
    of.happens(chat::metadata_saved{berta, {}, {"tertulia/levels", "#sala=all,#otra=none"}});
    of.says("hola");
    CHECK(of.asked() == persons{berta});
    of.berta_says("hola");
    CHECK(of.found.questions.empty());
}

TEST_CASE("what is said to all takes no more than half of what somebody may be told at once") {
    scene of;
    of.happens(chat::metadata_saved{berta, {}, {"tertulia/levels", "#sala=all"}});
    std::size_t told = 0;
    for (std::size_t i = 0; i < 2 * limits::push_burst; ++i) {
        of.says("hola");
        of.may_be_told({berta});
        told += of.parcels().empty() ? 0 : 1;
    }
    CHECK(told == limits::push_burst / 2);
    of.says("berta, ven");
    of.may_be_told({berta});
    CHECK_FALSE(of.parcels().empty());
}

TEST_CASE("who wants to know nothing of somebody is not told what that one writes to her") {
    scene of;
    of.happens(chat::metadata_saved{ana, {}, {"tertulia/levels", "carla=none"}});
    of.says_in_private("hola");
    CHECK(of.found.questions.empty());
}

TEST_CASE("words of those who have no device, and those of rooms, tell nobody") {
    scene of;
    of.happens(chat::metadata_saved{carla, {}, {"tertulia/highlights", "jazz"}});
    of.happens(chat::metadata_saved{{}, {7}, {"tertulia/highlights", "jazz"}});
    of.happens(chat::metadata_saved{berta, {}, {"status", "jazz"}});
    of.says("jazz");
    CHECK(of.found.questions.empty());
}

TEST_CASE("what is taken back on its way to a device is not carried there any more") {
    scene of;
    of.says("hola ana");
    of.may_be_told({ana});
    CHECK(of.found.parcels.front().about == chat::message_number{of.number});
    chat::redacted gone;
    gone.conversation = {7};
    gone.message = {of.number};
    of.happens(gone);
    CHECK(of.found.recalled == std::vector{chat::message_number{of.number}});
}
