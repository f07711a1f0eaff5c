// SPDX-License-Identifier: Apache-2.0
#include "files/name.hpp"

#include "base/characters.hpp"
#include "base/file_limits.hpp"
#include "base/text.hpp"
#include "base/trim.hpp"

#include <algorithm>

namespace tertulia::files {
namespace {

namespace limits = base::limits;
using namespace std::string_view_literals;

constexpr std::size_t ending_size_max = 16; // a longer one is part of the name

// What would let "gpj.exe" be seen as "exe.jpg", or not be seen at all.
bool is_deceptive(char32_t one) {
    return one < 0x20 || (one >= 0x7F && one < 0xA0) || (one >= 0x200B && one <= 0x200F) ||
           (one >= 0x2028 && one <= 0x202E) || (one >= 0x2060 && one <= 0x206F) || one == 0xFEFF ||
           one == 0x061C || one == 0xFFFD || (one >= 0xE0000 && one <= 0xE007F);
}

// Neither in a path nor in the file systems of others (": * ? < > |").
bool separates(char32_t one) {
    return one < 0x80 && "/\\:*?\"<>|"sv.contains(static_cast<char>(one));
}

constexpr std::string_view unwanted_around = " .";

std::size_t ending_of(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos || dot == 0 || name.size() - dot > ending_size_max
               ? name.size()
               : dot;
}

std::string_view ending_for(media::kind is, std::string_view has) {
    switch (is) {
    case media::kind::jpeg: return has == ".jpg" || has == ".jpeg" ? has : ".jpg";
    case media::kind::png: return ".png";
    case media::kind::gif: return ".gif";
    case media::kind::webp: return ".webp";
    case media::kind::heic: return ".heic";
    case media::kind::other: break;
    }
    return has;
}

} // namespace

std::string harmless_name(std::string_view claimed, media::kind is) {
    claimed.remove_prefix(claimed.find_last_of("/\\") + 1);
    std::string clean;
    for (std::size_t at = 0; at < claimed.size();) {
        const char32_t one = base::next_character(claimed, at);
        if (!is_deceptive(one)) {
            base::append_character(separates(one) ? U'_' : one, clean);
        }
    }
    clean = std::string(base::trimmed(clean, unwanted_around));
    const std::size_t dot = ending_of(clean);
    std::string stem = clean.substr(0, dot);
    std::string old_ending = clean.substr(dot);
    std::ranges::transform(old_ending, old_ending.begin(), [](char one) {
        return one >= 'A' && one <= 'Z' ? static_cast<char>(one + ('a' - 'A')) : one;
    });
    const std::string ending(is == media::kind::other ? clean.substr(dot)
                                                      : ending_for(is, old_ending));
    stem = std::string(base::trimmed(
        base::truncate_utf8(stem, limits::file_name_size_max - ending.size()), unwanted_around));
    return (stem.empty() ? "file" : stem) + ending;
}

} // namespace tertulia::files
