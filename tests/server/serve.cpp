// SPDX-License-Identifier: Apache-2.0
#include "server/serve.hpp"

#include "temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace tertulia::server;
using tertulia::tests::temporary_folder;

TEST_CASE("without a file the defaults hold") {
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
