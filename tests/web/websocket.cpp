// SPDX-License-Identifier: Apache-2.0
#include "web/visit.hpp"
#include "web/websocket_door.hpp"

#include <doctest/doctest.h>

using namespace tertulia;
using namespace std::chrono_literals;
using tests::get;
using tests::visit;
using wire::websocket_opcode;

namespace {

constexpr std::string_view handshake = "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
                                       "Sec-WebSocket-Version: 13\r\n"
                                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

// Says each of its lines back; takes nothing after "wait" until it is told something.
class parrot final : public session::protocol {
public:
    explicit parrot(const session::dialect& speaks) : speaks_(speaks) {}
    void begin(base::moment /*now*/, session::output& out) override { out.text() += "hi\r\n"; }
    std::size_t receive(std::string_view bytes, base::moment /*now*/,
                        session::output& out) override {
        if (waits_) {
            return 0;
        }
        waits_ = bytes == "wait\r\n";
        out.text() += bytes;
        if (bytes == "QUIT\r\n") {
            out.close = "bye";
        }
        return bytes.size();
    }
    void deliver(const chat::event& /*of*/, base::moment /*now*/,
                 session::output& /*out*/) override {}
    void deliver_read(const session::read_answer& /*page*/, base::moment /*now*/,
                      session::output& /*out*/) override {
        waits_ = false;
    }
    void tick(base::moment /*now*/, session::output& /*out*/) override {}
    [[nodiscard]] base::steady_time wakes_at() const override { return base::steady_time::max(); }
    void farewell(std::string_view reason, session::output& out) override {
        out.close = std::string(reason);
    }
    [[nodiscard]] const session::dialect& speaks() const override { return speaks_; }
    [[nodiscard]] session::features wants() const override { return 0; }
    [[nodiscard]] session::own_event hears_own(const chat::event& /*of*/) const override {
        return session::own_event::apart;
    }

private:
    const session::dialect& speaks_;
    bool waits_ = false;
};

struct door : web::websocket_door {
    door() {
        inner = [this](const web::caller&, const std::optional<session::proved>&, base::moment) {
            return std::make_unique<parrot>(lines);
        };
        dialect = [this](std::size_t, websocket_opcode frame) -> const web::framed_dialect& {
            return frame == websocket_opcode::text ? text : binary;
        };
    }
    web::silent_dialect lines;
    web::framed_dialect text{lines, websocket_opcode::text};
    web::framed_dialect binary{lines, websocket_opcode::binary};
};

std::string frame(int first, std::string_view payload) {
    std::string made{static_cast<char>(first), static_cast<char>(0x80U | payload.size())};
    made += "mask";
    for (std::size_t i = 0; i < payload.size(); ++i) {
        made += static_cast<char>(payload[i] ^ "mask"[i % 4]);
    }
    return made;
}

std::string answer(int first, std::string_view payload) {
    return std::string{static_cast<char>(first), static_cast<char>(payload.size())} +
           std::string(payload);
}

std::string closing(std::uint16_t status) {
    return answer(0x88,
                  std::string{static_cast<char>(status >> 8U), static_cast<char>(status & 0xFFU)});
}

struct open_socket {
    explicit open_socket(std::string_view fields = "Sec-WebSocket-Protocol: text.ircv3.net\r\n")
        : to({web::websocket_route("/irc", at)}),
          greeting(to.sends(get("/irc", std::string(handshake) + std::string(fields)))) {}

    door at;
    visit to;
    std::string greeting;
};

} // namespace

TEST_CASE("a handshake opens the door, by the key of RFC 6455, 1.3") {
    const open_socket one;
    CHECK(one.greeting == "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\n"
                          "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
                          "Sec-WebSocket-Protocol: text.ircv3.net\r\n\r\n" +
                              answer(0x81, "hi"));
}

TEST_CASE("the client's order of subprotocols counts; without one, text") {
    const open_socket binary("Sec-WebSocket-Protocol: chat, binary.ircv3.net, text.ircv3.net\r\n");
    CHECK(binary.greeting.find("Sec-WebSocket-Protocol: binary.ircv3.net") != std::string::npos);
    CHECK(binary.greeting.ends_with(answer(0x82, "hi")));
    const open_socket none("");
    CHECK(none.greeting.find("Sec-WebSocket-Protocol") == std::string::npos);
    CHECK(none.greeting.ends_with(answer(0x81, "hi")));
}

