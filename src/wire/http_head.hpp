// SPDX-License-Identifier: Apache-2.0
// The head of an HTTP/1.1 request (RFC 9112), read strictly: what two readers could understand in
// two ways is refused, so that nothing can be smuggled past a proxy. Names of fields come in lower
// case. Knows no meaning of a target or of fields but of those that say where the request ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::wire {

struct http_field {
    std::string name; // in lower case
    std::string value;
};

struct http_head {
    std::string method;
    std::string target;    // begins with '/', or is "*"
    std::string authority; // where the target was sent with one; then it is the field Host as well
    int minor_version = 1;
    std::vector<http_field> fields;

    std::optional<std::uint64_t> content_length;
    bool chunked = false;
    bool keep_alive = true;
    bool expects_continue = false;

    // The first field of that name, which is in lower case; empty: none.
    [[nodiscard]] std::string_view field(std::string_view name) const;
    [[nodiscard]] bool has_body() const { return chunked || content_length.value_or(0) > 0; }
};

struct http_reading {
    std::size_t size = 0; // of the whole head; 0: not complete yet, or refused
    unsigned refusal = 0; // the status of the answer; 0: none
    http_head head = {};
};

// What stands at the beginning of `bytes`. A head of more than `size_max` bytes is refused (431).
[[nodiscard]] http_reading read_http_head(std::string_view bytes, std::size_t size_max);

// Is `word` one of the words between commas, without regard to case?
[[nodiscard]] bool has_http_word(std::string_view list, std::string_view word);

} // namespace tertulia::wire
