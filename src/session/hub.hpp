// SPDX-License-Identifier: Apache-2.0
// Who hears which event, on one network thread: takes the log's batches, renders each event once
// per variant into the runs of the rooms, and gives every hearer its slices in order.
//
//     hub.enter(id, protocol, outlet);
//     hub.route(batch, now);   // as often as there are batches
//     hub.end_turn();          // slices go to the outlets
//
// Sans I/O; lives on one network thread. Protocols and outlets are the caller's and outlive their
// stay between enter() and leave().
#pragma once

#include "base/time.hpp"
#include "chat/event.hpp"
#include "session/protocol.hpp"
#include "session/run.hpp"

#include <cstddef>
#include <memory>
#include <span>

namespace tertulia::session {

// Where a session's output goes: a connection's send queue, or a test's string. An outlet must not
// call back into the hub.
class outlet {
public:
    virtual ~outlet() = default;
    virtual void take(const slice& shared) = 0; // not empty
    // After each event that was delivered to the session alone, also when it said nothing: its
    // protocol may take more of its input now. Moves what it needs out of `own`.
    virtual void take(output& own) = 0;
};

class hub {
public:
    hub();
    ~hub();
    hub(const hub&) = delete;
    hub& operator=(const hub&) = delete;

    void enter(chat::session_id session, protocol& speaker, outlet& to);

    // Leaves every room as well; what the session was to hear up to here is handed out first.
    void leave(chat::session_id session);

    // The session negotiated other features (output::features_changed).
    void features_changed(chat::session_id session);

    void route(std::span<const chat::event> events, base::moment now);

    // Before the session is given anything outside the rooms' runs (its own reply), what its rooms
    // said before is handed out, so that the order holds.
    void settle(chat::session_id session);

    // Ends the turn: all open runs are handed out and closed.
    void end_turn();

    // Bytes of runs still held by hearers of this thread.
    [[nodiscard]] std::size_t pinned() const;

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace tertulia::session
