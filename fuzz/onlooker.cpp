// SPDX-License-Identifier: Apache-2.0
#include "onlooker.hpp"

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace tertulia::fuzz {
namespace {

// How many parameters a numeric has, the nickname and the text counted: where a client finds the
// text depends on it. Those that echo what somebody typed are the ones to watch.
struct form {
    std::string_view number;
    std::size_t parameter_count;
};
constexpr std::array forms{
    form{"001", 2}, form{"004", 6}, form{"301", 3}, form{"311", 6}, form{"312", 4}, form{"314", 6},
    form{"315", 3}, form{"317", 5}, form{"318", 3}, form{"319", 3}, form{"322", 4}, form{"332", 3},
    form{"333", 4}, form{"341", 3}, form{"346", 5}, form{"348", 5}, form{"352", 8}, form{"353", 4},
    form{"366", 3}, form{"367", 5}, form{"369", 3}, form{"401", 3}, form{"402", 3}, form{"403", 3},
    form{"404", 3}, form{"406", 3}, form{"407", 3}, form{"410", 3}, form{"421", 3}, form{"432", 3},
    form{"433", 3}, form{"441", 4}, form{"442", 3}, form{"443", 4}, form{"461", 3}, form{"471", 3},
    form{"472", 3}, form{"473", 3}, form{"474", 3}, form{"475", 3}, form{"478", 4}, form{"479", 3},
    form{"482", 3}, form{"524", 3}, form{"525", 3}, form{"696", 5},
};

constexpr std::string_view role_prefixes = "~&@%+";

std::string_view without_tags(std::string_view line) {
    return line.starts_with('@') ? line.substr(line.find(' ') + 1) : line;
}

void check_form(std::string_view line) {
    const std::string_view counted = without_tags(line);
    ASSERT(counted.size() <= base::limits::line_size_max);
    ASSERT(line.ends_with("\r\n"));
    ASSERT(line.find_first_of("\r\n") == line.size() - 2);
    ASSERT(base::valid_utf8(line));
}

bool is_numeric(std::string_view verb) {
    return verb.size() == 3 &&
           std::ranges::all_of(verb, [](unsigned char one) { return std::isdigit(one) != 0; });
}

// A line that fills its room has lost its end.
bool may_be_cut(const wire::irc_line& of) {
    constexpr std::size_t line_break = 2;
    constexpr std::size_t character_size_max = 4;
    const char* const begin = of.source.data() - 1;
    const char* const end = of.parameters().back().data() + of.parameters().back().size();
    return static_cast<std::size_t>(end - begin) + line_break + character_size_max >
           base::limits::line_size_max;
}

std::string parameter(const wire::irc_line& of, std::size_t index) {
    ASSERT(index < of.parameter_count);
    return std::string(of.parameter[index]);
}

} // namespace

void onlooker::hears(std::string_view lines) {
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find('\n') + 1);
        ASSERT(!line.empty());
        check_form(line);
        hear(line.substr(0, line.size() - 2));
        lines.remove_prefix(line.size());
    }
}

void onlooker::hear(std::string_view text) {
    wire::irc_line line;
    ASSERT(wire::parse_irc_line(text, line) == wire::line_fault::none);
    if (const auto batch = wire::tag_value(line.tags, "batch")) {
        ASSERT(batches_.contains(*batch));
        if (history_.contains(*batch) && line.verb != "BATCH") {
            return; // what happened before (draft/event-playback)
        }
    }
    const std::string who(line.source.substr(0, line.source.find('!')));
    if (is_numeric(line.verb)) {
        hear_numeric(line);
    } else if (line.verb == "BATCH") {
        hear_batch(line);
    } else if (line.verb == "JOIN") {
        enter(who, parameter(line, 0));
    } else if (line.verb == "PART") {
        leave(who, parameter(line, 0));
    } else if (line.verb == "KICK") {
        leave(parameter(line, 1), parameter(line, 0));
    } else if (line.verb == "NICK") {
        rename(who, parameter(line, 0));
    } else if (line.verb == "QUIT") {
        for (auto& [room, members] : rooms_) {
            members.erase(who);
        }
    }
}

void onlooker::hear_numeric(const wire::irc_line& line) {
    if (line.verb == "001") {
        nickname_ = parameter(line, 0);
    }
    const auto* const known = std::ranges::find(forms, line.verb, &form::number);
    ASSERT(known == forms.end() || line.parameter_count == known->parameter_count ||
           may_be_cut(line));
    if (line.verb == "353") {
        hear_names(line);
    }
}

void onlooker::hear_names(const wire::irc_line& line) {
    const std::string room = parameter(line, 2);
    std::string_view rest = line.parameter[3];
    while (!rest.empty()) {
        std::string_view one = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(one.size() + 1, rest.size()));
        one.remove_prefix(role_prefixes.contains(one.front()) ? 1 : 0);
        const std::string nickname(one.substr(0, one.find('!')));
        names_[room].insert(nickname);
        if (rooms_.contains(room)) {
            rooms_[room].insert(nickname);
        }
    }
}

void onlooker::hear_batch(const wire::irc_line& line) {
    const std::string reference = parameter(line, 0);
    ASSERT(!reference.empty());
    if (reference.front() == '+') {
        ASSERT(batches_.insert(reference.substr(1)).second);
        if (line.parameter_count > 1 && line.parameter[1] == "chathistory") {
            history_.insert(reference.substr(1));
        }
    } else {
        ASSERT(batches_.erase(reference.substr(1)) == 1);
        history_.erase(reference.substr(1));
    }
}

void onlooker::enter(const std::string& who, const std::string& room) {
    if (who == nickname_) {
        rooms_[room].clear();
    }
    ASSERT(rooms_.contains(room));
    ASSERT(rooms_[room].insert(who).second);
}

void onlooker::leave(const std::string& who, const std::string& room) {
    ASSERT(rooms_.contains(room) && rooms_[room].erase(who) == 1);
    if (who == nickname_) {
        rooms_.erase(room);
    }
}

void onlooker::rename(const std::string& before, const std::string& after) {
    if (before == nickname_) {
        nickname_ = after;
    }
    for (auto& [room, members] : rooms_) {
        if (members.erase(before) == 1) {
            ASSERT(members.insert(after).second);
        }
    }
}

} // namespace tertulia::fuzz
