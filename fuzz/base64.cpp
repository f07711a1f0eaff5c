// SPDX-License-Identifier: Apache-2.0
// Any bytes as Base64: either refused, or the one spelling of what they stand for; and any bytes
// come back from their own spelling.
#include "base/base64.hpp"

#include "base/assert.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace tertulia;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto decoded = base::from_base64(bytes);
    ASSERT(!decoded || base::to_base64(*decoded) == bytes);
    ASSERT(base::from_base64(base::to_base64(bytes)) == bytes);
    return 0;
}
