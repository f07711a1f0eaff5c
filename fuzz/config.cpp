// SPDX-License-Identifier: Apache-2.0
// The text of a configuration: it is refused with a place and a sentence, or what it sets can be
// printed and reads the same again.
#include "server/config.hpp"

#include "base/assert.hpp"
#include "base/text.hpp"
#include "server/setting.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace tertulia;

namespace {

constexpr std::string_view file = "fuzz.toml";

std::string printed(const server::config& of) {
    std::string made;
    for (const server::setting& row : server::settings()) {
        made += fmt::format("{} = {}\n", row.key, server::print(row, of));
    }
    return made;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto read = server::parse_config(text, file);
    if (!read) {
        ASSERT(read.error().sentence.starts_with("fuzz.toml:"));
        ASSERT(read.error().sentence.find_first_of("\r\n") == std::string::npos);
        return 0;
    }
    const std::string once = printed(*read);
    ASSERT(base::valid_utf8(once));
    const auto again = server::parse_config(once, file);
    ASSERT(again.has_value());
    ASSERT(printed(*again) == once);
    return 0;
}
