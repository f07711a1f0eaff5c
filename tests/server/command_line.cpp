// SPDX-License-Identifier: Apache-2.0
#include "server/command_line.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>

using namespace tertulia::server;

namespace {

template <class T>
T parsed(std::initializer_list<const char*> words) {
    const auto made = parse_command_line(words, tertulia::base::language::english);
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().sentence));
    REQUIRE(std::holds_alternative<T>(*made));
    return std::get<T>(*made);
}

std::string refusal(std::initializer_list<const char*> words) {
    const auto made = parse_command_line(words, tertulia::base::language::english);
    return made ? "no refusal" : made.error().sentence;
}

bool has(const std::string& text, const char* part) { return text.find(part) != text.npos; }

} // namespace

TEST_CASE("serve alone wishes nothing") {
    const auto wish = parsed<serve_command>({"serve"});
    CHECK(wish.config_file.empty());
    CHECK(wish.data.empty());
    CHECK(wish.listen.empty());
    CHECK(wish.rate_limits);
}

TEST_CASE("serve takes its options in any order and any number of listeners") {
    const auto wish =
        parsed<serve_command>({"serve", "--listen", "irc://*:1", "--no-rate-limits", "--data", "d",
                               "--listen=ircs://*:2", "--config", "c.toml"});
    CHECK(wish.config_file == "c.toml");
    CHECK(wish.data == "d");
    CHECK(wish.listen == std::vector<std::string>{"irc://*:1", "ircs://*:2"});
    CHECK_FALSE(wish.rate_limits);
}

TEST_CASE("of an option given twice the last one counts") {
    CHECK(parsed<serve_command>({"serve", "--data", "a", "--data", "b"}).data == "b");
}

TEST_CASE("config check names a file") {
    CHECK(parsed<check_command>({"config", "check", "c.toml"}).file == "c.toml");
}

TEST_CASE("config example prints the settings") {
    CHECK(has(parsed<show_command>({"config", "example"}).text, "\n[limits]\n"));
}

TEST_CASE("the version is one line") {
    CHECK(parsed<show_command>({"--version"}).text == "tertulia " TERTULIA_VERSION "\n");
}

TEST_CASE("nothing at all, and --help, teach by examples") {
    for (const std::string& text :
         {parsed<show_command>({}).text, parsed<show_command>({"--help"}).text}) {
        CHECK(has(text, "Examples:\n  tertulia serve\n"));
        CHECK(has(text, "Exit codes:"));
        CHECK(has(text, "serve"));
    }
    CHECK(has(parsed<show_command>({"serve", "--help"}).text, "--no-rate-limits"));
}

TEST_CASE("a wrong command line is one sentence that points to the help") {
    CHECK(refusal({"dance"}).find("dance") != std::string::npos);
    for (const std::string& sentence :
         {refusal({"dance"}), refusal({"serve", "--lisen", "x"}), refusal({"serve", "--data"}),
          refusal({"config"}), refusal({"config", "check"}), refusal({"serve", "now"})}) {
        CAPTURE(sentence);
        CHECK(sentence.ends_with(". `tertulia --help` shows what is possible."));
        CHECK_FALSE(has(sentence, "\n"));
        CHECK_FALSE(has(sentence, ".."));
    }
}

TEST_CASE("help and mistakes are in the user's language") {
    using tertulia::base::language;
    const std::initializer_list<const char*> asked{"--help"};
    const auto help = parse_command_line(asked, language::spanish);
    REQUIRE(help.has_value());
    const std::string& shown = std::get<show_command>(*help).text;
    CHECK(shown.contains("Uso: tertulia [OPCIONES] [ORDEN]"));
    CHECK(shown.contains("Pone en marcha el servidor."));
    CHECK(shown.contains("Ejemplos:"));
    CHECK(shown.contains("OPCIONES:"));
    CHECK_FALSE(shown.contains("Options"));
    CHECK_FALSE(shown.contains("Print"));
    const std::initializer_list<const char*> wrong{"serve", "--nothing"};
    const auto no = parse_command_line(wrong, language::spanish);
    REQUIRE_FALSE(no.has_value());
    CHECK(no.error().sentence.starts_with("La línea de órdenes no es correcta"));
}
