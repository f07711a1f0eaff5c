// SPDX-License-Identifier: Apache-2.0
// A password as it was typed, made into the bytes that are hashed, so that one typed on another
// keyboard or system is the same. Knows nothing of hashes; wiping is its caller's (crypto's
// secret_text), but for what ICU copied on its way. Safe from any thread.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace tertulia::base {

enum class password_fault { empty, too_long, not_utf8 };

// SASLprep (RFC 4013). Text that the profile forbids or doesn't know stays as it is: the profile
// ends with Unicode 3.2, so it refuses every emoji and younger script, and controls, private
// characters and mixed directions with them. A refusal would tell people that a good password is a
// bad one; and clients that can't prepare a text send it as it is (RFC 5802, 5.1 leaves no other
// way), so both sides still mean the same bytes. Text that the profile maps to nothing stays too.
[[nodiscard]] std::expected<std::string, password_fault> prepared_password(std::string_view typed);

} // namespace tertulia::base
