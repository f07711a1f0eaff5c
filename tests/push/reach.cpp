// SPDX-License-Identifier: Apache-2.0
// Where a name may lead: the table of what somebody could make it lead to.
#include "push/reach.hpp"

#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <chrono>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using namespace tertulia;
using namespace tertulia::push;
using std::chrono::steady_clock;

namespace {

const patience soon{steady_clock::now() + std::chrono::minutes{10}, {}};

std::vector<base::address_bytes> addresses(std::initializer_list<const char*> of) {
    std::vector<base::address_bytes> made;
    for (const char* const one : of) {
        made.push_back(*base::parse_address(one));
    }
    return made;
}

// What becomes of an address when its name leads there.
auto allowed(const std::string& endpoint, std::initializer_list<const char*> leads_to,
             trust in = trust::of_strangers) {
    return allowed_addresses(
        *wire::read_push_endpoint(endpoint), in,
        [&](const std::string&, const patience&) { return addresses(leads_to); }, soon);
}

} // namespace

TEST_CASE("a name that leads to the Internet is reached there and nowhere else") {
    const auto found = allowed("https://push.example.net/x", {"8.8.8.8", "2600::1"});
    REQUIRE(found.has_value());
    CHECK(*found == addresses({"8.8.8.8", "2600::1"}));
}

TEST_CASE("a name that leads into the house is not followed, were it one address of several") {
    for (const char* const inside :
         {"127.0.0.1", "10.0.0.7", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1",
          "fe80::1", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "224.0.0.1"}) {
        const auto alone = allowed("https://push.example.net/x", {inside});
        REQUIRE_MESSAGE(!alone.has_value(), inside);
        CHECK(alone.error() == reach_fault::not_ours);
        const auto among = allowed("https://push.example.net/x", {"8.8.8.8", inside});
        REQUIRE_MESSAGE(!among.has_value(), inside);
        CHECK(among.error() == reach_fault::not_ours);
    }
}

TEST_CASE("an address is judged without asking anybody") {
    const auto found = allowed("https://127.0.0.1/x", {"8.8.8.8"});
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error() == reach_fault::not_ours);
    CHECK_FALSE(allowed("https://[::1]/x", {"8.8.8.8"}).has_value());
    CHECK(*allowed("https://8.8.4.4/x", {}) == addresses({"8.8.4.4"}));
}

TEST_CASE("strangers name https's own port alone") {
    const auto found = allowed("https://push.example.net:22/x", {"8.8.8.8"});
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error() == reach_fault::not_ours);
}

TEST_CASE("what the operator trusts may be anywhere") {
    CHECK(allowed("https://127.0.0.1:8443/x", {}, trust::of_the_operator).has_value());
    CHECK(allowed("https://push.lan:8443/x", {"10.0.0.7"}, trust::of_the_operator).has_value());
}

TEST_CASE("a name that leads nowhere may lead somewhere later") {
    const auto found = allowed("https://push.example.net/x", {});
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error() == reach_fault::nowhere);
}

TEST_CASE("the first address that answers is connected to; nothing is waited for in vain") {
    const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof here;
    REQUIRE(::bind(listening, reinterpret_cast<sockaddr*>(&here), size) == 0);
    REQUIRE(::listen(listening, 1) == 0);
    REQUIRE(::getsockname(listening, reinterpret_cast<sockaddr*>(&here), &size) == 0);
    const std::uint16_t port = ntohs(here.sin_port);
    CHECK(connect_to(addresses({"127.0.0.2", "127.0.0.1"}), port, soon).has_value());
    std::stop_source ended;
    ended.request_stop();
    CHECK_FALSE(connect_to(addresses({"127.0.0.1"}), port, {soon.until, ended.get_token()}));
    CHECK_FALSE(connect_to(addresses({"127.0.0.1"}), port, {steady_clock::now(), {}}));
    ::close(listening);
    CHECK_FALSE(connect_to(addresses({"127.0.0.1"}), port, soon));
}
