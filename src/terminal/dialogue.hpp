// SPDX-License-Identifier: Apache-2.0
// The questions that the client asks the person, and what their answers do.
#pragma once

#include "terminal/model.hpp"

#include <string>
#include <string_view>

namespace tertulia::terminal {

struct client;

// Exit statuses beside 0.
inline constexpr int exit_misunderstood = 1; // a line of a script
inline constexpr int exit_not_connected = 4;
inline constexpr int exit_disconnected = 5;

void answer_question(client& who, std::string_view typed);

// What is asked, for the screen and the line mode.
[[nodiscard]] std::string question_text(const model& of);

// A password: it is not shown while it is typed.
[[nodiscard]] bool is_secret(question what);

// This machine: what is said to it crosses no network.
[[nodiscard]] bool is_loopback(std::string_view host);

} // namespace tertulia::terminal
