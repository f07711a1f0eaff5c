// SPDX-License-Identifier: Apache-2.0
// History as ZNC's module "playback" gives it, for clients that know that one alone (capability
// znc.in/playback): they write to *playback what they have seen, and hear what came since.
#include "base/glob.hpp"
#include "base/limits.hpp"
#include "irc/answers.hpp"
#include "irc/attention.hpp"
#include "irc/history_lines.hpp"
#include "irc/lines.hpp"
#include "irc/services.hpp"
#include "irc/turn.hpp"
#include "irc/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <utility>

namespace tertulia::irc {
namespace {

namespace past = tertulia::session;

constexpr std::string_view module_name = "*playback";

const std::string& shown_name(const chat::history_answer& of) {
    return (of.room ? of.room->name : of.partner->nickname).display;
}

// "1764384000.123": seconds since 1970, with or without a fraction.
std::optional<base::wall_time> read_seconds(std::string_view typed) {
    constexpr double most = 1e11; // beyond it, milliseconds overflow nothing, but mean nothing
    double seconds = 0;
    const auto [rest, fault] = std::from_chars(typed.data(), typed.data() + typed.size(), seconds);
    const bool whole = fault == std::errc{} && rest == typed.data() + typed.size();
    if (!whole || !(seconds >= 0 && seconds <= most)) {
        return std::nullopt;
    }
    return base::wall_time{std::chrono::milliseconds{static_cast<std::int64_t>(seconds * 1'000)}};
}

// "PLAY #a,b* 1764384000 1764385000". Nothing: it is none.
std::optional<replay_wish> read_wish(std::string_view text) {
    const auto [verb, rest] = split_first(text);
    const auto [masks, times] = split_first(rest);
    const auto [from, to] = split_first(times);
    replay_wish made{
        .list_only = in_capitals(verb) == "LIST", .masks = {}, .after = {}, .before = {}};
    if (!made.list_only && in_capitals(verb) != "PLAY") {
        return std::nullopt;
    }
    for (const std::string_view one : split_list(masks.empty() ? "*" : masks)) {
        made.masks.push_back(base::fold_mask(one));
    }
    if (!from.empty()) {
        made.after = read_seconds(from);
    }
    if (!to.empty()) {
        made.before = read_seconds(to);
    }
    const bool unreadable = (!from.empty() && !made.after) || (!to.empty() && !made.before);
    if (unreadable || (made.after && made.before && *made.before <= *made.after)) {
        return std::nullopt;
    }
    return made;
}

bool is_wanted(const chat::history_answer& one, const replay_wish& by) {
    const std::string& key = (one.room ? one.room->name : one.partner->nickname).key;
    if (by.unread) {
        return one.conversation && !one.room;
    }
    return one.conversation && std::ranges::any_of(by.masks, [&key](const std::string& mask) {
               return base::glob_match(mask, key);
           });
}

// The newest of what came after the one and before the other.
past::history_selector selector_of(const replay_wish& wish, const chat::history_answer& in) {
    if (wish.unread) {
        return in.read_to ? past::read_latest{*in.read_to} : past::read_latest{};
    }
    if (wish.before) {
        return past::read_between{*wish.before, wish.after.value_or(base::wall_time{})};
    }
    return wish.after ? past::read_latest{*wish.after} : past::read_latest{};
}

// What stands behind the last word of her own, which answered what was before.
void leave_unanswered(std::vector<past::stored_message>& of, const base::name& reader) {
    const auto last_own =
        std::ranges::find_if(of.rbegin(), of.rend(), [&reader](const past::stored_message& one) {
            return base::fold(one.nickname) == reader.key;
        });
    of.erase(of.begin(), last_own.base());
}

} // namespace

bool is_playback(const session& by, std::string_view target) {
    return by.capabilities().has(capability::znc_playback) && base::fold(target) == module_name;
}

void tell_playback(session& by, std::string_view text) {
    if (auto wish = read_wish(text)) {
        by.ask_first({std::move(*wish)}, chat::ask_conversations{}, "PRIVMSG");
    } else {
        notice_from(by, module_name, by.text(base::text_key::irc_playback_use));
    }
}

void replay_unread(session& by) {
    if (!by.self()->registered || can_ask_for_history(by.capabilities()) ||
        by.rules().history_on_join == 0 || by.attend().reading()) {
        return;
    }
    replay_wish wish;
    wish.unread = true;
    by.ask_first({std::move(wish)}, chat::ask_conversations{}, "PRIVMSG");
}

void session::replay_all(replay_wish wish, conversations open, std::uint32_t serial) {
    std::erase_if(open, [&wish](const auto& one) { return !is_wanted(one, wish); });
    if (!open.empty()) {
        replay_next({std::move(open), 0, std::move(wish)}, serial);
    }
}

void session::replay_next(replay of, std::uint32_t serial) {
    const chat::history_answer& next = of.conversations[of.at];
    const auto limit = of.wish.list_only ? 1
                       : of.wish.unread
                           ? rules().history_on_join
                           : static_cast<std::uint32_t>(base::limits::history_page_max);
    read({serial,
          past::history_query{next.conversation, next.up_to, selector_of(of.wish, next), limit,
                              history_extras(capabilities_)},
          std::move(of)});
}

// What could not be read is left out: who asked hears the rest.
void session::show_replayed(const replay& of, const past::read_answer& answer) {
    const auto* const read = std::get_if<past::history_page>(&answer);
    if (read == nullptr || read->messages.empty()) {
        return;
    }
    const std::string& name = shown_name(of.conversations[of.at]);
    if (of.wish.unread) {
        past::history_page unread = *read;
        leave_unanswered(unread.messages, self_->nickname);
        if (!unread.messages.empty()) {
            show_messages(name, unread, playing::unasked);
        }
    } else if (of.wish.list_only) {
        const auto newest = read->messages.back().time.time_since_epoch();
        notice_from(
            *this, module_name,
            fmt::format("{} 0 {:.3f}", name, std::chrono::duration<double>(newest).count()));
    } else {
        show_messages(name, *read, playing::unasked);
    }
}

} // namespace tertulia::irc
