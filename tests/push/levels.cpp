// SPDX-License-Identifier: Apache-2.0
#include "push/levels.hpp"

#include <doctest/doctest.h>

#include <string_view>
#include <vector>

using namespace tertulia;

namespace {

constexpr chat::person_id ana{1};
constexpr chat::person_id berta{2};
using persons = std::vector<chat::person_id>;

persons want_all(const push::levels& of, std::string_view place) {
    const auto found = of.want_all(place);
    return {found.begin(), found.end()};
}

} // namespace

TEST_CASE("each conversation has its own level, case aside") {
    push::levels of;
    of.keep(ana, "*=mentions,#Clase=all, #ruido=none,luis=none");
    CHECK(want_all(of, "#clase") == persons{ana});
    CHECK(of.want_all("#ruido").empty());
    CHECK(of.wants_nothing(ana, "#ruido"));
    CHECK(of.wants_nothing(ana, "luis"));
    CHECK_FALSE(of.wants_nothing(ana, "#clase"));
    CHECK_FALSE(of.wants_nothing(berta, "#ruido"));
}

TEST_CASE("new levels come in place of the old ones, and only of hers") {
    push::levels of;
    of.keep(ana, "#a=all,#b=none");
    of.keep(berta, "#a=all");
    CHECK(want_all(of, "#a") == persons{ana, berta});
    of.keep(ana, "#b=all");
    CHECK(want_all(of, "#a") == persons{berta});
    CHECK_FALSE(of.wants_nothing(ana, "#b"));
    of.drop(berta);
    CHECK(of.want_all("#a").empty());
}

TEST_CASE("a name may have a sign of equality, and what is no level is left out") {
    push::levels of;
    of.keep(ana, "#a=b=all,#c,=,,#d=loud,#e=none");
    CHECK(want_all(of, "#a=b") == persons{ana});
    CHECK(of.wants_nothing(ana, "#e"));
    for (const char* const place : {"#a", "#c", "#d", ""}) {
        CHECK(of.want_all(place).empty());
        CHECK_FALSE(of.wants_nothing(ana, place));
    }
}
