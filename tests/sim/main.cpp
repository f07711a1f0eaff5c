// SPDX-License-Identifier: Apache-2.0
// tertulia_sim [--seed N] [--seeds COUNT] [--steps COUNT] [--sabotage show|forget]
// Runs worlds one after the other; the first that goes wrong is printed with its seed.
#include "sim/world.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

std::uint64_t number(const char* text) { return std::strtoull(text, nullptr, 10); }

} // namespace

int main(int count, char** arguments) {
    using namespace tertulia::sim;
    world_options options;
    std::uint64_t seeds = 1;
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string_view name = arguments[i];
        if (name == "--seed") {
            options.seed = number(arguments[i + 1]);
        } else if (name == "--seeds") {
            seeds = number(arguments[i + 1]);
        } else if (name == "--steps") {
            options.steps = static_cast<std::uint32_t>(number(arguments[i + 1]));
        } else if (name == "--sabotage") {
            options.broken = std::string_view(arguments[i + 1]) == "show"
                                 ? sabotage::show_before_commit
                                 : sabotage::forget_a_commit;
        } else {
            fmt::print(stderr, "tertulia_sim: {} is unknown\n", name);
            return 2;
        }
    }
    std::uint64_t crashes = 0;
    std::uint64_t messages = 0;
    for (std::uint64_t i = 0; i < seeds; ++i, ++options.seed) {
        const world_report report = run_world(options);
        crashes += report.crashes;
        messages += report.messages;
        if (report.wrong) {
            fmt::print("seed {} went wrong at step {}: {}\nRun it again: tertulia_sim --seed {} "
                       "--steps {}\n",
                       options.seed, report.steps, *report.wrong, options.seed, options.steps);
            return 1;
        }
    }
    fmt::print("{} worlds, {} crashes, {} messages: nothing went wrong\n", seeds, crashes,
               messages);
    return 0;
}
