// SPDX-License-Identifier: Apache-2.0
#include "server/classic_doors.hpp"

#include <doctest/doctest.h>

using namespace tertulia;
using namespace tertulia::server;

TEST_CASE("classic clients hear the language of their protocols, whatever the server's locale") {
    config from;
    from.language = "auto";
    CHECK(classic_settings(from, true)->language == base::language::spanish);
}

TEST_CASE("classic clients hear the language that the operator chose") {
    config from;
    from.language = "en";
    CHECK(classic_settings(from, true)->language == base::language::english);
    from.language = "es";
    CHECK(classic_settings(from, true)->language == base::language::spanish);
}

TEST_CASE("an address of this machine or of a private network is shown to classic clients") {
    for (const auto* address : {"127.0.0.1", "10.1.2.3", "172.31.0.9", "192.168.1.7", "169.254.3.4",
                                "::1", "fe80::1", "fd00::7"}) {
        CHECK(cloaked(address) == address);
    }
}

TEST_CASE("of a public address classic clients see its first half alone") {
    CHECK(cloaked("203.0.113.77") == "203.0.*.*");
    CHECK(cloaked("172.32.0.1") == "172.32.*.*");
    CHECK(cloaked("2001:db8:1:2::3") == "2001:db8:*");
}
