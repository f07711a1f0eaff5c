// SPDX-License-Identifier: Apache-2.0
// One session's way through the network: moves bytes between its stream and its protocol, queues
// what it is to hear, and ends it in order. Waits for nothing itself: the loop asks what it wants
// to wait for, and says when that has come. Lives on one network thread, shorter than its
// surroundings.
//
//     open ─ end() ─► leaving ─ settle() ─► closing ─ all written ─► draining ─ other side closed
//     ─► over
//       └────────────────────── drop(): broken, or too far behind
//       ───────────────────────────────────┘
#pragma once

#include "base/catalogue.hpp"
#include "net/send_queue.hpp"
#include "net/surroundings.hpp"
#include "session/hub.hpp"
#include "transport/stream.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tertulia::net {

class connection final : public session::outlet, public transport::timer {
public:
    connection(surroundings& around, chat::session_id id, std::unique_ptr<transport::stream> over,
               std::unique_ptr<session::protocol> speaker);

    // What happens to it.
    void begin();
    void take_input(); // it may be able to: there are bytes, or there is room for them
    void writable();
    void hear(answer what);
    void expire();       // its timer went off
    void reconfigured(); // the settings of its dialect have changed
    void farewell(std::string_view reason);
    void drop(base::text_key reason);
    void take(const session::slice& shared) override;
    void take(session::output& own) override;

    // The protocol may take more of what it left: something was said to it since.
    [[nodiscard]] bool offers() const { return told_ && at_ == stage::open && !unread_.empty(); }
    void offer();

    // Another protocol takes over, outside the hub's turns.
    void succeed();

    // At the end of a turn: who ended leaves the hub; then what is queued is written.
    void settle();
    void flush();

    // What to wait for.
    [[nodiscard]] bool wants_input() const;
    [[nodiscard]] bool has_input() const { return wants_input() && more_input_; } // do not wait
    [[nodiscard]] bool wants_output() const { return write_blocked_ || read_needs_output_; }
    [[nodiscard]] bool has_output() const; // do not wait
    [[nodiscard]] bool over() const { return at_ == stage::over; }

    [[nodiscard]] chat::session_id id() const { return id_; }
    // No stranger; and one whom the core counts as a session.
    [[nodiscard]] bool registering() const { return known_ || recognised_; }
    [[nodiscard]] bool known() const { return known_; }
    [[nodiscard]] std::size_t behind() const { return queue_.behind(); }
    [[nodiscard]] bool abandoned() const { return abandoned_; } // unsent bytes are not wanted

private:
    enum class stage : std::uint8_t { open, leaving, closing, draining, over };

    void touch();
    void identify();
    void absorb();
    void carry_out(session::output& said);
    void accept(std::string_view bytes);
    [[nodiscard]] std::size_t give(std::string_view bytes);
    void end(std::string reason);
    void finish();
    void drain(std::size_t size);
    void schedule();

    surroundings& around_;
    std::unique_ptr<transport::stream> stream_;
    std::unique_ptr<session::protocol> protocol_;
    std::unique_ptr<session::protocol> successor_;
    send_queue queue_;
    std::string unread_;
    base::steady_time deadline_; // of the handshake; later, of the closing
    base::steady_time drained_until_;
    std::size_t drained_ = 0; // bytes
    chat::session_id id_;
    stage at_ = stage::open;
    bool known_ = false; // the core has heard of it
    bool recognised_ = false;
    bool touched_ = false;
    bool identified_ = false; // by its certificate, where it has one
    bool told_ = false;
    bool more_input_ = false;
    bool read_needs_output_ = false;
    bool write_blocked_ = false;
    bool write_needs_input_ = false;
    bool other_side_ended_ = false;
    bool abandoned_ = false;
};

} // namespace tertulia::net
