// SPDX-License-Identifier: Apache-2.0
// Any bytes as a time of IRCv3 and of the HTTP API: either refused, or written as it was read.
#include "wire/timestamp.hpp"

#include "base/assert.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace tertulia;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto time = wire::read_timestamp(bytes);
    if (!time) {
        return 0;
    }
    const std::string written = wire::timestamp(*time);
    constexpr std::size_t to_the_second = 19;
    const std::string_view typed = bytes.substr(0, to_the_second);
    const bool leap_second = typed.ends_with(":60"); // the next day's first, as it is kept
    ASSERT(leap_second || (written.starts_with(typed) && wire::read_timestamp(written) == time));
    return 0;
}
