// SPDX-License-Identifier: Apache-2.0
#include "transport/tls_stream.hpp"

#include "temporary_folder.hpp"
#include "transport/self_signed.hpp"
#include "transport/socket.hpp"

#include <doctest/doctest.h>
#include <openssl/ssl.h>

#include <array>
#include <csignal>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using namespace tertulia;
using transport::outcome;

namespace {

// A TLS server's stream and OpenSSL's own client on the two ends of a socket pair, both
// non-blocking.
struct conversation : tests::temporary_folder {
    conversation() {
        std::signal(SIGPIPE, SIG_IGN);
        REQUIRE(transport::make_self_signed(file("c"), file("k"), "tertulia.test"));
        context = *transport::tls_context::load(file("c"), file("k"));
        std::array<int, 2> ends{};
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0);
        near = transport::descriptor(ends[0]);
        far = transport::descriptor(ends[1]);
        server = std::make_unique<transport::tls_stream>(near.number(), *context);
        rules = SSL_CTX_new(TLS_client_method());
        client = SSL_new(rules);
        SSL_set_fd(client, far.number());
        SSL_set_connect_state(client);
    }
    ~conversation() {
        SSL_free(client);
        SSL_CTX_free(rules);
    }
    void shake_hands() {
        for (int i = 0; i < 10 && (!server->established() || !SSL_is_init_finished(client)); ++i) {
            SSL_do_handshake(client);
            read();
        }
        REQUIRE(server->established());
    }
    transport::transfer read() {
        std::array<char, 4096> buffer{};
        const transport::transfer got = server->read(buffer);
        received.append(buffer.data(), got.size);
        return got;
    }
    transport::transfer write(std::vector<std::string_view> texts) {
        std::vector<iovec> pieces;
        for (const std::string_view text : texts) {
            pieces.push_back({const_cast<char*>(text.data()), text.size()});
        }
        return server->write(pieces);
    }
    std::string client_reads() {
        std::string all;
        std::array<char, 4096> buffer{};
        for (int got = 0; (got = SSL_read(client, buffer.data(), buffer.size())) > 0;) {
            all.append(buffer.data(), static_cast<std::size_t>(got));
        }
        return all;
    }

    std::shared_ptr<const transport::tls_context> context;
    transport::descriptor near, far;
    std::unique_ptr<transport::tls_stream> server;
    SSL_CTX* rules = nullptr;
    SSL* client = nullptr;
    std::string received;
};

} // namespace

TEST_CASE("the handshake happens in the first reads, and then bytes go both ways") {
    conversation of;
    CHECK(of.read().what == outcome::wait_read);
    CHECK_FALSE(of.server->established());
    of.shake_hands();
    SSL_write(of.client, "hola", 4);
    CHECK(of.read().what == outcome::moved);
    CHECK(of.received == "hola");
    CHECK(of.write({"qué", " ", "tal"}).size == 8);
    CHECK(of.client_reads() == "qué tal");
}

TEST_CASE("a write before the handshake waits for the other side") {
    conversation of;
    CHECK(of.write({"early"}).what == outcome::wait_read);
    of.shake_hands();
    CHECK(of.write({"early"}).what == outcome::moved);
    CHECK(of.client_reads() == "early");
}

TEST_CASE("a write that would block goes on where it stopped, also with more behind it") {
    conversation of;
    of.shake_hands();
    const std::string all(5'000'000, 'x');
    std::string read;
    std::string_view left(all);
    int blocked = 0;
    while (!left.empty()) {
        const auto done = of.write({left.substr(0, 1), left.substr(1, 70'000)});
        REQUIRE((done.what == outcome::moved || done.what == outcome::wait_write));
        left.remove_prefix(done.size);
        if (done.what == outcome::wait_write) {
            ++blocked;
            read += of.client_reads();
        }
    }
    CHECK(blocked > 0);
    CHECK(read + of.client_reads() == all);
}

TEST_CASE("what is no TLS fails, and stays failed") {
    conversation of;
    REQUIRE(::write(of.far.number(), "NICK ana\r\nUSER a 0 * :a\r\n", 25) == 25);
    CHECK(of.read().what == outcome::failed);
    CHECK(of.read().what == outcome::failed);
    CHECK(of.write({"text"}).what == outcome::failed);
}

TEST_CASE("the other side's end is an end, said in TLS or by closing") {
    conversation said;
    said.shake_hands();
    SSL_shutdown(said.client);
    CHECK(said.read().what == outcome::end);
    conversation closed;
    closed.shake_hands();
    ::shutdown(closed.far.number(), SHUT_WR);
    CHECK(closed.read().what == outcome::end);
}

TEST_CASE("finishing tells the other side so") {
    conversation of;
    of.shake_hands();
    of.server->finish();
    CHECK(of.client_reads().empty());
    CHECK(SSL_get_shutdown(of.client) == SSL_RECEIVED_SHUTDOWN);
}

TEST_CASE("TLS older than 1.2 is not spoken") {
    conversation of;
    SSL_set_max_proto_version(of.client, TLS1_1_VERSION);
    SSL_set_cipher_list(of.client, "ALL:@SECLEVEL=0");
    SSL_do_handshake(of.client);
    CHECK(of.read().what == outcome::failed);
}

TEST_CASE("a client's certificate is known by its SHA-256, and who shows none is not turned away") {
    conversation without;
    without.shake_hands();
    CHECK(without.server->certificate().empty());
    conversation of;
    REQUIRE(SSL_use_certificate_file(of.client, of.file("c").c_str(), SSL_FILETYPE_PEM) == 1);
    REQUIRE(SSL_use_PrivateKey_file(of.client, of.file("k").c_str(), SSL_FILETYPE_PEM) == 1);
    of.shake_hands();
    const std::string shown = of.server->certificate();
    CHECK(shown.size() == 64);
    CHECK(shown.find_first_not_of("0123456789abcdef") == std::string::npos);
    SSL_write(of.client, "hola", 4);
    CHECK(of.read().what == outcome::moved);
}
