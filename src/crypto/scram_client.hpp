// SPDX-License-Identifier: Apache-2.0
// The client's side of SCRAM-SHA-256 (RFC 5802, RFC 7677), without a socket: the server learns
// nothing of the password that it did not know, and has to prove that it knew it.
//
//     scram_client client("ana", password, make_scram_nonce());
//     send(client.first());
//     auto client_final = client.answer(server_first);
//     auto proven = client.confirm(server_final);
#pragma once

#include "crypto/secret.hpp"

#include <expected>
#include <string>
#include <string_view>

namespace tertulia::crypto {

enum class scram_client_fault {
    malformed,           // what the server says is no SCRAM
    extension,           // it requires one that we don't know
    wrong_nonce,         // it answers somebody else
    too_few_iterations,  // fewer than scram_iterations_min would make the proof cheap to guess from
    too_many_iterations, // more than scram_iterations_max would keep us busy
    refused,             // it doesn't accept our proof
    forged,              // it doesn't know the password
};

class scram_client {
public:
    // The password prepared (base/password_text.hpp), the nonce a new one.
    scram_client(std::string_view account, secret_text prepared, std::string_view nonce);

    [[nodiscard]] std::string first() const;

    // The client-final message. Takes the time of the server's iterations.
    [[nodiscard]] std::expected<std::string, scram_client_fault>
    answer(std::string_view server_first);

    // What the server-final message proves.
    [[nodiscard]] std::expected<void, scram_client_fault>
    confirm(std::string_view server_final) const;

private:
    secret_text password_;
    std::string nonce_;
    std::string first_bare_;
    std::string server_signature_; // empty until answered, so that nothing confirms before
};

} // namespace tertulia::crypto
