// SPDX-License-Identifier: Apache-2.0
// SASL over IRC (IRCv3 sasl-3.1, sasl-3.2): which mechanisms there are, and how a message is cut
// into lines of base64.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::irc {

struct settings;

enum class sasl_mechanism : std::uint8_t { plain, scram_sha_256, external };

// Is there anything that EXTERNAL could prove?
enum class outside_proof : std::uint8_t { none, there };

// "PLAIN,SCRAM-SHA-256", as the capability and RPL_SASLMECHS list them.
[[nodiscard]] std::string_view sasl_mechanisms(const settings& by, outside_proof outside);
[[nodiscard]] std::optional<sasl_mechanism>
find_sasl_mechanism(const settings& by, outside_proof outside, std::string_view name);

// What is said in PLAIN (RFC 4616): who wants to act as whom, and the password.
struct sasl_plain {
    std::string authorization; // empty: the same
    std::string account;
    std::string password;
};
[[nodiscard]] std::optional<sasl_plain> read_sasl_plain(std::string_view message);

// The parameters of the AUTHENTICATE lines that carry a message.
[[nodiscard]] std::vector<std::string> sasl_lines(std::string_view message);

// Bytes of base64 in a full line; a shorter one is the last, and "+" is none.
inline constexpr std::size_t sasl_line_size = 400;

} // namespace tertulia::irc
