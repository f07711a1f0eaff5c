// SPDX-License-Identifier: Apache-2.0
// The network's TLS listeners, against OpenSSL's own client.
#include "net/house.hpp"
#include "temporary_folder.hpp"
#include "transport/self_signed.hpp"

#include <doctest/doctest.h>
#include <openssl/ssl.h>

using namespace tertulia;
using net::house;
using transport::tcp_client;

namespace {

struct tls_client {
    explicit tls_client(std::uint16_t port) : tcp(port) {
        SSL_set_fd(session.get(), tcp.socket());
        REQUIRE(SSL_connect(session.get()) == 1);
    }
    void says(const std::string& text) {
        REQUIRE(SSL_write(session.get(), text.data(), static_cast<int>(text.size())) > 0);
    }
    std::string hears(std::size_t size) {
        std::string all(size, '\0');
        std::size_t have = 0;
        for (std::size_t got = 0;
             have < size && SSL_read_ex(session.get(), &all[have], size - have, &got) == 1;) {
            have += got;
        }
        return all.substr(0, have);
    }
    std::string server_key() {
        X509* const shown = SSL_get0_peer_certificate(session.get());
        unsigned char* bytes = nullptr;
        const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(shown), &bytes);
        std::string key(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
        OPENSSL_free(bytes);
        return key;
    }

    tcp_client tcp;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> rules{SSL_CTX_new(TLS_client_method()),
                                                            SSL_CTX_free};
    std::unique_ptr<SSL, decltype(&SSL_free)> session{SSL_new(rules.get()), SSL_free};
};

struct secure_house {
    tests::temporary_folder files;
    net::listener_options listener = net::toy_listener();
    std::unique_ptr<house> at;

    secure_house() {
        listener.certificate = files.file("certificate.pem");
        listener.key = files.file("key.pem");
        make_certificate();
        at = std::make_unique<house>(net::options{}, std::vector{listener});
    }
    void make_certificate() const {
        std::filesystem::remove(listener.certificate);
        std::filesystem::remove(listener.key);
        REQUIRE(transport::make_self_signed(listener.certificate, listener.key, "tertulia.test"));
    }
    [[nodiscard]] base::result<void> reload() const {
        return at->net->reload({.send_queue_max = 1'000'000,
                                .send_stall_max = std::chrono::seconds(60),
                                .unregistered_per_address_max = 50,
                                .connections_per_second_max = 200});
    }
};

} // namespace

TEST_CASE("a client on TLS is answered, small and large") {
    secure_house of;
    tls_client ana(of.at->port());
    ana.says("echo hola\n");
    CHECK(ana.hears(5) == "hola\n");
    const std::string large(14'000, 'x');
    for (int i = 0; i < 20; ++i) {
        ana.says("echo " + large + "\n");
        CHECK((ana.hears(14'001) == large + "\n"));
    }
}

TEST_CASE("a listing fills many TLS records and arrives whole") {
    secure_house of;
    tls_client ana(of.at->port());
    ana.says("list 100000\necho after\n");
    CHECK(ana.hears(588'890 + 6).ends_with("99999\nafter\n"));
}

TEST_CASE("a reload gives newcomers the new certificate and disconnects nobody") {
    secure_house of;
    tls_client before(of.at->port());
    of.make_certificate();
    REQUIRE(of.reload());
    before.says("echo still here\n");
    CHECK(before.hears(11) == "still here\n");
    tls_client after(of.at->port());
    CHECK(after.server_key() != before.server_key());
}

TEST_CASE("a reload with a broken certificate is an error and changes nothing") {
    secure_house of;
    of.files.write("certificate.pem", "no certificate");
    const auto reloaded = of.reload();
    REQUIRE_FALSE(reloaded.has_value());
    CHECK(reloaded.error().sentence.starts_with(of.listener.certificate));
    tls_client ana(of.at->port());
    ana.says("echo hola\n");
    CHECK(ana.hears(5) == "hola\n");
}

TEST_CASE("a certificate that is not there keeps the network from opening") {
    net::listener_options listener = net::toy_listener();
    listener.certificate = listener.key = "/nowhere/certificate.pem";
    const auto opened = net::network::open({listener}, {}, nullptr);
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().sentence.starts_with("The TLS certificate /nowhere/certificate.pem"));
}

TEST_CASE("what is no TLS is closed, and others are served on") {
    secure_house of;
    tcp_client lost(of.at->port());
    lost.says("NICK ana\r\nUSER ana 0 * :Ana\r\n");
    CHECK_FALSE(lost.rest().ends_with("…"));
    tls_client ana(of.at->port());
    ana.says("echo hola\n");
    CHECK(ana.hears(5) == "hola\n");
}

TEST_CASE("a TLS hello on a plain port harms nobody") {
    house at;
    tcp_client lost(at.port());
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> rules{SSL_CTX_new(TLS_client_method()),
                                                            SSL_CTX_free};
    std::unique_ptr<SSL, decltype(&SSL_free)> session{SSL_new(rules.get()), SSL_free};
    lost.patience(std::chrono::milliseconds(100));
    SSL_set_fd(session.get(), lost.socket());
    CHECK(SSL_connect(session.get()) != 1);
    tcp_client ana(at.port());
    ana.says("echo hola\n");
    CHECK(ana.line() == "hola\n");
}

TEST_CASE("a stop is said over TLS as well") {
    secure_house of;
    tls_client ana(of.at->port());
    tcp_client silent(of.at->port()); // never shakes hands
    ana.says("echo in\n");
    REQUIRE(ana.hears(3) == "in\n");
    of.at->net->stop("closing time", std::chrono::milliseconds(500));
    CHECK(ana.hears(100) == "farewell: closing time\n");
}
