// SPDX-License-Identifier: Apache-2.0
// What secrets need: random bytes, comparison in constant time, and a text that is wiped. By
// libsodium; the functions are safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::crypto {

[[nodiscard]] std::string random_bytes(std::size_t count);
[[nodiscard]] bool equal_secrets(std::string_view a, std::string_view b);

// A password, or a key made of one, for as long as it is needed: it can be moved but not copied,
// and nothing of it stays in memory when it ends.
class secret_text {
public:
    secret_text() = default;
    // Wipes `plain`.
    explicit secret_text(std::string&& plain);
    ~secret_text();
    secret_text(secret_text&&) noexcept = default;
    secret_text& operator=(secret_text&& other) noexcept;
    secret_text(const secret_text&) = delete;
    secret_text& operator=(const secret_text&) = delete;

    // Never a null pointer, which libsodium doesn't take even for no bytes.
    [[nodiscard]] std::string_view view() const {
        return bytes_.empty() ? std::string_view("")
                              : std::string_view(bytes_.data(), bytes_.size());
    }

private:
    std::vector<char> bytes_; // moving it leaves no copy behind, as a short string's move does
};

} // namespace tertulia::crypto
