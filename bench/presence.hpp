// SPDX-License-Identifier: Apache-2.0
// People who come and say nothing: what a connection costs while it idles, and what it costs to
// come.
#pragma once

#include "bench/crowd.hpp"

#include <cstddef>
#include <string>
#include <sys/types.h>

namespace tertulia::bench {

// The server's own memory for each of `count` registered connections that say nothing. One line of
// JSON, as below.
[[nodiscard]] std::string measure_idle(const endpoint& server, pid_t process, std::size_t count);

// `count` connections that register and leave as soon as they are welcome, some at a time.
[[nodiscard]] std::string measure_register(const endpoint& server, pid_t process,
                                           std::size_t count);

} // namespace tertulia::bench
