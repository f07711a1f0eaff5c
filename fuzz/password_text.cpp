// SPDX-License-Identifier: Apache-2.0
// Any bytes as a password: refused for what they are, or prepared; and what is prepared stays so,
// since a client may have prepared it too.
#include "base/password_text.hpp"

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace tertulia;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view typed(reinterpret_cast<const char*>(data), size);
    const auto prepared = base::prepared_password(typed);
    const bool fits = !typed.empty() && typed.size() <= base::limits::password_size_max;
    ASSERT(prepared.has_value() == (fits && base::valid_utf8(typed)));
    if (prepared && prepared->size() <= base::limits::password_size_max) {
        ASSERT(!prepared->empty() && base::valid_utf8(*prepared));
        ASSERT(base::prepared_password(*prepared) == *prepared);
    }
    return 0;
}
