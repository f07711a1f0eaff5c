// SPDX-License-Identifier: Apache-2.0
#include "wire/http_values.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

using namespace tertulia::wire;

TEST_CASE("a file's name is read from either spelling, the better one first") {
    const std::pair<std::string_view, std::string_view> truths[] = {
        {R"(attachment; filename="picture.jpeg")", "picture.jpeg"},
        {R"(attachment; filename=picture.jpeg)", "picture.jpeg"},
        {R"(attachment;FILENAME = picture.jpeg ; size=3)", "picture.jpeg"},
        {R"(form-data; name="file"; filename="a;b=c.txt")", "a;b=c.txt"},
        {R"(attachment; filename="a\"b\\c.txt")", R"(a"b\c.txt)"},
        {R"(attachment; filename="plain.txt"; filename*=UTF-8''a%C3%B1o.txt)", "a\xC3\xB1o.txt"},
        {R"(attachment; filename*=utf-8'es'a%20b.txt)", "a b.txt"},
        {R"(attachment; filename*=latin1''a%F1o; filename=x)", "x"},
        {R"(attachment; filename*=UTF-8''a%F; filename=x)", "x"},
        {R"(attachment; filename*=UTF-8''a%GG; filename=x)", "x"},
        {R"(attachment; filename="never closed)", "never closed"},
        {R"(attachment; filename=)", ""},
        {R"(attachment; filename)", ""},
        {"attachment", ""},
        {"", ""},
        {";;;===", ""}};
    for (const auto& [field, name] : truths) {
        CAPTURE(field);
        CHECK(disposition_name(field) == name);
    }
}

TEST_CASE("a name that is written comes back, and cannot end its field") {
    CHECK(to_disposition("inline", "cat.png") == R"(inline; filename="cat.png")");
    CHECK(to_disposition("attachment", "a\xC3\xB1o.txt") ==
          R"(attachment; filename="a__o.txt"; filename*=UTF-8''a%C3%B1o.txt)");
    for (const std::string_view name : {"a\r\nSet-Cookie: b", "\"; x=\"", "100%", "a'b", "\\"}) {
        const std::string field = to_disposition("attachment", name);
        CHECK(disposition_name(field) == name);
        CHECK(field.find_first_of("\r\n") == std::string::npos);
    }
}

TEST_CASE("a range of bytes is what lies within the file") {
    using truth = std::pair<std::string_view, byte_range>;
    for (const auto& [field, wanted] :
         {truth{"bytes=0-0", {0, 1}}, truth{"bytes=2-5", {2, 4}}, truth{"bytes=7-", {7, 3}},
          truth{"bytes=8-99", {8, 2}}, truth{"bytes=-3", {7, 3}}, truth{"bytes=-99", {0, 10}},
          truth{"bytes= 1-2 ", {1, 2}}, truth{"bytes=9-18446744073709551615", {9, 1}}}) {
        CAPTURE(field);
        CHECK(read_range(field, 10).wanted == wanted);
    }
    for (const std::string_view field :
         {"", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "bytes=1-2,4-5", "items=0-1",
          "bytes=+1-2", "bytes=0x1-", "bytes=99999999999999999999-", "bytes=1-2-3"}) {
        CAPTURE(field);
        CHECK_FALSE(read_range(field, 10).wanted.has_value());
        CHECK(read_range(field, 10).fault == range_fault::none_wanted);
    }
    for (const std::string_view field : {"bytes=10-", "bytes=10-20", "bytes=-0"}) {
        CHECK(read_range(field, 10).fault == range_fault::unsatisfiable);
    }
    CHECK(read_range("bytes=-5", 0).fault == range_fault::unsatisfiable);
}
