// SPDX-License-Identifier: Apache-2.0
// Jobs that wait for one thread, in an order that is fair: who asks for much waits for herself, and
// nobody for all of it. Among those of one asker the first comes first. One thread.
#pragma once

#include "net/surroundings.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace tertulia::net {

class turns {
public:
    void add(std::vector<job>& some); // clears them
    [[nodiscard]] bool empty() const { return of_each_.empty(); }
    // There is one at least.
    [[nodiscard]] job take();

private:
    std::map<std::uint64_t, std::deque<job>> of_each_; // by asker, none of them empty
    std::deque<std::uint64_t> order_;                  // each asker once, but for the one served
    std::optional<std::uint64_t> served_; // comes again behind all who came in the meantime
};

} // namespace tertulia::net
