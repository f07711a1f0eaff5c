// SPDX-License-Identifier: Apache-2.0
// Distinct integer types for distinct things, so that a room cannot be passed for a person.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace tertulia::base {

template <class Tag>
struct id {
    std::uint64_t value = 0; // 0 names nothing

    friend constexpr auto operator<=>(const id&, const id&) = default;
    [[nodiscard]] constexpr explicit operator bool() const { return value != 0; }
};

// Boost's and the standard's containers find this by argument-dependent look-up.
template <class Tag>
std::size_t hash_value(const id<Tag>& of) {
    return std::hash<std::uint64_t>{}(of.value);
}

} // namespace tertulia::base

template <class Tag>
struct std::hash<tertulia::base::id<Tag>> {
    std::size_t operator()(const tertulia::base::id<Tag>& of) const noexcept {
        return std::hash<std::uint64_t>{}(of.value);
    }
};
