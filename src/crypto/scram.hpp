// SPDX-License-Identifier: Apache-2.0
// The server's side of SCRAM-SHA-256 (RFC 5802, RFC 7677), without a socket:
//
//     auto opening = read_scram_opening(client_first);      // whose keys? look them up
//     scram_exchange exchange(*opening, keys, make_scram_nonce());
//     send(exchange.server_first());
//     auto server_final = exchange.finish(client_final);    // there: opening->account is who it
//     says
//
// Without channel binding; "-PLUS" is not offered. Each step is microseconds of work.
#pragma once

#include "crypto/scram_keys.hpp"
#include "crypto/scram_message.hpp"

#include <expected>
#include <string>
#include <string_view>

namespace tertulia::crypto {

// The words of RFC 5802, 7 that we say. An unknown account is an `invalid_proof`.
enum class scram_fault {
    invalid_encoding,
    extensions_not_supported,
    invalid_proof,
    channel_bindings_dont_match,
    channel_binding_not_supported,
    invalid_username_encoding,
    other_error,
};

// The server-final message that refuses: "e=invalid-proof".
[[nodiscard]] std::string scram_refusal(scram_fault why);

// What a client-first message says.
struct scram_opening {
    std::string account; // as typed: not folded, perhaps nobody's
    std::string header;  // GS2, which the client-final message has to repeat
    std::string bare;    // the message without it
    std::string nonce;
};

// Who logs in can only act as the same account (authzid): anything else is an `other_error`.
[[nodiscard]] std::expected<scram_opening, scram_fault>
read_scram_opening(std::string_view client_first);

class scram_exchange {
public:
    // `keys` are the account's, or imagined_scram_keys; `nonce` is the server's, a new one.
    scram_exchange(const scram_opening& opening, scram_keys keys, std::string_view nonce);

    [[nodiscard]] const std::string& server_first() const { return server_first_; }

    // The server-final message to who has proven to know the password.
    [[nodiscard]] std::expected<std::string, scram_fault>
    finish(std::string_view client_final) const;

private:
    std::string binding_; // what "c=" has to be
    std::string nonce_;   // of both sides
    std::string client_first_bare_;
    std::string server_first_;
    scram_keys keys_;
};

} // namespace tertulia::crypto
