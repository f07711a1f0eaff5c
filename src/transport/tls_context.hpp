// SPDX-License-Identifier: Apache-2.0
// What the connections of one TLS listener share: certificate, key and the rules (TLS 1.2 and
// newer, forward secrecy only). Immutable, so any thread may use it; a reload makes another one.
#pragma once

#include "base/result.hpp"

#include <memory>
#include <string>

struct ssl_ctx_st;
struct ssl_st;

namespace tertulia::transport {

class tls_context {
public:
    // Both are PEM files; the first may go on with the chain of its issuers.
    [[nodiscard]] static base::result<std::shared_ptr<const tls_context>>
    load(const std::string& certificate_path, const std::string& key_path);

    // For tls_stream.
    [[nodiscard]] ssl_ctx_st* native() const { return context_.get(); }

private:
    struct free_context {
        void operator()(ssl_ctx_st* context) const;
    };
    tls_context();

    std::unique_ptr<ssl_ctx_st, free_context> context_;
};

} // namespace tertulia::transport
