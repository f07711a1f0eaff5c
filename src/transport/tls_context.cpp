// SPDX-License-Identifier: Apache-2.0
#include "transport/tls_context.hpp"

#include "base/assert.hpp"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include <fstream>

namespace tertulia::transport {
namespace {

// Mozilla's "intermediate" list for TLS 1.2; those of TLS 1.3 are all good.
constexpr const char* ciphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

bool readable(const std::string& path) { return std::ifstream(path).good(); }

} // namespace

void tls_context::free_context::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }

tls_context::tls_context() : context_(SSL_CTX_new(TLS_server_method())) {
    SSL_CTX* const context = context_.get();
    ASSERT(context != nullptr);
    ASSERT(SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1);
    ASSERT(SSL_CTX_set_cipher_list(context, ciphers) == 1);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                     SSL_OP_IGNORE_UNEXPECTED_EOF);
    // A client may show a certificate, whoever signed it: what counts is that it has the key, which
    // the handshake proves. Nobody is turned away for having none.
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, [](int, X509_STORE_CTX*) { return 1; });
    const unsigned char same_server = 1; // tickets of clients with certificates need a name
    ASSERT(SSL_CTX_set_session_id_context(context, &same_server, 1) == 1);
    // A chat's connections are few and long: resumption by one ticket, no cache of sessions.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 1);
}

base::result<std::shared_ptr<const tls_context>>
tls_context::load(const std::string& certificate_path, const std::string& key_path) {
    const auto unreadable = [](std::string_view what, const std::string& path) {
        return base::failure(fmt::format(
            "The TLS {} {} cannot be read: check that the file is there and may be read.", what,
            path));
    };
    if (!readable(certificate_path)) {
        return unreadable("certificate", certificate_path);
    }
    if (!readable(key_path)) {
        return unreadable("key", key_path);
    }
    std::shared_ptr<tls_context> made(new tls_context);
    SSL_CTX* const context = made->context_.get();
    if (SSL_CTX_use_certificate_chain_file(context, certificate_path.c_str()) != 1) {
        return base::failure(
            fmt::format("{} holds no TLS certificate that can be used: a PEM file is expected.",
                        certificate_path));
    }
    // A key that is sound but not the certificate's is refused by the same call.
    if (SSL_CTX_use_PrivateKey_file(context, key_path.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(context) != 1) {
        return base::failure(fmt::format("{} does not hold the key of the certificate {}: a PEM "
                                         "file without a password is expected.",
                                         key_path, certificate_path));
    }
    return made;
}

} // namespace tertulia::transport
