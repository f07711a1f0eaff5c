// SPDX-License-Identifier: Apache-2.0
#include "wire/python_list.hpp"

#include "base/characters.hpp"
#include "base/classic_limits.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

namespace tertulia::wire {
namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr char32_t surrogate_first = 0xD800;
constexpr char32_t surrogate_low_first = 0xDC00;
constexpr char32_t surrogate_end = 0xE000;
constexpr char32_t character_end = 0x110000;

// One list being read. Each step is false where the text is none.
class parser {
public:
    explicit parser(std::string_view text) : rest_(text) {}

    bool list(std::vector<std::string>& items) {
        if (!take('[')) {
            return false;
        }
        if (take(']')) {
            return at_end();
        }
        do {
            items.emplace_back();
            if (!string(items.back())) {
                return false;
            }
        } while (take(','));
        return take(']') && at_end();
    }

private:
    void skip_blanks() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(blanks), rest_.size()));
    }

    bool take(char one) {
        skip_blanks();
        if (!rest_.starts_with(one)) {
            return false;
        }
        rest_.remove_prefix(1);
        return true;
    }

    bool at_end() {
        skip_blanks();
        return rest_.empty();
    }

    bool string(std::string& to) {
        const bool unicode = take('u') || take('U');
        if (rest_.empty()) {
            return false;
        }
        const char quote = take('\'') ? '\'' : '"';
        if (quote == '"' && !take('"')) {
            return false;
        }
        if (!take_exactly(quote)) {
            bytes_.clear();
            characters_.clear();
            if (!contents(quote)) {
                return false;
            }
            to = !unicode && base::valid_utf8(bytes_) ? bytes_ : characters_;
        }
        return base::valid_utf8(to);
    }

    // Without skipping blanks: within a string they count.
    bool take_exactly(char one) {
        if (!rest_.starts_with(one)) {
            return false;
        }
        rest_.remove_prefix(1);
        return true;
    }

    bool contents(char quote) {
        while (!take_exactly(quote)) {
            if (rest_.empty()) {
                return false;
            }
            if (!take_exactly('\\')) {
                append(rest_.substr(0, 1));
                rest_.remove_prefix(1);
            } else if (!escape()) {
                return false;
            }
        }
        return true;
    }

    bool escape() {
        if (rest_.empty()) {
            return false;
        }
        const char what = rest_.front();
        rest_.remove_prefix(1);
        switch (what) {
        case '\\':
        case '\'':
        case '"': append({&what, 1}); return true;
        case 'n': append("\n"); return true;
        case 't': append("\t"); return true;
        case 'r': append("\r"); return true;
        case 'x': return byte();
        case 'u': return character(4);
        case 'U': return character(8);
        default: return false;
        }
    }

    std::optional<char32_t> number(std::size_t digits) {
        std::uint32_t value = 0;
        const char* const end = rest_.data() + std::min(digits, rest_.size());
        const auto [stop, fault] = std::from_chars(rest_.data(), end, value, 16);
        if (rest_.size() < digits || fault != std::errc{} || stop != end) {
            return std::nullopt;
        }
        rest_.remove_prefix(digits);
        return value;
    }

    // \xNN: a byte of UTF-8 to Python 2, a character to Python 3.
    bool byte() {
        const auto value = number(2);
        if (!value) {
            return false;
        }
        bytes_ += static_cast<char>(*value);
        base::append_character(*value, characters_);
        return true;
    }

    // Python 2 may write a character beyond U+FFFF as two surrogates.
    bool character(std::size_t digits) {
        auto value = number(digits);
        if (value && *value >= surrogate_first && *value < surrogate_low_first) {
            const bool paired = take_exactly('\\') && take_exactly('u');
            const auto low = paired ? number(4) : std::nullopt;
            if (!low || *low < surrogate_low_first || *low >= surrogate_end) {
                return false;
            }
            *value = 0x10000 + ((*value - surrogate_first) << 10U) + (*low - surrogate_low_first);
        }
        if (!value || *value >= character_end ||
            (*value >= surrogate_first && *value < surrogate_end)) {
            return false;
        }
        std::string made;
        base::append_character(*value, made);
        append(made);
        return true;
    }

    void append(std::string_view text) {
        bytes_ += text;
        characters_ += text;
    }

    std::string_view rest_;
    std::string bytes_;      // of the string under way, where \xNN is a byte
    std::string characters_; // the same, where it is a character
};

