// SPDX-License-Identifier: Apache-2.0
// Who we are to push services (RFC 8292).
#include "crypto/push_identity.hpp"

#include "base/base64.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

using namespace tertulia;

namespace {

// What stands between two texts, or behind the first.
std::string between(const std::string& text, const std::string& start, const std::string& end) {
    const std::size_t from = text.find(start) + start.size();
    return text.substr(from, text.find(end, from) - from);
}

struct proof {
    explicit proof(const std::string& field)
        : head(between(field, "vapid t=", ".")), claims(between(field, head + ".", ".")),
          signature(between(field, claims + ".", ", k=")), key(field.substr(field.find("k=") + 2)) {
    }

    [[nodiscard]] bool holds() const {
        return crypto::verify_p256(*base::from_base64_url(key), head + "." + claims,
                                   *base::from_base64_url(signature));
    }
    std::string head, claims, signature, key;
};

const std::string seed(32, 's');
const base::wall_time until{std::chrono::seconds{1'453'523'768}};

} // namespace

TEST_CASE("the example of RFC 8292 is signed by its key") {
    const proof of(
        "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXB"
        "sZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3C"
        "Yb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1o"
        "A, k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk"
        "5Y2EmClBPs");
    CHECK(of.holds());
}

TEST_CASE("a proof says whom it is for, until when, and whom to write to") {
    const crypto::push_identity self(seed, "mailto:push@example.com");
    const proof made(self.authorization("https://push.example.net", until));
    CHECK(*base::from_base64_url(made.head) == R"({"typ":"JWT","alg":"ES256"})");
    CHECK(*base::from_base64_url(made.claims) ==
          R"({"aud":"https://push.example.net","exp":1453523768,"sub":"mailto:push@example.com"})");
    CHECK(made.key == self.public_key());
    CHECK(made.holds());
}

TEST_CASE("where nobody is to be written to, a proof says nothing of it") {
    const crypto::push_identity self(seed, "");
    const proof made(self.authorization("https://push.example.net", until));
    CHECK(*base::from_base64_url(made.claims) ==
          R"({"aud":"https://push.example.net","exp":1453523768})");
}

TEST_CASE("a proof for somebody else does not hold") {
    const crypto::push_identity self(seed, "");
    proof made(self.authorization("https://push.example.net", until));
    made.claims = base::to_base64_url(R"({"aud":"https://other.example.net","exp":1453523768})");
    CHECK_FALSE(made.holds());
}
