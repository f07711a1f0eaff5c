// SPDX-License-Identifier: Apache-2.0
// The rows of texts.inc as a table, and the filling of their placeholders.
#include "base/catalogue.hpp"

#include "base/assert.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace tertulia::base {
namespace {

struct row {
    std::string_view english;
    std::string_view spanish;
};

constexpr auto rows = std::to_array<row>({
#define TEXT(key, english, spanish) {english, spanish},
#include "base/texts.inc"
#undef TEXT
});

constexpr auto spanish_names =
    std::to_array<std::string_view>({"es", "spa", "spanish", "español", "castellano"});

char ascii_lower(char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
}

} // namespace

language language_of(std::string_view locale) {
    std::string name(
        locale.substr(0, locale.find_first_of("_-.@"))); // "es_ES.UTF-8": language first
    std::ranges::transform(name, name.begin(), ascii_lower);
    return std::ranges::find(spanish_names, name) != spanish_names.end() ? language::spanish
                                                                         : language::english;
}

std::string_view text(language in, text_key what) {
    const auto at = static_cast<std::size_t>(what);
    ASSERT(at < rows.size());
    return in == language::spanish ? rows[at].spanish : rows[at].english;
}

std::string say(language in, text_key what, std::initializer_list<std::string_view> values) {
    std::string_view rest = text(in, what);
    std::string said;
    while (!rest.empty()) {
        const bool placeholder = rest.size() >= 3 && rest[0] == '{' && rest[1] >= '0' &&
                                 rest[1] <= '9' && rest[2] == '}';
        if (placeholder) {
            const auto which = static_cast<std::size_t>(rest[1] - '0');
            ASSERT(which < values.size());
            said += values.begin()[which];
            rest.remove_prefix(3);
        } else {
            const std::size_t plain = std::min(rest.find('{', 1), rest.size());
            said += rest.substr(0, plain);
            rest.remove_prefix(plain);
        }
    }
    return said;
}

} // namespace tertulia::base
