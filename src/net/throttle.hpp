// SPDX-License-Identifier: Apache-2.0
// How many connections one address may open on one network thread: so many a second, and so many
// that have not registered yet. The counts of a whole server are the core's, at registration.
#pragma once

#include "base/time.hpp"
#include "net/options.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace tertulia::net {

class throttle {
public:
    explicit throttle(const limits& with) : with_(with) {}

    // Nothing: one more connection may come in, and counts as unregistered until release().
    [[nodiscard]] std::optional<turned_away> admit(std::uint64_t address_key,
                                                   base::steady_time now);

    // May one who is turned away be told why? Only so many a second are, whoever they are, so that
    // a flood is not answered.
    [[nodiscard]] bool may_explain(base::steady_time now);

    // An admitted connection registered or ended; once for each.
    void release(std::uint64_t address_key);

    void use(const limits& with) { with_ = with; }
    [[nodiscard]] std::size_t size() const { return visitors_.size(); }

private:
    struct visitor_count {
        double tokens = 0;
        base::steady_time filled_at;
        std::uint32_t unregistered = 0;
    };
    void refill(visitor_count& of, base::steady_time now) const;
    void sweep(base::steady_time now);

    limits with_;
    boost::unordered_flat_map<std::uint64_t, visitor_count> visitors_;
    base::steady_time explained_until_{}; // as many at once as there are in a second
};

} // namespace tertulia::net
