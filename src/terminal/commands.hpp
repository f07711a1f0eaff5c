// SPDX-License-Identifier: Apache-2.0
// What a person types: a text to be said, or a command, which is a row of a table. The words of the
// old clients (\exit, FIN, #cR …) are commands as well.
#pragma once

#include "base/catalogue.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace tertulia::terminal {

struct client;
class room;
struct entry;
struct numbering;

void obey(client& who, std::string_view typed);
[[nodiscard]] bool wants_to_leave(std::string_view typed);

struct command_row {
    std::string_view name;  // without '/'
    base::text_key purpose; // how it is written, and what it does
    void (*run)(client& who, std::string_view rest);
    bool counts_messages = false; // takes the number of a message
};
[[nodiscard]] std::span<const command_row> room_commands();
[[nodiscard]] std::span<const command_row> talk_commands();
[[nodiscard]] std::span<const command_row> other_commands();
// All of them in the order of /help.
[[nodiscard]] std::vector<command_row> all_commands();

// "word rest" -> the word, and `rest` is what follows.
[[nodiscard]] std::string_view take_word(std::string_view& rest);

// The messages of a room that can be counted, the newest first: number 1 is the first of them.
[[nodiscard]] std::vector<const entry*> counted_messages(const room& where);
// A command that takes one of these numbers.
[[nodiscard]] bool counts_messages(std::string_view typed);
[[nodiscard]] numbering number_now(const room& where);
// As they were when the command was begun.
[[nodiscard]] std::size_t number_of(const entry& one, const numbering& in);
// The links in what was said or found, the newest first; not those of the program's own words.
[[nodiscard]] std::vector<std::string_view> links_of(const room& where);
[[nodiscard]] std::string_view find_link(const entry& in);

} // namespace tertulia::terminal
