// SPDX-License-Identifier: Apache-2.0
// PRIVMSG NOTICE TAGMSG, and NS CS (Modern IRC, "Sending Messages"; IRCv3 message-tags). The text
// is taken as it is: what a relayed line cannot hold with the author's source before it is cut when
// it is rendered (lines.hpp), and what is stored is whole.
#include "base/limits.hpp"
#include "base/text.hpp"
#include "irc/answers.hpp"
#include "irc/keeping.hpp"
#include "irc/modes.hpp"
#include "irc/sending.hpp"
#include "irc/services.hpp"
#include "irc/verbs.hpp"
#include "irc/words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::irc {
namespace {

using wire::irc_line;

struct recipient {
    base::name target;
    chat::role heard_from = chat::role::member;
};

// "@%" is "%". Nothing, where there is no prefix or something else.
std::optional<chat::role> lowest_role(std::string_view prefixes) {
    std::optional<chat::role> lowest;
    for (const char prefix : prefixes) {
        const auto role = role_of_prefix(prefix);
        if (!role) {
            return std::nullopt;
        }
        lowest = lowest ? std::min(*lowest, *role) : *role;
    }
    return lowest;
}

// "#room", "@#room" (STATUSMSG), "nickname".
std::optional<recipient> read_recipient(std::string_view typed) {
    chat::role heard_from = chat::role::member;
    const std::size_t hash = std::min(typed.find('#'), typed.size());
    if (const auto role = lowest_role(typed.substr(0, hash))) {
        heard_from = *role;
        typed.remove_prefix(hash);
    }
    auto made = typed.starts_with('#') ? base::make_room_name(typed) : base::make_nickname(typed);
    if (!made) {
        return std::nullopt;
    }
    return recipient{std::move(*made), heard_from};
}

// A signal is gone when it has been seen: somebody is typing.
bool is_signal(std::string_view tags) {
    while (!tags.empty()) {
        const std::size_t end = std::min(tags.find(';'), tags.size());
        const std::string_view tag = tags.substr(0, end);
        const std::string_view key = tag.substr(0, tag.find('='));
        if (key != "+typing" && key != "+draft/typing") {
            return false;
        }
        tags.remove_prefix(std::min(end + 1, tags.size()));
    }
    return true;
}

void send_to(session& by, std::string_view typed, const message& what) {
    if (is_chanserv(by, typed)) {
        if (what.kind == chat::message_kind::message) {
            tell_chanserv(by, what.text);
        }
        return;
    }
    if (is_service(by, typed)) {
        if (what.kind == chat::message_kind::message) {
            tell_service(by, what.text);
        }
        return;
    }
    if (is_playback(by, typed)) {
        if (what.kind == chat::message_kind::message) {
            tell_playback(by, what.text);
        }
        return;
    }
    auto to = read_recipient(typed);
    if (!to) {
        const bool room = typed.starts_with('#');
        if (what.may_be_answered()) {
            by.reply(room ? numeric::err_nosuchchannel : numeric::err_nosuchnick, {typed},
                     by.text(room ? base::text_key::irc_no_such_room
                                  : base::text_key::irc_no_such_nickname));
        }
    } else if (what.kind == chat::message_kind::tags && is_signal(what.tags)) {
        by.submit(chat::signal{std::move(to->target), what.tags, to->heard_from});
    } else {
        by.submit(chat::speak{std::move(to->target), what.kind, what.text, what.tags,
                              to->heard_from, what.about});
    }
}

// Each once, in the order of the line.
std::vector<std::string_view> targets_of(std::string_view list) {
    std::vector<std::string_view> targets;
    for (const std::string_view target : split_list(list)) {
        if (std::ranges::find(targets, target) == targets.end()) {
            targets.push_back(target);
        }
    }
    return targets;
}

void send_text(session& by, const irc_line& line, chat::message_kind kind, std::string_view verb) {
    std::string tags = client_tags(by, line);
    const chat::message_number about = replied_to(by, tags);
    const message what{kind, verb, std::string(line.parameter[1]), std::move(tags), about};
    if (what.text.empty() && !line.parameter[0].empty()) {
        if (what.may_be_answered()) {
            by.reply(numeric::err_notexttosend, {}, by.text(base::text_key::irc_no_text));
        }
        return;
    }
    send_to_all(by, line.parameter[0], what);
}

void privmsg(session& by, const irc_line& line) {
    if (!take_batch_line(by, line, "PRIVMSG")) {
        send_text(by, line, chat::message_kind::message, "PRIVMSG");
    }
}

void notice(session& by, const irc_line& line) {
    if (!take_batch_line(by, line, "NOTICE")) {
        send_text(by, line, chat::message_kind::notice, "NOTICE");
    }
}

// Whoever has not negotiated tags does not know the verb. Without tags it says nothing.
void tagmsg(session& by, const irc_line& line) {
    if (!by.capabilities().has(capability::message_tags)) {
        by.reply(numeric::err_unknowncommand, {line.verb},
                 by.text(base::text_key::irc_unknown_command));
        return;
    }
    std::string tags = client_tags(by, line);
    const chat::message_number about = replied_to(by, tags);
    const message what{chat::message_kind::tags, "TAGMSG", {}, std::move(tags), about};
    if (!what.tags.empty() || line.parameter[0].empty()) {
        send_to_all(by, line.parameter[0], what);
    }
}

// What clients make of /ns and /cs: the words as they stand behind the verb.
void nickserv(session& by, const irc_line& line) { tell_service(by, typed_from(line, 0)); }
void chanserv(session& by, const irc_line& line) { tell_chanserv(by, typed_from(line, 0)); }

constexpr auto rows = std::to_array<verb>({
    {"CHANSERV", 0, phase::after, chanserv},
    {"CS", 0, phase::after, chanserv},
    {"NICKSERV", 0, phase::after, nickserv},
    {"NOTICE", 0, phase::after, notice},
    {"NS", 0, phase::after, nickserv},
    {"PRIVMSG", 0, phase::after, privmsg},
    {"TAGMSG", 0, phase::after, tagmsg},
});

} // namespace

void send_to_all(session& by, std::string_view list, const message& what) {
    const std::vector<std::string_view> targets = targets_of(list);
    if (targets.empty()) {
        if (what.may_be_answered()) {
            by.reply(numeric::err_norecipient, {},
                     by.say(base::text_key::irc_no_recipient, {what.verb}));
        }
        return;
    }
    const std::size_t taken = std::min(targets.size(), base::limits::message_targets_max);
    for (std::size_t at = 0; at < taken; ++at) {
        send_to(by, targets[at], what);
    }
    for (std::size_t at = taken; at < targets.size() && what.may_be_answered(); ++at) {
        by.reply(numeric::err_toomanytargets, {targets[at]},
                 by.text(base::text_key::irc_too_many_targets));
    }
}

std::string client_tags(const session& by, const irc_line& line) {
    return by.capabilities().has(capability::message_tags) ? wire::client_only_tags(line.tags)
                                                           : std::string();
}

chat::message_number replied_to(const session& by, std::string_view tags) {
    for (const std::string_view tag : {"+draft/reply", "+reply"}) {
        if (const auto msgid = wire::tag_value(tags, tag)) {
            return {by.door().tokens().number(*msgid).value_or(0)};
        }
    }
    return {};
}

std::span<const verb> message_verbs() { return rows; }

} // namespace tertulia::irc
