// SPDX-License-Identifier: Apache-2.0
#include "base/characters.hpp"

#include "base/assert.hpp"
#include "base/text.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>

namespace tertulia::base {
namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr char32_t zero_width_joiner = 0x200D;

std::uint32_t category(char32_t one) { return U_GET_GC_MASK(static_cast<UChar32>(one)); }

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text,
                               [](char one) { return static_cast<unsigned char>(one) < 0x80; });
}

// The second and third letter of a Korean syllable, and the colour of a face.
bool belongs_to_the_one_before(char32_t one) {
    return is_mark(one) || (one >= 0x1160 && one <= 0x11FF) || (one >= 0x1F3FB && one <= 0x1F3FF);
}

// How many bytes a character has that begins so; 0: none begins so.
std::size_t size_begun_by(unsigned char first) {
    if (first < 0x80) {
        return 1;
    }
    if (first < 0xC2 || first > 0xF4) {
        return 0;
    }
    return first < 0xE0 ? 2 : (first < 0xF0 ? 3 : 4);
}

std::string normalised(std::string_view text, const icu::Normalizer2& form) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString made =
        form.normalize(icu::UnicodeString::fromUTF8(
                           icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()))),
                       status);
    std::string out;
    return U_FAILURE(status) ? std::string(text) : made.toUTF8String(out);
}

} // namespace

char32_t next_character(std::string_view text, std::size_t& at) {
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    UChar32 one = 0;
    U8_NEXT(bytes, at, text.size(), one); // NOLINT(bugprone-inc-dec-in-conditions): ICU's macro
    return one < 0 ? replacement : static_cast<char32_t>(one);
}

void append_character(char32_t one, std::string& to) {
    const icu::UnicodeString whole(static_cast<UChar32>(one));
    whole.toUTF8String(to);
}

bool is_letter(char32_t one) { return (category(one) & U_GC_L_MASK) != 0; }

bool is_printable(char32_t one) {
    return one == U' ' || (category(one) & (U_GC_C_MASK | U_GC_Z_MASK)) == 0;
}

bool is_mark(char32_t one) { return (category(one) & U_GC_M_MASK) != 0; }

std::size_t grapheme_size(std::string_view text) {
    std::size_t end = 0;
    if (!text.empty()) {
        next_character(text, end);
    }
    bool joined = false;
    while (end < text.size()) {
        std::size_t behind = end;
        const char32_t next = next_character(text, behind);
        const bool joins = next == zero_width_joiner;
        if (!joined && !joins && !belongs_to_the_one_before(next)) {
            break;
        }
        joined = joins;
        end = behind;
    }
    return end;
}

bool ends_within_character(std::string_view bytes) {
    constexpr std::size_t character_size_max = 4;
    for (std::size_t back = 1; back < character_size_max && back <= bytes.size(); ++back) {
        const std::size_t start = bytes.size() - back;
        const auto first = static_cast<unsigned char>(bytes[start]);
        if ((first & 0xC0U) != 0x80) {
            return size_begun_by(first) > back && valid_utf8(bytes.substr(0, start));
        }
    }
    return false;
}

std::string from_latin1(std::string_view bytes) {
    std::string made;
    for (const char one : bytes) {
        append_character(static_cast<unsigned char>(one), made);
    }
    return made;
}

std::string composed(std::string_view text) {
    if (is_ascii(text) || !valid_utf8(text)) {
        return std::string(text);
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* const nfc = icu::Normalizer2::getNFCInstance(status);
    ASSERT(U_SUCCESS(status));
    return normalised(text, *nfc);
}

std::string decomposed(std::string_view text) {
    if (is_ascii(text) || !valid_utf8(text)) {
        return std::string(text);
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* const nfd = icu::Normalizer2::getNFDInstance(status);
    ASSERT(U_SUCCESS(status));
    return normalised(text, *nfd);
}

} // namespace tertulia::base
