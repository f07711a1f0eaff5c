// SPDX-License-Identifier: Apache-2.0
// A request as handlers see it: the head, its path made safe, and who sent it.
#pragma once

#include "wire/http_head.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::web {

// Where a request comes from; behind a proxy that is trusted, what that says.
struct caller {
    std::string address;    // numeric, without port
    bool secure = false;    // by TLS
    std::size_t thread = 0; // which network thread it is on
    std::uint16_t port = 0;
    std::uint32_t arrival = 0; // how-manieth connection since the start
};

struct request {
    wire::http_head head;
    std::string path;  // percent-decoded UTF-8; no "//", "." or ".." in it, no control characters
    std::string query; // as sent, without '?'
    // What stands between the slashes of the path, decoded. Below /api/rooms/ a name may have
    // slashes and backslashes of its own; `path` then has %2F in their place.
    std::vector<std::string> segments;
    caller from;
    std::string host;     // by which the sender reached this server: Host, or what a proxy says
    bool relayed = false; // `from` is what a trusted proxy says

    // The value of a cookie; empty: it is not there.
    [[nodiscard]] std::string_view cookie(std::string_view name) const;
    // The decoded value of `name=value` in the query; nothing where it is missing or malformed.
    [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
    // Does a page of this site send it, as far as its browser says? A request that names no origin
    // does not come from a page of another one (which browsers would name).
    [[nodiscard]] bool same_origin() const;
};

// Fills path and query from the head's target; false: it is none that anybody needs.
[[nodiscard]] bool read_target(request& of);

// %41 and the like; nothing where the text is malformed or stands for no UTF-8.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);

} // namespace tertulia::web
