// SPDX-License-Identifier: Apache-2.0
// Names of ASCII alone, nearly all of them, never reach ICU's normaliser: they are in NFC and fold
// by letter. Their skeleton is put together from a table that ICU filled once.
#include "base/text.hpp"

#include "base/assert.hpp"
#include "base/fnv.hpp"
#include "base/limits.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>

namespace tertulia::base {
namespace {

// A key that no name has: names hold no blank.
constexpr std::string_view no_key = " ";

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text,
                               [](char one) { return static_cast<unsigned char>(one) < 0x80; });
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string made;
    return text.toUTF8String(made);
}

// Keys are made of keys: folding once more changes nothing, so that what was folded on another
// machine can be compared.
struct folded_text {
    std::string display;
    std::string key;
};

std::optional<folded_text> normalise(std::string_view typed) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* const nfc = icu::Normalizer2::getNFCInstance(status);
    ASSERT(U_SUCCESS(status));
    const auto text = icu::UnicodeString::fromUTF8(
        icu::StringPiece(typed.data(), static_cast<std::int32_t>(typed.size())));
    const icu::UnicodeString display = nfc->normalize(text, status);
    icu::UnicodeString key = display;
    key.foldCase(U_FOLD_CASE_DEFAULT);
    key = nfc->normalize(key, status);
    if (U_FAILURE(status)) {
        return std::nullopt;
    }
    return folded_text{to_utf8(display), to_utf8(key)};
}

std::string lower_ascii(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char one) {
        return one >= 'A' && one <= 'Z' ? static_cast<char>(one - 'A' + 'a') : one;
    });
    return lower;
}

struct checker_closer {
    void operator()(USpoofChecker* open) const { uspoof_close(open); }
};

// Immutable once open, so safe from any thread.
const USpoofChecker* spoof_checker() {
    static const std::unique_ptr<USpoofChecker, checker_closer> open = [] {
        UErrorCode status = U_ZERO_ERROR;
        USpoofChecker* const made = uspoof_open(&status);
        ASSERT(U_SUCCESS(status));
        return std::unique_ptr<USpoofChecker, checker_closer>(made);
    }();
    return open.get();
}

icu::UnicodeString icu_skeleton(const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString skeleton;
    uspoof_getSkeletonUnicodeString(spoof_checker(), 0, text, skeleton, &status);
    ASSERT(U_SUCCESS(status));
    return skeleton;
}

// What a text looks like, whatever its letters are (NFKC: full width, bold) and their case: as it
// stands a Cyrillic capital is like a Latin one, and only then is the case of no account.
std::string look_of(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* const nfkc = icu::Normalizer2::getNFKCInstance(status);
    ASSERT(U_SUCCESS(status));
    icu::UnicodeString plain =
        nfkc->normalize(icu::UnicodeString::fromUTF8(
                            icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()))),
                        status);
    ASSERT(U_SUCCESS(status));
    plain.findAndReplace(u"\u04cf", u"\u04c0"); // a palochka is an l, not the table's i
    return to_utf8(icu_skeleton(icu_skeleton(plain).foldCase(U_FOLD_CASE_DEFAULT)));
}

// UTS #39 maps character by character, and ASCII to ASCII.
std::string skeleton_of(std::string_view text) {
    static const std::array<std::string, 128> table = [] {
        std::array<std::string, 128> made;
        for (std::size_t i = 0; i < made.size(); ++i) {
            made[i] = look_of(std::string(1, static_cast<char>(i)));
        }
        return made;
    }();
    if (!is_ascii(text)) {
        return look_of(text);
    }
    std::string made;
    for (const char one : text) {
        made += table[static_cast<unsigned char>(one)];
    }
    return made;
}

// A collision only refuses a name that looks like no other.
std::uint64_t skeletons_of(const folded_text& of) {
    const std::uint64_t shown = fnv1a_short(skeleton_of(of.display));
    return (shown << 32U) |
           (of.key == of.display ? shown : std::uint64_t{fnv1a_short(skeleton_of(of.key))});
}

// The character at `at`, which moves behind it; negative where the bytes are not UTF-8.
UChar32 next_character(std::string_view text, std::size_t& at) {
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    UChar32 one = 0;
    U8_NEXT(bytes, at, text.size(), one); // NOLINT(bugprone-inc-dec-in-conditions): ICU's macro
    return one;
}

