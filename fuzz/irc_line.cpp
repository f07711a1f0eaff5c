// SPDX-License-Identifier: Apache-2.0
// A line of IRC: whatever is taken and written again is taken as the same line, and a tag's value
// comes back from its escapes as it was.
#include "wire/irc_line.hpp"

#include "base/assert.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

using namespace tertulia;

namespace {

std::string written(const wire::irc_line& of) {
    std::string made;
    if (!of.tags.empty()) {
        made.append("@").append(of.tags).append(" ");
    }
    if (!of.source.empty()) {
        made.append(":").append(of.source).append(" ");
    }
    made += of.verb;
    for (std::size_t at = 0; at < of.parameter_count; ++at) {
        const bool last = at + 1 == of.parameter_count;
        made.append(last ? " :" : " ").append(of.parameter[at]);
    }
    return made;
}

void check_middle(const wire::irc_line& of) {
    for (std::size_t at = 0; at + 1 < of.parameter_count; ++at) {
        const std::string_view word = of.parameter[at];
        ASSERT(!word.empty() && !word.contains(' ') && !word.starts_with(':'));
    }
}

void check_same(const wire::irc_line& one, const wire::irc_line& other) {
    ASSERT(one.tags == other.tags);
    ASSERT(one.source == other.source);
    ASSERT(one.verb == other.verb);
    ASSERT(std::ranges::equal(one.parameters(), other.parameters()));
}

void check_client_only(std::string_view tags) {
    const std::string kept = wire::client_only_tags(tags);
    ASSERT(kept.size() <= tags.size());
    ASSERT(wire::client_only_tags(kept) == kept);
    for (std::string_view rest = kept; !rest.empty();) {
        const std::string_view one = rest.substr(0, rest.find(';'));
        const std::string_view key = one.substr(0, one.find('='));
        ASSERT(key.starts_with('+'));
        ASSERT(wire::tag_value(kept, key) == wire::tag_value(tags, key));
        rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    }
}

void check_escapes(std::string_view value) {
    std::string escaped = "key=";
    wire::append_escaped_tag_value(value, escaped);
    ASSERT(escaped.find_first_of("; \r\n") == std::string::npos);
    ASSERT(wire::tag_value(escaped, "key") == value);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check_escapes(text);
    wire::irc_line first;
    if (wire::parse_irc_line(text, first) != wire::line_fault::none) {
        return 0;
    }
    check_middle(first);
    const std::string again = written(first);
    wire::irc_line second;
    ASSERT(wire::parse_irc_line(again, second) == wire::line_fault::none);
    check_same(first, second);
    check_client_only(first.tags);
    return 0;
}
