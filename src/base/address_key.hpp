// SPDX-License-Identifier: Apache-2.0
// By what an address is counted where there is a limit for each: an IPv6 user has a whole /64 (RFC
// 6177), which is one.
#pragma once

#include <cstdint>
#include <string_view>

namespace tertulia::base {

// Of what is no address: of its text.
[[nodiscard]] std::uint64_t address_key(std::string_view address);

} // namespace tertulia::base