std::u32string code_points(std::string_view text) {
    std::u32string made;
    for (std::size_t at = 0; at < text.size();) {
        made += static_cast<char32_t>(next_character(text, at));
    }
    return made;
}

std::uint32_t category(char32_t one) { return U_GET_GC_MASK(static_cast<UChar32>(one)); }

// RFC 2812 2.3.1 "special", and letters, marks and digits of every script.
bool may_be_in_nickname(char32_t one) {
    if (one < 0x80) {
        return std::u32string_view(U"[]\\`_^{|}-").contains(one) || (one >= U'0' && one <= U'9') ||
               (one >= U'a' && one <= U'z') || (one >= U'A' && one <= U'Z');
    }
    return (category(one) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK)) != 0 &&
           u_hasBinaryProperty(static_cast<UChar32>(one), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) == 0;
}

bool may_begin_nickname(char32_t one) {
    return one != U'-' && (category(one) & (U_GC_M_MASK | U_GC_ND_MASK)) == 0;
}

// What can't be seen, isn't assigned or separates words or lists is no part of a name. U+200D joins
// the parts of emoji and is let through for them.
bool may_be_in_room_name(char32_t one) {
    constexpr std::uint32_t refused = U_GC_C_MASK | U_GC_Z_MASK;
    if (one == 0x200D || one == 0xFE0F) {
        return true;
    }
    return one != U',' && one != U':' && (category(one) & refused) == 0 &&
           u_hasBinaryProperty(static_cast<UChar32>(one), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) == 0;
}

struct bounds {
    std::size_t length_max; // characters
    std::size_t size_max;   // bytes
};

// The checks common to both, then `fault_in` on the characters after NFC.
template <class Rule>
std::expected<name, name_fault> make_name(std::string_view typed, bounds within, Rule fault_in) {
    if (typed.empty()) {
        return std::unexpected(name_fault::empty);
    }
    if (!valid_utf8(typed)) {
        return std::unexpected(name_fault::not_utf8);
    }
    std::optional<folded_text> text =
        is_ascii(typed) ? folded_text{std::string(typed), lower_ascii(typed)} : normalise(typed);
    if (!text) {
        return std::unexpected(name_fault::bad_character);
    }
    const std::u32string characters = code_points(text->display);
    if (characters.size() > within.length_max || text->display.size() > within.size_max) {
        return std::unexpected(name_fault::too_long);
    }
    if (fault_in(characters)) {
        return std::unexpected(name_fault::bad_character);
    }
    const std::uint64_t skeletons = skeletons_of(*text);
    const bool plain = is_ascii(text->display);
    return name{std::move(text->display), std::move(text->key), skeletons, plain};
}

} // namespace

std::expected<name, name_fault> make_nickname(std::string_view typed) {
    constexpr bounds within{limits::nickname_length_max, limits::nickname_size_max};
    return make_name(typed, within, [](std::u32string_view characters) {
        return !may_begin_nickname(characters.front()) ||
               !std::ranges::all_of(characters, may_be_in_nickname);
    });
}

std::expected<name, name_fault> make_room_name(std::string_view typed) {
    constexpr bounds within{limits::room_name_length_max, limits::room_name_size_max};
    return make_name(typed, within, [](std::u32string_view characters) {
        return characters.front() != U'#' || characters.size() < 2 ||
               (category(characters[1]) & U_GC_M_MASK) != 0 ||
               !std::ranges::all_of(characters, may_be_in_room_name);
    });
}

std::string fold(std::string_view typed) {
    if (typed.empty() || typed.contains(' ') || !valid_utf8(typed)) {
        return std::string(no_key);
    }
    return fold_mask(typed);
}

std::string fold_mask(std::string_view typed) {
    if (is_ascii(typed)) {
        return lower_ascii(typed);
    }
    const std::optional<folded_text> text = normalise(typed);
    return text ? text->key : std::string(no_key);
}

std::string_view folding_version() { return U_UNICODE_VERSION "/2"; }

bool valid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (next_character(text, at) < 0) {
            return false;
        }
    }
    return true;
}

std::string_view truncate_utf8(std::string_view text, std::size_t size_max) {
    if (text.size() <= size_max) {
        return text;
    }
    const auto continues = [&](std::size_t at) {
        return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80;
    };
    while (size_max > 0 && continues(size_max)) {
        --size_max;
    }
    return text.substr(0, size_max);
}

} // namespace tertulia::base
