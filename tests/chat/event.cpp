// SPDX-License-Identifier: Apache-2.0
#include "chat/world.hpp"

using namespace tertulia;
using namespace tertulia::chat;

TEST_CASE("what a restart must find lasts") {
    const auto lasting = [](event_body what) { return lasts({{}, {}, nobody{}, std::move(what)}); };
    CHECK(lasting(spoke{}));
    CHECK(lasting(room_saved{}));
    CHECK(lasting(conversation_opened{}));
    CHECK(lasting(conversation_ended{}));
    CHECK(lasting(numbers_reserved{}));
}

TEST_CASE("what is only for those who are there does not last") {
    const auto lasting = [](event_body what) { return lasts({{}, {}, nobody{}, std::move(what)}); };
    CHECK_FALSE(lasting(welcomed{}));
    CHECK_FALSE(lasting(joined{}));
    CHECK_FALSE(lasting(parted{}));
    CHECK_FALSE(lasting(person_left{}));
    CHECK_FALSE(lasting(renamed{}));
    CHECK_FALSE(lasting(topic_changed{}));      // the room is saved beside it
    CHECK_FALSE(lasting(room_modes_changed{})); // likewise
    CHECK_FALSE(lasting(signalled{}));
    CHECK_FALSE(lasting(refused{}));
    CHECK_FALSE(lasting(answered{}));
    CHECK_FALSE(lasting(done{}));
}

TEST_CASE("messages of every kind last, to rooms and to persons") {
    for (const message_kind kind :
         {message_kind::message, message_kind::notice, message_kind::tags}) {
        for (const std::string to : {"#a", "berta"}) {
            world of;
            of.all_join({"ana", "berta"}, "#a");
            of.does("ana", speak{named(to), kind, {}, "+react=x", role::member});
            CHECK(of.the<spoke>().kind == kind);
            CHECK(of.the<spoke>().tags == "+react=x");
            CHECK(lasts(*of.find<spoke>()));
        }
    }
}
