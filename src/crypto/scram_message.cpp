// SPDX-License-Identifier: Apache-2.0
#include "crypto/scram_message.hpp"

#include "base/ascii.hpp"
#include "base/assert.hpp"
#include "base/base64.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "crypto/secret.hpp"

#include <algorithm>
#include <cstddef>

namespace tertulia::crypto {
namespace {

constexpr std::size_t nonce_bytes = 18;

bool begin_with(const std::vector<scram_attribute>& attributes, std::string_view letters) {
    return attributes.size() >= letters.size() &&
           std::ranges::equal(letters.begin(), letters.end(), attributes.begin(),
                              attributes.begin() + static_cast<std::ptrdiff_t>(letters.size()), {},
                              {}, &scram_attribute::letter);
}

bool has(const std::vector<scram_attribute>& attributes, char letter) {
    return std::ranges::find(attributes, letter, &scram_attribute::letter) != attributes.end();
}

} // namespace

bool is_scram_text(std::string_view message) {
    return message.size() <= base::limits::scram_message_size_max && !message.contains('\0') &&
           base::valid_utf8(message);
}

std::expected<std::vector<scram_attribute>, scram_grammar_fault>
scram_attributes(std::string_view text, std::string_view letters) {
    std::vector<scram_attribute> found;
    for (bool more = true; more;) {
        const std::size_t end = text.find(',');
        const std::string_view one = text.substr(0, end);
        more = end != std::string_view::npos;
        text.remove_prefix(more ? end + 1 : text.size());
        if (one.size() < 3 || !base::is_ascii_letter(one[0]) || one[1] != '=' ||
            has(found, one[0])) {
            return std::unexpected(scram_grammar_fault::malformed);
        }
        if (one[0] == 'm') {
            return std::unexpected(scram_grammar_fault::extension);
        }
        found.push_back({one[0], one.substr(2)});
    }
    if (!begin_with(found, letters)) {
        return std::unexpected(scram_grammar_fault::malformed);
    }
    return found;
}

std::string to_scram_name(std::string_view name) {
    std::string made;
    for (const char one : name) {
        if (one == ',') {
            made += "=2C";
        } else if (one == '=') {
            made += "=3D";
        } else {
            made += one;
        }
    }
    return made;
}

std::optional<std::string> from_scram_name(std::string_view name) {
    std::string made;
    while (!name.empty()) {
        if (name.front() == '=') {
            const bool comma = name.starts_with("=2C");
            if (!comma && !name.starts_with("=3D")) {
                return std::nullopt;
            }
            made += comma ? ',' : '=';
            name.remove_prefix(3);
        } else {
            made += name.front();
            name.remove_prefix(1);
        }
    }
    return made.empty() ? std::nullopt : std::optional(made);
}

bool is_scram_nonce(std::string_view nonce) {
    return std::ranges::all_of(nonce,
                               [](char one) { return one >= '!' && one <= '~' && one != ','; });
}

std::string make_scram_nonce() { return base::to_base64(random_bytes(nonce_bytes)); }

std::string exclusive_or(std::string_view a, std::string_view b) {
    ASSERT(a.size() == b.size());
    std::string made(a);
    for (std::size_t at = 0; at < made.size(); ++at) {
        made[at] = static_cast<char>(made[at] ^ b[at]);
    }
    return made;
}

} // namespace tertulia::crypto
