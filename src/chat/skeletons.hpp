// SPDX-License-Identifier: Apache-2.0
// Names that look alike, counted by their skeletons.
#pragma once

#include "base/name.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>

namespace tertulia::chat {

// How many names with one skeleton are there, and how many of them are not plain Latin.
struct look_alikes {
    std::uint32_t latin = 0;
    std::uint32_t other = 0;
};

class skeletons {
public:
    void add(const base::name& of);
    void remove(const base::name& of);
    // Does it look like another name? `own`, if given, is given up for it and does not count.
    [[nodiscard]] bool collides(const base::name& wish, const base::name* own = nullptr) const;

private:
    boost::unordered_flat_map<std::uint64_t, look_alikes> counts_;
};

} // namespace tertulia::chat
