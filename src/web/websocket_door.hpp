// SPDX-License-Identifier: Apache-2.0
// The way from an HTTP request to IRC over WebSocket: checks the opening handshake (RFC 6455, 4.2)
// and the page's origin, agrees on a subprotocol, and hands the connection over.
#pragma once

#include "session/credentials.hpp"
#include "web/routes.hpp"
#include "web/websocket_session.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::web {

struct websocket_door {
    // Makes the inner protocol; `as` is whom the browser's cookie proves.
    using inner_maker = std::function<std::unique_ptr<session::protocol>(
        const caller& from, const std::optional<session::proved>& as, base::moment now)>;

    inner_maker inner;
    // For the thread of a caller.
    std::function<const framed_dialect&(std::size_t thread, wire::websocket_opcode frame)> dialect;
    std::vector<std::string>
        origins; // besides one's own; "*": every page's, who then sends no cookie
    base::language language = base::language::english;
};

// `door` outlives the route.
[[nodiscard]] route websocket_route(std::string path, const websocket_door& door);

// The answer to a Sec-WebSocket-Key.
[[nodiscard]] std::string websocket_accept(std::string_view key);

} // namespace tertulia::web
