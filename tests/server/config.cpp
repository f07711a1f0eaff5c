// SPDX-License-Identifier: Apache-2.0
#include "server/config.hpp"

#include "server/setting.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace tertulia::server;
using namespace std::chrono_literals;

namespace {

config parsed(std::string_view text) {
    const auto made = parse_config(text, "c.toml");
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().sentence));
    return *made;
}

std::string refusal(std::string_view text) {
    const auto made = parse_config(text, "c.toml");
    return made ? "no refusal" : made.error().sentence;
}

// The example as somebody leaves it who took every '#' before a setting away.
std::string taken_up(std::string text) {
    for (std::size_t at = 0; (at = text.find("\n#", at)) != std::string::npos; ++at) {
        if (text[at + 2] != ' ') {
            text.erase(at + 1, 1);
        }
    }
    return text;
}

void check_equal(const config& one, const config& other) {
    for (const setting& row : settings()) {
        CAPTURE(row.key);
        CHECK(print(row, one) == print(row, other));
    }
}

} // namespace

TEST_CASE("an empty configuration is the defaults") { check_equal(parsed(""), config{}); }

TEST_CASE("the example is the defaults, commented out or not") {
    check_equal(parsed(example_config()), config{});
    const std::string text = taken_up(example_config());
    check_equal(parsed(text), config{});
    for (const setting& row : settings()) {
        const std::string name(row.key.substr(row.key.find('.') + 1));
        CAPTURE(name);
        CHECK(text.find('\n' + name + " = ") != std::string::npos);
    }
}

TEST_CASE("every kind of value is read") {
    const config made = parsed(R"(
        data = "/var/lib/tertulia"
        listen = ["irc://[::1]:0", "ircs://*"]
        language = "es"
        journal = "debug"
        motd = ["hola", "¡buenos días!"]
        guest_rooms_kept = "12h"
        space_reserve = "1 GiB"
        [limits]
        burst = 7
    )");
    CHECK(made.data == "/var/lib/tertulia");
    CHECK(made.listen == std::vector<listen_url>{{"irc", "::1", 0}, {"ircs", "*", 6697}});
    CHECK(made.language == "es");
    CHECK(made.journal == "debug");
    CHECK(made.motd == std::vector<std::string>{"hola", "¡buenos días!"});
    CHECK(made.guest_rooms_kept == 12h);
    CHECK(made.space_reserve == 1U << 30U);
    CHECK(made.burst == 7);
}

TEST_CASE("an unknown key is refused, with the one that was meant") {
    CHECK(refusal("lisen = []") ==
          R"(c.toml:1: there is no setting "lisen"; did you mean "listen"?)");
    CHECK(refusal("\n\n[limits]\nburts = 1") ==
          R"(c.toml:4: there is no setting "limits.burts"; did you mean "limits.burst"?)");
    CHECK(refusal("burst = 1") ==
          R"(c.toml:1: there is no setting "burst"; did you mean "limits.burst"?)");
    CHECK(refusal("colour = 1") ==
          "c.toml:1: there is no setting \"colour\"; `tertulia config example` lists all.");
    CHECK(refusal("limits = 5").starts_with("c.toml:1: there is no setting \"limits\""));
    CHECK(refusal("[data]\nfolder = 1").starts_with("c.toml:1: data must be the path"));
}

TEST_CASE("a number out of its range, or none, is refused") {
    const std::string expected = "limits.burst must be a whole number from 1 to 100000, not ";
    CHECK(refusal("[limits]\nburst = 0") == "c.toml:2: " + expected + "0.");
    CHECK(refusal("[limits]\nburst = -4") == "c.toml:2: " + expected + "-4.");
    CHECK(refusal("[limits]\nburst = 4294967297") == "c.toml:2: " + expected + "4294967297.");
    CHECK(refusal("[limits]\nburst = \"many\"") == "c.toml:2: " + expected + "\"many\".");
    CHECK(refusal("[limits]\nburst = 1.5") == "c.toml:2: " + expected + "such a value.");
    CHECK(refusal("[limits]\nburst = [1]") == "c.toml:2: " + expected + "this list.");
    CHECK(refusal("[limits.burst]\na = 1") == "c.toml:1: " + expected + "a section.");
}

TEST_CASE("a size or a time without its unit, or out of its range, is refused") {
    CHECK(refusal("[limits]\nsend_queue = 65536") ==
          "c.toml:2: limits.send_queue must be a size from \"16 KiB\" to \"1 GiB\", as in "
          "\"512 KiB\", not 65536.");
    CHECK(refusal("[limits]\nsend_queue = \"1 B\"").ends_with("not \"1 B\"."));
    CHECK(refusal("[limits]\nping_after = 30") ==
          "c.toml:2: limits.ping_after must be a time from \"1s\" to \"1d\", as in \"90s\" "
          "(units: s, m, h, d), not 30.");
    CHECK(refusal("[limits]\nping_after = \"2d\"").ends_with("not \"2d\"."));
}

