// SPDX-License-Identifier: Apache-2.0
// What an IRC client as simple as can be makes of the lines that it hears: its nickname, and who is
// in its rooms. It asserts what every client relies on: whole lines of at most 512 bytes in UTF-8,
// numerics of the form that their number promises, batches that are opened before and closed after.
#pragma once

#include "wire/irc_line.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace tertulia::fuzz {

class onlooker {
public:
    // Lines as on the wire.
    void hears(std::string_view lines);

    [[nodiscard]] bool registered() const { return !nickname_.empty(); }
    // By room, the nicknames of those who are in it as JOIN, PART, KICK, QUIT and NICK told.
    [[nodiscard]] const std::map<std::string, std::set<std::string>>& rooms() const {
        return rooms_;
    }
    // Whom 353 listed in a room.
    [[nodiscard]] std::set<std::string> names(const std::string& room) { return names_[room]; }
    void forget_names() { names_.clear(); }

private:
    void hear(std::string_view line);
    void hear_numeric(const wire::irc_line& line);
    void hear_names(const wire::irc_line& line);
    void hear_batch(const wire::irc_line& line);
    void enter(const std::string& who, const std::string& room);
    void leave(const std::string& who, const std::string& room);
    void rename(const std::string& before, const std::string& after);

    std::string nickname_;
    std::map<std::string, std::set<std::string>> rooms_;
    std::map<std::string, std::set<std::string>> names_;
    std::set<std::string, std::less<>> batches_; // that are open
    std::set<std::string, std::less<>> history_; // those of them with what was before
};

} // namespace tertulia::fuzz
