// SPDX-License-Identifier: Apache-2.0
#include "wire/base64_reader.hpp"

#include "base/base64.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace tertulia;
using strings = std::vector<std::string>;

namespace {

strings read(std::initializer_list<std::string> reads) {
    wire::base64_reader reader;
    strings messages;
    for (const std::string& one : reads) {
        reader.read(one, messages);
    }
    return messages;
}

} // namespace

TEST_CASE("a decoded line feed or padding ends a message") {
    CHECK(read({base::to_base64("Ana hola\n")}) == strings{"Ana hola"});
    CHECK(read({base::to_base64("Ana hol\n")}) == strings{"Ana hol"});
    CHECK(read({"QW5hIGhvbGEK", "QmVuIQ=="}) == strings{"Ana hola", "Ben!"});
    CHECK(read({"QW5h"}).empty());
}

TEST_CASE("blanks between quads are skipped") {
    CHECK(read({"QW5h\nIGhv\r\n \tbGEK\n"}) == strings{"Ana hola"});
}

TEST_CASE("after a foreign byte the rest of the read is thrown away") {
    CHECK(read({"QW5hIG#h" + base::to_base64("no\n"), base::to_base64("yes\n")}) == strings{"yes"});
    CHECK(read({"QW=h", base::to_base64("yes\n")}) == strings{"yes"});
    CHECK(read({"====", base::to_base64("yes\n")}) == strings{"yes"});
}

TEST_CASE("what is not UTF-8 or too long is thrown away") {
    CHECK(read({base::to_base64("\xff\n"), base::to_base64("yes\n")}) == strings{"yes"});
    CHECK(read({base::to_base64(std::string(6'000, 'x')), base::to_base64("yes\n")}) ==
          strings{"yes"});
}

TEST_CASE("a reader knows what is unfinished, and forgets it when told to") {
    wire::base64_reader reader;
    strings messages;
    reader.read("QW5", messages);
    CHECK(reader.unfinished());
    reader.forget();
    CHECK_FALSE(reader.unfinished());
    reader.read(base::to_base64("yes\n"), messages);
    CHECK(messages == strings{"yes"});
}
