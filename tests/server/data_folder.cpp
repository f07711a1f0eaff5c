// SPDX-License-Identifier: Apache-2.0
#include "server/data_folder.hpp"

#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace tertulia::server;
using std::filesystem::perms;
using tertulia::tests::temporary_folder;

TEST_CASE("a missing data folder is made, for its owner alone") {
    const temporary_folder in;
    const auto made = data_folder::open(in.file("a/b"));
    REQUIRE(made.has_value());
    CHECK(std::filesystem::status(in.file("a/b")).permissions() == perms::owner_all);
    CHECK(made->file("x") == in.file("a/b/x"));
}

TEST_CASE("a data folder that is there keeps its permissions") {
    const temporary_folder in;
    std::filesystem::create_directory(in.file("data"));
    const perms before = std::filesystem::status(in.file("data")).permissions();
    REQUIRE(data_folder::open(in.file("data")).has_value());
    CHECK(std::filesystem::status(in.file("data")).permissions() == before);
}

TEST_CASE("a data folder is held by one server at a time") {
    const temporary_folder in;
    const std::string path = in.file("data");
    {
        const auto first = data_folder::open(path);
        REQUIRE(first.has_value());
        CHECK(data_folder::open(path).error().sentence ==
              "The data folder " + path + " is held by another server.");
    }
    CHECK(data_folder::open(path).has_value());
}

TEST_CASE("a file in the place of the data folder is refused") {
    const temporary_folder in;
    const std::string path = in.write("data", "not a folder");
    CHECK(data_folder::open(path).error().sentence.starts_with("The data folder " + path +
                                                               " cannot be made: "));
    CHECK(data_folder::open(path + "/below").error().sentence.find("cannot be made: ") !=
          std::string::npos);
}

TEST_CASE("a data folder that cannot be written is refused") {
    CHECK(data_folder::open("/proc/self")
              .error()
              .sentence.starts_with("The data folder /proc/self cannot be written: "));
}
