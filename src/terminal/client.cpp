// SPDX-License-Identifier: Apache-2.0
#include "terminal/client.hpp"

#include "base/text.hpp"
#include "base/width.hpp"
#include "terminal/commands.hpp"
#include "terminal/dialogue.hpp"
#include "terminal/hearing.hpp"
#include "terminal/limits.hpp"
#include "terminal/speaking.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::terminal {

using base::text_key;

client::client(client_settings with, base::language in) : state(in), settings(std::move(with)) {
    state.nickname = settings.nickname;
    signing_in.account = settings.account;
    for (const std::string& name : settings.join) {
        room& wished = state.open(name);
        wished.wanted = wished.kind == room_kind::channel;
    }
    if (state.rooms.size() > 1) {
        state.show(1);
    }
}

void client::link_up(protection how, const std::string& host, std::uint16_t port) {
    state.shielded = how;
    state.host = host;
    state.state = connection_state::registering;
    state.retrying = false;
    heard_at = now.steady;
    asked_for_life = {};
    state.asked = question::none;
    asked_label = 0;
    confirmed_label = last_label;
    note(text_key::chat_connected_to, {host, std::to_string(port)});
    if (!std::exchange(greeted, true)) {
        note(text_key::chat_how_to_leave);
    }
    if (how == protection::none && !is_loopback(host)) {
        warn(text_key::chat_not_encrypted, {host});
    }
    begin_registration(*this);
}

void client::link_down() {
    const bool was_online = online();
    state.state = connection_state::offline;
    state.capabilities.clear();
    batches.clear();
    signing_in.scram.reset();
    for (const auto& one : state.rooms) {
        one->inside = false;
        one->members.clear();
        one->past.asked = false;
        doubt_what_is_under_way(*one);
    }
    if (leaving) {
        effects.emplace_back(leave{});
        return;
    }
    const bool asked_at_first = state.asked != question::none && !was_online && attempts == 0;
    if ((settings.interactive && asked_at_first) || state.asked == question::entrance) {
        return; // it waited for an answer too long: the answer connects again
    }
    if (!settings.reconnects) {
        effects.emplace_back(leave{exit_disconnected});
        return;
    }
    if (was_online) {
        lost_at = now.wall;
        attempts = 0;
        warn(text_key::chat_connection_lost);
    }
    const auto pause = std::min<std::chrono::seconds>(
        reconnect_first * (1 << std::min(attempts, 6)), reconnect_last);
    ++attempts;
    state.retrying = true;
    state.next_attempt = now.wall + pause;
}

void client::receive(std::string_view line) {
    heard_at = now.steady;
    hear_line(*this, line);
    state.keep_within_bounds();
}

void client::type(std::string_view text) {
    if (state.asked != question::none && !text.starts_with('/')) {
        answer_question(*this, text);
    } else {
        obey(*this, text);
    }
}

void client::time_is(base::moment moment) {
    now = moment;
    state.next_attempt_in = std::chrono::ceil<std::chrono::seconds>(
        std::max(state.next_attempt - now.wall, std::chrono::milliseconds(0)));
    if (state.retrying && now.wall >= state.next_attempt &&
        state.state == connection_state::offline) {
        state.state = connection_state::connecting;
        effects.emplace_back(connect{});
    }
    if (!online()) {
        return;
    }
    if (asked_for_life == base::steady_time{} && now.steady - heard_at > silence_max) {
        asked_for_life = now.steady;
        send("PING :alive");
    } else if (asked_for_life != base::steady_time{} && now.steady - asked_for_life > silence_max) {
        effects.emplace_back(hang_up{});
    }
}

std::vector<effect> client::take_effects() { return std::exchange(effects, {}); }

bool client::is_over() const {
    return leaving || std::ranges::any_of(effects, [](const effect& one) {
               return std::holds_alternative<leave>(one);
           });
}

void client::send(std::string line) {
    if (state.state == connection_state::registering || online()) {
        std::erase_if(line, [](char one) { return one == '\r' || one == '\n' || one == '\0'; });
        effects.emplace_back(send_line{std::move(line)});
    }
}

void client::show(room& where, entry what) {
    if (what.at == base::wall_time{}) {
        what.at = now.wall;
    }
    const bool seen = &where == &state.here() || what.mine || what.history;
    if (!seen && (what.is_talk() || what.kind == entry_kind::warning)) {
        ++where.unread;
        where.mentions += what.mentions_me || where.kind == room_kind::person ? 1 : 0;
    }
    if (!what.history && !what.mine &&
        (what.mentions_me || (what.is_talk() && where.kind == room_kind::person))) {
        effects.emplace_back(ring{});
    }
    effects.emplace_back(
        show_entry{.room = where.name, .in_current_room = &where == &state.here(), .what = what});
    if (where.past.newest_missing && what.sent == delivery::sure && !what.id.empty()) {
        return; // it is there when the present is fetched again
    }
    where.add(std::move(what));
}

void client::note(room& where, std::string text, entry_kind kind) {
    entry made{.kind = kind};
    made.text = base::harmless(text, base::line_feeds::kept);
    made.text.resize(base::truncate_utf8(made.text, text_size_max).size());
    show(where, std::move(made));
}

void client::note(text_key what, std::initializer_list<std::string_view> values) {
    note(state.here(), say(what, values));
}

void client::warn(text_key what, std::initializer_list<std::string_view> values) {
    note(state.here(), say(what, values), entry_kind::warning);
}

void client::inquire(question what, std::string about) {
    state.asked = what;
    state.asked_about = about;
    effects.emplace_back(ask{what, std::move(about)});
}

std::string client::say(text_key what, std::initializer_list<std::string_view> values) const {
    return base::say(state.language, what, values);
}

void client::certificate_doubted(const std::string& fingerprint) {
    inquire(question::trust, fingerprint);
}

} // namespace tertulia::terminal
