// SPDX-License-Identifier: Apache-2.0
// IRC over WebSocket, the client's half: the opening handshake (RFC 6455, 4.1), a message a line
// (IRCv3 websocket), pings and the end. Bytes go in, lines and bytes to be sent come out; it has no
// socket and no randomness of its own.
//
//     websocket_client door({.host = "chat.example.org", .path = "/irc", .key = …, .make_mask =
//     …}); socket.write(door.take_bytes());             // the request if (door.receive(bytes) ==
//     websocket_state::open) { door.send("CAP LS 302"); }
#pragma once

#include "wire/websocket.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::terminal {

struct websocket_wish {
    std::string host; // with its port, as HTTP's Host has it
    std::string path;
    std::string key; // 16 random bytes in base64
    std::function<std::array<char, 4>()> make_mask;
};

enum class websocket_state : std::uint8_t {
    opening,
    open,
    refused, // there is no IRC over WebSocket; `detail` is what was answered instead
    ended,   // the server says goodbye, or something that is no WebSocket
};

class websocket_client {
public:
    explicit websocket_client(websocket_wish wish);

    // A line without CR LF.
    void send(std::string_view line);
    websocket_state receive(std::string_view bytes);

    [[nodiscard]] websocket_state state() const { return state_; }
    [[nodiscard]] const std::string& detail() const { return detail_; }
    [[nodiscard]] std::vector<std::string> take_lines() { return std::exchange(lines_, {}); }
    [[nodiscard]] std::string take_bytes() { return std::exchange(out_, {}); }

private:
    [[nodiscard]] bool take_answer();
    void judge_answer(std::string_view head);
    [[nodiscard]] bool take_frame();
    void take_control(const wire::websocket_frame& frame);
    void take_data(const wire::websocket_frame& frame);
    void frame(wire::websocket_opcode what, std::string_view payload);
    void end(std::uint16_t status);

    websocket_wish wish_;
    websocket_state state_ = websocket_state::opening;
    wire::websocket_opcode kind_ = wire::websocket_opcode::text; // of the lines
    std::string detail_;
    std::string in_;
    std::string fragments_; // of a message whose end has not come
    bool fragmented_ = false;
    bool said_goodbye_ = false;
    std::string out_;
    std::vector<std::string> lines_;
};

} // namespace tertulia::terminal
