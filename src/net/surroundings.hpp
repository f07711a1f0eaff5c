// SPDX-License-Identifier: Apache-2.0
// What the connections of one network thread share, and what they leave for its loop to do. Sans
// I/O, so that a connection is tested without one.
#pragma once

#include "base/catalogue.hpp"
#include "base/limits.hpp"
#include "base/time.hpp"
#include "chat/batch.hpp"
#include "net/options.hpp"
#include "session/credentials.hpp"
#include "session/history.hpp"
#include "session/hub.hpp"
#include "session/protocol.hpp"
#include "transport/timer_wheel.hpp"

#include <array>
#include <chrono>
#include <memory>
#include <variant>
#include <vector>

namespace tertulia::net {

class connection;

// What a session asks outside the core, and what came of it.
using question =
    std::variant<session::read_query, session::credential_query, std::unique_ptr<session::chore>>;
using answer = std::variant<session::read_answer, session::credential_answer, session::chore_done>;
struct job {
    chat::session_id session;
    question what;
};
struct reply {
    chat::session_id session;
    answer what;
};

// Writes that have to arrive as reads of their own are few milliseconds apart.
inline constexpr std::chrono::milliseconds quick_slot{1};
inline constexpr std::chrono::milliseconds near{500};

// A secret that nobody guesses is looked up in a moment; it does not wait behind passwords.
[[nodiscard]] inline bool is_looked_up(const session::credential_query& what) {
    return std::holds_alternative<session::login_check>(what.what) ||
           std::holds_alternative<session::token_check>(what.what) ||
           std::holds_alternative<session::pass_check>(what.what) ||
           std::holds_alternative<session::certificate_check>(what.what);
}

struct surroundings {
    base::moment now; // the clock is read once in a turn
    limits bounds;
    base::language language = base::language::english;
    bool stopping = false;                    // the server stops: nobody leaves of her own
    transport::timer_wheel wheel{now.steady}; // its timers are connections, as the other's
    transport::timer_wheel quick_wheel{now.steady, quick_slot}; // for what is near
    session::hub hub;

    std::vector<chat::submission> requests; // for the core, in order
    std::vector<job> reads;                 // for the thread that reads history
    std::vector<job> checks;                // for those that hash passwords
    std::vector<job> proofs;                // for the one that looks secrets up
    std::vector<job> chores;                // for those that may block
    std::vector<job> long_chores;           // for those that may take long
    std::vector<connection*> touched;       // each once: something happened to them in this turn

    session::output said;                                   // used again and again
    std::array<char, base::limits::unread_size_max> buffer; // what was just read from a socket
};

} // namespace tertulia::net
