// SPDX-License-Identifier: Apache-2.0
// Many timers at the price of 24 bytes each: slots, of a tenth of a second unless told otherwise,
// in a wheel of a thousand. A timer goes off at the first slot's edge at or after its time, never
// before.
//
//     wheel.schedule(connection.timer, now + 30s);     // again: moves it
//     wheel.expire(now, [](timer& due) { … });         // may schedule, cancel and destroy timers
//
// Sans I/O: whoever owns it sleeps until next_wake(). Lives on one thread.
#pragma once

#include "base/time.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace tertulia::transport {

// Part of what it times; unlinks itself when that ends.
class timer {
public:
    timer() = default;
    ~timer() { cancel(); }
    timer(const timer&) = delete;
    timer& operator=(const timer&) = delete;

    void cancel();
    [[nodiscard]] bool scheduled() const { return next_ != nullptr; }

private:
    friend class timer_wheel;
    void link_before(timer& where);

    timer* previous_ = nullptr;
    timer* next_ = nullptr;
    std::int64_t tick_ = 0;
};

class timer_wheel {
public:
    explicit timer_wheel(base::steady_time now,
                         std::chrono::milliseconds slot_length = std::chrono::milliseconds{100});
    ~timer_wheel();
    timer_wheel(const timer_wheel&) = delete;
    timer_wheel& operator=(const timer_wheel&) = delete;

    void schedule(timer& what, base::steady_time when);

    // Calls due(timer&) for each timer whose time has come, no longer scheduled.
    template <class Due>
    void expire(base::steady_time now, Due due) {
        gather(now);
        while (timer* const next = next_due()) {
            due(*next);
        }
    }

    // Nothing goes off before; nothing at all: none is scheduled. May be early, by whole turns of
    // the wheel, for what is far off.
    [[nodiscard]] std::optional<base::steady_time> next_wake();

private:
    static constexpr std::size_t slot_count = 1024;

    void gather(base::steady_time now);
    timer* next_due();
    [[nodiscard]] std::size_t next_filled(std::size_t from) const;
    void mark(std::size_t slot, bool filled);
    [[nodiscard]] bool empty(std::size_t slot) const { return slots_[slot].next_ == &slots_[slot]; }

    const std::chrono::milliseconds slot_length_;
    std::int64_t tick_;                   // the last one that was expired
    std::array<timer, slot_count> slots_; // rings: each slot's own timer is where its ring begins
    std::array<std::uint64_t, slot_count / 64> filled_{}; // bits; stay behind after a cancellation
    timer due_;                                           // the ring of those that go off now
};

} // namespace tertulia::transport
