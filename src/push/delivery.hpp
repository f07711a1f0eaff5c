// SPDX-License-Identifier: Apache-2.0
// One push, from the connection to the push service's answer (RFC 8030, 5). Follows no redirect and
// reads no more of the answer than how it begins.
#pragma once

#include "crypto/push_identity.hpp"
#include "push/parcel.hpp"
#include "push/reach.hpp"
#include "transport/tls_client.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::push {

enum class verdict : std::uint8_t {
    taken,
    gone,  // the device is no more (404, 410)
    later, // nobody answered, or is too busy (429, 5xx)
    never, // it was refused for good, or leads where nobody may have us go
};
[[nodiscard]] verdict verdict_of(int status);

// The status at the start of an answer; 0: it is none.
[[nodiscard]] int read_status(std::string_view answer);

// What every delivery goes by. The trusted are origins (wire/push_endpoint.hpp).
struct route {
    const crypto::push_identity& identity;
    const transport::tls_client_context& tls;
    const std::vector<std::string>& trusted;
    finder find;
};

// The whole request, but nothing where the device's key is none.
[[nodiscard]] std::string request_of(const parcel& what, const wire::push_endpoint& to,
                                     const crypto::push_identity& identity, base::wall_time now);

// Waits for the answer, as long as its patience lasts.
[[nodiscard]] verdict deliver(const parcel& what, const route& by, base::wall_time now,
                              const patience& with);

} // namespace tertulia::push
