// SPDX-License-Identifier: Apache-2.0
#include "server/listen_url.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace tertulia::server;

namespace {

listen_url parsed(std::string_view written) {
    const auto url = parse_listen_url(written);
    REQUIRE_MESSAGE(url.has_value(), (url ? "" : url.error().sentence));
    return *url;
}

std::string refusal(std::string_view written) {
    const auto url = parse_listen_url(written);
    return url ? "no refusal" : url.error().sentence;
}

} // namespace

TEST_CASE("a listener has a scheme, a host and a port") {
    CHECK(parsed("irc://127.0.0.1:6667") == listen_url{"irc", "127.0.0.1", 6667});
    CHECK(parsed("ircs://*:7000") == listen_url{"ircs", "*", 7000});
    CHECK(parsed("irc://[::1]:6667") == listen_url{"irc", "::1", 6667});
    CHECK(parsed("irc://[2001:db8::7]:1/") == listen_url{"irc", "2001:db8::7", 1});
    CHECK(parsed("irc://localhost:0") == listen_url{"irc", "127.0.0.1", 0});
}

TEST_CASE("a listener without a port has its scheme's") {
    CHECK(parsed("irc://*").port == 6667);
    CHECK(parsed("ircs://[::]").port == 6697);
}

TEST_CASE("an encrypted listener may bring its certificate and key") {
    const listen_url url = parsed("ircs://*:6697?certificate=/a b/chain.pem&key=key.pem");
    CHECK(url == listen_url{"ircs", "*", 6697, "/a b/chain.pem", "key.pem"});
    CHECK(encrypted(url));
    CHECK_FALSE(encrypted(parsed("irc://*")));
}

TEST_CASE("a listener is written in one form, which reads as the same listener") {
    CHECK(to_string(parsed("irc://localhost")) == "irc://127.0.0.1:6667");
    CHECK(to_string(parsed("irc://[::1]:1/")) == "irc://[::1]:1");
    for (const char* written : {"irc://*:6667", "ircs://[::]:0?certificate=c.pem&key=k.pem"}) {
        CHECK(to_string(parsed(written)) == written);
    }
}

TEST_CASE("a scheme that is not known is refused with those that are") {
    CHECK(refusal("gopher://*:80") ==
          R"("gopher://*:80" is no listener: "gopher" is an unknown scheme; known are irc, ircs, )"
          "http, https, ws, wss, base64, caesar, labels, nickname, roster.");
    CHECK(refusal("://*:80") ==
          R"("://*:80" is no listener: "" is an unknown scheme; known are irc, ircs, )"
          "http, https, ws, wss, base64, caesar, labels, nickname, roster.");
    for (const char* written : {"", "6667", "127.0.0.1:6667", "irc:127.0.0.1"}) {
        CAPTURE(written);
        CHECK(refusal(written).ends_with(
            "is no listener: it must look like irc://127.0.0.1:6667 or ircs://*:6697."));
    }
}

