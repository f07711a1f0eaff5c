// SPDX-License-Identifier: Apache-2.0
#include "web/websocket_door.hpp"

#include "base/base64.hpp"
#include "base/list.hpp"
#include "crypto/digest.hpp"
#include "web/cookie.hpp"
#include "web/cookie_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

namespace tertulia::web {
namespace {

using wire::websocket_opcode;

constexpr std::string_view text_protocol = "text.ircv3.net";
constexpr std::string_view binary_protocol = "binary.ircv3.net";
constexpr std::size_t key_size = 16; // bytes, before base64

struct agreement {
    std::string_view protocol; // empty: none
    websocket_opcode frame = websocket_opcode::text;
};

// The client's first choice that we know; without any, text, which browsers understand.
agreement agree(std::string_view wished) {
    while (!wished.empty()) {
        const std::string_view one = base::take_first(wished);
        if (wire::has_http_word(one, text_protocol)) {
            return {text_protocol, websocket_opcode::text};
        }
        if (wire::has_http_word(one, binary_protocol)) {
            return {binary_protocol, websocket_opcode::binary};
        }
    }
    return {};
}

bool asks_for_websocket(const wire::http_head& head) {
    return head.minor_version == 1 && wire::has_http_word(head.field("connection"), "upgrade") &&
           wire::has_http_word(head.field("upgrade"), "websocket");
}

class opening final : public handler {
public:
    explicit opening(const websocket_door& door) : door_(door) {}

    void begin(exchange& of) override {
        const request& asked = of.asked();
        if (!asks_for_websocket(asked.head)) {
            response no = refusal(426, "upgrade_required", "This is a door for WebSocket.");
            no.fields.push_back({"Upgrade", "websocket"});
            of.respond(std::move(no));
            return;
        }
        if (asked.head.field("sec-websocket-version") != "13") {
            response no = refusal(426, "upgrade_required", "WebSocket of version 13, please.");
            no.fields.push_back({"Sec-WebSocket-Version", "13"});
            of.respond(std::move(no));
            return;
        }
        const auto key = base::from_base64(asked.head.field("sec-websocket-key"));
        if (!key || key->size() != key_size || asked.head.has_body()) {
            of.respond(refusal(400, "bad_request", "The WebSocket key is none."));
            return;
        }
        if (!asked.same_origin() && !named_origin(asked)) {
            of.respond(refusal(403, "other_origin", "This comes from a page of another site."));
            return;
        }
        ask_who(of);
    }

    void hear_check(const session::credential_answer& what, exchange& of) override {
        if (!was_looked_up(what)) {
            of.respond(not_looked_up());
            return;
        }
        const auto* const who = std::get_if<session::proved>(&what);
        open(of, who == nullptr ? std::nullopt : std::optional(*who));
    }

private:
    [[nodiscard]] bool named_origin(const request& asked) const {
        const std::string_view origin = asked.head.field("origin");
        return std::ranges::any_of(door_.origins, [origin](const std::string& one) {
            return one == "*" || one == origin;
        });
    }

    // A cookie speaks only for this site's own pages.
    void ask_who(exchange& of) {
        const request& asked = of.asked();
        const std::string_view token = asked.cookie(login_cookie(asked.from.secure));
        if (token.empty() || !asked.same_origin()) {
            open(of, std::nullopt);
        } else {
            of.check(session::login_check{std::string(token), of.now().wall});
        }
    }

    void open(exchange& of, const std::optional<session::proved>& as) {
        const request& asked = of.asked();
        const agreement on = agree(asked.head.field("sec-websocket-protocol"));
        std::string head = fmt::format("HTTP/1.1 101 Switching Protocols\r\n"
                                       "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                                       "Sec-WebSocket-Accept: {}\r\n",
                                       websocket_accept(asked.head.field("sec-websocket-key")));
        if (!on.protocol.empty()) {
            head += fmt::format("Sec-WebSocket-Protocol: {}\r\n", on.protocol);
        }
        of.hand_over(head + "\r\n", std::make_unique<websocket_session>(
                                        door_.dialect(asked.from.thread, on.frame),
                                        door_.inner(asked.from, as, of.now()), door_.language));
    }

    const websocket_door& door_;
};

} // namespace

route websocket_route(std::string path, const websocket_door& door) {
    return {"GET", std::move(path), [&door] { return std::make_unique<opening>(door); }};
}

std::string websocket_accept(std::string_view key) {
    return base::to_base64(
        crypto::sha1(fmt::format("{}258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key)));
}

} // namespace tertulia::web
