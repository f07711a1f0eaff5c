// SPDX-License-Identifier: Apache-2.0
// Names that look alike, counted by their skeletons: as they are shown, and as any case of their
// letters makes them. Two plain ones (of ASCII alone) are held apart more finely, as people do have
// such names: "corn" and "com", "elia" and "ella" are two, but "Iuis", "1uis" and "luis" one.
#pragma once

#include "base/name.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>

namespace tertulia::chat {

// How many names with one skeleton are there, plain and other ones.
struct look_alikes {
    std::uint32_t plain = 0;
    std::uint32_t other = 0;
};

class skeletons {
public:
    void add(const base::name& of);
    void remove(const base::name& of);
    // Does it look like another name? `own`, if given, is given up for it and does not count.
    [[nodiscard]] bool collides(const base::name& wish, const base::name* own = nullptr) const;

private:
    boost::unordered_flat_map<std::uint32_t, look_alikes> counts_;
    boost::unordered_flat_map<std::uint32_t, std::uint32_t> plain_; // by what is alike in ASCII
};

} // namespace tertulia::chat
