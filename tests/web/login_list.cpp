// SPDX-License-Identifier: Apache-2.0
// Which browsers stay logged in, as their account sees and ends them.
#include "web/login_list.hpp"

#include "base/web_limits.hpp"
#include "crypto/digest.hpp"
#include "web/visit.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace tertulia;
using namespace tertulia::tests;

namespace {

constexpr const char* cookie = "Cookie: tertulia=here\r\n";

class shelf final : public session::login_reader {
public:
    std::optional<std::vector<session::login_facts>> logins(chat::person_id of) override {
        asked = of;
        return kept;
    }
    std::optional<std::vector<session::login_facts>> kept{std::vector<session::login_facts>{}};
    chat::person_id asked;
};

// Ana's browser, logged in with the token "here".
struct counter {
    counter() {
        keeps("here");
        keeps("there");
        keeps("elsewhere");
    }

    void keeps(const std::string& token, base::wall_time when = base::wall_time{now}) {
        kept.kept->push_back({crypto::sha256(token), when, "Firefox, Linux"});
    }
    static std::string id(const std::string& token) {
        return crypto::to_hex(crypto::sha256(token).substr(0, 8));
    }

    // The request, told to be Ana's, and what was read for it.
    std::string asks(const std::string& request) {
        const std::string refused = one.sends(request);
        if (!one.check) {
            return refused;
        }
        const std::string said =
            one.is_told([](session::protocol& to, base::moment at, session::output& out) {
                to.deliver_check(session::proved{{{7}, 3}, {"Ana", "ana", 0, true}, {}}, at, out);
            });
        return one.chore ? reads() : said;
    }
    std::string reads() {
        return one.is_told([&](session::protocol& to, base::moment at, session::output& out) {
            one.chore->run();
            to.deliver_chore({std::move(one.chore), true}, at, out);
        });
    }
    // The heart does what it was asked last.
    std::string goes_on(const chat::event_body& with = chat::done{}) {
        const chat::origin cause{{}, one.requests.back().serial};
        return one.is_told([&](session::protocol& to, base::moment at, session::output& out) {
            to.deliver({cause, at.wall, chat::to_session{}, with}, at, out);
        });
    }
    [[nodiscard]] std::string closed_last() const {
        return std::get<chat::close_login>(std::get<chat::command>(one.requests.back().what)).key;
    }

    static constexpr std::chrono::milliseconds now{784'111'777'000};
    shelf kept;
    visit one{web::login_list_routes(kept)};
};

std::string ends(const std::string& path, const std::string& fields = cookie) {
    return "DELETE " + path + " HTTP/1.1\r\nHost: here:8067\r\n" + fields + "\r\n";
}
std::string status_of(const std::string& answer) { return answer.substr(9, 3); }

} // namespace

TEST_CASE("an account sees the browsers that stay logged in, and which is this one") {
    counter at;
    const std::string answer = at.asks(get("/api/logins", cookie));
    CHECK(status_of(answer) == "200");
    CHECK(at.kept.asked.value == 7);
    CHECK(answer.contains(
        "{\"id\":\"" + counter::id("here") +
        R"(","opened_at":"1994-11-06T08:49:37.000Z","browser":"Firefox, Linux","own":true})"));
    CHECK(answer.contains(
        "{\"id\":\"" + counter::id("there") +
        R"(","opened_at":"1994-11-06T08:49:37.000Z","browser":"Firefox, Linux","own":false})"));
}

TEST_CASE("a log-in that has run out is not listed") {
    counter at;
    at.keeps("old", base::wall_time{counter::now} - base::limits::login_lifetime -
                        std::chrono::seconds{1});
    CHECK_FALSE(at.asks(get("/api/logins", cookie)).contains(counter::id("old")));
}

TEST_CASE("one log-in ends, and what is told is told when it is done") {
    counter at;
    CHECK(at.asks(ends("/api/logins/" + counter::id("there"))).empty());
    CHECK(at.closed_last() == crypto::sha256("there"));
    CHECK(status_of(at.goes_on()) == "204");
    CHECK(at.one.requests.size() == 1);
}

TEST_CASE("a log-in that is not there, or somebody else's, is not found") {
    counter at;
    CHECK(status_of(at.asks(ends("/api/logins/" + counter::id("nobody's")))) == "404");
    CHECK(at.one.requests.empty());
}

TEST_CASE("all others end, one after the other, and this one stays") {
    counter at;
    CHECK(at.asks(ends("/api/logins")).empty());
    CHECK(at.closed_last() == crypto::sha256("elsewhere"));
    CHECK(at.goes_on().empty());
    CHECK(at.closed_last() == crypto::sha256("there"));
    CHECK(status_of(at.goes_on()) == "204");
    CHECK(at.one.requests.size() == 2);
}

TEST_CASE("with nothing to end, ending all others is done at once") {
    counter at;
    at.kept.kept->resize(1);
    CHECK(status_of(at.asks(ends("/api/logins"))) == "204");
    CHECK(at.one.requests.empty());
}

TEST_CASE("log-ins are for their account, at this site's pages, and not for a program's token") {
    counter nobody;
    CHECK(status_of(nobody.asks(get("/api/logins"))) == "401");
    counter program;
    CHECK(status_of(program.asks(get("/api/logins", "Authorization: Bearer secret\r\n"))) == "403");
    counter other_site;
    CHECK(status_of(other_site.asks(ends(
              "/api/logins", std::string(cookie) + "Origin: https://other.example\r\n"))) == "403");
    CHECK(other_site.one.requests.empty());
}

TEST_CASE("log-ins that cannot be read now are not shown as none") {
    counter at;
    at.kept.kept.reset();
    CHECK(status_of(at.asks(get("/api/logins", cookie))) == "503");
}

TEST_CASE("where the disk is full the log-in stays, and that is told") {
    counter at;
    CHECK(at.asks(ends("/api/logins/" + counter::id("there"))).empty());
    CHECK(at.goes_on(chat::refused{chat::reason::no_space, {}, {}}).empty());
    CHECK(status_of(at.goes_on()) == "507");
}
