// SPDX-License-Identifier: Apache-2.0
// The exchange of RFC 7677, section 3: "user" with the password "pencil".
#pragma once

#include "base/base64.hpp"
#include "crypto/digest.hpp"
#include "crypto/scram_keys.hpp"

#include <string>
#include <string_view>

namespace tests::scram_example {

inline constexpr std::string_view client_nonce = "rOprNGfwEbeRWgbNEkqO";
inline constexpr std::string_view server_nonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
inline constexpr std::string_view client_first = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
inline constexpr std::string_view server_first =
    "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
inline constexpr std::string_view client_final =
    "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
    "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
inline constexpr std::string_view server_final = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

inline tertulia::crypto::secret_text password() {
    return tertulia::crypto::secret_text(std::string("pencil"));
}

inline tertulia::crypto::scram_keys keys() {
    using namespace tertulia::crypto;
    const std::string salt = *tertulia::base::from_base64("W22ZaJ0SNY7soEsUEjb6gQ==");
    const secret_text salted = scram_salted_password(password(), salt, 4096);
    return {salt, 4096, sha256(scram_client_key(salted).view()), scram_server_key(salted)};
}

} // namespace tests::scram_example
