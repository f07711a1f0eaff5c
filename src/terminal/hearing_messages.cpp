// SPDX-License-Identifier: Apache-2.0
// What is said, alone and in batches; what is changed afterwards.
#include "base/width.hpp"
#include "terminal/hearing.hpp"
#include "terminal/history.hpp"
#include "terminal/limits.hpp"
#include "terminal/speaking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace tertulia::terminal {
namespace {

using base::text_key;
using wire::irc_line;

batch* batch_of(client& who, const irc_line& line) {
    const auto reference = wire::tag_value(line.tags, "batch");
    const auto found = reference ? who.batches.find(*reference) : who.batches.end();
    return found == who.batches.end() ? nullptr : &found->second;
}

std::uint32_t label_of(std::string_view text) {
    std::uint32_t made = 0;
    std::from_chars(text.data(), text.data() + text.size(), made);
    return made;
}

// "@#room" is a message to those with '@' there.
std::string_view without_status(const client& who, std::string_view target) {
    const std::string signs = who.state.supported("STATUSMSG");
    const std::size_t start = target.find_first_not_of(signs);
    const bool has = !signs.empty() && start != std::string_view::npos && start > 0 &&
                     who.state.is_channel(target.substr(start));
    return has ? target.substr(start) : target;
}

// Where a message belongs: a room, or the conversation with the other one.
room& place_of(client& who, const irc_line& line, const entry& what) {
    const std::string_view target = without_status(who, line.parameters()[0]);
    if (who.state.is_channel(target)) {
        return who.state.open(base::harmless(target));
    }
    const bool from_server = !line.source.contains('!') && !what.mine;
    if (from_server || target == "*" || target.starts_with('$')) {
        return who.state.server_room();
    }
    if (what.mine) {
        return who.state.open(base::harmless(target));
    }
    room* const known = who.state.find(what.from);
    if (known == nullptr && what.kind == entry_kind::notice) {
        return who.state.here(); // of a service, mostly: an answer to what was just done
    }
    return known != nullptr ? *known : who.state.open(what.from);
}

void deliver(client& who, room& where, entry what, std::uint32_t label) {
    if (what.mine && !what.history) {
        echo_heard(who, where, what, label);
    }
    if (!where.has_lately(what.id)) {
        who.show(where, std::move(what));
    }
}

// A line of a message of many lines (draft/multiline).
void gather_line(batch& group, entry made, const irc_line& line) {
    entry& whole = group.entries.front();
    if (std::exchange(group.has_lines, true) == false) {
        whole.kind = made.kind;
        whole.text = std::move(made.text);
        return;
    }
    const bool goes_on = wire::tag_value(line.tags, "draft/multiline-concat").has_value();
    if (whole.text.size() + made.text.size() < text_size_max) {
        whole.text += goes_on ? "" : "\n";
        whole.text += made.text;
    }
}

void hear_talk(client& who, const irc_line& line, entry_kind kind) {
    std::string_view text = line.parameters()[1];
    if (text.starts_with('\x01')) {
        constexpr std::string_view action = "\x01"
                                            "ACTION ";
        if (!text.starts_with(action)) {
            return; // a question of program to program, which we don't answer
        }
        text.remove_prefix(action.size());
        kind = entry_kind::action;
        text = text.substr(0, text.find('\x01'));
    }
    entry made = entry_of(who, line, kind, text);
    if (batch* const group = batch_of(who, line)) {
        if (group->type == "draft/multiline") {
            return gather_line(*group, std::move(made), line);
        }
        if (group->type.contains("history") || group->type.contains("search")) {
            if (group->entries.size() < batch_entries_max) {
                made.about = base::harmless(line.parameters()[0]);
                group->entries.push_back(std::move(made));
            }
            return;
        }
    }
    room& where = place_of(who, line, made);
    deliver(who, where, std::move(made),
            label_of(wire::tag_value(line.tags, "label").value_or("")));
}

void hear_privmsg(client& who, const irc_line& line) { hear_talk(who, line, entry_kind::message); }
void hear_notice(client& who, const irc_line& line) { hear_talk(who, line, entry_kind::notice); }

// The message that a change is about: of the page that is coming, or one that is shown.
entry* find_message(client& who, const irc_line& line, std::string_view id) {
    if (batch* const group = batch_of(who, line)) {
        const auto found = std::ranges::find(group->entries, id, &entry::id);
        if (found != group->entries.end()) {
            return &*found;
        }
    }
    for (const auto& one : who.state.rooms) {
        if (entry* const found = one->find(id)) {
            return found;
        }
    }
    return nullptr;
}

void react(entry& to, const std::string& from, std::string_view what, bool taken_back) {
    const auto same = [&](const reaction& one) { return one.from == from && one.what == what; };
    std::erase_if(to.reactions, same);
    constexpr std::size_t reaction_size_max = 64;
    if (!taken_back && to.reactions.size() < reactions_max && what.size() <= reaction_size_max) {
        to.reactions.push_back({from, std::string(what)});
    }
}

void hear_tagmsg(client& who, const irc_line& line) {
    std::string about;
    for (const std::string_view key : {"+reply", "+draft/reply"}) {
        about = wire::tag_value(line.tags, key).value_or(about);
    }
    entry* const to = find_message(who, line, about);
    if (to == nullptr) {
        return;
    }
    const std::string from = base::harmless(nickname_of(line.source));
    for (const std::string_view key : {"+react", "+draft/react"}) {
        if (const auto what = wire::tag_value(line.tags, key)) {
            react(*to, from, base::harmless(*what), false);
        }
    }
    for (const std::string_view key : {"+unreact", "+draft/unreact"}) {
        if (const auto what = wire::tag_value(line.tags, key)) {
            react(*to, from, base::harmless(*what), true);
        }
    }
}

void hear_redact(client& who, const irc_line& line) {
    if (entry* const of = find_message(who, line, line.parameters()[1])) {
        of->deleted = true;
        of->text.clear();
        of->reactions.clear();
    }
}

void hear_edit(client& who, const irc_line& line) {
    const std::string id = wire::tag_value(line.tags, "draft/target-msgid").value_or("");
    const auto text = wire::tag_value(line.tags, "draft/edit-text");
    if (entry* const of = text ? find_message(who, line, id) : nullptr) {
        of->edited = true;
        of->text = readable(*text);
    }
}

void begin_batch(client& who, std::string_view reference, const irc_line& line) {
    if (who.batches.size() >= batches_max) {
        return;
    }
    batch made;
    made.type = line.parameter_count > 1 ? line.parameters()[1] : "";
    made.target = line.parameter_count > 2 ? base::harmless(line.parameters()[2]) : "";
    made.parent = wire::tag_value(line.tags, "batch").value_or("");
    made.label = wire::tag_value(line.tags, "label").value_or("");
    if (made.type == "draft/multiline") {
        made.entries.push_back(entry_of(who, line, entry_kind::message, ""));
    }
    who.batches.insert_or_assign(std::string(reference), std::move(made));
}

// Time, id and what it answers stand at the batch, the text in its lines.
void end_multiline(client& who, batch& whole) {
    entry made = std::move(whole.entries.front());
    const auto parent = who.batches.find(whole.parent);
    if (parent != who.batches.end() && parent->second.type.contains("history")) {
        parent->second.entries.push_back(std::move(made));
        return;
    }
    std::string source = made.from + "!";
    irc_line as;
    as.source = source;
    as.parameter[0] = whole.target;
    as.parameter_count = 1;
    made.mentions_me = !made.mine && who.state.mentions_me(made.text);
    room& where = place_of(who, as, made);
    deliver(who, where, std::move(made), label_of(whole.label));
}

void show_found(client& who, batch found) {
    room& where = who.state.here();
    who.note(where, who.say(text_key::chat_found, {std::to_string(found.entries.size())}));
    for (entry& one : found.entries) {
        entry shown{.at = one.at, .kind = entry_kind::note};
        shown.text = fmt::format("{} <{}> {}", one.about, one.from, one.text);
        shown.history = true;
        shown.about = about_found;
        shown.at = who.now.wall;
        who.show(where, std::move(shown));
    }
}

void hear_batch(client& who, const irc_line& line) {
    const std::string_view name = line.parameters()[0];
    if (name.starts_with('+')) {
        begin_batch(who, name.substr(1), line);
        return;
    }
    const auto found = name.starts_with('-') ? who.batches.find(name.substr(1)) : who.batches.end();
    if (found == who.batches.end()) {
        return;
    }
    batch done = std::move(found->second);
    who.batches.erase(found);
    if (done.type == "draft/multiline" && done.has_lines) {
        end_multiline(who, done);
    } else if (done.type.ends_with("search")) {
        show_found(who, std::move(done));
    } else if (done.type.contains("history") && !done.type.contains("targets")) {
        take_history(who, std::move(done));
    }
}

// Of CHATHISTORY TARGETS: a conversation in which something was said.
void hear_target(client& who, const irc_line& line) {
    const std::string name = base::harmless(line.parameters()[1]);
    if (line.parameters()[0] != "TARGETS" || who.state.is_channel(name) ||
        who.state.find(name) != nullptr) {
        return;
    }
    room& where = who.state.open(name);
    if (where.kind == room_kind::person) {
        where.past.resuming = true;
        where.past.asked = true;
        who.send(fmt::format("CHATHISTORY LATEST {} * {}", name, history_page));
    }
}

void hear_fail(client& who, const irc_line& line) {
    const std::string_view verb = line.parameters()[0];
    if (verb == "CHATHISTORY") {
        for (const std::string_view word : line.parameters()) {
            if (room* const where = who.state.find(word)) {
                history_refused(who, *where);
            }
        }
        return;
    }
    const std::string text = readable(line.parameters().back());
    who.note(who.state.here(), text, entry_kind::warning);
    not_accepted(who, label_of(wire::tag_value(line.tags, "label").value_or("")));
    if (verb == "REGISTER") {
        who.signing_in.wants_account = false;
    }
}

void hear_note(client& who, const irc_line& line) {
    who.note(who.state.here(), readable(line.parameters().back()));
}

void hear_ping(client& who, const irc_line& line) {
    who.send(fmt::format("PONG :{}", line.parameters().back()));
}

void hear_pong(client& who, const irc_line& line) {
    const std::string_view said = line.parameters().empty() ? "" : line.parameters().back();
    if (said.starts_with(confirming)) {
        if (!who.state.can("echo-message")) {
            confirmed(who, label_of(said.substr(confirming.size())));
        }
        return;
    }
    if (who.asked_for_life != base::steady_time{}) {
        who.state.lag = who.now.steady - who.asked_for_life;
        who.asked_for_life = {};
    }
}

void hear_error(client& who, const irc_line& line) {
    if (who.state.asked == question::entrance) {
        return; // it has been said why
    }
    if (!who.leaving) {
        who.note(who.state.here(), readable(line.parameters().back()), entry_kind::warning);
    }
}

constexpr auto rows = std::to_array<heard_verb>({
    {"PRIVMSG", 2, hear_privmsg},
    {"NOTICE", 2, hear_notice},
    {"TAGMSG", 1, hear_tagmsg},
    {"BATCH", 1, hear_batch},
    {"REDACT", 2, hear_redact},
    {"EDIT", 1, hear_edit},
    {"CHATHISTORY", 2, hear_target},
    {"FAIL", 3, hear_fail},
    {"WARN", 2, hear_note},
    {"NOTE", 2, hear_note},
    {"PING", 1, hear_ping},
    {"PONG", 0, hear_pong},
    {"ERROR", 1, hear_error},
});

} // namespace

std::span<const heard_verb> message_verbs() { return rows; }

} // namespace tertulia::terminal
