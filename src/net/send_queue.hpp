// SPDX-License-Identifier: Apache-2.0
// What one connection is still to be sent, in order: bytes of its own, slices of shared runs, and
// listings, which are rendered only as the queue drains. Empty, it holds no memory.
#pragma once

#include "base/time.hpp"
#include "session/protocol.hpp"
#include "session/run.hpp"
#include "transport/stream.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tertulia::net {

class send_queue {
public:
    void push(std::string own, base::steady_time now);
    void push(const session::slice& shared, base::steady_time now);
    void push(std::unique_ptr<session::listing> list, base::steady_time now);

    // One gathered write of what is first in line. A transfer of no bytes is possible when a
    // listing has found nothing to say yet.
    [[nodiscard]] transport::transfer write(transport::stream& to, base::steady_time now);

    void clear();
    [[nodiscard]] bool empty() const { return segments_.empty(); }

    // Bytes that wait; what a listing has not rendered does not count.
    [[nodiscard]] std::size_t behind() const { return behind_; }

    // Since when the first byte waits. What stood behind a listing waits since that has ended. Not
    // empty.
    [[nodiscard]] base::steady_time waits_since() const { return segments_[first_].since; }

private:
    struct pages { // a listing under way
        std::unique_ptr<session::listing> list;
        std::string rendered;
        bool ended = false;
    };
    struct segment {
        std::variant<std::string, session::slice, std::unique_ptr<pages>> what;
        base::steady_time since;
    };

    [[nodiscard]] static std::string_view bytes(const segment& of);
    [[nodiscard]] static bool has_more(const segment& of);
    void render(segment& listing, base::steady_time now);
    void consume(std::size_t size, base::steady_time now);
    void pop(base::steady_time now);

    std::vector<segment> segments_; // those before `first_` have left
    std::uint32_t first_ = 0;
    std::uint32_t sent_ = 0; // bytes of the first segment that have left
    std::size_t behind_ = 0;
};

} // namespace tertulia::net
