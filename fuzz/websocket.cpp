// SPDX-License-Identifier: Apache-2.0
// Any bytes as frames of WebSocket and as a PROXY header: read the same whole and piece by piece.
#include "wire/websocket.hpp"

#include "base/assert.hpp"
#include "wire/proxy_header.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace tertulia;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const wire::proxy_reading proxy = wire::read_proxy_header(bytes);
    ASSERT(proxy.size <= bytes.size());
    ASSERT(!proxy.refused || (proxy.size == 0 && proxy.address.empty()));
    const wire::websocket_reading from_server = wire::read_server_frame(bytes, 1'000);
    ASSERT(from_server.size <= bytes.size());
    ASSERT(from_server.size == 0 || from_server.fault == 0);
    while (!bytes.empty()) {
        const wire::websocket_reading read = wire::read_client_frame(bytes, 1'000);
        ASSERT(read.size <= bytes.size());
        ASSERT(read.size == 0 || read.fault == 0);
        if (read.size == 0) {
            break;
        }
        ASSERT(wire::read_client_frame(bytes.substr(0, read.size - 1), 1'000).size == 0);
        std::string payload;
        read.frame.append_payload(payload);
        ASSERT(payload.size() == read.frame.masked.size() && payload.size() <= 1'000);
        static_cast<void>(wire::read_close_status(payload));
        bytes.remove_prefix(read.size);
    }
    return 0;
}
