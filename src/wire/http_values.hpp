// SPDX-License-Identifier: Apache-2.0
// Values of HTTP fields that have a grammar of their own: the name of a file, and the part of it
// that is wanted. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::wire {

// The file's name in a Content-Disposition (RFC 6266, 4.1), as its sender spelt it: `filename*`
// goes before `filename`. Empty where there is none. It may be hostile.
[[nodiscard]] std::string disposition_name(std::string_view field);

// The other way: "inline" or "attachment", with a name that is UTF-8, in both spellings.
[[nodiscard]] std::string to_disposition(std::string_view kind, std::string_view name);

// Bytes that stand for themselves in a path are kept, the others become %41 (RFC 3986, 2).
[[nodiscard]] std::string percent_encoded(std::string_view text);

struct byte_range {
    std::uint64_t first = 0;
    std::uint64_t size = 0;
    friend bool operator==(const byte_range&, const byte_range&) = default;
};
enum class range_fault {
    none_wanted,   // no range, several, or none that makes sense: the whole is served
    unsatisfiable, // it lies behind the end (416)
};
// RFC 9110, 14.1.2, for something of `size` bytes.
struct range_reading {
    std::optional<byte_range> wanted;
    range_fault fault = range_fault::none_wanted;
};
[[nodiscard]] range_reading read_range(std::string_view field, std::uint64_t size);

} // namespace tertulia::wire
