// SPDX-License-Identifier: Apache-2.0
// Who remembers, outside the server, what it has promised: every committed message, every message
// that somebody was shown, and a second heart that applies the same entries. After each crash it
// compares. All checks of the simulation are here.
#pragma once

#include "chat/heart.hpp"
#include "log/sequencer.hpp"
#include "session/history.hpp"
#include "sim/client.hpp"
#include "sim/server.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tertulia::sim {

// Nothing, or what was found wrong.
using finding = std::optional<std::string>;

class witness {
public:
    // A server starts with what `found` holds. Compares that with what was promised before: the
    // commit that the crash cut short may have lasted as a whole or not at all.
    [[nodiscard]] finding server_started(const server& started,
                                         std::span<const step_record> cut_short);

    // These batches are durable now.
    [[nodiscard]] finding committed(const std::vector<step_record>& steps);

    // Somebody was shown these.
    [[nodiscard]] finding shown(const std::vector<sight>& messages) const;

    // The live heart, when all that it applied is committed, equals the one that applied it again.
    [[nodiscard]] finding same_as_replayed(const chat::heart& live) const;

    // Roles and invitations are of accounts that there are and to rooms that are kept, a name leads
    // to one room, and where anybody keeps order somebody is the owner.
    [[nodiscard]] static finding rooms_are_somebodys(const chat::restored& state);

    // History holds exactly what was committed: in order, each once.
    [[nodiscard]] finding history_is_whole(session::reader& reader) const;

    [[nodiscard]] std::size_t message_count() const { return texts_.size(); }

private:
    using history = std::vector<std::uint64_t>; // numbers

    [[nodiscard]] finding found_as_promised(const server& started) const;
    void apply(const step_record& step);
    void note(const chat::event& of);
    void note_order(const chat::event& of);
    // Whom an account has silenced it does not hear in private.
    void note_silence(const chat::event& of);
    // Who is banned or muted has done nothing that she may not.
    [[nodiscard]] bool meets(chat::sanction_kind kind, const chat::event& of,
                             const chat::card& who) const;
    void replay(const step_record& step);
    [[nodiscard]] finding read_whole(session::reader& reader, chat::conversation_id of,
                                     const history& expected) const;

    std::unique_ptr<chat::heart> replayed_;
    std::unique_ptr<log::sequencer> order_;
    finding replay_differs_;
    std::vector<chat::sanction> sanctions_;     // those that last, whether or not they are over
    std::vector<chat::silence_saved> silences_; // of accounts, in force
    std::map<chat::session_id, chat::person_id> sessions_;
    std::map<std::uint64_t, std::string> texts_;         // of every committed message, by number
    std::map<chat::conversation_id, history> histories_; // that have not ended
};

} // namespace tertulia::sim
