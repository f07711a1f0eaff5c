// SPDX-License-Identifier: Apache-2.0
// The parameters of a MODE line, parted by blanks: what is taken is written so that whoever hears
// it takes the same, in lines that can hold it; nothing that is asked for is more than the limits.
#include "base/assert.hpp"
#include "base/limits.hpp"
#include "irc/modes.hpp"
#include "wire/irc_line.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

using namespace tertulia;

namespace {

constexpr std::size_t line_room = 400;

irc::room_mode_wishes read(std::string_view line) {
    wire::irc_line split;
    ASSERT(wire::parse_irc_line(line, split) == wire::line_fault::none);
    return irc::read_room_modes(split.parameters());
}

std::vector<std::string> heard_as(const irc::room_mode_wishes& wishes) {
    return irc::mode_texts(wishes.changes, line_room);
}

void check_limits(const irc::room_mode_wishes& wishes) {
    std::size_t with_parameter = 0;
    for (const chat::mode_change& one : wishes.changes) {
        if (const auto* const mask = std::get_if<chat::mask_change>(&one)) {
            constexpr std::string_view filled_in = "*!*@";
            ASSERT(mask->entry.mask.size() <= base::limits::mask_size_max + filled_in.size());
        }
        with_parameter += std::holds_alternative<chat::mask_change>(one) ||
                          std::holds_alternative<chat::role_change>(one);
    }
    ASSERT(with_parameter <= base::limits::modes_per_line_max);
    ASSERT(wishes.shown.size() <= chat::room_list_count);
}

void check_written_again(const irc::room_mode_wishes& wishes) {
    std::vector<std::string> again;
    for (const std::string& text : heard_as(wishes)) {
        ASSERT(text.size() <= line_room);
        const irc::room_mode_wishes heard = read("MODE " + text);
        ASSERT(heard.faults.empty() && heard.shown.empty());
        const std::vector<std::string> texts = heard_as(heard);
        again.insert(again.end(), texts.begin(), texts.end());
    }
    ASSERT(again == heard_as(wishes));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string line = "MODE " + std::string(reinterpret_cast<const char*>(data), size);
    wire::irc_line split;
    if (wire::parse_irc_line(line, split) != wire::line_fault::none) {
        return 0;
    }
    const irc::room_mode_wishes wishes = irc::read_room_modes(split.parameters());
    check_limits(wishes);
    check_written_again(wishes);
    if (split.parameter_count > 0) {
        const auto own = irc::read_person_modes(split.parameter[0]);
        const std::string shown = irc::mode_text(own.changes);
        ASSERT(irc::mode_text(irc::read_person_modes(shown).changes) == shown);
    }
    return 0;
}
