// SPDX-License-Identifier: Apache-2.0
// The letters of IRC for what the heart calls flags, lists, roles and limits of a room and of a
// person: reading MODE lines, writing mode changes, and the strings of ISUPPORT that tell of them.
// One table per kind; everything here follows from the tables.
#pragma once

#include "chat/event.hpp"
#include "chat/modes.hpp"
#include "chat/question.hpp"
#include "irc/numeric.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::irc {

// Of a bot: its mode, ISUPPORT BOT, its flag in WHO (IRCv3 bot-mode).
inline constexpr char bot_letter = 'B';

// What stands before a member's nickname: "~", "&", "@", "%", "+" or nothing.
[[nodiscard]] std::string_view role_prefix(chat::role of);
[[nodiscard]] std::optional<chat::role> role_of_prefix(char prefix);

// Something of a MODE line that cannot be taken. Views of the line.
struct mode_fault {
    numeric number; // 472, 401 or 696
    std::string_view letter;
    std::string_view parameter;
};

struct room_mode_wishes {
    std::vector<chat::mode_change> changes;
    std::vector<chat::room_list> shown; // a list's letter without a mask asks for the list
    std::vector<mode_fault> faults;     // a letter is complained of once
};

// `parameters` are the mode string and what follows it. More changes with a parameter than
// modes_per_line_max are left out, as ISUPPORT MODES promises.
[[nodiscard]] room_mode_wishes read_room_modes(std::span<const std::string_view> parameters);

struct person_mode_wishes {
    std::vector<chat::person_flag_change> changes;
    bool unknown_flag = false;
};
[[nodiscard]] person_mode_wishes read_person_modes(std::string_view mode_string);

// A mask of a room's list as typed: "m:a:Ana" mutes an account, "t:30:ana" ends after 30 minutes
// (90s, 2h, 7d, 1w). Nothing, where it is none.
[[nodiscard]] std::optional<chat::mask_entry> read_mask(std::string_view typed,
                                                        chat::room_list list);
[[nodiscard]] std::string extended_ban_letters(); // "amt"

// "ana" -> "ana!*@*", "*@host" -> "*!*@host", "10.0.*" -> "*!*@10.0.*".
[[nodiscard]] std::string complete_mask(std::string_view typed);
// An extended ban as other servers have them, and none of ours: "q:foo", "~c:#room", "$r:foo".
[[nodiscard]] bool is_foreign_mask(std::string_view typed);
// What a MODE line can show as one parameter: no blank, no ':' in front, nothing invisible.
[[nodiscard]] bool is_one_parameter(std::string_view typed);

// "+ov-b ana luis *!*@host" in as many texts as are needed for each to have at most `size_max`
// bytes.
[[nodiscard]] std::vector<std::string> mode_texts(std::span<const chat::mode_change> changes,
                                                  std::size_t size_max);
[[nodiscard]] std::string mode_text(std::span<const chat::person_flag_change> changes);

// The parameters of 324: "+klnt", then the password and the capacity where there are such.
[[nodiscard]] std::vector<std::string> room_mode_parameters(const chat::room_view& of);

// For 004 and ISUPPORT.
[[nodiscard]] std::string person_mode_letters(); // "Bio"
[[nodiscard]] std::string room_mode_letters();   // all, roles too
[[nodiscard]] std::string room_mode_letters_with_parameter();
[[nodiscard]] std::string channel_modes_by_type(); // "beI,k,lHW,imnstCRM"
[[nodiscard]] std::string list_letters();          // "beI"
[[nodiscard]] std::string role_letters();          // "qaohv"
[[nodiscard]] std::string role_prefixes();         // "~&@%+"
[[nodiscard]] char letter_of(chat::room_list of);

} // namespace tertulia::irc
