// SPDX-License-Identifier: Apache-2.0
#include "transport/tls_stream.hpp"

#include "base/assert.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <sys/socket.h>

namespace tertulia::transport {
namespace {

using record = std::array<char, SSL3_RT_MAX_PLAIN_LENGTH>;

// As many of the pieces' bytes, from `skip` on, as fit into one record.
std::size_t fill(record& into, std::span<const iovec> pieces, std::size_t skip) {
    std::size_t size = 0;
    for (const iovec& piece : pieces) {
        const std::size_t skipped = std::min(skip, piece.iov_len);
        skip -= skipped;
        const std::size_t taken = std::min(piece.iov_len - skipped, into.size() - size);
        std::memcpy(into.data() + size, static_cast<const char*>(piece.iov_base) + skipped, taken);
        size += taken;
    }
    return size;
}

} // namespace

void tls_stream::free_ssl::operator()(ssl_st* session) const { SSL_free(session); }

tls_stream::tls_stream(int socket, const tls_context& context)
    : socket_(socket), session_(SSL_new(context.native())) {
    ASSERT(session_ != nullptr);
    broken_ = SSL_set_fd(session_.get(), socket) != 1;
    SSL_set_accept_state(session_.get());
}

tls_stream::tls_stream(int socket, const tls_client_context& context, const std::string& host)
    : socket_(socket), session_(SSL_new(context.native())) {
    ASSERT(session_ != nullptr);
    broken_ = SSL_set_fd(session_.get(), socket) != 1;
    X509_VERIFY_PARAM* const wish = SSL_get0_param(session_.get());
    if (X509_VERIFY_PARAM_set1_ip_asc(wish, host.c_str()) != 1) { // no address: a name
        X509_VERIFY_PARAM_set_hostflags(wish, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        broken_ = broken_ || SSL_set1_host(session_.get(), host.c_str()) != 1 ||
                  SSL_ctrl(session_.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                           const_cast<char*>(host.c_str())) != 1;
    }
    SSL_set_connect_state(session_.get());
}

transfer tls_stream::read(std::span<char> into) {
    if (broken_) {
        return {outcome::failed};
    }
    ERR_clear_error();
    std::size_t moved = 0;
    const int returned = SSL_read_ex(session_.get(), into.data(), into.size(), &moved);
    return result_of(returned, moved);
}

// One record after the other, so that many small pieces cost one record and one system call.
transfer tls_stream::write(std::span<const iovec> pieces) {
    if (broken_) {
        return {outcome::failed};
    }
    record plain;
    std::size_t total = 0;
    while (const std::size_t size = fill(plain, pieces, total)) {
        ERR_clear_error();
        std::size_t moved = 0;
        const int returned = SSL_write_ex(session_.get(), plain.data(), size, &moved);
        if (returned != 1) {
            const transfer stopped = result_of(returned, 0);
            return total > 0 && !broken_ ? transfer{outcome::moved, total} : stopped;
        }
        total += moved;
    }
    return {outcome::moved, total};
}

bool tls_stream::established() const { return SSL_is_init_finished(session_.get()) == 1; }

void tls_stream::finish() {
    if (!broken_ && established()) {
        ERR_clear_error();
        SSL_shutdown(session_.get());
    }
    ::shutdown(socket_, SHUT_WR);
}

peer_certificate tls_stream::peer() const { return certificate_of(session_.get()); }

transfer tls_stream::result_of(int returned, std::size_t moved) {
    if (returned == 1) {
        return {outcome::moved, moved};
    }
    switch (SSL_get_error(session_.get(), returned)) {
    case SSL_ERROR_WANT_READ: return {outcome::wait_read};
    case SSL_ERROR_WANT_WRITE: return {outcome::wait_write};
    case SSL_ERROR_ZERO_RETURN: return {outcome::end};
    default: broken_ = true; return {outcome::failed};
    }
}

} // namespace tertulia::transport