TEST_CASE("a host that is no address is refused") {
    for (const char* written :
         {"irc://", "irc://:6667", "irc://example.org:6667", "irc://1.2.3:1", "irc://ana@*:1"}) {
        CAPTURE(written);
        CHECK(refusal(written).ends_with("but an IP address, localhost or * (all addresses) is "
                                         "expected."));
    }
    CHECK(refusal("irc://::1:6667") ==
          R"("irc://::1:6667" is no listener: an IPv6 address stands in brackets, as in [::1].)");
    for (const char* written : {"irc://[::1", "irc://[::zz]:1", "irc://[127.0.0.1]:1"}) {
        CAPTURE(written);
        CHECK(refusal(written).ends_with("is no IPv6 address in brackets."));
    }
}

TEST_CASE("a listener with a control character is refused, wherever it stands") {
    using std::string_view_literals::operator""sv;
    for (const std::string_view written :
         {"irc://127.0.0.1\0.example:1"sv, "ircs://*?certificate=c\0.pem&key=k"sv,
          "ircs://*?certificate=c\n&key=k"sv, "irc://*\x7f"sv, "\tirc://*"sv}) {
        CAPTURE(written);
        CHECK(refusal(written).ends_with("is no listener: there is a control character in it."));
    }
}

TEST_CASE("a port that is none is refused") {
    for (const char* written : {"irc://*:", "irc://*:65536", "irc://*:-1", "irc://*:66a7",
                                "irc://*:1/room", "irc://[::1]6667"}) {
        CAPTURE(written);
        CHECK(refusal(written).ends_with("but a colon and a port from 0 to 65535 are expected."));
    }
}

TEST_CASE("parameters that make no sense are refused") {
    CHECK(refusal("irc://*?key=k")
              .ends_with(R"(no listener: "key" is no parameter of irc://; known are: proxy.)"));
    CHECK(refusal("ircs://*?cert=c&key=k")
              .ends_with(
                  R"("cert" is no parameter of ircs://; known are: certificate, key, proxy.)"));
    for (const char* written :
         {"ircs://*?key=k", "ircs://*?certificate=c", "ircs://*?certificate=&key=k"}) {
        CAPTURE(written);
        CHECK(refusal(written).ends_with("certificate and key come together: both or none."));
    }
}

TEST_CASE("the doors of the web have ports of their own") {
    CHECK(parsed("http://*") == listen_url{"http", "*", 8067});
    CHECK(parsed("https://*").port == 8443);
    CHECK(of_the_web(parsed("ws://*")));
    CHECK(encrypted(parsed("wss://*")));
    CHECK_FALSE(of_the_web(parsed("irc://*")));
}

TEST_CASE("a listener names the proxies that it believes") {
    const listen_url url = parsed("ircs://*?proxy=192.0.2.1,2001:db8::1");
    CHECK(proxies(url) == std::vector<std::string>{"192.0.2.1", "2001:db8::1"});
    CHECK(to_string(url) == "ircs://*:6697?proxy=192.0.2.1,2001:db8::1");
    CHECK(refusal("irc://*?proxy=localhost")
              .ends_with(R"(proxy takes IP addresses between commas, not "localhost".)"));
    CHECK(refusal("base64://*?proxy=192.0.2.1") != "no refusal");
}

TEST_CASE("a classic listener may say which room its clients enter") {
    CHECK(parsed("base64://*").port == 8080);
    CHECK(parsed("caesar://*").port == 8000);
    CHECK(parsed("labels://*").port == 6030);
    CHECK(parsed("nickname://*").port == 5055);
    CHECK(parsed("roster://*").port == 12345);
    CHECK(parsed("base64://*:1?room=redes").room == "#redes");
    CHECK(parsed("base64://*:1?room=#redes").room == "#redes");
    CHECK(classic(parsed("roster://*")));
    CHECK_FALSE(classic(parsed("irc://*")));
}

TEST_CASE("the keyword and the accounts of a classic listener are read and written") {
    for (const char* written :
         {"nickname://127.0.0.1:5055?keyword=NICK", "labels://*:6030?room=redes&accounts=yes",
          "nickname://*:1?room=redes&keyword=¿tu nombre?"}) {
        CHECK(to_string(parsed(written)) == written);
    }
    CHECK(parsed("labels://*?accounts=no").accounts == false);
    CHECK_FALSE(parsed("labels://*").accounts.has_value());
    CHECK(to_string(parsed("labels://*?accounts=no")) == "labels://*:6030?accounts=no");
}

TEST_CASE("a room and a keyword are written as they are") {
    CHECK(refusal("base64://*?room=%23redes")
              .ends_with(R"("%23redes" has an escape in it; write the character itself.)"));
    CHECK(refusal("nickname://*?keyword=%C2%BFqui%C3%A9n%3F")
              .ends_with("has an escape in it; write the character itself."));
    CHECK(parsed("nickname://*?keyword=¿100 %?").keyword == "¿100 %?");
}

TEST_CASE("a parameter stands there once") {
    CHECK(refusal("base64://*?room=a&room=b").ends_with("room is in it twice."));
}

TEST_CASE("parameters of a classic listener that make no sense are refused") {
    for (const char* written : {"base64://*?room=", "base64://*?room=a b", "base64://*?keyword=x",
                                "nickname://*?keyword=", "labels://*?accounts=maybe",
                                "caesar://*?certificate=c&key=k", "irc://*?room=redes"}) {
        CAPTURE(written);
        CHECK(refusal(written) != "no refusal");
    }
}
