// SPDX-License-Identifier: Apache-2.0
#include "wire/websocket.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace tertulia::wire;
namespace status = websocket_status;

namespace {

constexpr std::size_t payload_max = 70'000;

std::string bytes(std::initializer_list<int> of) {
    std::string made;
    for (const int one : of) {
        made += static_cast<char>(one);
    }
    return made;
}

websocket_reading read(const std::string& text) { return read_client_frame(text, payload_max); }

std::string payload(const websocket_reading& of) {
    std::string made;
    of.frame.append_payload(made);
    return made;
}

} // namespace

TEST_CASE("the examples of RFC 6455, 5.7") {
    const auto hello = bytes({0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58});
    const std::string come = hello + "more"; // a frame shows into it
    const websocket_reading got = read(come);
    CHECK(got.size == hello.size());
    CHECK(got.frame.what == websocket_opcode::text);
    CHECK(got.frame.final);
    CHECK(payload(got) == "Hello");

    std::string made;
    append_server_frame(websocket_opcode::text, "Hello", made);
    CHECK(made == bytes({0x81, 0x05}) + "Hello");
    made.clear();
    append_server_frame(websocket_opcode::binary, std::string(256, 'x'), made);
    CHECK(made == bytes({0x82, 0x7E, 0x01, 0x00}) + std::string(256, 'x'));
    made.clear();
    append_server_frame(websocket_opcode::binary, std::string(65'536, 'x'), made);
    CHECK(made.substr(0, 10) == bytes({0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0}));
}

TEST_CASE("a frame that has not come whole is waited for") {
    const auto hello = bytes({0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58});
    for (std::size_t size = 0; size < hello.size(); ++size) {
        CHECK(read(hello.substr(0, size)).size == 0);
        CHECK(read(hello.substr(0, size)).fault == 0);
    }
}

TEST_CASE("sizes have one spelling, and a bound") {
    const std::string mask(4, '\0');
    CHECK(read(bytes({0x82, 0xFE, 0x00, 0x7E}) + mask + std::string(126, 'a')).size == 134);
    CHECK(read(bytes({0x82, 0xFE, 0x00, 0x7D}) + mask).fault == status::protocol_error);
    CHECK(read(bytes({0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}) + mask).fault ==
          status::protocol_error);
    CHECK(read(bytes({0x82, 0xFF, 0, 0, 0, 0, 0, 1, 0x11, 0x71})).fault == status::too_big);
    CHECK(read(bytes({0x82, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF})).fault ==
          status::too_big);
    CHECK(read_client_frame(bytes({0x81, 0x85}), 4).fault == status::too_big);
}

TEST_CASE("what no client may send is refused at its first two bytes") {
    CHECK(read(bytes({0x81, 0x05})).fault == status::protocol_error);    // not masked
    for (const int first : {0xC1, 0xA1, 0x91, 0x83, 0x87, 0x8B, 0x8F}) { // reserved
        CAPTURE(first);
        CHECK(read(bytes({first, 0x80})).fault == status::protocol_error);
    }
    CHECK(read(bytes({0x09, 0x80})).fault == status::protocol_error); // a ping in fragments
    CHECK(read(bytes({0x88, 0xFE})).fault == status::protocol_error); // a close that is too long
}

TEST_CASE("a reason is cut where a control frame ends, between characters") {
    std::string made;
    append_server_close(status::too_big, std::string(122, 'a') + "\xC3\xA1", made);
    CHECK(made == bytes({0x88, 0x7C, 0x03, 0xF1}) + std::string(122, 'a'));
}

TEST_CASE("only statuses that may be sent are read") {
    CHECK(read_close_status("") == status::none_given);
    CHECK(read_close_status(bytes({0x03, 0xE8})) == status::normal);
    CHECK(read_close_status(bytes({0x0B, 0xB8}) + "words") == 3000);
    for (const int low : {0xE7, 0xEC, 0xED, 0xEE, 0xF7}) { // 999, 1004, 1005, 1006, 1015
        CAPTURE(low);
        CHECK_FALSE(read_close_status(bytes({0x03, low})));
    }
    CHECK_FALSE(read_close_status("\x03"));
    CHECK_FALSE(read_close_status(bytes({0x03, 0xE8, 0xFF})));
}

TEST_CASE("a client's frames are masked, and read as they were meant") {
    const std::array<char, 4> mask{'\x37', '\xfa', '\x21', '\x3d'};
    std::string made;
    append_client_frame(websocket_opcode::text, "Hello", mask, made);
    CHECK(made == bytes({0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58}));
    for (const std::size_t size : {std::size_t{0}, std::size_t{126}, std::size_t{65'536}}) {
        CAPTURE(size);
        made.clear();
        append_client_frame(websocket_opcode::binary, std::string(size, 'x'), mask, made);
        CHECK(read(made).size == made.size());
        CHECK(payload(read(made)) == std::string(size, 'x'));
    }
}

TEST_CASE("a server's frames are read, and must not be masked") {
    const std::string come = bytes({0x81, 0x05}) + "Hello" + "more";
    const websocket_reading got = read_server_frame(come, payload_max);
    CHECK(got.size == 7);
    CHECK(payload(got) == "Hello");
    CHECK(read_server_frame(come.substr(0, 6), payload_max).size == 0);
    CHECK(read_server_frame(bytes({0x81, 0x85}), payload_max).fault == status::protocol_error);
    CHECK(read_server_frame(bytes({0x81, 0x05}), 4).fault == status::too_big);
}
