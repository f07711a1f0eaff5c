// SPDX-License-Identifier: Apache-2.0
// Commands about messages: saying, answering, changing, finding them, and what is attached.
#include "base/text.hpp"
#include "terminal/client.hpp"
#include "terminal/commands.hpp"
#include "terminal/emoji.hpp"
#include "terminal/speaking.hpp"
#include "terminal/timestamps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <optional>
#include <ranges>

namespace tertulia::terminal {
namespace {

using base::text_key;

void message(client& who, std::string_view rest) {
    const std::string_view whom = take_word(rest);
    if (whom.empty() || rest.empty()) {
        who.note(text_key::chat_help_msg);
        return;
    }
    speak(who, who.state.open(whom), rest);
}

void me(client& who, std::string_view rest) {
    if (who.state.here().kind == room_kind::server) {
        who.warn(text_key::chat_no_room_here);
    } else {
        speak(who, who.state.here(), rest, entry_kind::action);
    }
}

// The message that a number, a nickname or nothing names.
const entry* chosen(client& who, std::string_view& rest,
                    const std::function<bool(const entry&)>& otherwise) {
    const std::vector<const entry*> all = counted_messages(who.state.here());
    std::string_view behind = rest;
    const std::string_view word = take_word(behind);
    std::size_t number = 0;
    const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (!word.empty() && fault == std::errc() && end == word.data() + word.size()) {
        rest = behind;
        const auto& seen = who.state.numbered;
        const room& here = who.state.here();
        const numbering now = seen && seen->room == here.name ? *seen : number_now(here);
        const auto found = std::ranges::find_if(
            all, [&](const entry* one) { return number_of(*one, now) == number; });
        return number == 0 || found == all.end() ? nullptr : *found;
    }
    const auto by_name = std::ranges::find_if(all, [&](const entry* one) {
        return !word.empty() && who.state.key(one->from) == who.state.key(word);
    });
    if (by_name != all.end()) {
        rest = behind;
        return *by_name;
    }
    const auto found = std::ranges::find_if(all, [&](const entry* one) { return otherwise(*one); });
    return found == all.end() ? nullptr : *found;
}

bool is_others(const entry& one) { return !one.mine; }
bool is_mine(const entry& one) { return one.mine; }
bool is_any(const entry& /*one*/) { return true; }

// Nothing: it has been said why.
const entry* chosen_or_said(client& who, std::string_view& rest,
                            const std::function<bool(const entry&)>& otherwise) {
    const entry* const found = chosen(who, rest, otherwise);
    if (found == nullptr) {
        who.warn(text_key::chat_no_such_message);
    } else if (!who.online()) {
        who.warn(text_key::chat_not_connected);
        return nullptr;
    }
    return found;
}

std::string escaped(std::string_view value) {
    std::string made;
    wire::append_escaped_tag_value(value, made);
    return made;
}

void reply(client& who, std::string_view rest) {
    const entry* const to = chosen_or_said(who, rest, is_others);
    if (to == nullptr) {
        return;
    }
    if (rest.empty()) {
        who.note(text_key::chat_help_reply);
        return;
    }
    const bool marked = who.state.can("message-tags") && !to->id.empty();
    speak(who, who.state.here(), marked ? std::string(rest) : fmt::format("{}: {}", to->from, rest),
          entry_kind::message, marked ? to->id : "");
}

void send_reaction(client& who, std::string_view rest, std::string_view tag) {
    const entry* const to = chosen_or_said(who, rest, is_any);
    if (to == nullptr) {
        return;
    }
    if (!who.state.can("message-tags") || to->id.empty()) {
        who.warn(text_key::chat_server_cannot);
        return;
    }
    const std::string_view word = take_word(rest);
    const std::string what = with_emoji(word.empty() ? "👍" : word);
    who.send(fmt::format("@+draft/reply={};{}={} TAGMSG {}", escaped(to->id), tag, escaped(what),
                         who.state.here().name));
}

void react(client& who, std::string_view rest) { send_reaction(who, rest, "+draft/react"); }
void unreact(client& who, std::string_view rest) { send_reaction(who, rest, "+draft/unreact"); }

void edit(client& who, std::string_view rest) {
    const entry* const of = chosen_or_said(who, rest, is_mine);
    if (of == nullptr) {
        return;
    }
    if (rest.empty()) {
        who.note(text_key::chat_help_edit);
        return;
    }
    if (!who.state.can("draft/message-edit")) {
        who.warn(text_key::chat_server_cannot);
        return;
    }
    who.send(fmt::format("@draft/target-msgid={};draft/edit-text={} EDIT {}", escaped(of->id),
                         escaped(rest), who.state.here().name));
}

void remove(client& who, std::string_view rest) {
    const entry* const of = chosen_or_said(who, rest, is_mine);
    if (of == nullptr) {
        return;
    }
    if (!who.state.can("draft/message-redaction")) {
        who.warn(text_key::chat_server_cannot);
        return;
    }
    who.send(fmt::format("REDACT {} {}{}", who.state.here().name, of->id,
                         rest.empty() ? "" : fmt::format(" :{}", rest)));
}

// Where the server cannot search, what is here is searched.
void search_here(client& who, std::string_view wanted) {
    const std::string folded = base::fold_mask(wanted);
    std::vector<std::string> found;
    for (const auto& one : who.state.rooms) {
        for (const entry& each : one->entries()) {
            if (each.is_talk() && base::fold_mask(each.text).contains(folded)) {
                found.push_back(fmt::format("{} {} <{}> {}", clock_text(each.at), one->name,
                                            each.from, each.text));
            }
        }
    }
    who.note(text_key::chat_found, {std::to_string(found.size())});
    for (const std::string& one : found) {
        who.note(who.state.here(), one);
    }
}

void search(client& who, std::string_view rest) {
    const room& here = who.state.here();
    if (rest.empty()) {
        who.note(text_key::chat_help_search);
        return;
    }
    const bool can = who.state.can("draft/search") || who.state.can("soju.im/search");
    if (!can || !who.online()) {
        search_here(who, rest);
        return;
    }
    const std::string in =
        here.kind == room_kind::server ? "" : fmt::format("in={};", escaped(here.name));
    who.send(fmt::format("SEARCH {}text={}", in, escaped(rest)));
}

void open(client& who, std::string_view rest) {
    const std::vector<std::string_view> all = links_of(who.state.here());
    const std::string_view word = take_word(rest);
    std::size_t number = 1;
    const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (!word.empty() && (fault != std::errc() || end != word.data() + word.size())) {
        who.note(text_key::chat_help_open);
        return;
    }
    if (number < 1 || number > all.size()) {
        who.warn(text_key::chat_no_such_link);
        return;
    }
    who.effects.emplace_back(open_link{std::string(all[number - 1])});
}

void upload(client& who, std::string_view rest) {
    std::string host = who.state.supported("draft/FILEHOST");
    if (host.empty()) {
        host = who.state.supported("soju.im/FILEHOST");
    }
    if (rest.empty()) {
        who.note(text_key::chat_help_upload);
    } else if (host.empty()) {
        who.warn(text_key::chat_server_cannot);
    } else if (who.state.here().kind == room_kind::server) {
        who.warn(text_key::chat_no_room_here);
    } else {
        who.effects.emplace_back(
            upload_file{.path = std::string(rest), .url = host, .room = who.state.here().name});
    }
}

constexpr auto rows = std::to_array<command_row>({
    {"msg", text_key::chat_help_msg, message},
    {"me", text_key::chat_help_me, me},
    {"reply", text_key::chat_help_reply, reply, true},
    {"react", text_key::chat_help_react, react, true},
    {"unreact", text_key::chat_help_unreact, unreact, true},
    {"edit", text_key::chat_help_edit, edit, true},
    {"delete", text_key::chat_help_delete, remove, true},
    {"search", text_key::chat_help_search, search},
    {"open", text_key::chat_help_open, open},
    {"upload", text_key::chat_help_upload, upload},
});

} // namespace

std::span<const command_row> talk_commands() { return rows; }

std::vector<const entry*> counted_messages(const room& where) {
    std::vector<const entry*> all;
    for (const entry& one : where.entries() | std::views::reverse) {
        if (one.is_talk() && one.sent == delivery::sure && !one.deleted) {
            all.push_back(&one);
        }
    }
    return all;
}

bool counts_messages(std::string_view typed) {
    if (!typed.starts_with('/')) {
        return false;
    }
    const std::string_view name = typed.substr(1, typed.find(' ') - 1);
    const auto* const row = std::ranges::find(rows, name, &command_row::name);
    return row != rows.end() && row->counts_messages;
}

numbering number_now(const room& where) {
    numbering made{.room = where.name, .serials = {}};
    for (const entry* const one : counted_messages(where)) {
        made.serials.push_back(one->serial);
    }
    return made;
}

std::size_t number_of(const entry& one, const numbering& in) {
    const auto found = std::ranges::find(in.serials, one.serial);
    return found == in.serials.end() ? 0 : static_cast<std::size_t>(found - in.serials.begin()) + 1;
}

std::string_view find_link(const entry& in) {
    const bool counts = in.is_talk() || in.kind == entry_kind::topic || in.about == about_found;
    const std::string_view text = counts ? std::string_view(in.text) : std::string_view();
    for (const std::string_view scheme : {"https://", "http://"}) {
        const std::size_t start = text.find(scheme);
        if (start != std::string_view::npos) {
            const std::string_view link = text.substr(start);
            return link.substr(0, link.find_first_of(" \n<>\"'`|\\^{}"));
        }
    }
    return {};
}

std::vector<std::string_view> links_of(const room& where) {
    std::vector<std::string_view> all;
    for (const entry& one : where.entries() | std::views::reverse) {
        if (const std::string_view link = find_link(one); !link.empty()) {
            all.push_back(link);
        }
    }
    return all;
}

} // namespace tertulia::terminal
