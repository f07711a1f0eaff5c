// SPDX-License-Identifier: Apache-2.0
#include "irc/lines.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;

namespace {

std::string closed(std::string_view text) {
    std::string out = "before";
    irc::line_end ends(out);
    out += text;
    ends.close();
    return out.substr(std::string_view("before").size());
}

std::string tagged(std::string_view lines) {
    std::string out;
    irc::append_tagged(lines, "batch=r", out);
    return out;
}

std::string again(std::string_view time) {
    const auto read = irc::read_time(time);
    std::string out;
    if (read) {
        irc::append_time(*read, out);
    }
    return out;
}

irc::capability_set with(std::initializer_list<irc::capability> wanted) {
    irc::capability_set all;
    for (const irc::capability one : wanted) {
        all.add(one);
    }
    return all;
}

std::string tags(irc::capability_set as) {
    const crypto::message_tokens tokens("0123456789abcdef");
    std::string out;
    irc::append_tags({"", chat::message_number{7}, base::wall_time{}, "+typing=active", {}, false},
                     tokens, as, out);
    return out;
}

} // namespace

TEST_CASE("a line ends in CR LF and is at most 512 bytes with them") {
    CHECK(closed("hola") == "hola\r\n");
    CHECK(closed(std::string(510, 'a')).size() == 512);
    CHECK(closed(std::string(511, 'a')).size() == 512);
}

TEST_CASE("a line that is too long is cut between characters") {
    const std::string line = closed(std::string(509, 'a') + "ñoño");
    CHECK(line == std::string(509, 'a') + "\r\n");
}

TEST_CASE("the room after a start is what a line may still take, and never negative") {
    CHECK(irc::line_room_after("") == 510);
    CHECK(irc::line_room_after(std::string(500, 'a')) == 10);
    CHECK(irc::line_room_after(std::string(600, 'a')) == 0);
}

TEST_CASE("tags go only to those who negotiated them") {
    CHECK(tags({}).empty());
    CHECK(tags(with({irc::capability::server_time})) == "@time=1970-01-01T00:00:00.000Z ");
    const std::string all =
        tags(with({irc::capability::server_time, irc::capability::message_tags}));
    CHECK(all.starts_with("@msgid="));
    CHECK(all.ends_with(";time=1970-01-01T00:00:00.000Z;+typing=active "));
}

TEST_CASE("one more tag stands before each line, but not before those of a batch within") {
    CHECK(tagged(":a B\r\n@time=x :c D\r\n") == "@batch=r :a B\r\n@batch=r;time=x :c D\r\n");
    CHECK(tagged("@batch=h :a B\r\n") == "@batch=h :a B\r\n");
    CHECK(tagged("").empty());
}

TEST_CASE("what would be no parameter, or several, is shown as a star") {
    CHECK(irc::as_parameter("ana") == "ana");
    CHECK(irc::as_parameter("a:b") == "a:b");
    for (const std::string_view typed : {"", " ", "a b", ":a"}) {
        CHECK(irc::as_parameter(typed) == "*");
    }
}

TEST_CASE("times are read as they are written") {
    CHECK(again("2026-03-01T12:30:05.250Z") == "2026-03-01T12:30:05.250Z");
    CHECK(again("2026-03-01T12:30:05Z") == "2026-03-01T12:30:05.000Z");
    CHECK(again("1969-12-31T23:59:59.999Z") == "1969-12-31T23:59:59.999Z");
    CHECK(again("2024-02-29T00:00:00.000Z") == "2024-02-29T00:00:00.000Z");
}

TEST_CASE("what is no time is refused") {
    for (const std::string_view wrong : {"",
                                         "now",
                                         "2026-03-01",
                                         "2026-02-30T00:00:00.000Z",
                                         "2026-13-01T00:00:00.000Z",
                                         "2026-03-01T24:00:00.000Z",
                                         "2026-03-01T12:30:05.25Z",
                                         "2026-03-01T12:30:05.250",
                                         "2026-03-01T12:30:05.250Zz",
                                         "-026-03-01T12:30:05.250Z",
                                         "2026-03-01T12:30:05.Z",
                                         "2026-03-01T12:30:-0.250Z",
                                         "+026-03-01T12:30:05.250Z",
                                         "2026-03-01T12:30:05.-50Z",
                                         "2026-03-01T12:30:05+01:00",
                                         "1900-02-29T00:00:00.000Z",
                                         "2026-03-00T00:00:00.000Z",
                                         "2026-03-01T12:60:00.000Z",
                                         "2026-03-01T12:30:61.000Z",
                                         "2026-03-01t12:30:05.250z",
                                         " 2026-03-01T12:30:05.250Z",
                                         "2026-03-01T12:30:05.2500Z",
                                         "20260-3-01T12:30:05.250Z"}) {
        CAPTURE(wrong);
        CHECK_FALSE(irc::read_time(wrong));
    }
}
