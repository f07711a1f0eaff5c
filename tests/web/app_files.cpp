// SPDX-License-Identifier: Apache-2.0
// The app's files as a browser gets them, of a bundle that is easy to look through.
#include "web/app_files.hpp"

#include "web/visit.hpp"

#include <doctest/doctest.h>

#include <array>
#include <span>
#include <string>
#include <string_view>

using namespace tertulia;
using tests::get;
using tests::visit;

namespace {

// Bigger than what is sent in one piece.
const std::string big(std::size_t{100} << 10U, 'x');

constexpr std::string_view script = "/assets/main-5fa3.js";

const std::array bundle{
    web::bundled_file{"index.html", "a page"},
    web::bundled_file{"sw.js", "a worker"},
    web::bundled_file{"assets/main-5fa3.js", "a script"},
    web::bundled_file{"assets/main-5fa3.js.br", "by brotli"},
    web::bundled_file{"assets/main-5fa3.js.gz", "by gzip"},
    web::bundled_file{"assets/photo-77aa.png", big},
};

// What a browser without anything gets.
class app {
public:
    explicit app(std::span<const web::bundled_file> of = bundle)
        : files_(of, base::language::english), browser_({web::app_route(files_)}) {}
    std::string gives(std::string_view path, const std::string& fields = {}) {
        return browser_.sends(get(path, fields));
    }
    std::string gives_to(const std::string& codings) {
        return gives(script, "Accept-Encoding: " + codings + "\r\n");
    }

private:
    web::app_files files_;
    visit browser_;
};

// Of an answer; empty where it has none.
std::string field(const std::string& answer, std::string_view name) {
    const std::string before = "\r\n" + std::string(name) + ": ";
    const std::size_t at = answer.find(before);
    if (at == std::string::npos) {
        return {};
    }
    const std::size_t from = at + before.size();
    return answer.substr(from, answer.find("\r\n", from) - from);
}

std::string body(const std::string& answer) { return answer.substr(answer.find("\r\n\r\n") + 4); }

} // namespace

TEST_CASE("the app's files come in the smallest variant that a browser takes") {
    struct row {
        std::string takes, coding, text;
    };
    app one;
    for (const row& each :
         {row{"gzip, deflate, br, zstd", "br", "by brotli"}, row{"br;q=0.2", "br", "by brotli"},
          row{"gzip, deflate", "gzip", "by gzip"}, row{"deflate, zstd", "", "a script"},
          row{"brother, xgzip", "", "a script"}, row{"", "", "a script"}}) {
        CAPTURE(each.takes);
        const std::string answer = one.gives_to(each.takes);
        CHECK(field(answer, "Content-Encoding") == each.coding);
        CHECK(body(answer) == each.text);
    }
}

TEST_CASE("a coding that a browser refuses is not sent to it") {
    app one;
    CHECK(body(one.gives_to("br;q=0, gzip")) == "by gzip");
    CHECK(body(one.gives_to("br; q=0.000, gzip;q=1.0")) == "by gzip");
    CHECK(body(one.gives_to("br;q=0, gzip;q=0")) == "a script");
}

TEST_CASE("a file that was not compressed comes plain to everybody") {
    const std::string answer = app().gives("/", "Accept-Encoding: br, gzip\r\n");
    CHECK(field(answer, "Content-Encoding").empty());
    CHECK(body(answer) == "a page");
}

TEST_CASE("every variant of a file tells caches that there are others") {
    app one;
    for (const std::string coding : {"br", "gzip", "identity"}) {
        CHECK(field(one.gives_to(coding), "Vary") == "Accept-Encoding");
    }
}

TEST_CASE("every variant of a file has a tag of its own, in quotation marks") {
    app one;
    const std::string brotli = field(one.gives_to("br"), "ETag");
    const std::string gzip = field(one.gives_to("gzip"), "ETag");
    const std::string plain = field(one.gives_to("identity"), "ETag");
    CHECK(plain.size() == 18);
    CHECK(plain.starts_with('"'));
    CHECK(plain.ends_with('"'));
    CHECK(plain != brotli);
    CHECK(plain != gzip);
    CHECK(brotli != gzip);
}

TEST_CASE("who has a file already is told so and gets no body") {
    app one;
    for (const std::string coding : {"br", "gzip", "identity"}) {
        CAPTURE(coding);
        const std::string accepting = "Accept-Encoding: " + coding + "\r\n";
        const std::string tag = field(one.gives(script, accepting), "ETag");
        const std::string again =
            one.gives(script, accepting + "If-None-Match: \"other\", W/" + tag + "\r\n");
        CHECK(again.starts_with("HTTP/1.1 304 "));
        CHECK(field(again, "ETag") == tag);
        CHECK(body(again).empty());
    }
}

TEST_CASE("who has another variant or content gets the file") {
    app one;
    const std::string gzip = field(one.gives_to("gzip"), "ETag");
    const std::string index = field(one.gives("/"), "ETag");
    for (const std::string& tag : {gzip, index}) {
        const std::string answer =
            one.gives(script, "Accept-Encoding: br\r\nIf-None-Match: " + tag + "\r\n");
        CHECK(answer.starts_with("HTTP/1.1 200 OK\r\n"));
        CHECK(body(answer) == "by brotli");
    }
}

TEST_CASE("a file with its hash in its name is kept for a year, all others are asked for again") {
    app one;
    CHECK(field(one.gives(script), "Cache-Control") == "public, max-age=31536000, immutable");
    for (const std::string_view path : {"/", "/index.html", "/sw.js"}) {
        CAPTURE(path);
        CHECK(field(one.gives(path), "Cache-Control") == "no-cache");
    }
}

TEST_CASE("files have the type of their ending, not of their variant's") {
    app one;
    CHECK(field(one.gives("/"), "Content-Type") == "text/html; charset=utf-8");
    CHECK(field(one.gives("/assets/photo-77aa.png"), "Content-Type") == "image/png");
    CHECK(field(one.gives_to("br"), "Content-Type") == "text/javascript; charset=utf-8");
}

TEST_CASE("a big file arrives whole, its size told before") {
    const std::string answer = app().gives("/assets/photo-77aa.png");
    CHECK(field(answer, "Content-Length") == std::to_string(big.size()));
    CHECK(body(answer) == big);
}

TEST_CASE("what is no file of the app is not found, and not kept as if it were") {
    app one;
    for (const std::string_view path : {"/nothing", "/assets/", "/assets/main-0000.js",
                                        "/assets/main-5fa3.js.br", "/INDEX.html"}) {
        CAPTURE(path);
        const std::string answer = one.gives(path);
        CHECK(answer.starts_with("HTTP/1.1 404 "));
        CHECK(field(answer, "Cache-Control").find("immutable") == std::string::npos);
    }
}

TEST_CASE("a binary without the app says how to get it, on its first page alone") {
    app none{std::span<const web::bundled_file>()};
    const std::string answer = none.gives("/");
    CHECK(answer.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(body(answer).find("npm run build") != std::string::npos);
    CHECK(none.gives("/index.html").starts_with("HTTP/1.1 404 "));
}
