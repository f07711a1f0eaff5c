// SPDX-License-Identifier: Apache-2.0
// Who comes, goes, and is called differently.
#include "base/width.hpp"
#include "terminal/hearing.hpp"
#include "terminal/history.hpp"
#include "terminal/limits.hpp"

#include <array>
#include <utility>

namespace tertulia::terminal {
namespace {

using base::text_key;
using wire::irc_line;

std::string_view last_of(const irc_line& line, std::size_t from) {
    return line.parameter_count > from ? line.parameters()[from] : std::string_view();
}

// Of a batch of the past (event-playback) or of a split of the network nobody moves now.
bool is_past(const client& who, const irc_line& line) {
    const auto reference = wire::tag_value(line.tags, "batch");
    const auto found = reference ? who.batches.find(*reference) : who.batches.end();
    return found != who.batches.end() && found->second.type.contains("history");
}

void entered(client& who, room& where) {
    where.inside = true;
    where.wanted = true;
    where.members.clear();
    where.past.resuming = false;
    if (who.state.here().kind == room_kind::server) {
        who.state.show(where);
    }
    fetch_what_was_missed(who, where);
}

void hear_join(client& who, const irc_line& line) {
    if (is_past(who, line)) {
        return;
    }
    const std::string name = base::harmless(line.parameters()[0]);
    entry made = entry_of(who, line, entry_kind::joined, "");
    room* const known = made.mine ? &who.state.open(name) : who.state.find(name);
    if (known == nullptr || known->kind != room_kind::channel) {
        return;
    }
    room& where = *known;
    if (made.mine) {
        entered(who, where);
    }
    if (where.members.size() < members_max) {
        where.members.insert_or_assign(who.state.key(made.from), member{made.from, "", false});
    }
    made.about = line.parameter_count > 1 && line.parameters()[1] != "*"
                     ? base::harmless(line.parameters()[1])
                     : "";
    who.show(where, std::move(made));
}

void no_longer_inside(room& where) {
    where.inside = false;
    where.wanted = false;
    where.members.clear();
    where.past.asked = false;
}

void hear_part(client& who, const irc_line& line) {
    room* const where = who.state.find(line.parameters()[0]);
    if (where == nullptr || is_past(who, line)) {
        return;
    }
    entry made = entry_of(who, line, entry_kind::left, last_of(line, 1));
    where->members.erase(who.state.key(made.from));
    const bool mine = made.mine;
    who.show(*where, std::move(made));
    if (mine) {
        no_longer_inside(*where);
        who.state.close(*where);
    }
}

void hear_quit(client& who, const irc_line& line) {
    if (is_past(who, line)) {
        return;
    }
    const entry made = entry_of(who, line, entry_kind::quit, last_of(line, 0));
    const std::string key = who.state.key(made.from);
    for (const auto& one : who.state.rooms) {
        const bool talked = one->kind == room_kind::person && who.state.key(one->name) == key;
        if (one->members.erase(key) > 0 || talked) {
            who.show(*one, made);
        }
    }
}

void hear_nick(client& who, const irc_line& line) {
    if (is_past(who, line)) {
        return;
    }
    entry made = entry_of(who, line, entry_kind::renamed, "");
    made.about = base::harmless(line.parameters()[0]);
    const std::string old_key = who.state.key(made.from);
    const std::string new_key = who.state.key(made.about);
    if (made.mine) {
        who.state.nickname = made.about;
    }
    for (const auto& one : who.state.rooms) {
        auto moved = one->members.extract(old_key);
        if (!moved.empty()) {
            moved.key() = new_key;
            moved.mapped().nickname = made.about;
            one->members.insert(std::move(moved));
            who.show(*one, made);
        } else if (one->kind == room_kind::person && who.state.key(one->name) == old_key) {
            who.show(*one, made);
            if (who.state.find(made.about) == nullptr || new_key == old_key) {
                one->name = made.about;
            }
        }
    }
}

void hear_kick(client& who, const irc_line& line) {
    room* const where = who.state.find(line.parameters()[0]);
    if (where == nullptr || is_past(who, line)) {
        return;
    }
    entry made = entry_of(who, line, entry_kind::kicked, last_of(line, 2));
    made.about = base::harmless(line.parameters()[1]);
    where->members.erase(who.state.key(made.about));
    if (who.state.is_me(made.about)) {
        no_longer_inside(*where);
        who.effects.emplace_back(ring{});
    }
    who.show(*where, std::move(made));
}

void hear_topic(client& who, const irc_line& line) {
    room* const where = who.state.find(line.parameters()[0]);
    if (where == nullptr || is_past(who, line)) {
        return;
    }
    entry made = entry_of(who, line, entry_kind::topic, last_of(line, 1));
    where->topic = made.text;
    who.show(*where, std::move(made));
}

// "PREFIX=(qaohv)~&@%+": the letter's sign.
char sign_of(const client& who, char letter) {
    const std::string prefix =
        who.state.supports.contains("PREFIX") ? who.state.supported("PREFIX") : "(ov)@+";
    const std::size_t close = prefix.find(')');
    const std::size_t at = prefix.find(letter);
    if (!prefix.starts_with('(') || close == std::string::npos || at >= close || at == 0 ||
        close + at >= prefix.size()) {
        return '\0';
    }
    return prefix[close + at];
}

bool takes_parameter(const client& who, char letter, bool adding) {
    if (sign_of(who, letter) != '\0') {
        return true;
    }
    const std::string types =
        who.state.supports.contains("CHANMODES") ? who.state.supported("CHANMODES") : "b,k,l,";
    const std::size_t first = types.find(',');
    const std::size_t second = types.find(',', first + 1);
    const std::size_t third = types.find(',', second + 1);
    const std::size_t at = types.find(letter);
    return at != std::string::npos && (at < second || (at < third && adding));
}

void change_sign(const client& who, member& of, char sign, bool adding) {
    std::erase(of.prefix, sign);
    if (adding) {
        const std::string order =
            who.state.supports.contains("PREFIX") ? who.state.supported("PREFIX") : "(ov)@+";
        std::size_t place = 0;
        while (place < of.prefix.size() && order.find(of.prefix[place]) < order.find(sign)) {
            ++place;
        }
        of.prefix.insert(place, 1, sign);
    }
}

void hear_mode(client& who, const irc_line& line) {
    room* const where = who.state.find(line.parameters()[0]);
    if (where == nullptr || is_past(who, line)) {
        return;
    }
    bool adding = true;
    std::size_t next = 2;
    std::string all(line.parameters()[1]);
    for (const char letter : line.parameters()[1]) {
        if (letter == '+' || letter == '-') {
            adding = letter == '+';
        } else if (takes_parameter(who, letter, adding) && next < line.parameter_count) {
            const std::string_view whom = line.parameters()[next++];
            all += ' ';
            all += whom;
            const auto found = where->members.find(who.state.key(whom));
            const char sign = sign_of(who, letter);
            if (sign != '\0' && found != where->members.end()) {
                change_sign(who, found->second, sign, adding);
            }
        }
    }
    const std::string from = base::harmless(nickname_of(line.source));
    who.note(*where, who.say(text_key::chat_mode_changed, {from, base::harmless(all)}));
}

void hear_away(client& who, const irc_line& line) {
    const std::string key = who.state.key(nickname_of(line.source));
    for (const auto& one : who.state.rooms) {
        const auto found = one->members.find(key);
        if (found != one->members.end()) {
            found->second.away = line.parameter_count > 0;
        }
    }
}

void hear_invite(client& who, const irc_line& line) {
    const std::string name = base::harmless(line.parameters()[1]);
    const std::string from = base::harmless(nickname_of(line.source));
    if (who.state.is_me(line.parameters()[0])) {
        who.note(text_key::chat_invited, {from, name});
        who.effects.emplace_back(ring{});
    } else if (room* const where = who.state.find(name)) {
        who.note(*where, who.say(text_key::chat_invited_other,
                                 {from, base::harmless(line.parameters()[0])}));
    }
}

void hear_rename(client& who, const irc_line& line) {
    room* const where = who.state.find(line.parameters()[0]);
    if (where != nullptr && !is_past(who, line)) {
        const std::string name = base::harmless(line.parameters()[1]);
        who.note(*where, who.say(text_key::chat_room_renamed, {where->name, name}));
        where->name = name;
    }
}

void hear_nothing(client& /*who*/, const irc_line& /*line*/) {}

constexpr auto rows = std::to_array<heard_verb>({
    {"JOIN", 1, hear_join},
    {"PART", 1, hear_part},
    {"QUIT", 0, hear_quit},
    {"NICK", 1, hear_nick},
    {"KICK", 2, hear_kick},
    {"TOPIC", 1, hear_topic},
    {"MODE", 2, hear_mode},
    {"AWAY", 0, hear_away},
    {"INVITE", 2, hear_invite},
    {"RENAME", 2, hear_rename},
    {"ACCOUNT", 1, hear_nothing},
    {"CHGHOST", 2, hear_nothing},
    {"SETNAME", 1, hear_nothing},
});

} // namespace

std::span<const heard_verb> people_verbs() { return rows; }

} // namespace tertulia::terminal
