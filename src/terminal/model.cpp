// SPDX-License-Identifier: Apache-2.0
#include "terminal/model.hpp"

#include "base/characters.hpp"
#include "base/text.hpp"
#include "terminal/limits.hpp"

#include <algorithm>

namespace tertulia::terminal {

model::model(base::language in) : language(in) {
    rooms.push_back(std::make_unique<room>(room_kind::server, "*"));
}

room* model::find(std::string_view name) {
    const std::string wanted = key(name);
    const auto found = std::ranges::find_if(
        rooms.begin() + 1, rooms.end(), [&](const auto& one) { return key(one->name) == wanted; });
    return found == rooms.end() ? nullptr : found->get();
}

room& model::open(std::string_view name) {
    if (room* const there = find(name)) {
        return *there;
    }
    if (name.empty() || rooms.size() >= rooms_max) {
        return server_room();
    }
    const room_kind kind = is_channel(name) ? room_kind::channel : room_kind::person;
    rooms.push_back(std::make_unique<room>(kind, std::string(name)));
    return *rooms.back();
}

void model::close(const room& which) {
    const auto found = std::ranges::find(rooms, &which, &std::unique_ptr<room>::get);
    if (found == rooms.begin() || found == rooms.end()) {
        return;
    }
    const auto number = static_cast<std::size_t>(found - rooms.begin());
    rooms.erase(found);
    if (current >= number && current > 0) {
        --current;
    }
    show(current);
}

void model::show(std::size_t number) {
    if (number < rooms.size()) {
        current = number;
        here().unread = 0;
        here().mentions = 0;
    }
}

void model::show(const room& which) {
    const auto found = std::ranges::find(rooms, &which, &std::unique_ptr<room>::get);
    show(static_cast<std::size_t>(found - rooms.begin()));
}

bool model::can(std::string_view capability) const { return capabilities.contains(capability); }

std::string model::supported(std::string_view token) const {
    const auto found = supports.find(token);
    return found == supports.end() ? "" : found->second;
}

bool model::is_channel(std::string_view name) const {
    const auto types = supports.find("CHANTYPES");
    const std::string_view marks = types == supports.end() ? "#&" : std::string_view(types->second);
    return !name.empty() && marks.contains(name.front());
}

bool model::is_me(std::string_view who) const { return key(who) == key(nickname); }

std::string model::key(std::string_view name) const {
    std::string folded = base::fold_mask(name);
    if (supported("CASEMAPPING").starts_with("rfc1459")) {
        constexpr std::string_view from = "[]\\~";
        constexpr std::string_view to = "{}|^";
        std::ranges::transform(folded, folded.begin(), [&](char one) {
            const std::size_t at = from.find(one);
            return at == std::string_view::npos ? one : to[at];
        });
    }
    return folded;
}

// As a word of its own.
bool model::mentions_me(std::string_view text) const {
    const std::string in = base::fold_mask(text);
    const std::string name = key(nickname);
    const auto is_part_of_word = [&](std::size_t at) {
        const auto byte = static_cast<unsigned char>(in[at]);
        return byte >= 0x80 || std::isalnum(byte) != 0 || byte == '_';
    };
    for (std::size_t at = in.find(name); !name.empty() && at != std::string::npos;
         at = in.find(name, at + 1)) {
        const std::size_t end = at + name.size();
        if ((at == 0 || !is_part_of_word(at - 1)) && (end == in.size() || !is_part_of_word(end))) {
            return true;
        }
    }
    return false;
}

void model::keep_within_bounds() {
    std::size_t all = 0;
    for (const auto& one : rooms) {
        all += one->entries().size();
    }
    while (all > entries_max) {
        const auto biggest = std::ranges::max_element(rooms, {}, [this](const auto& one) {
            return one.get() == &here() ? 0 : one->entries().size();
        });
        std::deque<entry>& entries = (*biggest)->entries();
        const std::size_t gone = entries.size() / 2;
        if (gone == 0) {
            return;
        }
        entries.erase(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(gone));
        (*biggest)->past.at_beginning = false;
        (*biggest)->past.begun_from.clear();
        all -= gone;
    }
}

} // namespace tertulia::terminal
