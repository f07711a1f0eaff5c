// SPDX-License-Identifier: Apache-2.0
#include "server/last_words.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace tertulia;
using reason = net::turned_away::reason;

namespace {

std::string heard_at(std::string_view url, const net::turned_away& what) {
    return server::last_words_at(*server::parse_listen_url(url), base::language::english)(what);
}

} // namespace

TEST_CASE("who is turned away where HTTP is spoken gets an answer as every other is") {
    const std::string many = heard_at("http://127.0.0.1:1", {reason::too_many});
    CHECK(many.starts_with("HTTP/1.1 429 Too Many Requests\r\n"));
    for (const std::string_view field :
         {"Retry-After: 30", "Content-Type: application/json", "X-Content-Type-Options: nosniff",
          "Referrer-Policy: no-referrer", "X-Frame-Options: DENY", "Cache-Control: no-store",
          "Connection: close"}) {
        CAPTURE(field);
        CHECK(many.contains("\r\n" + std::string(field) + "\r\n"));
    }
    CHECK(many.contains("\r\nContent-Security-Policy: default-src 'none'; "));
    const std::size_t body = many.find("\r\n\r\n") + 4;
    CHECK(many.substr(body).starts_with(R"({"error":"too_many_connections","message":")"));
    CHECK(many.contains("\r\nContent-Length: " + std::to_string(many.size() - body) + "\r\n"));
    CHECK(heard_at("ws://127.0.0.1:1", {reason::full}).starts_with("HTTP/1.1 503 "));
}

TEST_CASE("on IRC who is turned away is told in its words") {
    CHECK(heard_at("irc://127.0.0.1:1", {reason::full}).starts_with("ERROR :"));
}
