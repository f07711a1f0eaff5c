// SPDX-License-Identifier: Apache-2.0
#include "transport/timer_wheel.hpp"

#include <algorithm>
#include <bit>

namespace tertulia::transport {

void timer::cancel() {
    if (next_ != nullptr) {
        previous_->next_ = next_;
        next_->previous_ = previous_;
        previous_ = next_ = nullptr;
    }
}

void timer::link_before(timer& where) {
    previous_ = where.previous_;
    next_ = &where;
    previous_->next_ = this;
    where.previous_ = this;
}

timer_wheel::timer_wheel(base::steady_time now, std::chrono::milliseconds slot_length)
    : slot_length_(slot_length), tick_(now.time_since_epoch() / slot_length) {
    for (timer& ring : slots_) {
        ring.previous_ = ring.next_ = &ring;
    }
    due_.previous_ = due_.next_ = &due_;
}

timer_wheel::~timer_wheel() {
    for (timer& ring : slots_) {
        while (ring.next_ != &ring) {
            ring.next_->cancel();
        }
    }
}

void timer_wheel::schedule(timer& what, base::steady_time when) {
    const std::int64_t edge =
        (when + slot_length_ - std::chrono::milliseconds(1)).time_since_epoch() / slot_length_;
    const std::int64_t tick = std::max(edge, tick_ + 1);
    what.cancel(); // wherever it is: it may be another wheel
    what.tick_ = tick;
    const auto slot = static_cast<std::size_t>(tick) % slot_count;
    what.link_before(slots_[slot]);
    mark(slot, true);
}

void timer_wheel::gather(base::steady_time now) {
    const std::int64_t present = now.time_since_epoch() / slot_length_;
    const std::int64_t first =
        std::max(tick_ + 1, present - static_cast<std::int64_t>(slot_count) + 1);
    for (std::int64_t tick = first; tick <= present; ++tick) {
        const auto slot = static_cast<std::size_t>(tick) % slot_count;
        timer& ring = slots_[slot];
        for (timer* each = ring.next_; each != &ring;) {
            timer* const next = each->next_;
            if (each->tick_ <= present) {
                each->cancel();
                each->link_before(due_);
            }
            each = next;
        }
        mark(slot, !empty(slot));
    }
    tick_ = std::max(tick_, present);
}

timer* timer_wheel::next_due() {
    timer* const next = due_.next_;
    if (next == &due_) {
        return nullptr;
    }
    next->cancel();
    return next;
}

std::optional<base::steady_time> timer_wheel::next_wake() {
    const auto start = static_cast<std::size_t>(tick_ + 1) % slot_count;
    for (;;) {
        const std::size_t slot = next_filled(start);
        if (slot == slot_count) {
            return std::nullopt;
        }
        if (!empty(slot)) {
            const std::size_t ahead = (slot + slot_count - start) % slot_count;
            return base::steady_time((tick_ + 1 + static_cast<std::int64_t>(ahead)) * slot_length_);
        }
        mark(slot, false);
    }
}

// The first filled slot at or after `from`, around the wheel; slot_count: none.
std::size_t timer_wheel::next_filled(std::size_t from) const {
    const std::size_t words = filled_.size();
    for (std::size_t i = 0; i <= words; ++i) {
        const std::size_t word = (from / 64 + i) % words;
        std::uint64_t bits = filled_[word];
        if (i == 0) {
            bits &= ~std::uint64_t{0} << (from % 64);
        }
        if (bits != 0) {
            return word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        }
    }
    return slot_count;
}

void timer_wheel::mark(std::size_t slot, bool filled) {
    const std::uint64_t bit = std::uint64_t{1} << (slot % 64);
    if (filled) {
        filled_[slot / 64] |= bit;
    } else {
        filled_[slot / 64] &= ~bit;
    }
}

} // namespace tertulia::transport
