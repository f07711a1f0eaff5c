// SPDX-License-Identifier: Apache-2.0
#include "classic/texts.hpp"

#include "base/characters.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "classic/recent_words.hpp"
#include "wire/irc_line.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

namespace tertulia::classic {
namespace {

constexpr char32_t delete_character = 0x7F;
constexpr char32_t first_beyond_controls = 0xA0;

bool is_control(char32_t one) {
    return one < U' ' || (one >= delete_character && one < first_beyond_controls);
}

std::string without_controls(std::string_view text, std::u32string_view but = U"\t") {
    std::string made;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        const char32_t one = base::next_character(text, at);
        if (but.contains(one) || !is_control(one)) {
            made += text.substr(start, at - start);
        }
    }
    return made;
}

bool is_digit(char one) { return one >= '0' && one <= '9'; }

// "4", "12,3" behind the character that begins a colour on IRC.
std::size_t colour_size(std::string_view text) {
    const auto digits = [&text](std::size_t at) {
        std::size_t count = 0;
        while (count < 2 && at + count < text.size() && is_digit(text[at + count])) {
            ++count;
        }
        return count;
    };
    std::size_t size = digits(0);
    if (size > 0 && text.substr(size).starts_with(',')) {
        const std::size_t background = digits(size + 1);
        size += background > 0 ? background + 1 : 0;
    }
    return size;
}

std::string without_colours(std::string_view text) {
    constexpr char colour = '\x03';
    std::string made;
    while (!text.empty()) {
        const std::size_t plain = std::min(text.find(colour), text.size());
        made += text.substr(0, plain);
        text.remove_prefix(std::min(plain + 1, text.size()));
        text.remove_prefix(plain < text.size() + 1 ? colour_size(text) : 0);
    }
    return made;
}

std::optional<std::string> reaction(const chat::spoke& what, const recent_word* about,
                                    base::language in) {
    const auto value_of = [&](std::initializer_list<std::string_view> tags) {
        std::string found;
        for (const std::string_view tag : tags) {
            found = found.empty() ? wire::tag_value(what.tags, tag).value_or("") : found;
        }
        return without_controls(found);
    };
    if (const std::string with = value_of({"+draft/react", "+react"}); !with.empty()) {
        return about != nullptr && !about->text.empty()
                   ? base::say(in, base::text_key::classic_reaction_to, {with, about->text})
                   : base::say(in, base::text_key::classic_reaction, {with});
    }
    if (const std::string with = value_of({"+draft/unreact", "+unreact"}); !with.empty()) {
        return base::say(in, base::text_key::classic_unreaction, {with});
    }
    return std::nullopt;
}

bool is_word(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char one) {
        return is_digit(one) || (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z');
    });
}

bool is_picture(std::string_view ending) {
    constexpr auto endings = std::to_array<std::string_view>(
        {"png", "jpg", "jpeg", "gif", "webp", "avif", "PNG", "JPG", "JPEG", "GIF"});
    return std::ranges::find(endings, ending) != endings.end();
}

// "https://example.org/files/7/cat.png", and nothing else: what it is comes first, as a line that
// is cut by a small window ends with the address.
std::string with_file_named(std::string_view text, base::language in) {
    constexpr std::size_t name_size_max = 40;
    constexpr std::size_t ending_size_max = 5;
    const bool is_link = text.starts_with("https://") || text.starts_with("http://");
    const std::string_view path = text.substr(0, text.find_first_of("?#"));
    const std::size_t host = is_link ? text.find("//") + 2 : 0;
    const std::size_t slash = path.rfind('/');
    const bool is_alone = text.find_first_of(" \n") == std::string_view::npos;
    if (!is_link || !is_alone || slash == std::string_view::npos || slash <= host) {
        return std::string(text);
    }
    const std::string_view name = path.substr(slash + 1);
    const std::string_view ending = name.substr(std::min(name.rfind('.') + 1, name.size()));
    const bool is_file = name.contains('.') && ending.size() < name.size() - 1 &&
                         ending.size() <= ending_size_max && is_word(ending);
    return is_file ? base::say(in,
                               is_picture(ending) ? base::text_key::classic_picture
                                                  : base::text_key::classic_file,
                               {cut(name, name_size_max).front(), text})
                   : std::string(text);
}

