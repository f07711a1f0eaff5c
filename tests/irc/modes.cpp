// SPDX-License-Identifier: Apache-2.0
#include "irc/modes.hpp"

#include "base/limits.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace tertulia;
using namespace tertulia::irc;
using words = std::vector<std::string_view>;
using lines = std::vector<std::string>;

namespace {

constexpr std::size_t plenty = 400;

// What is read, written again.
lines again(const words& parameters) {
    return mode_texts(read_room_modes(parameters).changes, plenty);
}

// The faults as "number letter parameter".
lines faults(const words& parameters) {
    lines said;
    for (const mode_fault& fault : read_room_modes(parameters).faults) {
        said.push_back(std::to_string(static_cast<int>(fault.number)) + " " +
                       std::string(fault.letter) + " " + std::string(fault.parameter));
    }
    return said;
}

} // namespace

TEST_CASE("flags need no parameter, and a sign holds until the next one") {
    CHECK(again({"+im-nt+s"}) == lines{"+im-nt+s"});
    CHECK(again({"m"}) == lines{"+m"});
    CHECK(again({"+-+"}).empty());
    CHECK(again({}).empty());
}

TEST_CASE("roles, masks, the password and the capacity take their parameters in turn") {
    CHECK(again({"+okl-v", "ana", "cave", "12", "luis"}) == lines{"+okl-v ana cave 12 luis"});
    CHECK(again({"+qah", "a", "b", "c"}) == lines{"+qah a b c"});
    CHECK(again({"+b-e+I", "ana", "*@host", "a!b@c"}) == lines{"+b-e+I ana!*@* *!*@host a!b@c"});
}

TEST_CASE("taking away a password shows a star, whatever was given") {
    CHECK(again({"-k"}) == lines{"-k *"});
    CHECK(again({"-k", "cave"}) == lines{"-k *"});
    CHECK(again({"-kv", "cave", "ana"}) == lines{"-kv * ana"});
    CHECK(again({"-l"}) == lines{"-l"});
}

TEST_CASE("a list's letter without a mask asks for the list, once") {
    const words parameters{"beIb"};
    const room_mode_wishes wishes = read_room_modes(parameters);
    CHECK(wishes.changes.empty());
    CHECK(wishes.shown == std::vector{chat::room_list::ban, chat::room_list::ban_exception,
                                      chat::room_list::invite_exception});
}

TEST_CASE("an unknown letter is complained of once, and the others are taken") {
    CHECK(faults({"+zzmz"}) == lines{"472 z "});
    CHECK(again({"+zzmz"}) == lines{"+m"});
    CHECK(faults({"+ñ€"}) == lines{"472 ñ ", "472 € "});
}

TEST_CASE("a missing or bad parameter is complained of with its letter") {
    CHECK(faults({"+o"}) == lines{"696 o "});
    CHECK(faults({"+k"}) == lines{"696 k "});
    CHECK(faults({"+l"}) == lines{"696 l "});
    CHECK(faults({"+l", "0"}) == lines{"696 l 0"});
    CHECK(faults({"+l", "-3"}) == lines{"696 l -3"});
    CHECK(faults({"+l", "12x"}) == lines{"696 l 12x"});
    CHECK(faults({"+l", "99999999999"}) == lines{"696 l 99999999999"});
    CHECK(faults({"+o", "#no-nickname"}) == lines{"401 o #no-nickname"});
    CHECK(faults({"+b", ""}) == lines{"696 b "});
}

TEST_CASE("a mask or password over its limit is refused") {
    const std::string long_mask(base::limits::mask_size_max + 1, 'a');
    const std::string long_password(base::limits::room_password_size_max + 1, 'a');
    CHECK(faults({"+b", long_mask}) == lines{"696 b " + long_mask});
    CHECK(faults({"+b", std::string_view(long_mask).substr(1)}).size() == 1); // it grows by "!*@*"
    CHECK(faults({"+k", long_password}) == lines{"696 k " + long_password});
    CHECK(again({"+k", std::string_view(long_password).substr(1)}).size() == 1);
}

TEST_CASE("a mask is taken away by what is shown of it, however long") {
    const std::string longest(base::limits::mask_size_max - 4, 'a');
    const lines shown = again({"+b", longest});
    REQUIRE(shown == lines{"+b " + longest + "!*@*"});
    CHECK(again({"-b", std::string_view(shown[0]).substr(3)}) == lines{"-b " + longest + "!*@*"});
}

TEST_CASE("a password that JOIN could not carry is refused") {
    for (const std::string_view bad : {"a,b", ":a", "a b", "a\tb", "\x7F"}) {
        CAPTURE(bad);
        CHECK(faults({"+k", bad}) == lines{"696 k " + std::string(bad)});
    }
}

TEST_CASE("a mask that would not be one parameter of a MODE line is refused") {
    for (const std::string_view bad : {"a b", ":a!b@c", "a\tb", "\x7F", " "}) {
        CAPTURE(bad);
        CHECK(faults({"+b", bad}) == lines{"696 b " + std::string(bad)});
    }
}

