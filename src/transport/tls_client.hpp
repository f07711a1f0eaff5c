// SPDX-License-Identifier: Apache-2.0
// What a client of ours needs of TLS: whom the system trusts, and how the other side showed itself.
// The handshake succeeds with any certificate; whoever drives the stream looks at peer() before a
// byte of its own leaves.
#pragma once

#include <memory>
#include <string>

struct ssl_ctx_st;
struct ssl_st;

namespace tertulia::transport {

struct peer_certificate {
    std::string fingerprint; // SHA-256, "AB:CD:…"; empty: none was shown
    std::string complaint;   // why it is not to be trusted by its issuers; empty: it is
};

class tls_client_context {
public:
    tls_client_context();
    // For tls_stream.
    [[nodiscard]] ssl_ctx_st* native() const { return context_.get(); }

private:
    struct free_context {
        void operator()(ssl_ctx_st* context) const;
    };
    std::unique_ptr<ssl_ctx_st, free_context> context_;
};

[[nodiscard]] peer_certificate certificate_of(const ssl_st* session);

} // namespace tertulia::transport
