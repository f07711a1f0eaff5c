// SPDX-License-Identifier: Apache-2.0
#include "server/serve.hpp"

#include "server/environment.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace tertulia::server;
using tertulia::tests::environment_variable;
using tertulia::tests::temporary_folder;

namespace {

// What is listened at, or why nothing is.
std::string listens(const serve_command& wish) {
    const auto made = effective_config(wish);
    if (!made) {
        return made.error().sentence;
    }
    std::string all;
    for (const listen_url& one : made->listen) {
        all += one.scheme + " " + one.host + " " + std::to_string(one.port) + "\n";
    }
    return all;
}

} // namespace

TEST_CASE("without a file the defaults hold") {
    const environment_variable untold("PORT", {});
    const auto made = effective_config({});
    REQUIRE(made.has_value());
    CHECK(made->data == config{}.data);
    CHECK(made->listen == config{}.listen);
}

TEST_CASE("the command line goes before the file") {
    const temporary_folder in;
    const std::string file =
        in.write("c.toml", "data = \"a\"\nlisten = [\"irc://*:1\"]\npassword = \"p\"");
    const auto made =
        effective_config({.config_file = file, .data = "b", .listen = {"ircs://[::1]:2"}});
    REQUIRE(made.has_value());
    CHECK(made->data == "b");
    CHECK(made->listen == std::vector<listen_url>{{"ircs", "::1", 2}});
    CHECK(made->password == "p");
}

TEST_CASE("PORT in the environment is where browsers come in, when nobody said where") {
    const environment_variable told("PORT", "8123");
    const std::string expected = "irc 127.0.0.1 6667\nircs * 6697\nhttp * 8123\n";
    CHECK(listens({}) == expected);
    const temporary_folder in;
    CHECK(listens({.config_file = in.write("c.toml", "password = \"p\"")}) == expected);
}

TEST_CASE("an empty PORT says nothing") {
    const environment_variable told("PORT", "");
    CHECK(effective_config({}).value().listen == config{}.listen);
}

TEST_CASE("a PORT that is none is a failure that names it") {
    for (const std::string_view bad : {"web", "65536", "-1", "+80", "80 ", "0x50"}) {
        CAPTURE(bad);
        const environment_variable told("PORT", std::string(bad));
        CHECK(listens({}) == "PORT, in the environment, must be a number from 0 to 65535.");
    }
}

TEST_CASE("whoever said where to listen is not overruled by PORT, not even by a bad one") {
    const temporary_folder in;
    const std::string file = in.write("c.toml", "listen = [\"http://*:1\"]");
    for (const std::string_view port : {"8123", "web"}) {
        CAPTURE(port);
        const environment_variable told("PORT", std::string(port));
        CHECK(listens({.config_file = file}) == "http * 1\n");
        CHECK(listens({.listen = {"http://*:2"}}) == "http * 2\n");
        CHECK(listens({.config_file = file, .listen = {"irc://*:3"}}) == "irc * 3\n");
    }
}

TEST_CASE("a bad listener on the command line is a failure") {
    CHECK(effective_config({.listen = {"gopher://*"}})
              .error()
              .sentence.starts_with("\"gopher://*\" is no listener: "));
}

TEST_CASE("a server is not started from a bad file") {
    const temporary_folder in;
    const std::string file = in.write("c.toml", "dato = \"a\"");
    CHECK(serve({.config_file = file}).error().sentence ==
          file + ":1: there is no setting \"dato\"; did you mean \"data\"?");
}
