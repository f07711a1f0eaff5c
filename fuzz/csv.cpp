// SPDX-License-Identifier: Apache-2.0
// Any bytes as a table: either none, or read the same when it is written.
#include "wire/csv.hpp"

#include "base/assert.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace tertulia;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto table = wire::parse_csv({reinterpret_cast<const char*>(data), size});
    if (!table) {
        return 0;
    }
    for (const wire::csv_row& row : *table) {
        const auto again = wire::parse_csv("first,line\n" + wire::to_csv_line(row) + "\n");
        ASSERT(again && again->size() == 2 && again->back() == row);
    }
    return 0;
}
