// SPDX-License-Identifier: Apache-2.0
#include "crypto/secret.hpp"

#include "crypto/sodium.hpp"

#include <sodium.h>

namespace tertulia::crypto {

std::string random_bytes(std::size_t count) {
    start_sodium();
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

bool equal_secrets(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

secret_text::secret_text(std::string&& plain) : bytes_(plain.begin(), plain.end()) {
    sodium_memzero(plain.data(), plain.size());
    plain.clear();
}

secret_text::~secret_text() { sodium_memzero(bytes_.data(), bytes_.size()); }

secret_text& secret_text::operator=(secret_text&& other) noexcept {
    bytes_.swap(other.bytes_); // what was here is wiped when `other` ends
    return *this;
}

} // namespace tertulia::crypto
