// SPDX-License-Identifier: Apache-2.0
#include "terminal/hearing.hpp"

#include "base/text.hpp"
#include "base/width.hpp"
#include "terminal/limits.hpp"
#include "terminal/timestamps.hpp"
#include "wire/timestamp.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace tertulia::terminal {
namespace {

// A page of the past goes on behind its last line, whether anything was made of that one or not.
void count_in_page(client& who, const wire::irc_line& line) {
    const auto reference = wire::tag_value(line.tags, "batch");
    const auto found = reference ? who.batches.find(*reference) : who.batches.end();
    if (found == who.batches.end()) {
        return;
    }
    batch& page = found->second;
    ++page.seen;
    const std::string id = base::harmless(wire::tag_value(line.tags, "msgid").value_or(""));
    if (!id.empty()) {
        page.first_id = page.first_id.empty() ? id : page.first_id;
        page.last_id = id;
    }
}

bool hear_in(std::span<const heard_verb> rows, client& who, const wire::irc_line& line) {
    const auto row = std::ranges::find(rows, line.verb, &heard_verb::name);
    if (row == rows.end()) {
        return false;
    }
    if (line.parameter_count >= row->parameters_min) {
        row->hear(who, line);
    }
    return true;
}

// Behind \x03 stand up to two numbers of two digits, behind \x04 six or twelve of hexadecimal.
std::size_t colour_end(std::string_view text, std::size_t at, std::size_t digits) {
    const auto skip = [&](std::size_t from) {
        std::size_t end = from;
        while (end < text.size() && end - from < digits &&
               std::isxdigit(static_cast<unsigned char>(text[end])) != 0 &&
               (digits > 2 || std::isdigit(static_cast<unsigned char>(text[end])) != 0)) {
            ++end;
        }
        return end;
    };
    const std::size_t first = skip(at);
    const bool both = first > at && first < text.size() && text[first] == ',';
    const std::size_t second = both ? skip(first + 1) : first;
    return both && second == first + 1 ? first : second;
}

} // namespace

void hear_line(client& who, std::string_view text) {
    wire::irc_line line;
    if (wire::parse_irc_line(text, line) != wire::line_fault::none) {
        return;
    }
    count_in_page(who, line);
    if (hear_registration(who, line) || hear_in(message_verbs(), who, line) ||
        hear_in(people_verbs(), who, line) || hear_in(answer_verbs(), who, line) ||
        hear_in(detail_verbs(), who, line)) {
        return;
    }
    if (line.verb.size() == 3 && std::isdigit(static_cast<unsigned char>(line.verb[0])) != 0) {
        hear_numeric(who, line);
    }
}

std::string_view nickname_of(std::string_view source) {
    return source.substr(0, source.find_first_of("!@"));
}

base::wall_time time_of(const client& who, const wire::irc_line& line) {
    const auto said = wire::tag_value(line.tags, "time");
    const auto read = said ? wire::read_timestamp(*said) : std::nullopt;
    return read.value_or(who.now.wall);
}

std::string readable(std::string_view text) {
    std::string bare;
    for (std::size_t at = 0; at < text.size();) {
        const char one = text[at++];
        if (one == '\x03') {
            at = colour_end(text, at, 2);
        } else if (one == '\x04') {
            at = colour_end(text, at, 6);
        } else {
            bare += one;
        }
    }
    std::string made = base::harmless(bare, base::line_feeds::kept);
    if (made.size() > text_size_max) {
        made.resize(base::truncate_utf8(made, text_size_max).size());
    }
    return made;
}

entry entry_of(const client& who, const wire::irc_line& line, entry_kind kind,
               std::string_view text) {
    entry made{.at = time_of(who, line), .kind = kind};
    made.from = base::harmless(nickname_of(line.source));
    made.text = readable(text);
    made.mine = who.state.is_me(made.from);
    made.id = base::harmless(wire::tag_value(line.tags, "msgid").value_or(""));
    for (const std::string_view key : {"+reply", "+draft/reply"}) {
        if (auto answered = wire::tag_value(line.tags, key)) {
            made.reply_to = base::harmless(*answered);
        }
    }
    made.mentions_me = !made.mine && made.is_talk() && who.state.mentions_me(made.text);
    return made;
}

void for_each_word(std::string_view list, const std::function<void(std::string_view)>& each) {
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(' '), list.size());
        if (end > 0) {
            each(list.substr(0, end));
        }
        list.remove_prefix(std::min(end + 1, list.size()));
    }
}

} // namespace tertulia::terminal
