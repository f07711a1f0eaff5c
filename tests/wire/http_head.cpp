// SPDX-License-Identifier: Apache-2.0
#include "wire/http_head.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

using namespace tertulia::wire;

namespace {

constexpr std::size_t size_max = 8'192;

http_reading read(const std::string& text) { return read_http_head(text, size_max); }

// The status that refuses a request with these lines behind its first one.
unsigned refusal(const std::string& fields) {
    return read("POST /a HTTP/1.1\r\n" + fields + "\r\n").refusal;
}

} // namespace

TEST_CASE("a head has a method, a target and fields with names in lower case") {
    const std::string head = "GET /a?b=c HTTP/1.1\r\nHost: x:8067\r\nX-Odd:  two words \r\n\r\n";
    const http_reading got = read(head + "GET /next");
    REQUIRE(got.size == head.size());
    CHECK(got.head.method == "GET");
    CHECK(got.head.target == "/a?b=c");
    CHECK(got.head.field("host") == "x:8067");
    CHECK(got.head.field("x-odd") == "two words");
    CHECK(got.head.field("missing").empty());
    CHECK(got.head.keep_alive);
    CHECK_FALSE(got.head.has_body());
}

TEST_CASE("a head that has not come whole is waited for, byte by byte") {
    const std::string head = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    for (std::size_t size = 0; size < head.size(); ++size) {
        const http_reading got = read(head.substr(0, size));
        CHECK(got.size == 0);
        CHECK(got.refusal == 0);
    }
}

TEST_CASE("what says where the body ends") {
    CHECK(read("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\n\r\n").head.content_length ==
          12);
    CHECK(read("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n").head.chunked);
    CHECK(read("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n").head.expects_continue);
}

TEST_CASE("what an old client expects is ignored") {
    const http_reading got = read("POST / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n");
    CHECK(got.refusal == 0);
    CHECK_FALSE(got.head.expects_continue);
}

TEST_CASE("how long a connection lives is the version's and the client's to say") {
    CHECK_FALSE(read("GET / HTTP/1.1\r\nHost: x\r\nConnection: a, Close\r\n\r\n").head.keep_alive);
    CHECK_FALSE(read("GET / HTTP/1.0\r\n\r\n").head.keep_alive);
    CHECK(read("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").head.keep_alive);
}

TEST_CASE("what two readers could understand in two ways is refused") {
    const std::array<std::string, 17> smuggled{
        "Host: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Host: x\r\nContent-Length: 5\r\nContent-Length: 5\r\n",
        "Host: x\r\nContent-Length: 5, 5\r\n",
        "Host: x\r\nContent-Length: +5\r\n",
        "Host: x\r\nContent-Length: 0x5\r\n",
        "Host: x\r\nContent-Length: 99999999999999999999\r\n",
        "Host: x\r\nContent-Length:\r\n",
        "Host: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Host: x\r\nTransfer-Encoding : chunked\r\n",
        "Host: x\r\nA: b\r\n folded\r\n",
        "Host: x\r\n: nameless\r\n",
        "Host: x\r\nno colon\r\n",
        "Host: x\r\nA: b\nTransfer-Encoding: chunked\r\n",
        "Host: x\r\nA: b\rc\r\n",
        std::string("Host: x\r\nA: b\0c\r\n", 17),
        "Host: x\r\nHost: y\r\n",
        "A: without a host\r\n",
    };
    for (const std::string& fields : smuggled) {
        CAPTURE(fields);
        CHECK(refusal(fields) == 400);
    }
    CHECK(refusal("Host: x\r\nTransfer-Encoding: gzip, chunked\r\n") == 501);
    CHECK(refusal("Host: x\r\nExpect: the unexpected\r\n") == 417);
    CHECK(read("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n").refusal == 400);
}

