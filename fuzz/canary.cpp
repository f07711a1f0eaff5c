// SPDX-License-Identifier: Apache-2.0
// Fails, for an input that only a fuzzer that sees what the code does will find: as long as it is
// found, a quiet run of the others means something.
#include "base/assert.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (bytes.size() >= 4 && bytes[0] == 'P' && bytes[1] == 'I' && bytes[2] == 'N') {
        ASSERT(bytes[3] != 'G');
    }
    return 0;
}
