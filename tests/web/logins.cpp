// SPDX-License-Identifier: Apache-2.0
// Who a browser is by its cookie.
#include "web/login_routes.hpp"
#include "web/visit.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using namespace tertulia::tests;

namespace {

struct browser {
    std::string asks(const session::credential_answer& answer) {
        CHECK(at.sends(get("/api/session", "Cookie: tertulia=x\r\n")).empty());
        return at.is_told([&](session::protocol& to, base::moment now, session::output& out) {
            to.deliver_check(answer, now, out);
        });
    }

    web::policy_reader policy = [](std::size_t) -> web::login_policy {
        return {.registration = session::registration::open,
                .guests = true,
                .password_asked = false,
                .network = "net",
                .manners = nullptr};
    };
    visit at{web::login_routes(policy)};
};

} // namespace

TEST_CASE("a cookie says who a browser is, an old one that it is nobody") {
    CHECK(browser()
              .asks(session::proved{{{7}, 3}, {"Ana", "ana", 0, true}, {}})
              .contains(R"("account":"Ana")"));
    CHECK(browser().asks(session::not_proved{}).contains(R"("account":null)"));
}

TEST_CASE("a browser whose cookie cannot be looked up now is not told that it is nobody") {
    const std::string answer = browser().asks(session::not_proved{session::doubt::failed, {}, {}});
    CHECK(answer.starts_with("HTTP/1.1 503 "));
    CHECK(answer.contains(R"("error":"busy")"));
}
