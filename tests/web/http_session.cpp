// SPDX-License-Identifier: Apache-2.0
#include "web/http_session.hpp"

#include "base/web_limits.hpp"
#include "web/visit.hpp"

#include <doctest/doctest.h>

using namespace tertulia;
using namespace std::chrono_literals;
using tests::first_line;
using tests::get;
using tests::post;
using tests::row;
using tests::visit;

namespace {

bool has(const std::string& answer, std::string_view what) {
    return answer.find(what) != std::string::npos;
}

std::vector<web::route> rows() {
    return {row("GET", "/a", "hello"), row("POST", "/a", "got "), row("GET", "/b/*", "below")};
}

// Asks for work, and answers when that is done.
class asker final : public web::handler {
    struct nothing final : session::chore {
        void run() override {}
    };
    void end_body(web::exchange& of) override { of.work(std::make_unique<nothing>()); }
    void hear_chore(session::chore_done what, web::exchange& of) override {
        of.respond(web::plain_response(what.ran ? 200 : 503, "worked"));
    }
};

// Works on each piece of a body, and waits for more.
class hasty final : public web::handler {
    struct nothing final : session::chore {
        void run() override {}
    };
    void take_body(std::string_view /*piece*/, web::exchange& of) override {
        of.work(std::make_unique<nothing>());
    }
};

class endless final : public session::listing {
public:
    explicit endless(int slices) : left_(slices) {}
    bool next(std::string& out) override {
        out += "slice ";
        return --left_ > 0;
    }

private:
    int left_;
};

class streamer final : public web::handler {
public:
    explicit streamer(std::optional<std::uint64_t> size) : size_(size) {}
    void begin(web::exchange& of) override {
        of.respond({200, {}, web::streamed{std::make_unique<endless>(3), size_}});
    }

private:
    std::optional<std::uint64_t> size_;
};

web::route stream(std::optional<std::uint64_t> size) {
    return {"GET", "/s", [size] { return std::make_unique<streamer>(size); }};
}

} // namespace

TEST_CASE("a request is answered, and the connection goes on") {
    visit one(rows());
    const std::string answer = one.sends(get("/a"));
    CHECK(answer.starts_with("HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"));
    CHECK(has(answer, "\r\nContent-Length: 6\r\n"));
    CHECK(answer.ends_with("\r\n\r\nhello\n"));
    CHECK(first_line(one.sends(get("/b/c/d"))) == "HTTP/1.1 200 OK");
    CHECK_FALSE(one.closed());
}

TEST_CASE("every answer keeps browsers from guessing, framing and telling") {
    visit one(rows());
    for (const std::string& answer : {one.sends(get("/a")), one.sends(get("/missing"))}) {
        CHECK(has(answer, "\r\nX-Content-Type-Options: nosniff\r\n"));
        CHECK(has(answer, "\r\nX-Frame-Options: DENY\r\n"));
        CHECK(has(answer, "\r\nReferrer-Policy: no-referrer\r\n"));
        CHECK(has(answer, "script-src 'self'; style-src 'self';"));
        CHECK_FALSE(has(answer, "unsafe-inline"));
    }
}