void append_escaped(char32_t one, std::string& to) {
    if (one < 0x100) {
        fmt::format_to(std::back_inserter(to), "\\x{:02x}", static_cast<std::uint32_t>(one));
    } else if (one < 0x10000) {
        fmt::format_to(std::back_inserter(to), "\\u{:04x}", static_cast<std::uint32_t>(one));
    } else {
        fmt::format_to(std::back_inserter(to), "\\U{:08x}", static_cast<std::uint32_t>(one));
    }
}

void append_in_quotes(char32_t one, char quote, std::string& to) {
    switch (one) {
    case U'\n': to += "\\n"; return;
    case U'\r': to += "\\r"; return;
    case U'\t': to += "\\t"; return;
    default: break;
    }
    if (one == U'\\' || one == static_cast<char32_t>(quote)) {
        to += '\\';
    }
    if (base::is_printable(one)) {
        base::append_character(one, to);
    } else {
        append_escaped(one, to);
    }
}

} // namespace

std::optional<std::vector<std::string>> parse_python_list(std::string_view text) {
    std::vector<std::string> items;
    return parser(text).list(items) ? std::optional(std::move(items)) : std::nullopt;
}

std::string python_string(std::string_view text) {
    const char quote = text.contains('\'') && !text.contains('"') ? '"' : '\'';
    std::string made(1, quote);
    for (std::size_t at = 0; at < text.size();) {
        append_in_quotes(base::next_character(text, at), quote, made);
    }
    return made + quote;
}

std::string python_list(const std::vector<std::string>& items) {
    std::string made = "[";
    for (const std::string& one : items) {
        made += made.size() > 1 ? ", " : "";
        made += python_string(one);
    }
    made += "]";
    return made;
}

python_list_reader::found python_list_reader::read(std::string_view& bytes) {
    while (!bytes.empty()) {
        const found what = text_.empty() ? outside(bytes) : inside(bytes);
        if (what != found::nothing) {
            return what;
        }
    }
    return found::nothing;
}

python_list_reader::found python_list_reader::outside(std::string_view& bytes) {
    const std::size_t start = std::min(bytes.find('['), bytes.size());
    const bool silent = bytes.substr(0, start).find_first_not_of(blanks) == std::string_view::npos;
    bytes.remove_prefix(start);
    if (!bytes.empty()) {
        text_.assign(1, '[');
        bytes.remove_prefix(1);
    }
    const found what = silent ? found::nothing : refuse();
    refused_ = refused_ && text_.empty();
    return what;
}

python_list_reader::found python_list_reader::inside(std::string_view& bytes) {
    while (!bytes.empty()) {
        const char one = bytes.front();
        bytes.remove_prefix(1);
        text_ += one;
        if (closes(one)) {
            auto parsed = parse_python_list(text_);
            text_.clear();
            if (!parsed) {
                return refuse();
            }
            list_ = std::move(*parsed);
            return found::list;
        }
        if (text_.size() > base::limits::classic_message_size_max) {
            text_.clear();
            quote_ = 0;
            escaped_ = false;
            return refuse();
        }
    }
    return found::nothing;
}

// Brackets within quotes are text.
bool python_list_reader::closes(char one) {
    if (quote_ == 0) {
        quote_ = one == '\'' || one == '"' ? one : '\0';
        return one == ']';
    }
    if (escaped_) {
        escaped_ = false;
    } else if (one == '\\') {
        escaped_ = true;
    } else if (one == quote_) {
        quote_ = 0;
    }
    return false;
}

python_list_reader::found python_list_reader::refuse() {
    return std::exchange(refused_, true) ? found::nothing : found::nonsense;
}

} // namespace tertulia::wire
