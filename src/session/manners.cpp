// SPDX-License-Identifier: Apache-2.0
#include "session/manners.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"
#include "session/order_texts.hpp"

#include <algorithm>
#include <array>

namespace tertulia::session {
namespace {

using base::text_key;

std::size_t character_size(std::string_view text) {
    std::size_t size = 1;
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) {
        ++size;
    }
    return size;
}

// Letters and digits of ASCII, and what is not ASCII but the signs that Unicode has in U+0080 to
// U+00BF ("¡") and U+2000 to U+207F ("…").
bool in_a_word(std::string_view character) {
    const char one = character.front();
    if (static_cast<unsigned char>(one) < 0x80) {
        return (one >= '0' && one <= '9') || (one >= 'A' && one <= 'Z') ||
               (one >= 'a' && one <= 'z');
    }
    return !character.starts_with("\xC2") && !character.starts_with("\xE2\x80") &&
           !character.starts_with("\xE2\x81");
}

bool is_one_of(std::string_view word, const std::vector<std::string>& masks) {
    const std::string folded = base::fold(word);
    return std::ranges::any_of(
        masks, [&](const std::string& mask) { return base::glob_match(mask, folded); });
}

// Gives `each` every word of the text, and what stands between them.
template <class Each>
void for_each_piece(std::string_view text, Each each) {
    while (!text.empty()) {
        const bool word = in_a_word(text);
        std::size_t size = 0;
        while (size < text.size() && in_a_word(text.substr(size)) == word) {
            size += character_size(text.substr(size));
        }
        each(text.substr(0, size), word);
        text.remove_prefix(size);
    }
}

std::size_t count_characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char one) { return (static_cast<unsigned char>(one) & 0xC0U) != 0x80U; }));
}

bool has_link(std::string_view text) {
    constexpr std::array marks{"://", "www."};
    return std::ranges::any_of(
        marks, [&](std::string_view mark) { return text.find(mark) != std::string_view::npos; });
}

} // namespace

bool has_refused_word(const manners& by, const chat::card& who, std::string_view text) {
    bool found = false;
    if (!by.refused.empty() && !who.is_operator) {
        for_each_piece(text, [&](std::string_view piece, bool word) {
            found = found || (word && is_one_of(piece, by.refused));
        });
    }
    return found;
}

std::string with_words_hidden(const manners& by, const chat::card& who, std::string_view text) {
    if (by.hidden.empty() || who.is_operator) {
        return std::string(text);
    }
    std::string made;
    for_each_piece(text, [&](std::string_view piece, bool word) {
        if (word && is_one_of(piece, by.hidden)) {
            made.append(count_characters(piece), '*');
        } else {
            made += piece;
        }
    });
    return made;
}

std::optional<objected> objection_to(const manners& by, const chat::card& who, place where,
                                     std::string_view text, base::wall_time now) {
    const auto waits_until = who.connected_at + by.guests_wait;
    const auto careful_until = who.connected_at + by.guests_careful;
    if (!who.registered && now < waits_until) {
        return objected{objection::too_soon, waits_until};
    }
    if (!who.registered && now < careful_until && where == place::person) {
        return objected{objection::too_soon_in_private, careful_until};
    }
    if (!who.registered && now < careful_until && has_link(text)) {
        return objected{objection::too_soon_for_links, careful_until};
    }
    if (has_refused_word(by, who, text)) {
        return objected{objection::word, std::nullopt};
    }
    return std::nullopt;
}

std::string in_words(base::language in, const objected& what) {
    const auto until = [&](text_key key) {
        return base::say(in, key, {end_in_words(in, what.until)});
    };
    switch (what.why) {
    case objection::too_soon: return until(text_key::order_too_soon);
    case objection::too_soon_for_links: return until(text_key::order_too_soon_for_links);
    case objection::too_soon_in_private: return until(text_key::order_too_soon_in_private);
    case objection::word: break;
    }
    return std::string(base::text(in, text_key::order_word_refused));
}

} // namespace tertulia::session
