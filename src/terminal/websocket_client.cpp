// SPDX-License-Identifier: Apache-2.0
#include "terminal/websocket_client.hpp"

#include "base/base64.hpp"
#include "base/text.hpp"
#include "base/trim.hpp"
#include "base/width.hpp"
#include "crypto/digest.hpp"
#include "terminal/limits.hpp"
#include "wire/http_head.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace tertulia::terminal {
namespace {

using wire::websocket_opcode;
namespace status = wire::websocket_status;

// The first is what we prefer: it takes bytes of any kind.
constexpr std::string_view binary_protocol = "binary.ircv3.net";
constexpr std::string_view text_protocol = "text.ircv3.net";

// The value of the field `name`, which is in lower case; empty: there is none.
std::string_view field_of(std::string_view head, std::string_view name) {
    while (!head.empty()) {
        const std::string_view line = head.substr(0, head.find("\r\n"));
        head.remove_prefix(std::min(line.size() + 2, head.size()));
        const std::size_t colon = line.find(':');
        const bool same = colon == name.size() &&
                          std::equal(name.begin(), name.end(), line.begin(), [](char a, char b) {
                              return a == std::tolower(static_cast<unsigned char>(b));
                          });
        if (same) {
            return base::trimmed(line.substr(colon + 1));
        }
    }
    return {};
}

// RFC 6455, 4.2.2.
std::string answer_to(std::string_view key) {
    return base::to_base64(
        crypto::sha1(fmt::format("{}258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key)));
}

} // namespace

websocket_client::websocket_client(websocket_wish wish) : wish_(std::move(wish)) {
    out_ = fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\nUpgrade: websocket\r\n"
                       "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                       "Sec-WebSocket-Key: {}\r\nSec-WebSocket-Protocol: {}, {}\r\n\r\n",
                       wish_.path, wish_.host, wish_.key, binary_protocol, text_protocol);
}

void websocket_client::send(std::string_view line) {
    if (state_ != websocket_state::open) {
        return;
    }
    const bool as_it_is = kind_ == websocket_opcode::binary || base::valid_utf8(line);
    frame(kind_, as_it_is ? std::string(line) : base::harmless(line));
}

websocket_state websocket_client::receive(std::string_view bytes) {
    in_ += bytes;
    bool more = true;
    while (more) {
        switch (state_) {
        case websocket_state::opening: more = take_answer(); break;
        case websocket_state::open: more = take_frame(); break;
        case websocket_state::refused:
        case websocket_state::ended: more = false;
        }
    }
    return state_;
}

// False: more bytes are needed, here and in take_frame().
bool websocket_client::take_answer() {
    const std::size_t size = in_.find("\r\n\r\n");
    if (size != std::string::npos) {
        judge_answer(std::string_view(in_).substr(0, size));
        in_.erase(0, size + 4);
        return true;
    }
    if (in_.size() > line_size_max) {
        state_ = websocket_state::refused;
    }
    return false;
}

void websocket_client::judge_answer(std::string_view head) {
    const std::string_view first = head.substr(0, head.find("\r\n"));
    const bool upgraded = first.starts_with("HTTP/1.1 101") &&
                          wire::has_http_word(field_of(head, "upgrade"), "websocket") &&
                          wire::has_http_word(field_of(head, "connection"), "upgrade") &&
                          field_of(head, "sec-websocket-accept") == answer_to(wish_.key) &&
                          field_of(head, "sec-websocket-extensions").empty();
    const std::string_view protocol = field_of(head, "sec-websocket-protocol");
    const bool known = protocol.empty() || protocol == binary_protocol || protocol == text_protocol;
    if (!upgraded || !known) {
        detail_ = base::harmless(base::truncate_utf8(first, 100));
        state_ = websocket_state::refused;
        return;
    }
    kind_ = protocol == binary_protocol ? websocket_opcode::binary : websocket_opcode::text;
    state_ = websocket_state::open;
}

bool websocket_client::take_frame() {
    const wire::websocket_reading read = wire::read_server_frame(in_, line_size_max);
    if (read.fault != 0) {
        end(read.fault);
        return false;
    }
    if (read.size == 0) {
        return false;
    }
    if (wire::is_control(read.frame.what)) {
        take_control(read.frame);
    } else {
        take_data(read.frame);
    }
    in_.erase(0, read.size);
    return true;
}

void websocket_client::take_control(const wire::websocket_frame& frame_of) {
    if (frame_of.what == websocket_opcode::ping) {
        frame(websocket_opcode::pong, frame_of.masked);
    } else if (frame_of.what == websocket_opcode::close) {
        end(status::normal);
    }
}

void websocket_client::take_data(const wire::websocket_frame& frame_of) {
    const bool continues = frame_of.what == websocket_opcode::continuation;
    if (continues != fragmented_) {
        return end(status::protocol_error);
    }
    if (fragments_.size() + frame_of.masked.size() > line_size_max) {
        return end(status::too_big);
    }
    frame_of.append_payload(fragments_);
    fragmented_ = !frame_of.final;
    if (fragmented_) {
        return;
    }
    // One message is one line; those that put several into one, or end it, are understood too.
    std::string_view rest = fragments_;
    while (!rest.empty()) {
        std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        line.remove_suffix(line.ends_with('\r') ? 1 : 0);
        lines_.emplace_back(line);
    }
    fragments_.clear();
}

void websocket_client::frame(websocket_opcode what, std::string_view payload) {
    wire::append_client_frame(what, payload, wish_.make_mask(), out_);
}

void websocket_client::end(std::uint16_t why) {
    if (!std::exchange(said_goodbye_, true)) {
        frame(websocket_opcode::close,
              std::string{static_cast<char>(why >> 8U), static_cast<char>(why & 0xFFU)});
    }
    state_ = websocket_state::ended;
}

} // namespace tertulia::terminal
