// SPDX-License-Identifier: Apache-2.0
// TCP without anything on top.
#pragma once

#include "transport/stream.hpp"

namespace tertulia::transport {

class plain_stream final : public stream {
public:
    // `socket` is non-blocking and outlives the stream.
    explicit plain_stream(int socket) : socket_(socket) {}

    [[nodiscard]] transfer read(std::span<char> into) override;
    [[nodiscard]] transfer write(std::span<const iovec> pieces) override;
    [[nodiscard]] bool established() const override { return true; }
    void finish() override;

private:
    int socket_;
};

} // namespace tertulia::transport
