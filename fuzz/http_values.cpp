// SPDX-License-Identifier: Apache-2.0
// Any bytes as a Content-Disposition and as a Range: a range lies within the file, and a name that
// we write is the name that is read again.
#include "wire/http_values.hpp"

#include "base/assert.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace tertulia;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::string name = wire::disposition_name(text);
    ASSERT(name.size() <= text.size());
    const std::string written = wire::to_disposition("attachment", text);
    ASSERT(wire::disposition_name(written) == text);
    ASSERT(written.find_first_of("\r\n") == std::string::npos);
    for (const std::uint64_t whole : {0ULL, 1ULL, 1'000ULL, ~0ULL}) {
        if (const auto range = wire::read_range(text, whole).wanted) {
            ASSERT(range->size > 0 && range->first < whole && range->size <= whole - range->first);
        }
    }
    return 0;
}
