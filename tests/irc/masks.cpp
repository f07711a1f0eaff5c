// SPDX-License-Identifier: Apache-2.0
// Extended bans as they are typed (ISUPPORT EXTBAN=,amtz).
#include "base/limits.hpp"
#include "irc/modes.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <string_view>

using namespace tertulia;
using namespace tertulia::irc;
using namespace std::chrono_literals;

namespace {

struct row {
    std::string_view typed, shown, compared;
    std::chrono::seconds lasts{0};
};

} // namespace

TEST_CASE("a mask says whom it fits, whether it mutes and when it ends, in any order") {
    const row table[] = {
        {"Ana", "Ana!*@*", "ana!*@*"},
        {"a:Ana", "a:Ana", "a:ana"},
        {"a:*", "a:*", "a:*"},
        {"m:Ana", "m:Ana!*@*", "m:ana!*@*"},
        {"m:a:Ana", "m:a:Ana", "m:a:ana"},
        {"m:*@10.0.*", "m:*!*@10.0.*", "m:*!*@10.0.*"},
        {"t:30:Ana", "t:30:Ana!*@*", "ana!*@*", 30min},
        {"t:90s:a:Ana", "t:90s:a:Ana", "a:ana", 90s},
        {"t:2h:m:Ana", "t:2h:m:Ana!*@*", "m:ana!*@*", 2h},
        {"m:t:7d:a:Ana", "t:7d:m:a:Ana", "m:a:ana", 24h * 7},
        {"t:1w:*@host", "t:1w:*!*@host", "*!*@host", 24h * 7},
        {"z:*", "z:*", "z:*"},
        {"~a:Ana", "a:Ana", "a:ana"}, // as other servers write it
        {"m:$a:Ana", "m:a:Ana", "m:a:ana"},
        {"~ana@host", "*!~ana@host", "*!~ana@host"},
        {"*:db8::1", "*!*@*:db8::1", "*!*@*:db8::1"},
        {"2001:db8::*", "*!*@2001:db8::*", "*!*@2001:db8::*"},
    };
    for (const row& one : table) {
        CAPTURE(one.typed);
        const auto read = read_mask(one.typed, chat::room_list::ban);
        REQUIRE(read.has_value());
        CHECK(read->mask == one.shown);
        CHECK(read->folded == one.compared);
        CHECK(read->lasts == one.lasts);
        const auto again = read_mask(read->mask, chat::room_list::ban);
        REQUIRE(again.has_value()); // it can be taken away by what is shown
        CHECK(*again == *read);
    }
}

TEST_CASE("a certificate is named by its whole fingerprint, with or without colons") {
    const std::string digits(64, 'a');
    std::string printed;
    for (int i = 0; i < 32; ++i) {
        printed += printed.empty() ? "AA" : ":AA";
    }
    const auto read = read_mask("m:z:" + printed, chat::room_list::ban);
    REQUIRE(read.has_value());
    CHECK(read->folded == "m:z:" + digits);
    CHECK(read_mask("z:" + digits, chat::room_list::invite_exception)->folded == "z:" + digits);
    for (const std::string& bad : {std::string("z:"), std::string("z:aa*"), "z:" + digits + "a",
                                   "z:*" + digits.substr(1), "z:g" + digits.substr(1)}) {
        CAPTURE(bad);
        CHECK_FALSE(read_mask(bad, chat::room_list::ban).has_value());
    }
}

TEST_CASE("what says nobody, or no time, is no mask") {
    for (const std::string_view bad :
         {"", "m:", "a:", "m:a:", "t:", "t:30", "t:30:", "t::ana", "t:0:ana", "t:x:ana", "t:-5:ana",
          "t:5y:ana", "t:5 m:ana", "t:367d:ana", "t:99999999999:ana", "t:5:m:", ":a", "a b"}) {
        CAPTURE(bad);
        CHECK_FALSE(read_mask(bad, chat::room_list::ban).has_value());
    }
}

TEST_CASE("an extended ban that other servers have is no mask, and no address either") {
    for (const std::string_view foreign : {"x:Ana", "q:ana", "m:q:ana", "~q:ana", "~c:#sala",
                                           "~account:ana", "$r:ana", "$a", "$~a", "~nolink:ana"}) {
        CAPTURE(foreign);
        CHECK_FALSE(read_mask(foreign, chat::room_list::ban).has_value());
        CHECK(is_foreign_mask(foreign));
    }
    for (const std::string_view ours : {"Ana", "*@10.0.*", "2001:db8::1", "fe80::1", "~ana@host"}) {
        CAPTURE(ours);
        CHECK_FALSE(is_foreign_mask(ours));
    }
}

TEST_CASE("nobody is asked in to be mute, but an account is, and for a time") {
    CHECK_FALSE(read_mask("m:ana", chat::room_list::invite_exception).has_value());
    CHECK(read_mask("a:ana", chat::room_list::invite_exception).has_value());
    CHECK(read_mask("t:5:a:ana", chat::room_list::invite_exception).has_value());
    CHECK(read_mask("m:ana", chat::room_list::ban_exception).has_value());
}

TEST_CASE("an extended mask over the limit of masks is refused") {
    const std::string longest(base::limits::mask_size_max - 2, 'x');
    CHECK(read_mask("a:" + longest, chat::room_list::ban).has_value());
    CHECK_FALSE(read_mask("a:" + longest + "x", chat::room_list::ban).has_value());
    CHECK_FALSE(read_mask("t:5:a:" + longest, chat::room_list::ban).has_value());
}
