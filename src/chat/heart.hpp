// SPDX-License-Identifier: Apache-2.0
// The heart: people, rooms, messages and permissions. Entries in, events out; the same entries give
// the same events and a byte-identical snapshot, on any machine. No I/O, no clock, no thread, no
// randomness, no Unicode folding, no journal; nothing depends on which node it runs on.
// Lives on the core thread.
//
//     heart h(restored{});
//     std::vector<event> events;
//     h.apply({session, serial, time, connect{...}}, events);
//     h.ask(session, serial, time, ask_counts{}, events);
#pragma once

#include "base/time.hpp"
#include "chat/command.hpp"
#include "chat/event.hpp"
#include "chat/question.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tertulia::chat {

// A command with its place in the log.
struct entry {
    session_id author;
    std::uint32_t serial = 0;
    base::wall_time time; // never before the last entry's
    command what;
};

// What the store gives back at a start. No person is left; whoever was there is gone.
struct restored {
    std::vector<room_saved> rooms;                  // by id
    std::vector<account_saved> accounts;            // by id
    std::vector<membership_saved> memberships;      // in the order in which they began
    std::vector<invitation_saved> invitations;      // in their order
    std::vector<conversation_opened> conversations; // the private ones, by id
    std::vector<rights_saved> rights;               // by account
    std::vector<marker_saved> markers;              // by account
    std::vector<metadata_saved> about;              // people's, then rooms'
    std::vector<certificate_saved> certificates;    // by account, in the order they were added
    std::vector<sanction> sanctions;                // by id
    std::vector<report> reports;                    // the open ones, by id
    std::vector<measure_taken> moderation;          // the newest, the oldest of these first
    std::vector<silence_saved> silences;            // by account, in the order they were added
    std::vector<account_code> codes;                // the oldest first
    std::vector<listed_word> words;                 // likewise
    std::vector<token_saved> tokens;                // likewise
    std::vector<webhook_saved> webhooks;            // by room, likewise
    message_number numbers_reserved;                // the next number is above it
    base::wall_time time;                           // of the last stored event
};

struct heart_state;

class heart {
public:
    explicit heart(const restored& from);
    ~heart();
    heart(const heart&) = delete;
    heart& operator=(const heart&) = delete;

    // Applies one entry and appends its events, `done` last. The next number is above all given
    // before; when a block of numbers is nearly used up, `numbers_reserved` is among the events.
    void apply(const entry& of, std::vector<event>& events);

    // Answers at this point of the line: appends `answered`, `signalled` or `refused`, then `done`.
    void ask(session_id asker, std::uint32_t serial, base::wall_time time, const question& what,
             std::vector<event>& events) const;

    // Would this command, applied now, leave something that must last? (A join does when it makes
    // the room.) The log refuses such commands while the disk is nearly full.
    [[nodiscard]] bool would_last(const command& of) const;

    // Is this session known (connected and not yet gone)?
    [[nodiscard]] bool knows(session_id session) const;

    // The whole state as bytes: equal states give equal bytes.
    [[nodiscard]] std::string snapshot() const;

    // What a restart would find of this state, in the form the store gives it back.
    [[nodiscard]] restored lasting_state() const;

private:
    std::unique_ptr<heart_state> state_;
};

} // namespace tertulia::chat
