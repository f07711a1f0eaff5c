// SPDX-License-Identifier: Apache-2.0
// What the server says, verb by verb: a table, and a file per family. Nothing that it says is
// trusted to be well-formed, of sensible size, or harmless to a terminal.
#pragma once

#include "terminal/client.hpp"
#include "wire/irc_line.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace tertulia::terminal {

void hear_line(client& who, std::string_view line);

struct heard_verb {
    std::string_view name;
    std::size_t parameters_min;
    void (*hear)(client& who, const wire::irc_line& line);
};
[[nodiscard]] std::span<const heard_verb> people_verbs();
[[nodiscard]] std::span<const heard_verb> message_verbs();
[[nodiscard]] std::span<const heard_verb> answer_verbs();
[[nodiscard]] std::span<const heard_verb> detail_verbs();
// A numeric that no row is for: its words, in the server's room or, an error, where we are.
void hear_numeric(client& who, const wire::irc_line& line);

// "ana!ana@host" -> "ana".
[[nodiscard]] std::string_view nickname_of(std::string_view source);
// The time that the server gives the line, else now.
[[nodiscard]] base::wall_time time_of(const client& who, const wire::irc_line& line);
// With what all entries have: time, id, whose it is; the text without controls and formats.
[[nodiscard]] entry entry_of(const client& who, const wire::irc_line& line, entry_kind kind,
                             std::string_view text);
// Without the colours and styles of IRC clients.
[[nodiscard]] std::string readable(std::string_view text);

void for_each_word(std::string_view list, const std::function<void(std::string_view)>& each);

} // namespace tertulia::terminal
