// SPDX-License-Identifier: Apache-2.0
// What a courier carries, and when.
#include "push/round.hpp"

#include "base/push_limits.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

using namespace tertulia;
using namespace tertulia::push;
using std::chrono::seconds;
namespace limits = tertulia::base::limits;

namespace {

const base::steady_time start{seconds{100}};

parcel to(const std::string& endpoint, const std::string& line = "x") {
    return {{endpoint, "k", "s"}, line, urgency::high, 0};
}

} // namespace

TEST_CASE("parcels leave in the order in which they came") {
    push::round of;
    of.add(to("https://a.example/1", "one"), start);
    of.add(to("https://a.example/1", "two"), start);
    CHECK(of.next(start)->line == "one");
    CHECK(of.next(start)->line == "two");
    CHECK_FALSE(of.next(start).has_value());
    CHECK_FALSE(of.due().has_value());
}

TEST_CASE("what did not succeed is tried again, later each time, and then dropped") {
    push::round of;
    of.add(to("https://a.example/1"), start);
    base::steady_time now = start;
    for (const seconds pause : {seconds{10}, seconds{40}, seconds{160}}) {
        CHECK_FALSE(of.done(*of.next(now), verdict::later, now));
        CHECK(of.due() == now + pause);
        CHECK_FALSE(of.next(now + pause - seconds{1}).has_value());
        now += pause;
    }
    of.done(*of.next(now), verdict::later, now);
    CHECK(of.size() == 0);
}

TEST_CASE("a push service that does not answer keeps nobody else's parcels waiting") {
    push::round of;
    of.add(to("https://slow.example/1"), start);
    of.add(to("https://slow.example/2"), start);
    of.add(to("https://quick.example/1", "quick"), start);
    of.done(*of.next(start), verdict::later, start);
    CHECK(of.next(start)->line == "quick");
    CHECK_FALSE(of.next(start).has_value());
    of.add(to("https://slow.example/3"), start); // one that comes meanwhile waits as well
    CHECK_FALSE(of.next(start).has_value());
    CHECK(of.due() == start + limits::push_retry_after);
    CHECK(of.next(start + limits::push_retry_after).has_value());
}

TEST_CASE("a device that is gone is told, and what else there is for it goes") {
    push::round of;
    of.add(to("https://a.example/1"), start);
    of.add(to("https://a.example/1"), start);
    of.add(to("https://a.example/2", "other"), start);
    CHECK(of.done(*of.next(start), verdict::gone, start));
    CHECK(of.next(start)->line == "other");
    CHECK(of.size() == 0);
}

TEST_CASE("what was taken or refused for good does not come back") {
    push::round of;
    for (const verdict how : {verdict::taken, verdict::never}) {
        of.add(to("https://a.example/1"), start);
        CHECK_FALSE(of.done(*of.next(start), how, start));
        CHECK(of.size() == 0);
    }
}

TEST_CASE("a courier carries so much and no more") {
    push::round of;
    for (std::size_t i = 0; i < limits::push_queue_max; ++i) {
        CHECK(of.add(to("https://a.example/1"), start));
    }
    CHECK_FALSE(of.add(to("https://a.example/1"), start));
}

TEST_CASE("an account whose devices do not answer waits behind all others") {
    const auto of_account = [](std::uint64_t whose, const std::string& endpoint) {
        parcel made = to(endpoint, endpoint);
        made.whose = {whose};
        return made;
    };
    push::round of;
    of.add(of_account(1, "https://dead1.example/1"), start);
    of.add(of_account(1, "https://dead2.example/1"), start);
    of.add(of_account(1, "https://dead3.example/1"), start);
    of.add(of_account(2, "https://a.example/1"), start);
    of.done(*of.next(start), verdict::later, start);
    CHECK(of.next(start)->to.endpoint == "https://a.example/1");
    of.done(*of.next(start), verdict::later, start); // where there is nobody else
    of.add(of_account(3, "https://a.example/2"), start);
    CHECK(of.next(start)->to.endpoint == "https://a.example/2");
    CHECK(of.next(start)->to.endpoint == "https://dead3.example/1");
}

TEST_CASE("what would tell of a message that is gone goes") {
    push::round of;
    parcel gone = to("https://a.example/1", "gone");
    gone.about = {7};
    of.add(std::move(gone), start);
    of.add(to("https://a.example/1", "stays"), start);
    of.forget(chat::message_number{7});
    CHECK(of.next(start)->line == "stays");
    CHECK(of.size() == 0);
}
