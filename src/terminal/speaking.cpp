// SPDX-License-Identifier: Apache-2.0
#include "terminal/speaking.hpp"

#include "base/text.hpp"
#include "base/width.hpp"
#include "terminal/limits.hpp"
#include "terminal/pieces.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ranges>
#include <utility>

namespace tertulia::terminal {
namespace {

using base::text_key;

bool is_labelled(const client& who) {
    return who.state.can("labeled-response") && who.state.can("echo-message");
}

// What is before the text in the line that others get: ":nick!user@host PRIVMSG target :", with
// room for the longest host.
std::size_t text_room(const client& who, const room& where) {
    constexpr std::size_t line_max = 510;
    constexpr std::size_t others = 110;
    return line_max -
           std::min<std::size_t>(300, others + who.state.nickname.size() + where.name.size());
}

multiline_bounds multiline_of(const client& who) {
    if (!who.state.can("draft/multiline") || !who.state.can("batch")) {
        return {};
    }
    multiline_bounds made{.bytes = 4096, .lines = 24};
    const auto offered = who.signing_in.offered.find("draft/multiline");
    if (offered == who.signing_in.offered.end()) {
        return made;
    }
    std::string list = offered->second;
    std::ranges::replace(list, ',', ' ');
    std::string_view rest = list;
    while (!rest.empty()) {
        const std::string_view word = rest.substr(0, rest.find(' '));
        const auto read = [&](std::string_view key, std::size_t& into) {
            if (word.starts_with(key)) {
                std::from_chars(word.data() + key.size(), word.data() + word.size(), into);
            }
        };
        read("max-bytes=", made.bytes);
        read("max-lines=", made.lines);
        rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    }
    return made;
}

std::string tag_prefix(const std::vector<std::string>& tags) {
    return tags.empty() ? "" : fmt::format("@{} ", fmt::join(tags, ";"));
}

void transmit_lines(client& who, const room& where, const entry& what,
                    const std::vector<std::string>& tags) {
    const std::string reference = fmt::format("m{}", who.last_label);
    who.send(
        fmt::format("{}BATCH +{} draft/multiline {}", tag_prefix(tags), reference, where.name));
    std::string_view rest = what.text;
    while (true) {
        const std::size_t feed = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, feed);
        bool first = true;
        do {
            const std::string_view piece = front_piece(line, text_room(who, where));
            who.send(fmt::format("@batch={}{} PRIVMSG {} :{}", reference,
                                 first ? "" : ";draft/multiline-concat", where.name, piece));
            line.remove_prefix(piece.size());
            first = false;
        } while (!line.empty());
        if (feed == rest.size()) {
            break;
        }
        rest.remove_prefix(feed + 1);
    }
    who.send(fmt::format("BATCH -{}", reference));
}

void transmit(client& who, const room& where, entry& what) {
    std::vector<std::string> tags;
    what.sent = delivery::under_way;
    what.label = ++who.last_label;
    what.at = who.state.can("echo-message") ? what.at : who.now.wall;
    if (is_labelled(who)) {
        tags.push_back(fmt::format("label={}", what.label));
    }
    if (!what.reply_to.empty() && who.state.can("message-tags")) {
        std::string value;
        wire::append_escaped_tag_value(what.reply_to, value);
        tags.push_back("+draft/reply=" + value);
    }
    if (what.text.contains('\n') || what.text.size() > text_room(who, where)) {
        transmit_lines(who, where, what, tags);
        ask_to_confirm(who);
        return;
    }
    const std::string_view verb = what.kind == entry_kind::notice ? "NOTICE" : "PRIVMSG";
    const std::string text = what.kind == entry_kind::action ? fmt::format("\x01"
                                                                           "ACTION {}\x01",
                                                                           what.text)
                                                             : what.text;
    who.send(fmt::format("{}{} {} :{}", tag_prefix(tags), verb, where.name, text));
    ask_to_confirm(who);
}

bool waits(const entry& one) {
    return one.sent == delivery::unsent || one.sent == delivery::unsure;
}

std::size_t count_waiting(const client& who) {
    std::size_t count = 0;
    for (const auto& one : who.state.rooms) {
        count += static_cast<std::size_t>(std::ranges::count_if(one->entries(), waits));
    }
    return count;
}

// False: too much waits already.
bool speak_piece(client& who, room& where, std::string text, entry_kind kind,
                 std::string_view reply_to) {
    entry made{.at = who.now.wall, .kind = kind, .mine = true};
    made.from = who.state.nickname;
    made.text = std::move(text);
    made.reply_to = reply_to;
    const bool must_wait =
        !who.online() || std::ranges::any_of(where.entries(), waits) || where.past.resuming;
    if (must_wait) {
        if (count_waiting(who) >= unsent_max) {
            return false;
        }
        made.sent = delivery::unsent;
    } else {
        transmit(who, where, made);
    }
    if (!must_wait && !who.state.can("echo-message")) {
        who.show(where, std::move(made));
    } else {
        where.add(std::move(made)); // shown to those without a screen when it comes back
    }
    return true;
}

} // namespace

