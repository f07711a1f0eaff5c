// SPDX-License-Identifier: Apache-2.0
// As tolerant as "Modern IRC" asks of a server: any number of blanks is one separator, blanks at
// the end mean nothing, a source may stand there.
#include "wire/irc_line.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <ranges>
#include <set>
#include <vector>

namespace tertulia::wire {
namespace {

constexpr char blank = ' ';

bool is_letter_or_digit(char byte) {
    return base::is_ascii_letter(byte) || (byte >= '0' && byte <= '9');
}

void skip_blanks(std::string_view& rest) {
    rest.remove_prefix(std::min(rest.find_first_not_of(blank), rest.size()));
}

// Takes the text before `separator`, and the separator itself, off the front of `rest`.
std::string_view take_until(char separator, std::string_view& rest) {
    const std::size_t end = std::min(rest.find(separator), rest.size());
    const std::string_view taken = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return taken;
}

std::string_view take_word(std::string_view& rest) {
    const std::string_view word = take_until(blank, rest);
    skip_blanks(rest);
    return word;
}

void take_parameters(std::string_view rest, irc_line& out) {
    while (!rest.empty()) {
        const bool trailing = rest.front() == ':';
        const bool last = trailing || out.parameter_count + 1 == parameters_max;
        std::string_view& next = out.parameter[out.parameter_count++];
        if (last) {
            next = rest.substr(trailing ? 1 : 0);
            return;
        }
        next = take_word(rest);
    }
}

struct tag {
    std::string_view whole;
    std::string_view key;
    std::string_view value;
};

tag take_tag(std::string_view& tags) {
    const std::string_view whole = take_until(';', tags);
    std::string_view value = whole;
    const std::string_view key = take_until('=', value);
    return {whole, key, value};
}

// '+' [vendor '/'] name, as message-tags has it; the vendor is a host name.
bool is_client_only_key(std::string_view key) {
    if (!key.starts_with('+')) {
        return false;
    }
    const std::size_t slash = key.find('/');
    const bool has_vendor = slash != std::string_view::npos;
    const std::string_view vendor = has_vendor ? key.substr(1, slash - 1) : std::string_view{};
    const std::string_view name = key.substr(has_vendor ? slash + 1 : 1);
    const auto in_name = [](char byte) { return is_letter_or_digit(byte) || byte == '-'; };
    const auto in_host = [in_name](char byte) { return in_name(byte) || byte == '.'; };
    return !name.empty() && std::ranges::all_of(name, in_name) && has_vendor == !vendor.empty() &&
           std::ranges::all_of(vendor, in_host);
}

char unescaped(char escaped) {
    switch (escaped) {
    case ':': return ';';
    case 's': return blank;
    case 'r': return '\r';
    case 'n': return '\n';
    default: return escaped; // message-tags: the '\' is dropped
    }
}

std::string unescape(std::string_view value) {
    std::string plain;
    plain.reserve(value.size());
    for (std::size_t at = 0; at < value.size(); ++at) {
        if (value[at] != '\\') {
            plain += value[at];
        } else if (++at < value.size()) { // a '\' at the end is dropped
            plain += unescaped(value[at]);
        }
    }
    return plain;
}

} // namespace

line_fault parse_irc_line(std::string_view line, irc_line& out) {
    out = {};
    if (line.contains('\0') || line.contains('\r') || line.contains('\n')) {
        return line_fault::malformed;
    }
    skip_blanks(line);
    if (line.empty()) {
        return line_fault::empty;
    }
    if (line.front() == '@') {
        out.tags = take_word(line).substr(1);
    }
    if (line.starts_with(':')) {
        out.source = take_word(line).substr(1);
    }
    out.verb = take_word(line);
    if (out.verb.empty() || !std::ranges::all_of(out.verb, is_letter_or_digit)) {
        return line_fault::malformed;
    }
    take_parameters(line, out);
    return line_fault::none;
}

std::optional<std::string> tag_value(std::string_view tags, std::string_view key) {
    std::optional<std::string_view> found;
    while (!tags.empty()) {
        const tag next = take_tag(tags);
        if (next.key == key) {
            found = next.value;
        }
    }
    return found ? std::optional(unescape(*found)) : std::nullopt;
}

std::string client_only_tags(std::string_view tags) {
    std::vector<tag> candidates;
    while (!tags.empty()) {
        const tag next = take_tag(tags);
        if (is_client_only_key(next.key)) {
            candidates.push_back(next);
        }
    }
    std::vector<std::string_view> kept; // from the end, where the last value of a key stands first
    std::set<std::string_view> keys;
    for (const tag& next : candidates | std::views::reverse) {
        if (keys.insert(next.key).second) {
            kept.push_back(next.whole);
        }
    }
    std::string joined;
    for (const std::string_view next : kept | std::views::reverse) {
        joined += joined.empty() ? "" : ";";
        joined += next;
    }
    return joined;
}

void append_escaped_tag_value(std::string_view value, std::string& out) {
    for (const char byte : value) {
        switch (byte) {
        case ';': out += "\\:"; break;
        case blank: out += "\\s"; break;
        case '\r': out += "\\r"; break;
        case '\n': out += "\\n"; break;
        case '\\': out += "\\\\"; break;
        default: out += byte;
        }
    }
}

} // namespace tertulia::wire
