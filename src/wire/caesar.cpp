// SPDX-License-Identifier: Apache-2.0
#include "wire/caesar.hpp"

#include "base/characters.hpp"

#include <algorithm>
#include <array>

namespace tertulia::wire {
namespace {

constexpr int alphabet_size = 26;
constexpr int shift = 10;

char moved(char one, char first, int by) {
    return static_cast<char>((one - first + by) % alphabet_size + first);
}

std::string moved(std::string_view text, int by) {
    std::string made(text);
    for (char& one : made) {
        if (one >= 'a' && one <= 'z') {
            one = moved(one, 'a', by);
        } else if (one >= 'A' && one <= 'Z') {
            one = moved(one, 'A', by);
        }
    }
    return made;
}

// Letters that decomposition leaves whole, as is usual.
struct spelling {
    char32_t letter;
    std::string_view written;
};
constexpr std::array spellings{
    spelling{U'ß', "ss"}, spelling{U'ẞ', "SS"}, spelling{U'ø', "o"},  spelling{U'Ø', "O"},
    spelling{U'ł', "l"},  spelling{U'Ł', "L"},  spelling{U'æ', "ae"}, spelling{U'Æ', "AE"},
    spelling{U'œ', "oe"}, spelling{U'Œ', "OE"}, spelling{U'đ', "d"},  spelling{U'Đ', "D"},
    spelling{U'ı', "i"},  spelling{U'ª', "a"},  spelling{U'º', "o"},
};

bool survives(char32_t one) { return one < 0x80 || !base::is_letter(one); }

// False where a letter stays that has no such spelling.
bool append_surviving(std::string_view grapheme, std::string& to) {
    for (std::size_t at = 0; at < grapheme.size();) {
        const std::size_t start = at;
        const char32_t one = base::next_character(grapheme, at);
        const auto* const known = std::ranges::find(spellings, one, &spelling::letter);
        if (survives(one)) {
            to += grapheme.substr(start, at - start);
        } else if (known != spellings.end()) {
            to += known->written;
        } else {
            return false;
        }
    }
    return true;
}

} // namespace

std::string caesar_cipher(std::string_view text) { return moved(text, shift); }

std::string caesar_decipher(std::string_view text) { return moved(text, alphabet_size - shift); }

std::string for_caesar(std::string_view text) {
    const std::string whole = base::decomposed(text);
    std::string made;
    for (std::string_view rest = whole; !rest.empty();) {
        const std::string_view grapheme = rest.substr(0, base::grapheme_size(rest));
        const std::size_t before = made.size();
        if (!append_surviving(grapheme, made)) {
            made.resize(before);
            made += '?';
        }
        rest.remove_prefix(grapheme.size());
    }
    return made;
}

} // namespace tertulia::wire
