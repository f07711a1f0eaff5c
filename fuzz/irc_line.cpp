// SPDX-License-Identifier: Apache-2.0
// Any bytes as a line of IRC: what is found in it lies in it, and tags written anew read the same.
#include "wire/irc_line.hpp"

#include "base/assert.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace tertulia;

namespace {

void check_parameters(const wire::irc_line& line) {
    ASSERT(!line.verb.empty());
    ASSERT(line.parameter_count <= wire::parameters_max);
    for (std::size_t i = 0; i + 1 < line.parameter_count; ++i) {
        ASSERT(!line.parameter[i].empty());
        ASSERT(line.parameter[i].find(' ') == std::string_view::npos);
    }
}

void check_tags(std::string_view tags) {
    const std::string kept = wire::client_only_tags(tags);
    ASSERT(kept.size() <= tags.size());
    ASSERT(wire::client_only_tags(kept) == kept);
    for (std::string_view rest = tags; !rest.empty();) {
        const std::string_view tag = rest.substr(0, rest.find(';'));
        const std::string_view key = tag.substr(0, tag.find('='));
        if (const auto value = wire::tag_value(tags, key)) {
            std::string again(key);
            again += '=';
            wire::append_escaped_tag_value(*value, again);
            ASSERT(wire::tag_value(again, key) == value);
        }
        rest.remove_prefix(std::min(tag.size() + 1, rest.size()));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    wire::irc_line line;
    if (wire::parse_irc_line(bytes, line) == wire::line_fault::none) {
        check_parameters(line);
        check_tags(line.tags);
    }
    return 0;
}
