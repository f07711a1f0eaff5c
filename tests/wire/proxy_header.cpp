// SPDX-License-Identifier: Apache-2.0
#include "wire/proxy_header.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace tertulia::wire;

namespace {

constexpr std::string_view signature("\r\n\r\n\0\r\nQUIT\n", 12);

std::string version_2(std::string_view fixed, std::string_view block) {
    return std::string(signature) + std::string(fixed) + std::string(block);
}

const std::string over_ipv4 =
    version_2(std::string_view("\x21\x11\x00\x0C", 4),
              std::string_view("\xCB\x00\x71\x09\xC0\x00\x02\x01\x0F\xA0\x1A\x0B", 12));

} // namespace

TEST_CASE("a line tells where a caller comes from, in either family") {
    const std::string four = "PROXY TCP4 203.0.113.9 192.0.2.1 4000 6667\r\n";
    const proxy_reading got = read_proxy_header(four + "NICK ana\r\n");
    CHECK(got.size == four.size());
    CHECK(got.address == "203.0.113.9");
    CHECK(got.port == 4000);
    CHECK(read_proxy_header("PROXY TCP6 2001:db8::9 ::1 1 2\r\n").address == "2001:db8::9");
    CHECK(read_proxy_header("PROXY TCP6 ::ffff:192.0.2.9 ::1 1 2\r\n").address == "192.0.2.9");
}

TEST_CASE("a block of bytes tells the same, with what else is in it left out") {
    CHECK(read_proxy_header(over_ipv4).address == "203.0.113.9");
    CHECK(read_proxy_header(over_ipv4).port == 4000);
    CHECK(read_proxy_header(over_ipv4 + "NICK").size == 28);
    std::string with_more = over_ipv4 + "more";
    with_more[15] = '\x10';
    CHECK(read_proxy_header(with_more + "NICK").size == 32);
}

TEST_CASE("a proxy may speak for itself, or not know") {
    for (const std::string& header :
         {std::string("PROXY UNKNOWN\r\n"), std::string("PROXY UNKNOWN what ever 1 2\r\n"),
          version_2(std::string_view("\x20\x00\x00\x00", 4), ""),
          version_2(std::string_view("\x21\x00\x00\x00", 4), "")}) {
        const proxy_reading got = read_proxy_header(header);
        CHECK(got.size == header.size());
        CHECK(got.address.empty());
    }
}

TEST_CASE("a header that has not come whole is waited for, byte by byte") {
    for (const std::string& header :
         {std::string("PROXY TCP4 203.0.113.9 192.0.2.1 4000 6667\r\n"), over_ipv4}) {
        for (std::size_t size = 0; size < header.size(); ++size) {
            CHECK(read_proxy_header(header.substr(0, size)).size == 0);
            CHECK_FALSE(read_proxy_header(header.substr(0, size)).refused);
        }
    }
}

TEST_CASE("an odd header is refused") {
    for (const std::string& header :
         {std::string("NICK ana\r\n"), std::string("PROXY TCP4\r\n"), std::string("\r\n\r\n\r\n"),
          std::string("PROXY TCP4 203.0.113.9 192.0.2.1 4000\r\n"),
          std::string("PROXY TCP4 2001:db8::9 ::1 1 2\r\n"),
          std::string("PROXY TCP4 203.0.113.9 192.0.2.1 4000 66670\r\n"),
          std::string("PROXY TCP4 203.0.113.9 192.0.2.1 4000 6667 8\r\n"),
          std::string("PROXY  TCP4 203.0.113.9 192.0.2.1 4000 6667\r\n"),
          "PROXY UNKNOWN " + std::string(107, 'x'),
          version_2(std::string_view("\x11\x11\x00\x0C", 4), ""),
          version_2(std::string_view("\x22\x11\x00\x0C", 4), ""),
          version_2(std::string_view("\x21\x11\x00\x0B", 4), ""),
          version_2(std::string_view("\x21\x11\xFF\xFF", 4), "")}) {
        CAPTURE(header);
        CHECK(read_proxy_header(header).refused);
    }
}