// Of a grapheme that no piece can hold, as much as one can: then its marks are cut apart.
std::size_t part_that_fits(std::string_view grapheme, std::size_t room, measure size_of) {
    std::size_t end = 0;
    for (std::size_t size = 0; end < grapheme.size();) {
        std::size_t next = end;
        base::next_character(grapheme, next);
        size += size_of(grapheme.substr(end, next - end));
        if (end > 0 && size > room) {
            break;
        }
        end = next;
    }
    return end;
}

bool may_be_in_nickname(std::string_view character) {
    return base::make_nickname("a" + std::string(character)).has_value();
}

} // namespace

std::string cleaned(std::string_view bytes) {
    return without_controls(base::valid_utf8(bytes) ? std::string(bytes)
                                                    : base::from_latin1(bytes));
}

std::string unmarked(std::string_view text) {
    return without_controls(without_colours(text), U"\t\n");
}

std::optional<std::string> plain_text(const chat::spoke& what, const recent_word* about,
                                      base::language in) {
    constexpr char ctcp = '\x01';
    constexpr std::string_view action = "\x01"
                                        "ACTION ";
    if (what.kind == chat::message_kind::tags) {
        return reaction(what, about, in);
    }
    std::string_view text = what.text;
    if (text.starts_with(action)) {
        return "* " + unmarked(text.substr(action.size()));
    }
    if (text.starts_with(ctcp)) {
        return std::nullopt; // a question to a program
    }
    const std::string plain = with_file_named(unmarked(text), in);
    return about != nullptr && !about->text.empty()
               ? base::say(in, base::text_key::classic_reply, {about->name, about->text, plain})
               : plain;
}

std::size_t bytes_of(std::string_view grapheme) { return grapheme.size(); }

std::vector<std::string> cut(std::string_view text, std::size_t room, measure size_of) {
    std::vector<std::string> pieces;
    std::size_t taken = 0; // of `text`, by the piece under way
    std::size_t size = 0;
    std::size_t blank = 0; // where its last word ends; 0: there is none
    while (taken < text.size()) {
        std::size_t next = base::grapheme_size(text.substr(taken));
        if (taken == 0 && size_of(text.substr(0, next)) > room) {
            next = part_that_fits(text.substr(0, next), room, size_of);
        }
        const std::size_t more = size_of(text.substr(taken, next));
        if (taken > 0 && size + more > room) {
            const std::size_t end = blank > 0 ? blank : taken;
            pieces.emplace_back(text.substr(0, end));
            text.remove_prefix(blank > 0 ? blank + 1 : end);
            taken = size = blank = 0;
            continue;
        }
        blank = text[taken] == ' ' ? taken : blank;
        taken += next;
        size += more;
    }
    if (!text.empty() || pieces.empty()) {
        pieces.emplace_back(text);
    }
    return pieces;
}

std::string nickname_from(std::string_view wish, std::size_t length_max) {
    const std::string whole = base::composed(wish);
    std::string made;
    std::size_t length = 0;
    for (std::size_t at = 0; at < whole.size() && length < length_max;) {
        const std::size_t start = at;
        base::next_character(whole, at);
        const std::string_view one = std::string_view(whole).substr(start, at - start);
        const bool fits = may_be_in_nickname(one);
        if (length == 0 && fits && !base::make_nickname(one)) {
            made = "_"; // a digit does not begin one
            ++length;
        }
        if (fits && made.size() + one.size() <= base::limits::nickname_size_max) {
            made += one;
            ++length;
        } else if (!made.empty() && !made.ends_with('_')) {
            made += '_';
            ++length;
        }
    }
    while (made.ends_with('_') && !wish.ends_with('_')) {
        made.pop_back();
    }
    return made;
}

} // namespace tertulia::classic
