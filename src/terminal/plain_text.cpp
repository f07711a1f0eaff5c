// SPDX-License-Identifier: Apache-2.0
#include "terminal/plain_text.hpp"

#include "base/text.hpp"
#include "terminal/timestamps.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tertulia::terminal {
namespace {

using base::text_key;

std::string_view kind_name(entry_kind kind) {
    switch (kind) {
    case entry_kind::message: return "message";
    case entry_kind::action: return "action";
    case entry_kind::notice: return "notice";
    case entry_kind::joined: return "joined";
    case entry_kind::left: return "left";
    case entry_kind::quit: return "quit";
    case entry_kind::renamed: return "renamed";
    case entry_kind::kicked: return "kicked";
    case entry_kind::topic: return "topic";
    case entry_kind::note: return "note";
    case entry_kind::warning: return "warning";
    }
    return "";
}

// A line stays one line.
std::string in_one_line(std::string text) {
    std::ranges::replace(text, '\n', ' ');
    return text;
}

} // namespace

std::string sentence_of(const entry& what, base::language in) {
    const auto with_reason = [&](std::string sentence) {
        return what.text.empty() ? sentence : fmt::format("{} ({})", sentence, what.text);
    };
    switch (what.kind) {
    case entry_kind::joined: return base::say(in, text_key::chat_joined, {what.from});
    case entry_kind::left: return with_reason(base::say(in, text_key::chat_left, {what.from}));
    case entry_kind::quit: return with_reason(base::say(in, text_key::chat_quit, {what.from}));
    case entry_kind::renamed: return base::say(in, text_key::chat_renamed, {what.from, what.about});
    case entry_kind::kicked:
        return with_reason(base::say(in, text_key::chat_kicked, {what.from, what.about}));
    case entry_kind::topic: return base::say(in, text_key::chat_topic_set, {what.from, what.text});
    default: return what.text;
    }
}

std::string plain_line(const show_entry& event, base::language in) {
    const entry& what = event.what;
    const std::string place = event.in_current_room ? "" : event.room + " ";
    switch (what.kind) {
    case entry_kind::joined: return base::say(in, text_key::chat_joined_100, {what.from});
    case entry_kind::left:
    case entry_kind::quit: return base::say(in, text_key::chat_left_200, {what.from});
    case entry_kind::message:
    case entry_kind::action:
    case entry_kind::notice:
        if (what.mine && !what.history) {
            return "";
        }
        return in_one_line(fmt::format("[300] {}{}{}{} {}", place,
                                       what.kind == entry_kind::action ? "* " : "<", what.from,
                                       what.kind == entry_kind::action ? "" : ">", what.text));
    default: return in_one_line(place + sentence_of(what, in));
    }
}

void append_json_text(std::string_view text, std::string& to) {
    to += '"';
    for (const char one : text) {
        if (one == '"' || one == '\\') {
            to += '\\';
            to += one;
        } else if (static_cast<unsigned char>(one) < 0x20) {
            to += fmt::format("\\u{:04x}", static_cast<unsigned>(one));
        } else {
            to += one;
        }
    }
    to += '"';
}

std::string json_line(const show_entry& event, base::language in) {
    const entry& what = event.what;
    std::string made = fmt::format("{{\"event\":\"{}\",\"time\":\"{}\"", kind_name(what.kind),
                                   wire::timestamp(what.at));
    const auto add = [&made](std::string_view key, std::string_view value) {
        if (!value.empty()) {
            made += fmt::format(",\"{}\":", key);
            append_json_text(value, made);
        }
    };
    add("room", event.room);
    add("from", what.from);
    add(what.kind == entry_kind::joined ? "account" : "about", what.about);
    add("text", what.text);
    add("id", what.id);
    add("reply_to", what.reply_to);
    if (!what.is_talk() && what.kind != entry_kind::note && what.kind != entry_kind::warning) {
        add("sentence", sentence_of(what, in));
    }
    made += what.mine ? ",\"mine\":true" : "";
    made += what.history ? ",\"history\":true" : "";
    return made + "}";
}

} // namespace tertulia::terminal
