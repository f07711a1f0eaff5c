// SPDX-License-Identifier: Apache-2.0
// What a protocol may ask about names and passwords, and what comes back. Hashing takes its time on
// purpose, so it is done on threads of its own and the answer is delivered later, as a value. A
// proof that comes back is for a command; whether it still holds is the heart's to say.
#pragma once

#include "base/time.hpp"
#include "chat/account.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>

namespace tertulia::session {

// Names and passwords come as they were typed; whoever answers wipes the passwords.
struct password_check {
    std::string account;
    std::string password;
};
// Credentials for a new account.
struct password_hash {
    std::string password;
};
// Credentials in place of those that the old password opens.
struct password_change {
    std::string account;
    std::string old_password;
    std::string password;
};

// A SCRAM exchange between its two messages of the client: whoever made it knows what is in it.
class scram_state {
public:
    virtual ~scram_state() = default;
};
struct scram_start {
    std::string client_first;
};
struct scram_finish {
    std::shared_ptr<const scram_state> begun;
    std::string client_final;
};

// The code that a first start shows, as it was typed.
struct claim_check {
    std::string code;
};

// A certificate that the client showed in its TLS handshake, so that it has the key.
struct certificate_check {
    std::string fingerprint;
    std::string account; // that it wants to be; empty: whose certificate it is
};

// The token of a browser that stays logged in (chat/login.hpp).
struct login_check {
    std::string token;
    base::wall_time now;
};

// What a program says it may speak by, as an account (chat/bots.hpp).
struct token_check {
    std::string token;
};

// A pass to a service (service_passes.hpp), which is over when it has been checked.
struct pass_check {
    std::string pass;
    std::string service; // its key
};

struct credential_query {
    using what_of =
        std::variant<password_check, password_hash, password_change, scram_start, scram_finish,
                     certificate_check, login_check, claim_check, token_check, pass_check>;

    // Guesses are counted by it: a hash of an IPv4 address or IPv6 /64. 0: the operator's own.
    std::uint64_t address = 0;
    what_of what;
};

struct proved {
    chat::proof as;
    base::name account;
    std::string scram_final; // what the client is told, after scram_finish
};
struct hashed {
    chat::credentials what;
    chat::proof by; // after password_change
};
struct scram_challenge {
    std::string server_first;
    std::shared_ptr<const scram_state> begun;
};
struct claim_granted {};
enum class doubt : std::uint8_t {
    wrong,             // no such account, or not its password: which of them is not told
    suspended,         // right, but the account may not be used
    slowed_down,       // too many wrong guesses; `wait` says until when
    password_unusable, // a new one that is empty, longer than password_size_max or not UTF-8
    malformed,         // a SCRAM message that is none
    not_offered,       // SCRAM is turned off
    failed,            // could not be looked up now
};
struct not_proved {
    doubt why = doubt::wrong;
    std::chrono::seconds wait{};
    std::string scram_final;
};
using credential_answer = std::variant<proved, hashed, scram_challenge, claim_granted, not_proved>;

} // namespace tertulia::session
