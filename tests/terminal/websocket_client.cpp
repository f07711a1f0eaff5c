// SPDX-License-Identifier: Apache-2.0
#include "terminal/websocket_client.hpp"

#include "terminal/limits.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace tertulia::terminal;
using tertulia::wire::append_server_close;
using tertulia::wire::append_server_frame;
using tertulia::wire::websocket_opcode;
namespace status = tertulia::wire::websocket_status;

namespace {

// The key and the answer to it are RFC 6455's own (1.3).
constexpr std::string_view right_answer = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

websocket_client knocking() {
    return websocket_client({.host = "chat.test:8067",
                             .path = "/irc",
                             .key = "dGhlIHNhbXBsZSBub25jZQ==",
                             .make_mask = [] { return std::array<char, 4>{}; }});
}

std::string answer(std::string_view accepted, std::string_view more = "") {
    return "HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\n"
           "CONNECTION: keep-alive, Upgrade\r\nSec-WebSocket-Accept: " +
           std::string(accepted) + "\r\n" + std::string(more) + "\r\n";
}

websocket_client opened(std::string_view protocol = "text.ircv3.net") {
    websocket_client made = knocking();
    (void)made.take_bytes();
    const std::string line = "Sec-WebSocket-Protocol: " + std::string(protocol) + "\r\n";
    REQUIRE(made.receive(answer(right_answer, line)) == websocket_state::open);
    return made;
}

std::string frame(std::string_view text, websocket_opcode what = websocket_opcode::text) {
    std::string made;
    append_server_frame(what, text, made);
    return made;
}

} // namespace

TEST_CASE("the request asks for IRC over WebSocket") {
    CHECK(knocking().take_bytes() ==
          "GET /irc HTTP/1.1\r\nHost: chat.test:8067\r\nUpgrade: websocket\r\n"
          "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
          "Sec-WebSocket-Protocol: binary.ircv3.net, text.ircv3.net\r\n\r\n");
}

TEST_CASE("it is open once the key has been answered, and nothing is said before") {
    websocket_client door = knocking();
    (void)door.take_bytes();
    door.send("NICK ana");
    const std::string whole = answer(right_answer) + frame(":irc.test NOTICE * :hola");
    for (const char one : whole) {
        CHECK(door.take_bytes().empty());
        door.receive({&one, 1});
    }
    CHECK(door.state() == websocket_state::open);
    CHECK(door.take_lines() == std::vector<std::string>{":irc.test NOTICE * :hola"});
}

TEST_CASE("what is no WebSocket is not taken for one") {
    const auto refused = [](const std::string& said) {
        websocket_client door = knocking();
        return door.receive(said) == websocket_state::refused;
    };
    CHECK(refused("HTTP/1.1 404 Not Found\r\n\r\n"));
    CHECK(refused("HTTP/1.1 200 OK\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n"));
    CHECK(refused(answer("c29tZSBvdGhlciBhbnN3ZXI=")));
    CHECK(refused(answer(right_answer, "Sec-WebSocket-Protocol: chat\r\n")));
    CHECK(refused(answer(right_answer, "Sec-WebSocket-Extensions: permessage-deflate\r\n")));
    CHECK(refused("HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: " +
                  std::string(right_answer) + "\r\n\r\n"));
    CHECK(refused("SSH-2.0-OpenSSH_9.2\r\n\r\n"));
    CHECK(refused(std::string(line_size_max + 1, 'x')));
}

TEST_CASE("why it was refused is what the server answered, without what a terminal obeys") {
    websocket_client door = knocking();
    door.receive("HTTP/1.1 404 \x1B[2JNot Found\r\n\r\n");
    CHECK(door.detail() == "HTTP/1.1 404 [2JNot Found");
}

TEST_CASE("a line is a message, masked") {
    websocket_client door = opened();
    door.send("NICK ana");
    CHECK(door.take_bytes() == std::string("\x81\x88\0\0\0\0NICK ana", 14));
    websocket_client binary = opened("binary.ircv3.net");
    binary.send("NICK ana");
    CHECK(binary.take_bytes() == std::string("\x82\x88\0\0\0\0NICK ana", 14));
}

TEST_CASE("text frames hold UTF-8 whatever is typed") {
    websocket_client door = opened();
    door.send("\xFF");
    CHECK(door.take_bytes() == std::string("\x81\x83\0\0\0\0\xEF\xBF\xBD", 9));
}

TEST_CASE("messages in fragments and of several lines are put together and taken apart") {
    websocket_client door = opened();
    std::string parts = frame(":a PRIVMSG #x :ho");
    parts.front() = '\x01'; // text, and more follows
    parts += frame("", websocket_opcode::ping);
    std::string last = frame("la\r\n:a PRIVMSG #x :y\r\n", websocket_opcode::continuation);
    door.receive(parts + last);
    CHECK(door.take_lines() == std::vector<std::string>{":a PRIVMSG #x :hola", ":a PRIVMSG #x :y"});
}

TEST_CASE("a ping is answered with what it said") {
    websocket_client door = opened();
    door.receive(frame("still?", websocket_opcode::ping));
    CHECK(door.take_bytes() == std::string("\x8A\x86\0\0\0\0still?", 12));
    door.receive(frame("yes", websocket_opcode::pong));
    CHECK(door.take_bytes().empty());
}

TEST_CASE("the server's goodbye is answered once, and what it said before counts") {
    websocket_client door = opened();
    std::string end = frame("ERROR :bye");
    append_server_close(status::going_away, "", end);
    CHECK(door.receive(end + end) == websocket_state::ended);
    CHECK(door.take_lines() == std::vector<std::string>{"ERROR :bye"});
    CHECK(door.take_bytes() == std::string("\x88\x82\0\0\0\0\x03\xE8", 8));
    door.send("NICK ana");
    CHECK(door.take_bytes().empty());
}

TEST_CASE("a server that breaks the rules is left, and fills no memory") {
    const auto ends = [](const std::string& said) {
        websocket_client door = opened();
        return door.receive(said) == websocket_state::ended && door.take_lines().empty();
    };
    CHECK(ends(std::string("\x81\x81\0\0\0\0x", 7)));        // masked
    CHECK(ends("\xC1\x01x"));                                // a reserved bit
    CHECK(ends(frame("x", websocket_opcode::continuation))); // of nothing
    CHECK(ends(frame(std::string(line_size_max + 1, 'x')))); // too much at once
    std::string part = frame(std::string(line_size_max / 2, 'x'));
    part.front() = '\x01';
    std::string more = frame(std::string(line_size_max, 'x'), websocket_opcode::continuation);
    more.front() = '\0';
    CHECK(ends(part + more)); // and in fragments
}
