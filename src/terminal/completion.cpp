// SPDX-License-Identifier: Apache-2.0
#include "terminal/completion.hpp"

#include "terminal/commands.hpp"
#include "terminal/emoji.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tertulia::terminal {

completions complete(std::string_view before, const model& in) {
    completions made;
    const std::size_t blank = before.find_last_of(" \n");
    made.start = blank == std::string_view::npos ? 0 : blank + 1;
    const std::string_view word = before.substr(made.start);
    if (word.starts_with('/') && made.start == 0) {
        for (const command_row& row : all_commands()) {
            if (row.name.starts_with(word.substr(1))) {
                made.choices.push_back(fmt::format("/{} ", row.name));
            }
        }
    } else if (word.size() > 1 && word.starts_with(':')) {
        for (const emoji_row& row : emojis()) {
            if (row.name.starts_with(word.substr(1))) {
                made.choices.push_back(fmt::format("{} ", row.emoji));
            }
        }
    } else if (in.is_channel(word)) {
        for (const auto& one : in.rooms) {
            if (one->kind == room_kind::channel && in.key(one->name).starts_with(in.key(word))) {
                made.choices.push_back(one->name + " ");
            }
        }
    } else if (!word.empty()) {
        const std::string wanted = in.key(word);
        const std::string_view behind = made.start == 0 ? ": " : " ";
        for (const auto& [key, who] : in.here().members) {
            if (key.starts_with(wanted) && !in.is_me(who.nickname)) {
                made.choices.push_back(fmt::format("{}{}", who.nickname, behind));
            }
        }
        for (const auto& one : in.rooms) {
            if (one->kind == room_kind::person && in.key(one->name).starts_with(wanted) &&
                !in.here().members.contains(in.key(one->name))) {
                made.choices.push_back(fmt::format("{}{}", one->name, behind));
            }
        }
    }
    return made;
}

void completer::next(editor& in, const model& with, int step) {
    if (choices_.choices.empty() || in.text() != made_) {
        choices_ = complete(in.text().substr(0, in.cursor()), with);
        at_ = step > 0 ? choices_.choices.size() - 1 : 0;
    }
    if (choices_.choices.empty()) {
        return;
    }
    const auto count = static_cast<int>(choices_.choices.size());
    at_ = static_cast<std::size_t>((static_cast<int>(at_) + step + count) % count);
    in.replace_before_cursor(choices_.start, choices_.choices[at_]);
    made_ = in.text();
}

} // namespace tertulia::terminal
