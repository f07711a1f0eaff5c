// SPDX-License-Identifier: Apache-2.0
#include "store/file_links.hpp"

#include "base/file_limits.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia::store;

TEST_CASE("a link to a file is found wherever it stands in a text") {
    const std::string one(22, 'a');
    const std::string other = "0-_Z" + std::string(18, 'b');
    CHECK(linked_files("/files/" + one).size() == 1);
    const std::string text =
        "see https://x.example/files/" + one + "/cat.png, and /files/" + other + "? /files/" + one;
    REQUIRE(linked_files(text).size() == 2);
    CHECK(linked_files(text)[0] == one);
    CHECK(linked_files(text)[1] == other);
}

TEST_CASE("what only looks like a link is none") {
    const std::string id(22, 'a');
    for (const std::string& text :
         {std::string(), std::string("/files/"), "/files/" + id + "a", "/files/" + id.substr(1),
          "/file/" + id, "files/" + id, "/files/ " + id}) {
        CHECK(linked_files(text).empty());
    }
}

TEST_CASE("a message keeps only so many files alive") {
    std::string text;
    for (int count = 100; count < 200; ++count) {
        text += "/files/" + std::string(19, 'a') + std::to_string(count) + " ";
    }
    CHECK(linked_files(text).size() == tertulia::base::limits::files_per_message_max);
}
