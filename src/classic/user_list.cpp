// SPDX-License-Identifier: Apache-2.0
#include "classic/user_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace tertulia::classic {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t size_max = 1'000; // of the text; clients read 1024 bytes at once
constexpr std::string_view start = "USERS:";
constexpr std::string_view between = "&&";
constexpr auto interval_min = 100ms;
constexpr auto interval_per_member = 1ms;
constexpr auto answer_patience = 500ms;

std::string entry_of(const chat::card& who) {
    return fmt::format("{}||{}", who.arrival, shown_name(who.nickname.display));
}

bool add(const std::string& one, std::string& to) {
    const bool first = to.size() == start.size();
    if (to.size() + (first ? 0 : between.size()) + one.size() > size_max) {
        return false;
    }
    to += first ? "" : between;
    to += one;
    return true;
}

} // namespace

std::string without_marks(std::string_view text) {
    std::string made;
    for (const char one : text) {
        const bool doubled = (one == '|' || one == '&') && made.ends_with(one);
        if (!doubled) {
            made += one;
        }
    }
    return made;
}

std::string shown_name(const std::string& nickname) {
    return without_marks(nickname.ends_with('|') ? nickname.substr(0, nickname.size() - 1) + "¦"
                                                 : nickname);
}

void user_list::fill(const chat::names_answer& answer, std::uint64_t knows, base::steady_time now) {
    entries_.clear();
    for (const chat::member_view& one : answer.members) {
        entries_.push_back({one.who->arrival, entry_of(*one.who)});
    }
    std::ranges::sort(entries_, {}, &entry::arrival);
    whole_ = start;
    for (const entry& one : entries_) {
        if (!add(one.text, whole_)) {
            whole_.clear();
            break;
        }
    }
    known_ = knows;
    may_ask_at_ = now + std::max<std::chrono::milliseconds>(
                            interval_min, interval_per_member * answer.members.size());
    filled_ = true;
}

std::uint64_t user_list::ask(base::steady_time now) {
    may_ask_at_ = now + answer_patience;
    return changes_;
}

std::string user_list::text_for(const chat::card& own) const {
    if (!whole_.empty()) {
        return whole_;
    }
    std::string made(start);
    add(entry_of(own), made);
    for (const entry& one : entries_) {
        if (one.arrival != own.arrival && !add(one.text, made)) {
            break;
        }
    }
    return made;
}

} // namespace tertulia::classic
