// SPDX-License-Identifier: Apache-2.0
#include "base/list.hpp"

#include <doctest/doctest.h>

#include <string_view>
#include <vector>

using namespace tertulia;

namespace {

std::vector<std::string_view> all_of(std::string_view list) {
    std::vector<std::string_view> found;
    while (!list.empty()) {
        found.push_back(base::take_first(list));
    }
    return found;
}

} // namespace

TEST_CASE("a list is taken apart from the front, as it stands there") {
    using parts = std::vector<std::string_view>;
    CHECK(all_of("a, b,,c") == parts{"a", " b", "", "c"});
    CHECK(all_of("a") == parts{"a"});
    CHECK(all_of("a,") == parts{"a"});
    CHECK(all_of(",a") == parts{"", "a"});
    CHECK(all_of("").empty());
}
