// SPDX-License-Identifier: Apache-2.0
// Which handler answers which request: a row each. A row's path is exact, or ends in "/*" for all
// that lies below; another "*" stands for one segment. The longest fits. GET rows answer HEAD too.
#pragma once

#include "base/web_limits.hpp"
#include "web/handler.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::web {

using handler_maker = std::function<std::unique_ptr<handler>()>;

// What is asked of a request that changes something and is answered by cookie: `own_pages` refuses
// other sites' pages (403), `anyone` is for what carries a secret of its own (webhooks, tokens).
enum class origins : std::uint8_t { own_pages, anyone };

struct route {
    std::string method; // "GET", "POST", …
    std::string path;
    handler_maker make;
    std::uint64_t body_max = base::limits::http_body_size_max; // beyond: 413
    origins from = origins::own_pages;                         // asked of all methods but GET
};

struct found_route {
    const route* of = nullptr; // none: there is no such path, or not that method
    std::string allowed;       // the path's methods, "GET, HEAD, POST"; empty: no such path
};

[[nodiscard]] found_route find_route(const std::vector<route>& rows, std::string_view method,
                                     std::string_view path);

} // namespace tertulia::web
