// SPDX-License-Identifier: Apache-2.0
#include "crypto/scram_client.hpp"

#include "base/base64.hpp"
#include "base/limits.hpp"
#include "crypto/digest.hpp"
#include "crypto/scram_keys.hpp"
#include "crypto/scram_message.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <system_error>
#include <utility>

namespace tertulia::crypto {
namespace {

constexpr std::string_view header = "n,,"; // GS2: no channel binding, acting as nobody else

std::unexpected<scram_client_fault> fault_of(scram_grammar_fault why) {
    return std::unexpected(why == scram_grammar_fault::extension ? scram_client_fault::extension
                                                                 : scram_client_fault::malformed);
}

// "posit-number" of RFC 5802, 7.
std::expected<std::uint32_t, scram_client_fault> iterations_of(std::string_view text) {
    if (text.find_first_not_of("0123456789") != std::string_view::npos || text.front() == '0') {
        return std::unexpected(scram_client_fault::malformed);
    }
    std::uint32_t number = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    if (parsed.ec != std::errc() || number > base::limits::scram_iterations_max) {
        return std::unexpected(scram_client_fault::too_many_iterations);
    }
    if (number < base::limits::scram_iterations_min) {
        return std::unexpected(scram_client_fault::too_few_iterations);
    }
    return number;
}

} // namespace

scram_client::scram_client(std::string_view account, secret_text prepared, std::string_view nonce)
    : password_(std::move(prepared)), nonce_(nonce),
      first_bare_(fmt::format("n={},r={}", to_scram_name(account), nonce)) {}

std::string scram_client::first() const { return fmt::format("{}{}", header, first_bare_); }

std::expected<std::string, scram_client_fault> scram_client::answer(std::string_view server_first) {
    if (!is_scram_text(server_first)) {
        return std::unexpected(scram_client_fault::malformed);
    }
    const auto attributes = scram_attributes(server_first, "rsi");
    if (!attributes) {
        return fault_of(attributes.error());
    }
    const std::string_view nonce = (*attributes)[0].value;
    if (!nonce.starts_with(nonce_) || nonce.size() == nonce_.size() || !is_scram_nonce(nonce)) {
        return std::unexpected(scram_client_fault::wrong_nonce);
    }
    const auto salt = base::from_base64((*attributes)[1].value);
    if (!salt) {
        return std::unexpected(scram_client_fault::malformed);
    }
    const auto iterations = iterations_of((*attributes)[2].value);
    if (!iterations) {
        return std::unexpected(iterations.error());
    }
    const std::string without_proof = fmt::format("c={},r={}", base::to_base64(header), nonce);
    const std::string said = fmt::format("{},{},{}", first_bare_, server_first, without_proof);
    const secret_text salted = scram_salted_password(password_, *salt, *iterations);
    const secret_text client_key = scram_client_key(salted);
    const std::string signature = hmac_sha256(sha256(client_key.view()), said);
    server_signature_ = hmac_sha256(scram_server_key(salted), said);
    return fmt::format("{},p={}", without_proof,
                       base::to_base64(exclusive_or(client_key.view(), signature)));
}

std::expected<void, scram_client_fault> scram_client::confirm(std::string_view server_final) const {
    if (!is_scram_text(server_final)) {
        return std::unexpected(scram_client_fault::malformed);
    }
    const auto attributes = scram_attributes(server_final, "");
    if (!attributes) {
        return fault_of(attributes.error());
    }
    const auto& [letter, value] = attributes->front();
    if (letter == 'e') {
        return std::unexpected(scram_client_fault::refused);
    }
    const auto signature = base::from_base64(value);
    if (letter != 'v' || !signature) {
        return std::unexpected(scram_client_fault::malformed);
    }
    if (server_signature_.empty() || !equal_secrets(*signature, server_signature_)) {
        return std::unexpected(scram_client_fault::forged);
    }
    return {};
}

} // namespace tertulia::crypto
