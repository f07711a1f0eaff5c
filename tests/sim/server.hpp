// SPDX-License-Identifier: Apache-2.0
// One life of a simulated server, from start to crash: the production's heart, sequencer, store,
// hubs and IRC sessions, driven a step at a time instead of by threads.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "chat/batch.hpp"
#include "chat/heart.hpp"
#include "irc/dialect.hpp"
#include "log/sequencer.hpp"
#include "session/hub.hpp"
#include "sim/client.hpp"
#include "store/database.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::sim {

// What was applied together, with what it was made from, so that a second heart can apply it again.
struct step_record {
    std::vector<chat::submission> from;
    base::wall_time now;
    log::space left;
    log::sequenced made;
    bool handed_out = false;
};

// A network thread: a hub and its sessions.
struct thread {
    explicit thread(const irc::settings_ref& rules, const std::string& message_key)
        : dialect(rules, message_key) {}

    irc::dialect dialect;
    session::hub hub;
    std::vector<std::unique_ptr<client>> clients;
    std::deque<chat::batch_ref> inbox;
};

struct server {
    static constexpr std::size_t thread_count = 2;
    static constexpr std::uint64_t space_reserve = 256U << 10U;

    server(store::opened opened, std::unique_ptr<session::reader> history, base::wall_time now);

    client& connect(std::size_t thread_index, base::moment now);
    void disconnect(std::size_t thread_index, std::size_t client_index, const std::string& why);

    // Sessions' requests get in line.
    void collect(client& from);
    // Applies up to `count_max` of what is in line.
    void apply(std::size_t count_max, base::wall_time now);
    // Commits up to `count_max` applied batches; what is durable is handed to the threads.
    [[nodiscard]] base::result<std::vector<step_record>> commit(std::size_t count_max);
    // To the threads with somebody who hears it, once.
    void hand_out(step_record& of);
    // Every password opens every account: what the simulation is about is what comes of it.
    [[nodiscard]] session::credential_answer answer_to(const session::credential_query& of) const;
    // A thread takes a batch; its sessions go on with what they were reading.
    void turn(thread& of, base::moment now);

    chat::restored found; // at the start
    chat::heart heart;
    log::sequencer order;
    std::unique_ptr<store::storage> storage;
    std::unique_ptr<session::reader> reader;
    std::vector<std::unique_ptr<thread>> threads;
    std::deque<chat::submission> line;
    std::deque<step_record> uncommitted;
    std::uint32_t sessions_made = 0;
};

} // namespace tertulia::sim