TEST_CASE("HEAD has the head alone, and its size") {
    visit one(rows());
    const std::string answer = one.sends("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(has(answer, "Content-Length: 6\r\n"));
    CHECK(answer.ends_with("\r\n\r\n"));
}

TEST_CASE("what is refused after a HEAD has a body") {
    visit one(rows());
    one.sends("HEAD /a HTTP/1.1\r\nHost: here:8067\r\n\r\n");
    CHECK(has(one.sends("\x01\r\n\r\n"), "This request cannot be understood."));
}

TEST_CASE("a path without a row is not found, a method without one not allowed") {
    visit one(rows());
    CHECK(first_line(one.sends(get("/nothing"))) == "HTTP/1.1 404 Not Found");
    const std::string answer = one.sends("DELETE /a HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(first_line(answer) == "HTTP/1.1 405 Method Not Allowed");
    CHECK(has(answer, "\r\nAllow: GET, HEAD, POST\r\n"));
    CHECK_FALSE(one.closed());
}

TEST_CASE("requests that come together are answered in their order") {
    visit one(rows());
    const std::string answers = one.sends(get("/a") + post("/a", "1") + post("/a", "2"));
    CHECK(answers.find("hello") < answers.find("got 1"));
    CHECK(answers.find("got 1") < answers.find("got 2"));
}

TEST_CASE("no path leads out") {
    visit one(rows());
    for (const std::string path :
         {"/../etc/passwd", "/b/../a", "/b/%2e%2e/a", "/b/%2Fetc", "/b//c", "/b/./c", "/b/%00",
          "/b/%5c..", "/%ff", "/b/%4", "/b\\a", "/api/rooms/../a", "/api/rooms/%2e%2e/a",
          "/api/rooms//a", "/api/rooms/a\\b", "/api/rooms/%00", "/api%2Frooms/a"}) {
        CAPTURE(path);
        visit another(rows());
        CHECK(first_line(another.sends(get(path))) == "HTTP/1.1 400 Bad Request");
        CHECK(another.closed());
    }
}

TEST_CASE("what is no HTTP is refused, and the connection ends") {
    visit one(rows());
    const std::string answer = one.sends("\x16\x03\x01\x02");
    CHECK(first_line(answer) == "HTTP/1.1 400 Bad Request");
    CHECK(has(answer, "\r\nConnection: close\r\n"));
    CHECK(one.closed());
}

TEST_CASE("a body that is too long is refused, told or not") {
    visit told(rows());
    CHECK(first_line(told.sends(post("/a", std::string(17, 'x')))) ==
          "HTTP/1.1 413 Content Too Large");
    CHECK(told.closed());
    visit found(rows());
    CHECK(first_line(found.sends("POST /a HTTP/1.1\r\nHost: here:8067\r\nTransfer-Encoding: "
                                 "chunked\r\n\r\n11\r\n" +
                                 std::string(17, 'x'))) == "HTTP/1.1 413 Content Too Large");
    CHECK(found.closed());
}

TEST_CASE("a client that asks before it sends is told to go on") {
    visit one(rows());
    CHECK(one.sends("POST /a HTTP/1.1\r\nHost: here:8067\r\nContent-Length: 2\r\nExpect: "
                    "100-continue\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    CHECK(one.sends("hi").ends_with("got hi\n"));
}

TEST_CASE("a page of another site changes nothing") {
    for (const std::string fields :
         {"Origin: https://evil.example\r\n", "Origin: null\r\n", "Origin: http://here:8068\r\n",
          "Sec-Fetch-Site: cross-site\r\n", "Sec-Fetch-Site: same-site\r\n"}) {
        CAPTURE(fields);
        visit one(rows());
        CHECK(first_line(one.sends(post("/a", "x", fields))) == "HTTP/1.1 403 Forbidden");
    }
    visit one(rows());
    CHECK(first_line(one.sends(post("/a", "x", "Origin: http://here:8067\r\n"))) ==
          "HTTP/1.1 200 OK");
    CHECK(first_line(one.sends(get("/a", "Origin: https://evil.example\r\n"))) ==
          "HTTP/1.1 200 OK");
}

TEST_CASE("while work is done elsewhere nothing more is taken") {
    visit one({{"POST", "/w", [] { return std::make_unique<asker>(); }}, row("GET", "/a", "next")});
    CHECK(one.sends(post("/w", "x") + get("/a")).empty());
    REQUIRE(one.chore != nullptr);
    CHECK(one.waiting() == get("/a").size());
    const std::string answers = one.is_told([&one](auto& to, base::moment now, auto& out) {
        to.deliver_chore({std::move(one.chore), true}, now, out);
    });
    CHECK(answers.find("worked") < answers.find("next"));
}

TEST_CASE("a stream of unknown size leaves in chunks, or ends with an old client's connection") {
    visit one({stream({})});
    CHECK(one.sends(get("/s")).ends_with("\r\n\r\n6\r\nslice \r\n6\r\nslice \r\n6\r\nslice "
                                         "\r\n0\r\n\r\n"));
    CHECK(has(one.sends(get("/s")), "Transfer-Encoding: chunked"));
    visit old({stream({})});
    CHECK(old.sends("GET /s HTTP/1.0\r\n\r\n").ends_with("\r\n\r\nslice slice slice "));
    old.waits(1s);
    CHECK(old.closed());
}

TEST_CASE("a stream never says more than it announced, and less ends the connection") {
    visit more({stream(8)});
    CHECK(more.sends(get("/s")).ends_with("\r\n\r\nslice sl"));
    CHECK(has(more.sends(get("/s")), "200 OK"));
    visit less({stream(100)});
    less.sends(get("/s"));
    less.waits(1s);
    CHECK(less.closed());
}

TEST_CASE("who is slow is not waited for") {
    visit silent(rows());
    CHECK(silent.waits(16s).empty());
    CHECK(silent.closed());
    visit half(rows());
    half.sends("GET / HT");
    CHECK(first_line(half.waits(16s)) == "HTTP/1.1 408 Request Timeout");
    CHECK(half.closed());
    visit body(rows());
    body.sends("POST /a HTTP/1.1\r\nHost: here:8067\r\nContent-Length: 2\r\n\r\nx");
    body.waits(29s);
    CHECK_FALSE(body.closed());
    CHECK(first_line(body.waits(2s)) == "HTTP/1.1 408 Request Timeout");
    visit idle(rows());
    idle.sends(get("/a"));
    CHECK(idle.waits(59s).empty());
    CHECK_FALSE(idle.closed());
    CHECK(idle.waits(2s).empty());
    CHECK(idle.closed());
}

TEST_CASE("who sends much holds one of few places, and has to send it faster") {
    constexpr std::string_view head =
        "POST /a HTTP/1.1\r\nHost: here:8067\r\nContent-Length: 60000\r\n\r\n";
    visit small({row("POST", "/a", "got", 16'000)});
    small.sends("POST /a HTTP/1.1\r\nHost: here:8067\r\nContent-Length: 16000\r\n\r\n" +
                std::string(10'240, 'x'));
    small.waits(39s);
    CHECK_FALSE(small.closed());
    visit large({row("POST", "/a", "got", 100'000)});
    large.sends(std::string(head) + std::string(40'960, 'x'));
    large.waits(34s);
    CHECK_FALSE(large.closed());
    CHECK(first_line(large.waits(2s)) == "HTTP/1.1 408 Request Timeout");
}

TEST_CASE("who sent much at once rests for a minute, and no longer") {
    visit large({row("POST", "/a", "got", 1'000'000)});
    large.sends("POST /a HTTP/1.1\r\nHost: here:8067\r\nContent-Length: 1000000\r\n\r\n" +
                std::string(900'000, 'x'));
    large.waits(59s);
    CHECK_FALSE(large.closed());
    large.sends("x");
    large.waits(50s);
    CHECK_FALSE(large.closed());
    CHECK(first_line(large.waits(11s)) == "HTTP/1.1 408 Request Timeout");
}

TEST_CASE("the time that we take for a piece of a body is not its sender's") {
    visit one({{"POST", "/w", [] { return std::make_unique<hasty>(); }}});
    one.sends("POST /w HTTP/1.1\r\nHost: here:8067\r\nContent-Length: 2\r\n\r\nx");
    REQUIRE(one.chore != nullptr);
    one.waits(60s);
    one.is_told([&one](auto& to, base::moment now, auto& out) {
        to.deliver_chore({std::move(one.chore), true}, now, out);
    });
    CHECK(one.waits(29s).empty());
    CHECK_FALSE(one.closed());
    CHECK(first_line(one.waits(2s)) == "HTTP/1.1 408 Request Timeout");
}

TEST_CASE("an empty line between requests is none of either") {
    visit one(rows());
    CHECK(first_line(one.sends("\r\n" + get("/a"))) == "HTTP/1.1 200 OK");
    CHECK(one.sends("\r\n").empty());
    CHECK(one.waits(59s).empty());
    CHECK(first_line(one.sends(get("/a"))) == "HTTP/1.1 200 OK");
    one.sends("\r\n");
    CHECK(one.waits(61s).empty()); // nobody asked, and nobody is told that she was slow
    CHECK(one.closed());
}

TEST_CASE("a request that names its host in the target is that host's") {
    visit one(rows());
    CHECK(first_line(one.sends("POST http://here:8067/a HTTP/1.1\r\nHost: other\r\n"
                               "Origin: http://here:8067\r\nContent-Length: 1\r\n\r\nx")) ==
          "HTTP/1.1 200 OK");
    CHECK(first_line(one.sends("POST http://other/a HTTP/1.1\r\nHost: here:8067\r\n"
                               "Origin: http://here:8067\r\nContent-Length: 1\r\n\r\nx")) ==
          "HTTP/1.1 403 Forbidden");
}

TEST_CASE("who has read a stream and asks for nothing more is not waited for, nor looked after") {
    visit idle({stream({})});
    idle.sends(get("/s"));
    idle.waits(1s);
    CHECK(idle.wakes_in() > 58s);
    idle.waits(58s);
    CHECK_FALSE(idle.closed());
    idle.waits(3s);
    CHECK(idle.closed());
}

TEST_CASE("who is sent a stream and never sends the body that it announced is not waited for") {
    visit one({stream({})});
    one.sends(get("/s", "Content-Length: 1\r\n"));
    one.waits(1s);
    CHECK(one.wakes_in() > 1s);
    one.waits(30s);
    CHECK(one.closed());
}

TEST_CASE("where a request comes from is believed of trusted proxies alone") {
    class teller final : public web::handler {
        void begin(web::exchange& of) override {
            const web::caller& from = of.asked().from;
            of.respond(web::plain_response(200, from.address + (from.secure ? " secure" : "")));
        }
    };
    const std::vector<web::route> rows{{"GET", "/", [] { return std::make_unique<teller>(); }}};
    const std::string told = get("/", "X-Forwarded-For: 203.0.113.9, 198.51.100.4, 192.0.2.1\r\n"
                                      "X-Forwarded-Proto: https\r\n");
    visit stranger(rows, "192.0.2.7", web::proxies({"192.0.2.1"}));
    CHECK(stranger.sends(told).ends_with("\r\n192.0.2.7\n"));
    visit proxy(rows, "192.0.2.1", web::proxies({"192.0.2.1"}));
    CHECK(proxy.sends(told).ends_with("\r\n198.51.100.4 secure\n"));
    CHECK(proxy.sends(get("/", "X-Forwarded-For: nonsense\r\n")).ends_with("\r\n192.0.2.1\n"));
    const std::string mapped = get("/", "X-Forwarded-For: ::ffff:198.51.100.4\r\n");
    CHECK(proxy.sends(mapped).ends_with("\r\n198.51.100.4\n"));
    visit router(rows, "10.1.2.3", web::proxies({"10.0.0.0/8"}));
    CHECK(router.sends(mapped).ends_with("\r\n198.51.100.4\n"));
}

TEST_CASE("behind a trusted proxy who asks too often waits, and nobody else does") {
    visit proxy({row("GET", "/", "page"), row("POST", "/", "said ")}, "192.0.2.1",
                web::proxies({"192.0.2.1"}),
                std::make_shared<base::guarded<web::rates>>(web::rates(2, 3s)));
    const std::string hers = get("/", "X-Forwarded-For: 198.51.100.4\r\n");
    const std::string other = get("/", "X-Forwarded-For: 198.51.100.5\r\n");
    CHECK(proxy.sends(hers).starts_with("HTTP/1.1 200"));
    CHECK(proxy.sends(hers).starts_with("HTTP/1.1 200"));
    const std::string refused = proxy.sends(hers);
    CHECK(refused.starts_with("HTTP/1.1 429"));
    CHECK(refused.contains("Retry-After: 3\r\n"));
    CHECK(proxy.sends(other).starts_with("HTTP/1.1 200"));
    CHECK(proxy.sends(post("/", "a word", "X-Forwarded-For: 198.51.100.4\r\n"))
              .starts_with("HTTP/1.1 429"));
    CHECK(proxy.sends(get("/")).starts_with("HTTP/1.1 200"));
    proxy.waits(3s);
    CHECK(proxy.sends(hers).starts_with("HTTP/1.1 200"));
}

TEST_CASE("behind several proxies the nearest says whether a connection is secure") {
    class teller final : public web::handler {
        void begin(web::exchange& of) override {
            of.respond(web::plain_response(200, of.asked().from.secure ? "secure" : "open"));
        }
    };
    const std::vector<web::route> rows{{"GET", "/", [] { return std::make_unique<teller>(); }}};
    visit behind(rows, "192.0.2.1", web::proxies({"192.0.2.1"}));
    const auto told = [&behind](const char* fields) { return behind.sends(get("/", fields)); };
    CHECK(told("X-Forwarded-Proto: https,https\r\n").ends_with("\r\nsecure\n"));
    CHECK(told("X-Forwarded-Proto: http, https\r\n").ends_with("\r\nsecure\n"));
    CHECK(
        told("X-Forwarded-Proto: http\r\nX-Forwarded-Proto: https\r\n").ends_with("\r\nsecure\n"));
    CHECK(told("X-Forwarded-Proto: https, http\r\n").ends_with("\r\nopen\n"));
}

TEST_CASE("behind a proxy that is trusted the page's own host is the one that the proxy names") {
    const std::string from_page =
        post("/a", "x", "Origin: https://chat.example\r\nX-Forwarded-Host: chat.example\r\n");
    visit behind({row("POST", "/a", "got ")}, "192.0.2.1", web::proxies({"192.0.2.1"}));
    CHECK(first_line(behind.sends(from_page)) == "HTTP/1.1 200 OK");
    visit stranger({row("POST", "/a", "got ")}, "192.0.2.7", web::proxies({"192.0.2.1"}));
    CHECK(first_line(stranger.sends(from_page)) == "HTTP/1.1 403 Forbidden");
    visit other({row("POST", "/a", "got ")}, "192.0.2.1", web::proxies({"192.0.2.1"}));
    CHECK(first_line(other.sends(post("/a", "x",
                                      "Origin: https://evil.example\r\n"
                                      "X-Forwarded-Host: chat.example\r\n"))) ==
          "HTTP/1.1 403 Forbidden");
}
