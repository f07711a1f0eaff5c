// SPDX-License-Identifier: Apache-2.0
#include "server/last_words.hpp"

#include "server/server.hpp"

#include <fmt/format.h>

namespace tertulia::server {
namespace {

using base::text_key;
using reason = net::turned_away::reason;

std::string in_words(base::language in, const net::turned_away& what) {
    const std::string wait = std::to_string(what.wait.count());
    switch (what.why) {
    case reason::too_fast: return base::say(in, text_key::server_too_fast, {wait});
    case reason::too_many: return base::say(in, text_key::server_too_many, {wait});
    case reason::full: break;
    }
    return std::string(base::text(in, text_key::server_full));
}

// The body as the API's refusals have it; its English is for programs.
std::string over_http(const net::turned_away& what) {
    const bool full = what.why == reason::full;
    const std::string body =
        fmt::format(R"({{"error":"{}","message":"{}"}})", full ? "busy" : "too_many_connections",
                    in_words(base::language::english, what));
    return fmt::format("HTTP/1.1 {}\r\nRetry-After: {}\r\nContent-Type: application/json\r\n"
                       "Content-Length: {}\r\nConnection: close\r\n\r\n{}",
                       full ? "503 Service Unavailable" : "429 Too Many Requests",
                       what.wait.count(), body.size(), body);
}

} // namespace

std::function<std::string(const net::turned_away& what)> last_words_at(const listen_url& url,
                                                                       base::language in) {
    if (classic(url)) {
        return {};
    }
    if (of_the_web(url)) {
        return over_http;
    }
    return [in](const net::turned_away& what) {
        return fmt::format("ERROR :{}\r\n", in_words(in, what));
    };
}

} // namespace tertulia::server
