// SPDX-License-Identifier: Apache-2.0
// A room, a conversation with a person, or what the server says: its people and the entries that
// are kept of it. Entries stand in the order of their time, none twice.
#pragma once

#include "terminal/entry.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::terminal {

enum class room_kind : std::uint8_t { server, channel, person };

struct member {
    std::string nickname;
    std::string prefix; // "@+", the highest first
    bool away = false;
};

// What is known of what was said before the first entry, and behind the last one.
struct history_state {
    bool asked = false;    // an answer is awaited
    bool resuming = false; // what was missed is being fetched
    // The message up to which that was done; what comes live meanwhile is further on.
    std::string resumed_to;
    // Of the page before the first entry: its first line, where that is none that is shown.
    std::string begun_from;
    bool at_beginning = false;   // nothing is before the first entry
    bool newest_missing = false; // so much was read of the past that the present was put away
};

class room {
public:
    room(room_kind what, std::string called) : kind(what), name(std::move(called)) {}

    const room_kind kind;
    std::string name;
    std::string topic;
    std::string password;                  // what it was entered with
    std::map<std::string, member> members; // by key
    bool inside = false;                   // of a channel: we are in it
    bool wanted = false;                   // it is entered again after a break
    int unread = 0;
    int mentions = 0;
    history_state past;

    [[nodiscard]] const std::deque<entry>& entries() const { return entries_; }
    [[nodiscard]] std::deque<entry>& entries() { return entries_; }
    [[nodiscard]] entry* find(std::string_view id);
    // The newest one of so many that has this id.
    [[nodiscard]] bool has_lately(std::string_view id) const;
    [[nodiscard]] entry* under_way(std::uint32_t label);
    [[nodiscard]] std::string oldest_id() const;
    [[nodiscard]] std::string newest_id() const;

    // At its place by time, which is nearly always the end. Beyond the bound the oldest goes.
    void add(entry what);
    // Of the past: what is here already is left out. A page from before the first entry goes before
    // those of the same time, any other one behind them.
    enum class page { older, newer };
    void add_history(std::vector<entry> what, page which);
    // The newest beyond the bound go, because the past is being read.
    void put_newest_away();
    void keep_newest() { trim(); }
    void forget_entries();
    void erase(const entry* which);

private:
    void insert(entry what);
    void trim();

    std::deque<entry> entries_;
    std::uint64_t last_serial_ = 0;
};

} // namespace tertulia::terminal