void speak(client& who, room& where, std::string_view typed, entry_kind kind,
           std::string_view reply_to) {
    std::string text = base::harmless(typed, base::line_feeds::kept);
    while (text.ends_with('\n')) {
        text.pop_back();
    }
    if (text.empty()) {
        return;
    }
    const multiline_bounds many =
        kind == entry_kind::message ? multiline_of(who) : multiline_bounds{};
    std::string refused;
    for (const std::string& piece : pieces_of(text, text_room(who, where), many)) {
        if (!refused.empty() || !speak_piece(who, where, piece, kind, reply_to)) {
            refused += refused.empty() ? piece : "\n" + piece;
        }
    }
    if (!refused.empty()) {
        who.warn(text_key::chat_too_many_unsent);
        who.note(where, who.say(text_key::chat_not_sent, {refused}), entry_kind::warning);
    }
}

void ask_to_confirm(client& who) {
    const bool due = who.last_label > who.confirmed_label && who.asked_label == 0;
    if (due && who.online() && !who.state.can("echo-message")) {
        who.asked_label = who.last_label;
        who.send(fmt::format("PING :{}{}", confirming, who.last_label));
    }
}

void confirmed(client& who, std::uint32_t up_to) {
    who.asked_label = 0;
    who.confirmed_label = std::max(who.confirmed_label, std::min(up_to, who.last_label));
    for (const auto& one : who.state.rooms) {
        for (entry& each : one->entries()) {
            if (each.sent == delivery::under_way && each.label <= up_to) {
                each.sent = delivery::sure;
            }
        }
    }
    ask_to_confirm(who);
}

std::size_t count_not_sent(const client& who) {
    std::size_t count = 0;
    for (const auto& one : who.state.rooms) {
        count += static_cast<std::size_t>(std::ranges::count_if(
            one->entries(), [](const entry& e) { return e.sent != delivery::sure; }));
    }
    return count;
}

void echo_heard(client& /*who*/, room& where, const entry& echo, std::uint32_t label) {
    auto& all = where.entries();
    const auto same = [&](const entry& one) {
        return one.sent == delivery::under_way &&
               (label != 0 ? one.label == label : one.text == echo.text);
    };
    const auto found = std::ranges::find_if(all, same);
    if (found != all.end()) {
        all.erase(found);
    }
}

void not_accepted(client& who, std::uint32_t label) {
    for (const auto& one : who.state.rooms) {
        if (entry* const refused = label == 0 ? nullptr : one->under_way(label)) {
            const std::string text = refused->text;
            one->erase(refused);
            who.note(*one, who.say(text_key::chat_not_sent, {text}), entry_kind::warning);
            return;
        }
    }
}

void not_accepted_in(client& who, room& where) {
    const auto found = std::ranges::find(where.entries(), delivery::under_way, &entry::sent);
    if (found != where.entries().end()) {
        not_accepted(who, found->label);
    }
}

void doubt_what_is_under_way(room& where) {
    for (entry& one : where.entries()) {
        if (one.sent == delivery::under_way) {
            one.sent = delivery::unsure;
        }
    }
}

void unsure_never_arrived(room& where) {
    for (entry& one : where.entries()) {
        if (one.sent == delivery::unsure) {
            one.sent = delivery::unsent;
        }
    }
}

void ask_about_unsure(client& who) {
    std::size_t count = 0;
    for (const auto& one : who.state.rooms) {
        count += static_cast<std::size_t>(
            std::ranges::count(one->entries(), delivery::unsure, &entry::sent));
    }
    if (count > 0 && who.state.asked == question::none) {
        who.inquire(question::send_again, std::to_string(count));
    }
}

void decide_about_unsure(client& who, bool send_again) {
    for (const auto& one : who.state.rooms) {
        if (send_again) {
            unsure_never_arrived(*one);
        } else {
            std::erase_if(one->entries(),
                          [](const entry& e) { return e.sent == delivery::unsure; });
        }
        flush_unsent(who, *one);
    }
}

void flush_unsent(client& who, room& where) {
    const bool ready =
        who.online() && !where.past.resuming && (where.kind != room_kind::channel || where.inside);
    if (!ready) {
        return;
    }
    for (entry& one : where.entries()) {
        if (one.sent == delivery::unsure) {
            return;
        }
        if (one.sent == delivery::unsent) {
            transmit(who, where, one);
        }
    }
}

} // namespace tertulia::terminal
