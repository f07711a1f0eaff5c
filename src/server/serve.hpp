// SPDX-License-Identifier: Apache-2.0
// A server's life on the main thread: start, greeting, signals, the hourly broom, stop.
#pragma once

#include "base/result.hpp"
#include "server/command_line.hpp"
#include "server/config.hpp"

namespace tertulia::server {

// The configuration file with what the command line says over it.
[[nodiscard]] base::result<config> effective_config(const serve_command& wish);

// Runs until a signal ends it.
[[nodiscard]] base::result<void> serve(const serve_command& wish);

} // namespace tertulia::server
