// SPDX-License-Identifier: Apache-2.0
#include "server/last_words.hpp"

#include "base/clocks.hpp"
#include "server/server.hpp"
#include "web/response.hpp"

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

// As the API refuses, and with what every answer has; its English is for programs.
std::string over_http(const net::turned_away& what) {
    const bool full = what.why == reason::full;
    web::response made = web::refusal(full ? 503 : 429, full ? "busy" : "too_many_connections",
                                      in_words(base::language::english, what));
    made.fields.push_back({"Retry-After", std::to_string(what.wait.count())});
    return web::response_head(made, {.now = base::wall_now(), .keep_alive = false}) +
           std::get<std::string>(made.body);
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