TEST_CASE("handshakes that are none are refused") {
    door at;
    const auto status = [&at](const std::string& request) {
        visit one({web::websocket_route("/irc", at)});
        return one.sends(request).substr(9, 3);
    };
    CHECK(status(get("/irc")) == "426");
    CHECK(status(get("/irc", "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                             "Sec-WebSocket-Version: 8\r\n")) == "426");
    CHECK(status(get("/irc", "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                             "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c2hvcnQ=\r\n")) ==
          "400");
    const std::string foreign = std::string(handshake) + "Origin: https://elsewhere.example\r\n";
    CHECK(status(get("/irc", foreign)) == "403");
    at.origins = {"https://elsewhere.example"};
    CHECK(status(get("/irc", foreign)) == "101");
    at.origins = {"*"};
    CHECK(status(get("/irc", foreign)) == "101");
}

TEST_CASE("a message is a line, both ways") {
    open_socket one;
    CHECK(one.to.sends(frame(0x81, "NICK ana")) == answer(0x81, "NICK ana"));
    CHECK(one.to.sends(frame(0x82, "binary too")) == answer(0x81, "binary too"));
    CHECK(one.to.sends(frame(0x81, "with an end\r\n")) == answer(0x81, "with an end"));
    CHECK(one.to.sends(frame(0x81, "")).empty());
}

TEST_CASE("fragments are put together, with control frames between them") {
    open_socket one;
    CHECK(one.to.sends(frame(0x01, "NICK ")).empty());
    CHECK(one.to.sends(frame(0x89, "are you there?")) == answer(0x8A, "are you there?"));
    CHECK(one.to.sends(frame(0x00, "a")).empty());
    CHECK(one.to.sends(frame(0x80, "na")) == answer(0x81, "NICK ana"));
}

TEST_CASE("a character may be cut by a fragment's end, but not be missing") {
    open_socket one;
    CHECK(one.to.sends(frame(0x01, "\xC3") + frame(0x80, "\xA1")) == answer(0x81, "\xC3\xA1"));
    CHECK(one.to.sends(frame(0x81, "\xC3")) == closing(1007));
    CHECK(one.to.closed());
}

TEST_CASE("in text every line is UTF-8, whatever the protocol says") {
    open_socket one;
    CHECK(one.to.sends(frame(0x82, "a\xFF\xC3\xA1")) == answer(0x81, "a\xEF\xBF\xBD\xC3\xA1"));
    open_socket other("Sec-WebSocket-Protocol: binary.ircv3.net\r\n");
    CHECK(other.to.sends(frame(0x82, "a\xFF")) == answer(0x82, "a\xFF"));
}

TEST_CASE("what breaks the protocol ends the connection with its status") {
    const std::string big(8'193, 'a');
    const auto fate = [](const std::string& bytes) {
        open_socket one;
        const std::string last = one.to.sends(bytes);
        CHECK(one.to.closed());
        return last;
    };
    CHECK(fate(frame(0x80, "of nothing")) == closing(1002));
    CHECK(fate(frame(0x01, "a") + frame(0x81, "b")) == closing(1002));
    CHECK(fate(frame(0x81, "two\nlines")) == closing(1007));
    CHECK(fate(std::string{'\x82', '\xFE', '\x20', '\x01'} + "mask" + big) == closing(1009));
    std::string endless = frame(0x01, std::string(120, 'a'));
    for (int i = 0; i < 70; ++i) {
        endless += frame(0x00, std::string(120, 'a'));
    }
    CHECK(fate(endless) == closing(1009));
}

TEST_CASE("a close is answered with its own status, and bad ones with 1002") {
    const auto fate = [](std::string_view payload) {
        open_socket one;
        const std::string last = one.to.sends(frame(0x88, payload) + frame(0x81, "ignored"));
        CHECK(one.to.closed());
        return last;
    };
    CHECK(fate("") == closing(1000));
    CHECK(fate("\x03\xE9going away") == closing(1001));
    CHECK(fate("\x03\xEE") == closing(1002));
    CHECK(fate("\x03") == closing(1002));
}

TEST_CASE("the protocol's own end is a close frame behind its last words") {
    open_socket one;
    CHECK(one.to.sends(frame(0x81, "QUIT")) == answer(0x81, "QUIT") + answer(0x88, "\x03\xE8"
                                                                                   "bye"));
    CHECK(one.to.closed());
}

TEST_CASE("a line that the protocol does not take now is offered again") {
    open_socket one;
    one.to.sends(frame(0x81, "wait"));
    CHECK(one.to.sends(frame(0x01, "la") + frame(0x80, "ter")).empty());
    CHECK(one.to.is_told([](auto& to, base::moment now, auto& out) {
        to.deliver_read(session::history_page{}, now, out);
    }) == answer(0x81, "later"));
}

TEST_CASE("a silent connection is pinged, so that no proxy ends it") {
    open_socket one;
    CHECK(one.to.waits(44s).empty());
    CHECK(one.to.waits(2s) == answer(0x89, ""));
}

TEST_CASE("who carries a cookie that cannot be looked up now is told to come again") {
    const auto opened = [](session::doubt why) {
        const door at;
        visit to({web::websocket_route("/irc", at)});
        CHECK(to.sends(get("/irc", std::string(handshake) + "Cookie: tertulia=x\r\n")).empty());
        return to.is_told([&](session::protocol& on, base::moment now, session::output& out) {
            on.deliver_check(session::not_proved{why, {}, {}}, now, out);
        });
    };
    CHECK(opened(session::doubt::failed).starts_with("HTTP/1.1 503 "));
    CHECK(opened(session::doubt::wrong).starts_with("HTTP/1.1 101 "));
}
