// SPDX-License-Identifier: Apache-2.0
#include "crypto/code.hpp"

#include "base/assert.hpp"
#include "crypto/digest.hpp"
#include "crypto/sodium.hpp"

#include <sodium.h>

namespace tertulia::crypto {
namespace {

constexpr std::string_view alphabet = "23456789bcdfghjkmnpqrstvwxyz";

std::string bare(std::string_view typed) {
    std::string made;
    for (const char one : typed) {
        if ((one >= '0' && one <= '9') || (one >= 'a' && one <= 'z')) {
            made += one;
        } else if (one >= 'A' && one <= 'Z') {
            made += static_cast<char>(one - 'A' + 'a');
        }
    }
    return made;
}

} // namespace

std::string make_code(code_shape shape) {
    ASSERT(shape.length > 0 && shape.group > 0);
    start_sodium();
    std::string made;
    for (std::size_t at = 0; at < shape.length; ++at) {
        if (at > 0 && at % shape.group == 0) {
            made += '-';
        }
        made += alphabet[randombytes_uniform(static_cast<std::uint32_t>(alphabet.size()))];
    }
    return made;
}

std::string code_digest(std::string_view typed) { return to_hex(sha256(bare(typed))); }

} // namespace tertulia::crypto
