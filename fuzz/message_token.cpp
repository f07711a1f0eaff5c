// SPDX-License-Identifier: Apache-2.0
// Any bytes as a message's token: either refused, or the very token that its number has.
#include "crypto/message_token.hpp"

#include "base/assert.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

using namespace tertulia;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const crypto::message_tokens tokens("0123456789abcdef");
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    std::string written;
    if (const auto number = tokens.number(bytes)) {
        tokens.append(*number, written);
        ASSERT(written == bytes);
    }
    std::uint64_t number = 0;
    std::memcpy(&number, data, size < sizeof number ? size : sizeof number);
    written.clear();
    tokens.append(number, written);
    ASSERT(tokens.number(written) == number);
    return 0;
}
