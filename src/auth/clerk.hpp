// SPDX-License-Identifier: Apache-2.0
// Answers what sessions ask about names and passwords (session/credentials.hpp): looks the account
// up, hashes, compares, and slows guesses down. One object per thread that does so; they share the
// guesses. An account that does not exist is answered as one with another password, in the same
// time.
#pragma once

#include "auth/guesses.hpp"
#include "base/guarded.hpp"
#include "base/time.hpp"
#include "crypto/password.hpp"
#include "session/credentials.hpp"
#include "session/service_passes.hpp"
#include "store/credentials.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace tertulia::auth {

struct policy {
    crypto::password_cost cost;
    bool scram = true;
    std::uint32_t scram_iterations = 4'096;
    std::string claim; // digest of the code that makes the first operator; empty: there is one
    session::service_passes* passes = nullptr; // shared, outlives the clerks; none: no passes
    std::string imagination; // the server's secret for keys of accounts that do not exist, 32 bytes
};

class clerk {
public:
    clerk(policy by, base::guarded<guesses>& counted,
          std::unique_ptr<store::credential_reader> from);

    // Takes tens of milliseconds where a password is hashed. Wipes the passwords in `what`.
    [[nodiscard]] session::credential_answer answer(session::credential_query what,
                                                    base::steady_time now);

private:
    using answer_of = session::credential_answer;

    answer_of look_into(session::password_check& what);
    answer_of look_into(session::password_hash& what);
    answer_of look_into(session::password_change& what);
    answer_of look_into(const session::scram_start& what);
    answer_of look_into(const session::scram_finish& what);
    answer_of look_into(const session::claim_check& what);
    answer_of look_into(const session::certificate_check& what);
    answer_of look_into(const session::login_check& what);
    answer_of look_into(const session::token_check& what);
    answer_of look_into(const session::pass_check& what);

    // Proved, or why not.
    answer_of check(const std::string& typed, std::string password);
    [[nodiscard]] answer_of make(std::string password, chat::proof by) const;
    [[nodiscard]] std::optional<session::not_proved> too_soon(const std::string& account);
    answer_of judged(bool right, const std::string& account,
                     const std::optional<store::kept_account>& found);

    policy by_;
    base::guarded<guesses>& counted_;
    std::unique_ptr<store::credential_reader> from_;
    std::uint64_t address_ = 0; // of the query under way
    base::steady_time now_{};
};

} // namespace tertulia::auth
