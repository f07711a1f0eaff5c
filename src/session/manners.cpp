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

bool is_one_of(std::string_view folded, const std::vector<std::string>& masks) {
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

reading read_words(const manners& by, const chat::card* who, std::string_view text) {
    using chat::word_action;
    const auto listed = by.listed ? by.listed->newest() : nullptr;
    const bool none = by.refused.empty() && by.hidden.empty() && (!listed || listed->empty());
    if (none || (who != nullptr && who->is_operator)) {
        return {std::string(text), std::string(text), false, {}};
    }
    reading found;
    for_each_piece(text, [&](std::string_view piece, bool word) {
        const std::string folded = word ? base::fold(piece) : std::string();
        const auto* const on_list = word && listed ? listed->find(folded) : nullptr;
        const auto action = on_list == nullptr ? word_action::report : on_list->action;
        const bool refused =
            word && (action >= word_action::refuse || is_one_of(folded, by.refused));
        const bool hidden = word && (action == word_action::hide || is_one_of(folded, by.hidden));
        const std::string stars(refused || hidden ? count_characters(piece) : 0, '*');
        found.refused = found.refused || refused;
        found.shown += hidden ? stars : piece;
        found.censored += refused || hidden ? stars : piece;
        const bool told =
            on_list != nullptr && (action == word_action::mute || action == word_action::report);
        if (told && (!found.met || found.met->action < action)) {
            found.met = *on_list;
        }
    });
    return found;
}

std::optional<objected> newcomer_waits(const manners& by, const chat::card& who, place where,
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
