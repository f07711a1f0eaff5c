// SPDX-License-Identifier: Apache-2.0
// Frames of WebSocket (RFC 6455, 5), a client's, which are masked, and a server's, which are not.
// Frame by frame; messages of several frames are for their readers to put together. No extensions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::wire {

enum class websocket_opcode : std::uint8_t {
    continuation = 0,
    text = 1,
    binary = 2,
    close = 8,
    ping = 9,
    pong = 10,
};
[[nodiscard]] constexpr bool is_control(websocket_opcode of) {
    return (static_cast<unsigned>(of) & 8U) != 0;
}

// Why a connection is closed (RFC 6455, 7.4.1). 0 stands for no fault.
namespace websocket_status {
inline constexpr std::uint16_t normal = 1000;
inline constexpr std::uint16_t going_away = 1001;
inline constexpr std::uint16_t protocol_error = 1002;
inline constexpr std::uint16_t unsupported_data = 1003;
inline constexpr std::uint16_t none_given = 1005; // never on the wire
inline constexpr std::uint16_t invalid_data = 1007;
inline constexpr std::uint16_t too_big = 1009;
} // namespace websocket_status

struct websocket_frame {
    websocket_opcode what = websocket_opcode::continuation;
    bool final = true;
    std::array<char, 4> mask{};
    std::string_view masked; // the payload, as it came; a server's has a mask of zeroes

    void append_payload(std::string& out) const;
};

struct websocket_reading {
    std::size_t size = 0;    // of the whole frame; 0: not complete yet, or at fault
    std::uint16_t fault = 0; // the status to close with; 0: none
    websocket_frame frame = {};
};

// The frame at the beginning of `bytes`; the fault is known as soon as its header is there. A
// payload of more than `payload_max` bytes is too big.
[[nodiscard]] websocket_reading read_client_frame(std::string_view bytes, std::size_t payload_max);
[[nodiscard]] websocket_reading read_server_frame(std::string_view bytes, std::size_t payload_max);

// A whole message in one frame. A client's `mask` is one that nobody can foretell (5.3).
void append_server_frame(websocket_opcode what, std::string_view payload, std::string& out);
void append_client_frame(websocket_opcode what, std::string_view payload,
                         const std::array<char, 4>& mask, std::string& out);
// `reason` is cut to what a control frame holds.
void append_server_close(std::uint16_t status, std::string_view reason, std::string& out);

// The status in the payload of a close frame: none_given when it is empty, nothing when it is one
// that must not stand there.
[[nodiscard]] std::optional<std::uint16_t> read_close_status(std::string_view payload);

} // namespace tertulia::wire
