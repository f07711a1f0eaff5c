// SPDX-License-Identifier: Apache-2.0
#include "classic/named_lines.hpp"

#include "base/characters.hpp"
#include "base/limits.hpp"

#include <cstddef>
#include <utility>

namespace tertulia::classic {
namespace {

bool is_one_word(std::string_view text) {
    std::size_t length = 0;
    for (std::size_t at = 0; at < text.size(); ++length) {
        base::next_character(text, at);
    }
    return length > 0 && length <= base::limits::nickname_length_max &&
           text.find_first_of(" \t") == std::string_view::npos;
}

} // namespace

std::string_view named_lines::read(std::string_view line) {
    constexpr std::string_view mark = ": ";
    const std::size_t end = line.find(mark);
    const std::string_view before = line.substr(0, end == std::string_view::npos ? 0 : end);
    if (std::exchange(first_, false) && name_.empty() && is_one_word(before)) {
        name_ = before;
    }
    const bool named =
        !name_.empty() && line.starts_with(name_) && line.substr(name_.size()).starts_with(mark);
    return named ? line.substr(name_.size() + mark.size()) : line;
}

} // namespace tertulia::classic
