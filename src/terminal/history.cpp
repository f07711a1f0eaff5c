// SPDX-License-Identifier: Apache-2.0
#include "terminal/history.hpp"

#include "base/width.hpp"
#include "terminal/limits.hpp"
#include "terminal/speaking.hpp"
#include "terminal/timestamps.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace tertulia::terminal {
namespace {

bool has_history(const client& who, const room& where) {
    return who.state.can("draft/chathistory") && who.state.can("batch") &&
           who.state.can("message-tags") && where.kind != room_kind::server;
}

void ask_after(client& who, room& where) {
    where.past.asked = true;
    where.past.resuming = true;
    who.send(fmt::format("CHATHISTORY AFTER {} msgid={} {}", where.name, where.past.resumed_to,
                         history_page));
}

void resume(client& who, room& where) {
    where.past.resumed_to = where.newest_id();
    ask_after(who, where);
}

void ask_latest(client& who, room& where, std::size_t count) {
    where.past.asked = true;
    who.send(fmt::format("CHATHISTORY LATEST {} * {}", where.name, count));
}

// A message of ours of which nobody knew whether it had arrived.
void settle(room& where, const entry& arrived) {
    auto& all = where.entries();
    const auto ours = std::ranges::find_if(all, [&](const entry& one) {
        return one.sent == delivery::unsure && one.text == arrived.text && one.kind == arrived.kind;
    });
    if (ours != all.end()) {
        all.erase(ours);
    }
}

void resumed(client& who, room& where) {
    where.past.resuming = false;
    unsure_never_arrived(where);
    flush_unsent(who, where);
}

} // namespace

void fetch_what_was_missed(client& who, room& where) {
    if (!has_history(who, where)) {
        where.past.at_beginning = true;
        ask_about_unsure(who);
        flush_unsent(who, where);
        return;
    }
    if (!where.newest_id().empty() && !where.past.newest_missing) {
        resume(who, where);
        return;
    }
    if (who.settings.history > 0) {
        ask_latest(who, where, who.settings.history);
    }
    flush_unsent(who, where);
}

void fetch_older(client& who, room& where) {
    if (!has_history(who, where) || where.past.asked || where.past.at_beginning || !who.online()) {
        return;
    }
    const std::string oldest =
        where.past.begun_from.empty() ? where.oldest_id() : where.past.begun_from;
    if (oldest.empty()) {
        ask_latest(who, where, history_page);
        return;
    }
    where.past.asked = true;
    who.send(fmt::format("CHATHISTORY BEFORE {} msgid={} {}", where.name, oldest, history_page));
}

void fetch_newest(client& who, room& where) {
    if (where.past.newest_missing && who.online()) {
        where.forget_entries();
        ask_latest(who, where, history_page);
    }
}

void fetch_conversations(client& who) {
    if (!who.state.can("draft/chathistory") || !who.state.can("batch")) {
        return;
    }
    if (who.lost_at != base::wall_time{}) {
        who.send(fmt::format("CHATHISTORY TARGETS timestamp={} timestamp={} 50",
                             wire::timestamp(who.lost_at - std::chrono::minutes(1)),
                             wire::timestamp(who.now.wall + std::chrono::minutes(1))));
    }
    for (const auto& one : who.state.rooms) {
        if (one->kind == room_kind::person && !one->newest_id().empty()) {
            resume(who, *one);
        }
    }
}

void take_history(client& who, batch page) {
    room* const where = who.state.find(page.target);
    if (where == nullptr) {
        return;
    }
    const bool resuming = where->past.resuming;
    const bool older = where->past.asked && !resuming;
    const bool full = page.seen >= history_page;
    where->past.asked = false;
    if (!page.last_id.empty()) {
        where->past.resumed_to = page.last_id;
    }
    std::vector<entry> fresh;
    for (entry& one : page.entries) {
        one.history = true;
        if (where->find(one.id) != nullptr) {
            continue;
        }
        if (one.mine) {
            settle(*where, one);
        }
        if (resuming && !one.mine && one.is_talk() && where != &who.state.here()) {
            ++where->unread;
        }
        who.effects.emplace_back(show_entry{
            .room = where->name, .in_current_room = where == &who.state.here(), .what = one});
        fresh.push_back(std::move(one));
    }
    where->add_history(std::move(fresh), older ? room::page::older : room::page::newer);
    if (older) {
        where->past.at_beginning = where->past.at_beginning || page.seen == 0;
        where->past.begun_from = page.first_id;
        where->put_newest_away();
    } else if (resuming) {
        where->keep_newest();
        full ? ask_after(who, *where) : resumed(who, *where);
    }
}

void history_refused(client& who, room& where) {
    where.past.asked = false;
    where.past.at_beginning = true;
    if (std::exchange(where.past.resuming, false)) {
        ask_about_unsure(who);
        flush_unsent(who, where);
    }
}

} // namespace tertulia::terminal
