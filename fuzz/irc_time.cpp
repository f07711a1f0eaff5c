// SPDX-License-Identifier: Apache-2.0
// Any bytes as a time of CHATHISTORY: either refused, or written as it was read.
#include "base/assert.hpp"
#include "irc/lines.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace tertulia;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto time = irc::read_time(bytes);
    if (!time) {
        return 0;
    }
    std::string written;
    irc::append_time(*time, written);
    constexpr std::size_t to_the_second = 19;
    const std::string_view typed = bytes.substr(0, to_the_second);
    const bool leap_second = typed.ends_with(":60"); // the next day's first, as it is kept
    ASSERT(leap_second || (written.starts_with(typed) && irc::read_time(written) == time));
    return 0;
}
