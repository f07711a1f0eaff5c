// SPDX-License-Identifier: Apache-2.0
#include "transport/tls_client.hpp"

#include "base/assert.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <span>

namespace tertulia::transport {

void tls_client_context::free_context::operator()(ssl_ctx_st* context) const {
    SSL_CTX_free(context);
}

tls_client_context::tls_client_context() : context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX* const context = context_.get();
    ASSERT(context != nullptr);
    ASSERT(SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1);
    SSL_CTX_set_default_verify_paths(context); // where there are none, nobody is trusted
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                     SSL_OP_IGNORE_UNEXPECTED_EOF);
}

peer_certificate certificate_of(const ssl_st* session) {
    const X509* const shown = SSL_get0_peer_certificate(session);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (shown == nullptr || X509_digest(shown, EVP_sha256(), digest.data(), &size) != 1) {
        return {.fingerprint = "", .complaint = "no certificate"};
    }
    const long verdict = SSL_get_verify_result(session);
    return {.fingerprint = fmt::format("{:02X}", fmt::join(std::span(digest).first(size), ":")),
            .complaint = verdict == X509_V_OK ? "" : X509_verify_cert_error_string(verdict)};
}

} // namespace tertulia::transport