TEST_CASE("one empty line before a request is none of it") {
    const std::string head = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    CHECK(read("\r\n" + head).size == head.size() + 2);
    CHECK(read("\r\n" + head).head.target == "/");
    for (const std::string beginning : {"\r", "\r\n", "\r\nGET / HTTP/1.1\r\n"}) {
        CHECK(read(beginning).size == 0);
        CHECK(read(beginning).refusal == 0);
    }
}

TEST_CASE("a target with its host says which host is meant, whatever the field says") {
    const auto got = [](const std::string& target) {
        return read("GET " + target + " HTTP/1.1\r\nHost: other\r\n\r\n").head;
    };
    CHECK(got("http://x:8067/a?b=c").target == "/a?b=c");
    CHECK(got("http://x:8067/a?b=c").field("host") == "x:8067");
    CHECK(got("HTTPS://x").target == "/");
    CHECK(got("http://x?q").target == "/?q");
    CHECK(read("GET http://x/ HTTP/1.1\r\n\r\n").refusal == 400);
    CHECK(read("GET http://x/ HTTP/1.0\r\n\r\n").head.field("host") == "x");
}

TEST_CASE("a first line that is none is refused") {
    for (const std::string line :
         {"GET  / HTTP/1.1", "GET /", "G@T / HTTP/1.1", "GET a HTTP/1.1", "GET ftp://x/ HTTP/1.1",
          "GET http:// HTTP/1.1", "GET http:///a HTTP/1.1", "GET http:/x/ HTTP/1.1",
          "GET http://user@x/ HTTP/1.1", "GET http://x/ a HTTP/1.1", "GET //x/\x01 HTTP/1.1",
          "GET /\x01 HTTP/1.1", "GET /\xC3\xA1 HTTP/1.1", "GET / HTTP/1.1 ", "GET / http/1.1"}) {
        CAPTURE(line);
        CHECK(read(line + "\r\nHost: x\r\n\r\n").refusal == 400);
    }
    CHECK(read("GET / HTTP/2.0\r\nHost: x\r\n\r\n").refusal == 505);
    CHECK(read("\x16\x03\x01").refusal == 400);
    CHECK(read("\r\n\r\nGET / HTTP/1.1\r\n").refusal == 400);
    CHECK(read("\rGET / HTTP/1.1\r\n").refusal == 400);
    CHECK(read("\nGET / HTTP/1.1\r\n").refusal == 400);
}

TEST_CASE("a head that is too long is refused as soon as that is known") {
    const std::string endless = "GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(size_max, 'a');
    CHECK(read(endless.substr(0, size_max - 1)).refusal == 0);
    CHECK(read(endless).refusal == 431);
    std::string many = "GET / HTTP/1.1\r\nHost: x\r\n";
    for (int i = 0; i < 64; ++i) {
        many += "A: b\r\n";
    }
    CHECK(read(many + "\r\n").refusal == 431);
}

TEST_CASE("line feeds alone are refused at once, as no end would come") {
    CHECK(read("GET / HTTP/1.1\nHost: x\n\n").refusal == 400);
    CHECK(read("GET / HTTP/1.1\r\nHost: x\n").refusal == 400);
    CHECK(read("GET / HTTP/1.1\r").refusal == 0);
    CHECK(read("GET / HTTP/1.1\r\nHost: x\r\n").refusal == 0);
}

TEST_CASE("a line feed alone is what is told of, whatever else is wrong") {
    const std::string other_version = "GET / HTTP/1.2\r\nHost: x\r\nA: b\n";
    CHECK(read(other_version).refusal == 400);
    CHECK(read(other_version + "\r\n\r\n").refusal == 400);
    CHECK(read("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n\n").refusal == 0);
}

TEST_CASE("words between commas are found without regard to case") {
    CHECK(has_http_word("keep-alive, Upgrade", "upgrade"));
    CHECK(has_http_word(" upgrade ", "upgrade"));
    CHECK_FALSE(has_http_word("upgraded", "upgrade"));
    CHECK_FALSE(has_http_word("", "upgrade"));
}
