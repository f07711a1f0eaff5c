// SPDX-License-Identifier: Apache-2.0
// The world says no: a file that cannot be written, a port that is taken. The domain's refusals are
// events (chat/event.hpp) and our own mistakes are assertions (base/assert.hpp); the three never
// mix.
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace tertulia::base {

// One clear sentence for the operator: what was wrong and what to do.
struct error {
    std::string sentence;
};

template <class T>
using result = std::expected<T, error>;

[[nodiscard]] inline std::unexpected<error> failure(std::string sentence) {
    return std::unexpected(error{std::move(sentence)});
}

} // namespace tertulia::base
