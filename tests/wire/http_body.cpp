// SPDX-License-Identifier: Apache-2.0
#include "wire/http_body.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace tertulia::wire;

namespace {

struct outcome {
    std::string payload;
    std::string left;
    bool ended = false;
    bool malformed = false;

    friend bool operator==(const outcome&, const outcome&) = default;
};

// The bytes come `step` at a time.
outcome read(http_body body, std::string_view bytes, std::size_t step) {
    outcome made;
    std::string unread;
    while (!body.ended() && !made.malformed) {
        const http_body::piece got = body.take(unread);
        made.payload += got.payload;
        made.malformed = got.malformed;
        unread.erase(0, got.taken);
        if (got.taken == 0) {
            if (bytes.empty()) {
                break;
            }
            unread += bytes.substr(0, step);
            bytes.remove_prefix(std::min(step, bytes.size()));
        }
    }
    made.ended = body.ended();
    made.left = unread + std::string(bytes);
    return made;
}

http_body chunked() {
    http_head head;
    head.chunked = true;
    return http_body(head);
}

http_body sized(std::uint64_t size) {
    http_head head;
    head.content_length = size;
    return http_body(head);
}

} // namespace

TEST_CASE("a body of a size ends with its last byte") {
    for (const std::size_t step : {1U, 3U, 100U}) {
        CHECK(read(sized(5), "helloGET /", step) == outcome{"hello", "GET /", true, false});
    }
    CHECK(http_body().ended());
    CHECK(sized(0).ended());
}

TEST_CASE("chunks are put together, however they come") {
    constexpr std::string_view bytes =
        "5\r\nhello\r\n1\r\n \r\n00B\r\nhow are you\r\n0\r\n\r\nGET /";
    for (const std::size_t step : {1U, 2U, 7U, 100U}) {
        CHECK(read(chunked(), bytes, step) == outcome{"hello how are you", "GET /", true, false});
    }
}

TEST_CASE("chunks that could be read in two ways are refused") {
    for (const std::string_view bytes :
         {"5;name=value\r\nhello\r\n", "-1\r\n", "0x5\r\nhello\r\n", " 5\r\nhello\r\n", "\r\n",
          "5\nhello\r\n0\r\n\r\n", "123456789\r\n", "5\r\nhelloX\r\n", "0\r\nTrailer: x\r\n\r\n",
          "fffffffff"}) {
        CAPTURE(bytes);
        for (const std::size_t step : {1U, 100U}) {
            CHECK(read(chunked(), bytes, step).malformed);
        }
    }
}
