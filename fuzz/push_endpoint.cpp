// SPDX-License-Identifier: Apache-2.0
// Any bytes as a push service's address: what is read has nothing that would end a line of a
// request or lead elsewhere, and reads the same again.
#include "wire/push_endpoint.hpp"

#include "base/assert.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace tertulia;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto found = wire::read_push_endpoint(text);
    if (!found) {
        return 0;
    }
    const std::string whole = found->origin() + found->target;
    for (const char one : whole) {
        ASSERT(one > ' ' && one < 0x7F);
    }
    ASSERT(!found->host.empty() && found->port > 0 && found->target.starts_with('/'));
    ASSERT(whole.find_first_of("\"\\#") == std::string::npos);
    ASSERT(found->host.find_first_of("@/?%") == std::string::npos);
    const auto again = wire::read_push_endpoint(whole);
    ASSERT(again && again->origin() == found->origin() && again->target == found->target);
    return 0;
}
