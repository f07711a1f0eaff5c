// SPDX-License-Identifier: Apache-2.0
#include "server/irc_door.hpp"

#include "temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace tertulia;
using namespace tertulia::server;
using tests::temporary_folder;

namespace {

std::vector<std::string> motd_of(const config& from) {
    const auto made = irc_settings(from, {}, true);
    REQUIRE(made.has_value());
    return (*made)->message_of_the_day;
}

} // namespace

TEST_CASE("the message of the day is the setting's lines, then the file's") {
    const temporary_folder in;
    config from;
    from.motd = {"hola"};
    from.motd_file = in.write("motd", "uno\r\n\ndos\x01");
    CHECK(motd_of(from) == std::vector<std::string>{"hola", "uno", "", "dos"});
}

TEST_CASE("a long line of the message of the day is cut between characters") {
    const temporary_folder in;
    config from;
    from.motd_file = in.write("motd", std::string(399, 'x') + "ñ");
    CHECK(motd_of(from) == std::vector<std::string>{std::string(399, 'x')});
}

TEST_CASE("a message of the day that cannot be read is a failure") {
    const temporary_folder in;
    config from;
    from.motd_file = in.file("none");
    CHECK(irc_settings(from, {}, true).error().sentence ==
          "The message of the day, " + from.motd_file +
              ", cannot be read: No such file or directory.");
    from.motd_file = "/";
    CHECK(irc_settings(from, {}, true).error().sentence ==
          "The message of the day, /, cannot be read: Is a directory.");
    from.motd_file = in.write("latin1", "ma\xf1"
                                        "ana");
    CHECK(irc_settings(from, {}, true).error().sentence ==
          "The message of the day, " + from.motd_file + ", is not UTF-8.");
}

TEST_CASE("without rate limits no lines and no sessions are counted") {
    const auto limited = irc_settings({}, {}, true);
    const auto free = irc_settings({}, {}, false);
    CHECK((*limited)->rate_limited);
    CHECK((*limited)->sessions_per_address_max == config{}.sessions_per_address);
    CHECK_FALSE((*free)->rate_limited);
    CHECK((*free)->sessions_per_address_max == 0);
}

TEST_CASE("an IPv6 visitor is counted by network and shown by address") {
    const irc::peer six = peer_of({"2001:db8:1:2:3::4", true, 0});
    CHECK(six.address == "2001:db8:1:2::/64");
    CHECK(six.host == "2001:db8:1:2:3::4");
    CHECK(six.secure);
    CHECK(peer_of({"::1", false, 0}).host == "0::1");
    CHECK(peer_of({"192.0.2.7", false, 0}).address == "192.0.2.7");
}

TEST_CASE("whom a gateway brings is counted by her own IPv4 address, however it is written") {
    const auto settings = irc_settings({}, {}, true);
    irc::peer one;
    irc::peer other;
    REQUIRE((*settings)->relocate(one, "::ffff:192.0.2.1"));
    REQUIRE((*settings)->relocate(other, "::ffff:198.51.100.2"));
    CHECK(one.address == "192.0.2.1");
    CHECK(one.host == "192.0.2.1");
    CHECK(one.address != other.address);
}

TEST_CASE("services are a word, a URL and what they are; others are left out") {
    config from;
    from.file_size = 0;
    from.services = {"qdb https://qdb.example.org Quotes of ours", "QDB", "QDB https://x.example",
                     ""};
    const auto made = irc_settings(from, {}, true);
    REQUIRE((*made)->services.size() == 1);
    CHECK((*made)->services[0].key == "QDB");
    CHECK((*made)->services[0].url == "https://qdb.example.org");
    CHECK((*made)->services[0].description == "Quotes of ours");
}

TEST_CASE("the key of web push is told where it is on, and only where there is one") {
    irc_parts with;
    with.push_key = std::string(32, 's');
    const std::string key = (*irc_settings({}, {}, true, with))->push_key;
    CHECK(key.size() == 87); // 65 bytes
    CHECK((*irc_settings({}, {}, true, with))->push_key == key);
    CHECK((*irc_settings({}, {}, true))->push_key.empty());
    config off;
    off.push = false;
    CHECK((*irc_settings(off, {}, true, with))->push_key.empty());
}

TEST_CASE("push services are told whom to write to: what is said, else where the web is") {
    config from;
    CHECK(push_contact(from).empty());
    from.web_address = "https://chat.example.org/";
    CHECK(push_contact(from) == "https://chat.example.org");
    from.push_contact = "mailto:op@example.org";
    CHECK(push_contact(from) == "mailto:op@example.org");
    from.push_contact.clear();
    for (const char* const unfit : {"http://chat.example.org", "https://a\"b", "https://a\\b"}) {
        from.web_address = unfit;
        CHECK_MESSAGE(push_contact(from).empty(), unfit);
    }
}
