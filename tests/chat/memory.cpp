// SPDX-License-Identifier: Apache-2.0
// What people cost the heart while they say nothing, by the allocator's own count.
#include "chat/world.hpp"

#include <malloc.h>

using namespace tertulia;
using namespace tertulia::chat;

namespace {

std::size_t allocated() {
    const struct mallinfo2 now = mallinfo2();
    return now.uordblks + now.hblkhd;
}

} // namespace

TEST_CASE("an idle guest costs half a kilobyte at most") {
    constexpr std::size_t count = 10'000;
    heart chat{restored{}};
    std::vector<event> events;
    const std::size_t before = allocated();
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::string number = std::to_string(100'000 + i);
        connect wish;
        wish.nickname = named("n" + number);
        wish.user = "~n" + number;
        wish.host = wish.address = "10." + number.substr(1, 2) + "." + number.substr(3);
        wish.real_name = "N " + number;
        chat.apply({{0, 1, i}, 1, {}, wish}, events);
        events.clear();
    }
    CHECK(allocated() - before < count * 512); // nothing at all under sanitizers, whose count it is
}
