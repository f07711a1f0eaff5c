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
