// SPDX-License-Identifier: Apache-2.0
// A connected byte stream that never waits: plain TCP or TLS. It does not own its socket and starts
// no waiting; whoever drives it waits for what an outcome asks for and calls again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <sys/uio.h>

namespace tertulia::transport {

enum class outcome : std::uint8_t {
    moved,      // `size` bytes went through, at least one
    wait_read,  // nothing before the socket is readable
    wait_write, // nothing before the socket is writable
    end,        // the other side will send nothing more
    failed,     // the connection is broken
};

struct transfer {
    outcome what;
    std::size_t size = 0;
};

class stream {
public:
    virtual ~stream() = default;

    // `into` is not empty. A transfer that fills it may have left more behind that no readiness of
    // the socket tells of.
    [[nodiscard]] virtual transfer read(std::span<char> into) = 0;

    // Writes what it can of the pieces, in order. After wait_read or wait_write the next call
    // begins with the same bytes again; more may follow them.
    [[nodiscard]] virtual transfer write(std::span<const iovec> pieces) = 0;

    // False until a handshake, where there is one, has been completed.
    [[nodiscard]] virtual bool established() const = 0;

    // The SHA-256 of the certificate that the other side showed and has the key of, in 64
    // hexadecimal digits; empty: it showed none. Known once established.
    [[nodiscard]] virtual std::string certificate() const { return {}; }

    // Nothing more will be written; the other side is told so.
    virtual void finish() = 0;
};

} // namespace tertulia::transport
