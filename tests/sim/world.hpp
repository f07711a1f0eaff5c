// SPDX-License-Identifier: Apache-2.0
// A world from a seed: clients who say arbitrary things, a server that is driven step by step, a
// disk that forgets, fills up and fails; and a witness who compares after each crash.
#pragma once

#include "base/time.hpp"
#include "sim/dice.hpp"
#include "sim/disk.hpp"
#include "sim/server.hpp"
#include "sim/witness.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace tertulia::sim {

// Ways to break the server on purpose, to show that the witness would notice.
enum class sabotage { none, show_before_commit, forget_a_commit };

struct world_options {
    std::uint64_t seed = 1;
    std::uint32_t steps = 3'000;
    sabotage broken = sabotage::none;
};

struct world_report {
    finding wrong;
    std::uint32_t steps = 0;
    std::uint32_t crashes = 0;
    std::uint32_t refused_commits = 0;
    std::size_t messages = 0;
};

[[nodiscard]] world_report run_world(const world_options& options);

} // namespace tertulia::sim