TEST_CASE("changes with a parameter beyond the limit of a line are left out, flags are not") {
    words parameters{"+vvvvvvvvvvvvvvvm"};
    parameters.resize(1 + base::limits::modes_per_line_max + 3, "ana");
    CHECK(read_room_modes(parameters).changes.size() == base::limits::modes_per_line_max + 1);
}

TEST_CASE("slow mode and the length of the history take a number within their bounds") {
    CHECK(again({"+WH", "30", "0"}) == lines{"+WH 30 0"});
    CHECK(again({"-WH"}) == lines{"-WH"});
    CHECK(again({"-Hv", "ana"}) == lines{"-Hv ana"});
    for (const std::string_view bad : {"", "0", "21601", "x", "-1", "5s", "99999999999"}) {
        CAPTURE(bad);
        CHECK(faults({"+W", bad}) == lines{"696 W " + std::string(bad)});
    }
    for (const std::string_view bad : {"", "36501", "x", "-1", "5d"}) {
        CAPTURE(bad);
        CHECK(faults({"+H", bad}) == lines{"696 H " + std::string(bad)});
    }
}

TEST_CASE("a mask is completed to nick!user@host") {
    CHECK(complete_mask("ana") == "ana!*@*");
    CHECK(complete_mask("*@host") == "*!*@host");
    CHECK(complete_mask("~ana@host") == "*!~ana@host");
    CHECK(complete_mask("ana!~ana") == "ana!~ana@*");
    CHECK(complete_mask("ana!~ana@host") == "ana!~ana@host");
    CHECK(complete_mask("10.0.*") == "*!*@10.0.*");
    CHECK(complete_mask("2001:db8::*") == "*!*@2001:db8::*");
    CHECK(complete_mask("!@") == "*!*@*");
    CHECK(complete_mask("") == "*!*@*");
    CHECK(complete_mask("a@b!c") == "a@b!c@*");
}

TEST_CASE("the nickname of a mask is folded, so that a ban holds in any case of letters") {
    const words parameters{"+b", "ÑAndú*!*@HOST"};
    const auto wishes = read_room_modes(parameters);
    const auto& change = std::get<chat::mask_change>(wishes.changes.at(0));
    CHECK(change.entry.mask == "ÑAndú*!*@HOST");
    CHECK(change.entry.folded == "ñandú*!*@host");
}

TEST_CASE("mode changes that fill a line go on in the next one") {
    std::vector<chat::mode_change> changes;
    for (const char* mask : {"aaaa!*@*", "bbbb!*@*", "cccc!*@*"}) {
        changes.emplace_back(chat::mask_change{chat::room_list::ban, true, {.mask = mask}});
    }
    CHECK(mode_texts(changes, 24) == lines{"+bb aaaa!*@* bbbb!*@*", "+b cccc!*@*"});
    CHECK(mode_texts(changes, 1).size() == 3);
    CHECK(mode_texts({}, plenty).empty());
}

TEST_CASE("a person's modes are read and written") {
    CHECK(mode_text(read_person_modes("+i").changes) == "+i");
    CHECK(mode_text(read_person_modes("-i").changes) == "-i");
    CHECK_FALSE(read_person_modes("+i-i").unknown_flag);
    CHECK(read_person_modes("+wxi").unknown_flag);
    CHECK(mode_text(read_person_modes("+wxi").changes) == "+i");
}

TEST_CASE("the modes of a room read as in 324") {
    chat::room_view view;
    CHECK(room_mode_parameters(view) == lines{"+"});
    view.flags.set(static_cast<std::size_t>(chat::room_flag::topic_locked));
    view.flags.set(static_cast<std::size_t>(chat::room_flag::members_only));
    view.password = "cave";
    view.capacity = 10;
    CHECK(room_mode_parameters(view) == lines{"+ntkl", "cave", "10"});
}

TEST_CASE("a role has its prefix and a prefix its role") {
    CHECK(role_prefix(chat::role::owner) == "~");
    CHECK(role_prefix(chat::role::room_operator) == "@");
    CHECK(role_prefix(chat::role::member).empty());
    CHECK(role_of_prefix('%') == chat::role::half_operator);
    CHECK(role_of_prefix('+') == chat::role::voice);
    CHECK_FALSE(role_of_prefix('#').has_value());
}

TEST_CASE("the letters are told as ISUPPORT and 004 have them") {
    CHECK(channel_modes_by_type() == "beI,k,lHW,imnstCRM");
    CHECK(role_letters() == "qaohv");
    CHECK(role_prefixes() == "~&@%+");
    CHECK(list_letters() == "beI");
    CHECK(letter_of(chat::room_list::invite_exception) == 'I');
    CHECK(person_mode_letters() == "i");
    CHECK(room_mode_letters() == "beIklHWimnstCRMqaohv");
    CHECK(room_mode_letters_with_parameter() == "beIklHWqaohv");
}
