// SPDX-License-Identifier: Apache-2.0
#include "crypto/scram.hpp"

#include "base/base64.hpp"
#include "base/text.hpp"
#include "crypto/digest.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <utility>

namespace tertulia::crypto {
namespace {

std::string_view word(scram_fault why) {
    switch (why) {
    case scram_fault::invalid_encoding: return "invalid-encoding";
    case scram_fault::extensions_not_supported: return "extensions-not-supported";
    case scram_fault::invalid_proof: return "invalid-proof";
    case scram_fault::channel_bindings_dont_match: return "channel-bindings-dont-match";
    case scram_fault::channel_binding_not_supported: return "channel-binding-not-supported";
    case scram_fault::invalid_username_encoding: return "invalid-username-encoding";
    case scram_fault::other_error: break;
    }
    return "other-error";
}

scram_fault fault_of(scram_grammar_fault why) {
    return why == scram_grammar_fault::extension ? scram_fault::extensions_not_supported
                                                 : scram_fault::invalid_encoding;
}

// The GS2 header (RFC 5802, 7): whether the client wants channel binding, and whom it wants to act
// as. Both "n" and "y" are right, because we don't offer channel binding (6).
std::optional<scram_fault> fault_in_flag(std::string_view flag) {
    if (flag.starts_with("p=")) {
        return scram_fault::channel_binding_not_supported;
    }
    return flag == "n" || flag == "y" ? std::nullopt : std::optional(scram_fault::invalid_encoding);
}

std::optional<scram_fault> fault_in_authzid(std::string_view authzid, std::string_view account) {
    if (authzid.empty()) {
        return std::nullopt;
    }
    if (!authzid.starts_with("a=")) {
        return scram_fault::invalid_encoding;
    }
    const std::optional<std::string> name = from_scram_name(authzid.substr(2));
    if (!name) {
        return scram_fault::invalid_username_encoding;
    }
    return base::fold(*name) == base::fold(account) ? std::nullopt
                                                    : std::optional(scram_fault::other_error);
}

} // namespace

std::string scram_refusal(scram_fault why) { return fmt::format("e={}", word(why)); }

std::expected<scram_opening, scram_fault> read_scram_opening(std::string_view client_first) {
    const std::size_t flag_end = client_first.find(',');
    const std::size_t header_end = client_first.find(',', flag_end + 1);
    if (!is_scram_text(client_first) || flag_end == std::string_view::npos ||
        header_end == std::string_view::npos) {
        return std::unexpected(scram_fault::invalid_encoding);
    }
    const std::string_view header = client_first.substr(0, header_end + 1);
    const std::string_view bare = client_first.substr(header_end + 1);
    if (const auto fault = fault_in_flag(header.substr(0, flag_end))) {
        return std::unexpected(*fault);
    }
    const auto attributes = scram_attributes(bare, "nr");
    if (!attributes) {
        return std::unexpected(fault_of(attributes.error()));
    }
    const std::string_view nonce = (*attributes)[1].value;
    if (!is_scram_nonce(nonce)) {
        return std::unexpected(scram_fault::invalid_encoding);
    }
    std::optional<std::string> account = from_scram_name((*attributes)[0].value);
    if (!account) {
        return std::unexpected(scram_fault::invalid_username_encoding);
    }
    const std::string_view authzid = header.substr(flag_end + 1, header_end - flag_end - 1);
    if (const auto fault = fault_in_authzid(authzid, *account)) {
        return std::unexpected(*fault);
    }
    return scram_opening{std::move(*account), std::string(header), std::string(bare),
                         std::string(nonce)};
}

scram_exchange::scram_exchange(const scram_opening& opening, scram_keys keys,
                               std::string_view nonce)
    : binding_(opening.header), nonce_(fmt::format("{}{}", opening.nonce, nonce)),
      client_first_bare_(opening.bare),
      server_first_(
          fmt::format("r={},s={},i={}", nonce_, base::to_base64(keys.salt), keys.iterations)),
      keys_(std::move(keys)) {}

std::expected<std::string, scram_fault>
scram_exchange::finish(std::string_view client_final) const {
    if (!is_scram_text(client_final)) {
        return std::unexpected(scram_fault::invalid_encoding);
    }
    const auto attributes = scram_attributes(client_final, "cr");
    if (!attributes) {
        return std::unexpected(fault_of(attributes.error()));
    }
    const auto binding = base::from_base64((*attributes)[0].value);
    const auto proof = base::from_base64(attributes->back().value);
    if (!binding || !proof || attributes->back().letter != 'p') {
        return std::unexpected(scram_fault::invalid_encoding);
    }
    if (*binding != binding_) {
        return std::unexpected(scram_fault::channel_bindings_dont_match);
    }
    if ((*attributes)[1].value != nonce_) {
        return std::unexpected(scram_fault::other_error);
    }
    const std::string said = fmt::format("{},{},{}", client_first_bare_, server_first_,
                                         client_final.substr(0, client_final.rfind(',')));
    const std::string signature = hmac_sha256(keys_.stored_key, said);
    if (proof->size() != signature.size() ||
        !equal_secrets(sha256(exclusive_or(*proof, signature)), keys_.stored_key)) {
        return std::unexpected(scram_fault::invalid_proof);
    }
    return fmt::format("v={}", base::to_base64(hmac_sha256(keys_.server_key, said)));
}

} // namespace tertulia::crypto
