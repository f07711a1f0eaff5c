// SPDX-License-Identifier: Apache-2.0
#include "base/width.hpp"

#include "base/characters.hpp"

#include <unicode/uchar.h>

#include <algorithm>

namespace tertulia::base {
namespace {

constexpr char32_t emoji_presentation = 0xFE0F;

bool is_plain(char one) { return one >= ' ' && one <= '~'; }

bool is_regional(char32_t one) { return one >= 0x1F1E6 && one <= 0x1F1FF; }

int character_width(char32_t one) {
    const auto code = static_cast<UChar32>(one);
    const std::uint32_t category = U_GET_GC_MASK(code);
    if ((category & (U_GC_M_MASK | U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CS_MASK)) != 0) {
        return one == 0xAD ? 1 : 0; // a soft hyphen is drawn
    }
    if (one >= 0x1160 && one <= 0x11FF) {
        return 0; // the second and third letter of a Korean syllable
    }
    const int wideness = u_getIntPropertyValue(code, UCHAR_EAST_ASIAN_WIDTH);
    const bool wide = wideness == U_EA_WIDE || wideness == U_EA_FULLWIDTH;
    return wide || u_hasBinaryProperty(code, UCHAR_EMOJI_PRESENTATION) ? 2 : 1;
}

// Marks of direction change what is beside them; tags and the like are seen by nobody.
bool is_harmless(char32_t one) {
    constexpr char32_t non_joiner = 0x200C;
    constexpr char32_t joiner = 0x200D;
    if (one == joiner || one == non_joiner || one == 0xAD) {
        return true;
    }
    const std::uint32_t category = U_GET_GC_MASK(static_cast<UChar32>(one));
    constexpr std::uint32_t harmful =
        U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CS_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK | U_GC_CN_MASK;
    return (category & harmful) == 0;
}

} // namespace

std::string_view front_grapheme(std::string_view text) {
    if (text.size() > 1 && is_plain(text[0]) && is_plain(text[1])) {
        return text.substr(0, 1);
    }
    std::size_t first = 0;
    if (text.empty() || !is_regional(next_character(text, first)) || first >= text.size()) {
        return text.substr(0, grapheme_size(text));
    }
    std::size_t second = first; // a flag is two letters
    return text.substr(0, is_regional(next_character(text, second)) ? second : grapheme_size(text));
}

std::size_t last_grapheme_start(std::string_view text) {
    std::size_t start = 0;
    std::size_t next = 0;
    while (next < text.size()) {
        start = next;
        next += front_grapheme(text.substr(next)).size();
    }
    return start;
}

int grapheme_width(std::string_view grapheme) {
    if (grapheme.size() == 1) {
        return is_plain(grapheme[0]) ? 1 : 0;
    }
    int width = 0;
    std::size_t at = 0;
    while (at < grapheme.size()) {
        const char32_t one = next_character(grapheme, at);
        width = std::max(width,
                         one == emoji_presentation || is_regional(one) ? 2 : character_width(one));
    }
    return width;
}

int text_width(std::string_view text) {
    int width = 0;
    while (!text.empty()) {
        const std::string_view one = front_grapheme(text);
        width += grapheme_width(one);
        text.remove_prefix(one.size());
    }
    return width;
}

std::string_view fit_width(std::string_view text, int cells) {
    std::size_t end = 0;
    while (end < text.size()) {
        const std::string_view one = front_grapheme(text.substr(end));
        cells -= grapheme_width(one);
        if (cells < 0) {
            break;
        }
        end += one.size();
    }
    return text.substr(0, end);
}

std::string harmless(std::string_view text, line_feeds what) {
    std::string made;
    made.reserve(text.size());
    std::size_t at = 0;
    while (at < text.size()) {
        if (is_plain(text[at])) {
            made += text[at++];
            continue;
        }
        if (text[at] == '\n' && what == line_feeds::kept) {
            made += text[at++];
            continue;
        }
        const char32_t one = next_character(text, at);
        if (one == U'\t') {
            made += ' ';
        } else if (is_harmless(one)) {
            append_character(one, made);
        }
    }
    return made;
}

} // namespace tertulia::base
