// SPDX-License-Identifier: Apache-2.0
// The body of an HTTP/1.1 request as its head announced it: so many bytes, or in chunks (RFC 9112,
// 7.1). Chunk extensions and trailers are refused: nobody needs them, and readers differ over them.
//
//     while (!body.ended() && !bytes.empty()) {
//         const auto piece = body.take(bytes);   // piece.payload, a view; piece.taken may be 0
//     }
#pragma once

#include "wire/http_head.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tertulia::wire {

class http_body {
public:
    http_body() = default; // none: ended
    explicit http_body(const http_head& of);

    struct piece {
        std::size_t taken = 0;
        std::string_view payload = {};
        bool malformed = false;
    };
    // One piece of it. Nothing taken: more bytes are needed.
    [[nodiscard]] piece take(std::string_view bytes);

    [[nodiscard]] bool ended() const { return at_ == place::end; }
    // The payload so far.
    [[nodiscard]] std::uint64_t size() const { return size_; }

private:
    enum class place : std::uint8_t { data, chunk_size, chunk_data, chunk_end, last_line, end };

    [[nodiscard]] piece take_line(std::string_view bytes);
    [[nodiscard]] piece take_data(std::string_view bytes);

    place at_ = place::end;
    std::uint64_t left_ = 0; // of the body or of its chunk
    std::uint64_t size_ = 0;
};

} // namespace tertulia::wire
