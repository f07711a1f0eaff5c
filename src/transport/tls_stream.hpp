// SPDX-License-Identifier: Apache-2.0
// TLS over a non-blocking socket, the server's side or a client's. The handshake is part of the
// first reads and writes. An idle stream holds no record buffers.
#pragma once

#include "transport/stream.hpp"
#include "transport/tls_client.hpp"
#include "transport/tls_context.hpp"

#include <memory>

namespace tertulia::transport {

class tls_stream final : public stream {
public:
    // `socket` is non-blocking and outlives the stream. The thread ignores or blocks SIGPIPE:
    // OpenSSL writes without MSG_NOSIGNAL.
    tls_stream(int socket, const tls_context& context);
    // A client's: `host` is who the other side should be.
    tls_stream(int socket, const tls_client_context& context, const std::string& host);

    [[nodiscard]] transfer read(std::span<char> into) override;
    [[nodiscard]] transfer write(std::span<const iovec> pieces) override;
    [[nodiscard]] bool established() const override;
    void finish() override;

    // Who the other side of a client's stream is, once established.
    [[nodiscard]] peer_certificate peer() const;

private:
    struct free_ssl {
        void operator()(ssl_st* session) const;
    };
    [[nodiscard]] transfer result_of(int returned, std::size_t moved);

    int socket_;
    bool broken_ = false; // OpenSSL forbids any call after a fatal error
    std::unique_ptr<ssl_st, free_ssl> session_;
};

} // namespace tertulia::transport
