// SPDX-License-Identifier: Apache-2.0
// A push as it goes out and what the answer means. The way there and back with TLS is in
// tests/e2e/test_push.py.
#include "push/delivery.hpp"

#include "base/base64.hpp"
#include "base/push_limits.hpp"
#include "crypto/push_message.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

using namespace tertulia;
using namespace tertulia::push;

namespace {

const crypto::push_identity self(std::string(32, 's'), "");
const std::string key = crypto::p256_key(std::string(32, 'd')).public_key();
const base::wall_time now{std::chrono::seconds{1'000}};

parcel with(const std::string& endpoint, std::string line, urgency how = urgency::high) {
    return {{endpoint, key, std::string(16, 'x')}, std::move(line), how, 0};
}

std::string request(const parcel& what) {
    return request_of(what, *wire::read_push_endpoint(what.to.endpoint), self, now);
}

} // namespace

TEST_CASE("a push names its place, its urgency, how long it keeps and who sends it") {
    const std::string made = request(with("https://push.example.net/a/b?c=d", "hola"));
    CHECK(made.starts_with("POST /a/b?c=d HTTP/1.1\r\nHost: push.example.net\r\n"));
    CHECK(made.contains("\r\nTTL: 172800\r\n"));
    CHECK(made.contains("\r\nUrgency: high\r\n"));
    CHECK(made.contains("\r\nContent-Encoding: aes128gcm\r\n"));
    CHECK(made.contains("\r\nAuthorization: vapid t="));
    CHECK(made.contains(", k=" + self.public_key() + "\r\n"));
    CHECK(made.contains("\r\nConnection: close\r\n"));
    CHECK_FALSE(made.contains("hola"));
    CHECK(request(with("https://push.example.net/", "x", urgency::normal))
              .contains("\r\nUrgency: normal\r\n"));
}

TEST_CASE("a proof is for the push service that the push goes to") {
    const std::string made = request(with("https://127.0.0.1:8443/x", "hola"));
    CHECK(made.contains("\r\nHost: 127.0.0.1:8443\r\n"));
    const std::size_t claims = made.find('.', made.find("vapid t=")) + 1;
    const std::string text =
        *base::from_base64_url(made.substr(claims, made.find('.', claims) - claims));
    CHECK(text.contains(R"("aud":"https://127.0.0.1:8443")"));
}

TEST_CASE("a line that is too long is cut to what every push service takes") {
    const std::string made = request(with("https://push.example.net/", std::string(9'000, 'x')));
    const std::string body = made.substr(made.find("\r\n\r\n") + 4);
    CHECK(body.size() == base::limits::push_body_size_max);
    CHECK(made.contains("\r\nContent-Length: 4096\r\n"));
}

TEST_CASE("a key that is none makes no request") {
    parcel what = with("https://push.example.net/", "hola");
    what.to.key.back() = static_cast<char>(what.to.key.back() ^ 1);
    CHECK(request(what).empty());
}

TEST_CASE("an answer says whether the push was taken, the device is gone, or to come again") {
    for (const int status : {200, 201, 202, 204}) {
        CHECK(verdict_of(status) == verdict::taken);
    }
    CHECK(verdict_of(404) == verdict::gone);
    CHECK(verdict_of(410) == verdict::gone);
    for (const int status : {0, 100, 408, 429, 500, 503}) {
        CHECK(verdict_of(status) == verdict::later);
    }
    for (const int status : {301, 302, 307, 400, 401, 403, 413}) { // no redirect is followed
        CHECK(verdict_of(status) == verdict::never);
    }
}

TEST_CASE("the status is read from the answer's first line alone") {
    CHECK(read_status("HTTP/1.1 201 Created\r\n") == 201);
    CHECK(read_status("HTTP/1.0 410\r\nx") == 410);
    for (const char* const wrong :
         {"", "HTTP/1.1", "HTTP/1.1 20\r\n", "HTTP/2 201 x\r\n", "HTTP/1.1 abc\r\n",
          "HTTP/1.1  201\r\n", "HTTP/1.1 -20\r\n", "SSH-2.0-x\r\nHTTP/1.1 201 OK\r\n"}) {
        CHECK_MESSAGE(read_status(wrong) == 0, wrong);
    }
}
