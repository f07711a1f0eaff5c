// SPDX-License-Identifier: Apache-2.0
// A hostile server behind a WebSocket: whatever it answers, the client reads the same whole and
// byte by byte, hands over whole lines within their bound, and says nothing before it is open.
#include "terminal/websocket_client.hpp"

#include "base/assert.hpp"
#include "terminal/limits.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace tertulia;

namespace {

terminal::websocket_client knocking() {
    terminal::websocket_client made(
        {.host = "h", .path = "/", .key = "dGhlIHNhbXBsZSBub25jZQ==", .make_mask = [] {
             return std::array<char, 4>{};
         }});
    static_cast<void>(made.take_bytes());
    return made;
}

// The first byte decides whether the answer to the handshake is the right one already.
constexpr std::string_view right_answer =
    "HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    std::string all(*data % 2 == 0 ? right_answer : std::string_view());
    all.append(reinterpret_cast<const char*>(data) + 1, size - 1);
    terminal::websocket_client whole = knocking();
    terminal::websocket_client in_pieces = knocking();
    whole.receive(all);
    for (const char one : all) {
        in_pieces.receive({&one, 1});
    }
    ASSERT(whole.state() == in_pieces.state());
    ASSERT(whole.take_bytes() == in_pieces.take_bytes());
    const auto lines = whole.take_lines();
    ASSERT(lines == in_pieces.take_lines());
    for (const std::string& line : lines) {
        ASSERT(line.size() <= terminal::line_size_max);
        ASSERT(!line.contains('\n'));
    }
    whole.send("NICK ana");
    ASSERT(whole.take_bytes().empty() == (whole.state() != terminal::websocket_state::open));
    return 0;
}
