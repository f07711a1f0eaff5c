// SPDX-License-Identifier: Apache-2.0
// One network thread: its sockets, its connections, its hub, and the turns in which it serves them.
// Made on any thread, then lives on the one that calls run(). Other threads reach it through its
// mailboxes, reconfigure(), change() and stop().
#pragma once

#include "base/mailbox.hpp"
#include "chat/batch.hpp"
#include "net/occupancy.hpp"
#include "net/office.hpp"
#include "net/options.hpp"
#include "transport/socket.hpp"
#include "transport/tls_context.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tertulia::net {

using tls_ref = std::shared_ptr<const transport::tls_context>;

// A caller on its way to its thread, and the place of the listener that it came to.
struct arrival {
    std::size_t door;
    transport::caller who;
    std::uint32_t number;   // of all that came, whatever became of them
    bool standing = false;  // the server is full
    bool announced = false; // by a proxy that is believed
};
using arrival_box = base::mailbox<arrival>;

// Who answers what sessions ask outside the core.
struct offices {
    office& reads;
    office& checks;
    office& proofs;
    office& chores;
    office& long_chores;
};

struct loop_options {
    std::size_t thread = 0;
    std::uint16_t node = 0;
    bool rate_limited = true;
    limits bounds;
    base::language language = base::language::english;
    const std::vector<listener_options>& listeners; // outlive the loop
    occupancy& places;                              // of all threads; outlives the loop
};

class loop {
public:
    // `sockets` listen for all threads; the other loops get none. `of_doors` is each listener's
    // TLS, empty for plain ones.
    loop(const loop_options& with, std::vector<transport::descriptor> sockets,
         std::vector<tls_ref> of_doors);
    ~loop();
    loop(const loop&) = delete;
    loop& operator=(const loop&) = delete;

    [[nodiscard]] base::mailbox<chat::batch_ref>& batches();
    [[nodiscard]] reply_box& replies();
    [[nodiscard]] arrival_box& arrivals();

    // Serves until stop() is done. Callers go to `threads`, this one's box among them.
    void run(base::mailbox<chat::submission>& line, offices ask, std::vector<arrival_box*> threads);

    // Each at the start of a turn; lost when the loop has ended. The first changes settings of
    // dialects, and then tells each session.
    void reconfigure(std::function<void()> change);
    void change(const limits& bounds, std::vector<tls_ref> of_doors);
    void stop(std::string reason, std::chrono::milliseconds patience);

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace tertulia::net
