// SPDX-License-Identifier: Apache-2.0
// What a proxy says before a connection's own bytes: where it comes from (HAProxy's PROXY protocol,
// versions 1 and 2). Strict: an odd header is refused, never skipped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tertulia::wire {

struct proxy_reading {
    std::size_t size = 0; // of the whole header; 0: not complete yet, or refused
    bool refused = false;
    std::string address = {}; // numeric; empty: the proxy speaks for itself, or does not know
    std::uint16_t port = 0;
};

// The header at the beginning of `bytes`. While it is not complete, all bytes are its own.
[[nodiscard]] proxy_reading read_proxy_header(std::string_view bytes);

} // namespace tertulia::wire
