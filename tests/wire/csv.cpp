// SPDX-License-Identifier: Apache-2.0
#include "wire/csv.hpp"

#include <doctest/doctest.h>

using namespace tertulia::wire;

namespace {

using rows = std::vector<csv_row>;

} // namespace

TEST_CASE("fields stand between commas, rows on lines") {
    CHECK(parse_csv("ana,uno\nben,dos\n") == rows{{"ana", "uno"}, {"ben", "dos"}});
    CHECK(parse_csv("ana\r\nben") == rows{{"ana"}, {"ben"}});
    CHECK(parse_csv("") == rows{});
    CHECK(parse_csv("\n\r\n\n") == rows{});
}

TEST_CASE("Spanish spreadsheets part fields with semicolons") {
    CHECK(parse_csv("ana;1,5\nben;2\n") == rows{{"ana", "1,5"}, {"ben", "2"}});
}

TEST_CASE("a quoted field holds anything") {
    CHECK(parse_csv("\"a,b\",\"c\"\"d\",\"e\nf\"\n") == rows{{"a,b", "c\"d", "e\nf"}});
    CHECK(parse_csv("\"\"\n") == rows{});
    CHECK(parse_csv("a,\"\"\n") == rows{{"a", ""}});
}

TEST_CASE("empty fields are fields") {
    CHECK(parse_csv("a,,b\n") == rows{{"a", "", "b"}});
    CHECK(parse_csv(",a") == rows{{"", "a"}});
    CHECK(parse_csv("a,\nb,") == rows{{"a", ""}, {"b", ""}});
}

TEST_CASE("a byte-order mark is no part of the first field") {
    CHECK(parse_csv("\xef\xbb\xbf"
                    "ana\n") == rows{{"ana"}});
}

TEST_CASE("a quote that is not closed, or closed too early, is no table") {
    for (const char* const bad : {"\"", "\"a", "\"a\"b", "a\n\"b\n", "\"a\" ,b"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_csv(bad).has_value());
    }
}

TEST_CASE("what is written is read the same") {
    const csv_row row{"a,b", "c\"d", "", "e\nf", "g;h", "\u00f1"};
    CHECK(parse_csv(to_csv_line(row) + "\n") == rows{row});
    CHECK(to_csv_line({"ana", "uno"}) == "ana,uno");
}