TEST_CASE("a text that does not fit is refused") {
    CHECK(refusal("name = \"my server\"") ==
          "c.toml:1: name must be a word without blanks, of 1 to 63 bytes, not \"my server\".");
    CHECK(refusal("name = \"\"").ends_with("not \"\"."));
    CHECK(refusal("name = \":a\"").ends_with("not \":a\"."));
    CHECK(refusal("data = \"\"") == "c.toml:1: data must be the path of a folder, not \"\".");
    CHECK(refusal("language = \"fr\"") ==
          R"(c.toml:1: language must be "auto", "en" or "es", not "fr".)");
    CHECK(refusal("motd = \"hola\"") ==
          "c.toml:1: motd must be a list of lines of at most 400 bytes each, not \"hola\".");
    CHECK(refusal("motd = [\"a\\nb\"]").ends_with("not this list."));
    CHECK(refusal("motd = [\"" + std::string(401, 'x') + "\"]").ends_with("not this list."));
}

TEST_CASE("listeners are checked where they are written") {
    CHECK(refusal("data = \"d\"\nlisten = [\"gopher://*\"]") ==
          "c.toml:2: listen: \"gopher://*\" is no listener: \"gopher\" is an unknown scheme; known "
          "are irc, ircs, http, https, ws, wss, base64, caesar, labels, nickname, roster.");
    CHECK(refusal("listen = []") ==
          "c.toml:1: listen must be a list of URLs, one at least, not an empty list.");
    CHECK(refusal("listen = [1]").ends_with("not this list."));
    CHECK(refusal("listen = \"irc://*\"").ends_with("not \"irc://*\"."));
}

TEST_CASE("the first mistake of a file is the one that is told") {
    CHECK(refusal("zzz = 1\naaa = 2").starts_with("c.toml:1: there is no setting \"zzz\""));
}

TEST_CASE("what is not TOML is refused with its line") {
    CHECK(refusal("data = \"d\"\nlisten = [").starts_with("c.toml:2: this is not TOML: "));
    CHECK(refusal("data = 1\ndata = 2").starts_with("c.toml:2: this is not TOML: "));
    CHECK(refusal(std::string_view("\0", 1)).starts_with("c.toml:1: this is not TOML: "));
}

TEST_CASE("a mistake is told on one line, whatever its key has in it") {
    CHECK(refusal("\"a\\nb\" = 1") ==
          "c.toml:1: there is no setting \"a b\"; `tertulia config example` lists all.");
    CHECK(refusal("d= t\nh\"\"dreads = 4\n").find('\n') == std::string::npos);
}

TEST_CASE("a file that cannot be read is a failure") {
    CHECK(read_config("/nowhere/c.toml").error().sentence ==
          "The configuration /nowhere/c.toml cannot be read: No such file or directory.");
    CHECK(read_config("/").error().sentence.starts_with("The configuration / cannot be read: "));
}

TEST_CASE("what is printed is read the same, whatever stands in it") {
    const config made = parsed("data = \"a\\nb\\u0001\\u007f\\\\\\\"\"\nmotd = [\"a\\tb\"]");
    std::string again;
    for (const setting& row : settings()) {
        again += std::string(row.key) + " = " + print(row, made) + "\n";
    }
    check_equal(parsed(again), made);
    CHECK(parsed(again).data == "a\nb\x01\x7f\\\"");
}

TEST_CASE("a setting is copied alone") {
    const config from = parsed("password = \"geheim\"\n[limits]\nburst = 7");
    for (const setting& row : settings()) {
        config to;
        copy(row, from, to);
        CAPTURE(row.key);
        CHECK((to.burst == 7) == (row.key == "limits.burst"));
        CHECK((to.password == "geheim") == (row.key == "password"));
    }
}

TEST_CASE(
    "proxies and readers of the figures are addresses and networks, or it is told which is none") {
    CHECK(parsed("[web]\ntrusted_proxies = [\"10.0.0.0/8\", \"::1\"]").trusted_proxies.size() == 2);
    CHECK(refusal("[web]\ntrusted_proxies = [\"10.0.0.1\", \"router\"]") ==
          "c.toml:2: web.trusted_proxies: \"router\" is no address and no network; write it as "
          "\"192.0.2.7\", \"10.0.0.0/8\" or \"fd00::/8\".");
    CHECK(refusal("[web]\nmetrics = [\"10.0.0/8\"]").contains("web.metrics: \"10.0.0/8\" is no"));
    CHECK(refusal("[web]\nmetrics = \"::1\"")
              .contains("web.metrics must be a list of addresses or networks"));
}
