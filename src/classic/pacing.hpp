// SPDX-License-Identifier: Apache-2.0
// What one client is still to be written, a write at a time with a few milliseconds between, so
// that each arrives as a read of its own. Who falls behind by more than a second's worth misses
// messages, which are counted, and the end of one that takes longer. Sans clock: time is handed in.
#pragma once

#include "base/time.hpp"
#include "classic/dialect.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace tertulia::classic {

class pacing {
public:
    // The writes of one message.
    void push(const writes& message, const write_form& form);

    // The next write, when it is time for it.
    [[nodiscard]] std::optional<std::string> next(base::steady_time now,
                                                  std::chrono::milliseconds pause);

    // When next() has something; never, when there is nothing.
    [[nodiscard]] base::steady_time due_at() const;

    // Messages missed, once the client has caught up; counted anew from then on.
    [[nodiscard]] std::uint32_t take_omitted();

private:
    [[nodiscard]] bool is_behind(const write_form& form) const;
    void add(const std::string& write, const write_form& form);

    std::deque<std::string> waiting_;
    std::size_t bytes_ = 0; // of these
    base::steady_time free_at_{};
    std::uint32_t omitted_ = 0;
};

} // namespace tertulia::classic
