// SPDX-License-Identifier: Apache-2.0
// Any bytes as a configuration and as a listener's URL: taken, or refused with one clear sentence.
#include "base/assert.hpp"
#include "server/config.hpp"
#include "server/listen_url.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace tertulia;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto read = server::parse_config(bytes, "fuzz.toml"); !read) {
        ASSERT(read.error().sentence.starts_with("fuzz.toml"));
        ASSERT(read.error().sentence.find('\n') == std::string_view::npos);
    }
    if (const auto url = server::parse_listen_url(bytes)) {
        ASSERT(server::parse_listen_url(server::to_string(*url)) == *url);
    }
    return 0;
}
