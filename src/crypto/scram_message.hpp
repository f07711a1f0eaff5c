// SPDX-License-Identifier: Apache-2.0
// The grammar that both sides of SCRAM share (RFC 5802, 5.1 and 7): attributes "x=value" with
// commas between them, names with the comma and the equals sign escaped, and nonces. Pure.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::crypto {

struct scram_attribute {
    char letter = '\0';
    std::string_view value; // into the message
};

// `extension`: an attribute "m", which whoever doesn't know it must fail at (5.1).
enum class scram_grammar_fault { malformed, extension };

// UTF-8 without NUL, of no more than scram_message_size_max bytes.
[[nodiscard]] bool is_scram_text(std::string_view message);

// The attributes of `text`, none empty, none twice, beginning with those of `letters`. Others that
// follow are extensions, which may be passed over.
[[nodiscard]] std::expected<std::vector<scram_attribute>, scram_grammar_fault>
scram_attributes(std::string_view text, std::string_view letters);

// "saslname": "=2C" and "=3D" stand for ',' and '='. Nothing for an empty name or another '='.
[[nodiscard]] std::string to_scram_name(std::string_view name);
[[nodiscard]] std::optional<std::string> from_scram_name(std::string_view name);

// Whether all of it is printable ASCII but for the comma.
[[nodiscard]] bool is_scram_nonce(std::string_view nonce);

// 24 characters; each exchange needs a new one from each side.
[[nodiscard]] std::string make_scram_nonce();

// Of two texts of the same length.
[[nodiscard]] std::string exclusive_or(std::string_view a, std::string_view b);

} // namespace tertulia::crypto
