// SPDX-License-Identifier: Apache-2.0
// What a handler answers with, and its head as bytes. Every answer is sent with headers that keep
// browsers from guessing, framing and telling others (`with_protection`); a handler that names one
// of them itself replaces it.
#pragma once

#include "base/time.hpp"
#include "session/protocol.hpp"
#include "wire/http_head.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tertulia::web {

// A body that is made as its reader takes it. Without a size it is sent in chunks.
struct streamed {
    std::unique_ptr<session::listing> of;
    std::optional<std::uint64_t> size;
};

struct response {
    unsigned status = 200;
    std::vector<wire::http_field> fields = {}; // without Content-Length, Date and Connection
    // A view is of what outlives the server, the app's files say.
    std::variant<std::string, std::string_view, streamed> body = std::string();
};

[[nodiscard]] response plain_response(unsigned status, std::string_view text);
[[nodiscard]] response json_response(unsigned status, std::string json);
// {"error":"CODE","message":"…"}: what every refusal of the API looks like.
[[nodiscard]] response refusal(unsigned status, std::string_view code, std::string_view message);
// 429, and when to come again.
[[nodiscard]] response slow_down(std::chrono::milliseconds wait, std::string_view message);
// 303 and the like.
[[nodiscard]] response redirection(unsigned status, std::string_view to);

struct head_facts {
    base::wall_time now;
    bool keep_alive = true;
    int minor_version = 1;
};
[[nodiscard]] std::string response_head(const response& of, const head_facts& how);

// "Sun, 06 Nov 1994 08:49:37 GMT"
[[nodiscard]] std::string http_date(base::wall_time when);

// Text as the inside of a JSON string, without its quotes. `text` is UTF-8.
[[nodiscard]] std::string json_escaped(std::string_view text);

} // namespace tertulia::web
