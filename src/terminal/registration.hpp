// SPDX-License-Identifier: Apache-2.0
// From a connection to a welcome: capabilities (IRCv3 CAP 302), SASL (PLAIN and SCRAM-SHA-256), the
// nickname. Also logging in later, which is the same exchange without the rest.
#pragma once

#include "crypto/scram_client.hpp"
#include "crypto/secret.hpp"
#include "wire/irc_line.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::terminal {

struct client;

struct registration {
    std::map<std::string, std::string, std::less<>> offered; // capability -> value
    std::string account;                                     // whom we log in as; empty: nobody
    crypto::secret_text password;
    crypto::secret_text entrance; // the server's own password, or its code; empty: none
    bool password_typed = false;  // so that keeping it may be asked
    bool wants_account = false;   // one is being made
    bool capabilities_done = false;
    bool saying_who = false; // NICK and USER are out
    bool proven = false;     // the server's proof has been seen (SCRAM)
    std::string mechanism;   // of the exchange under way
    std::string received;    // of a SASL message in pieces
    std::optional<crypto::scram_client> scram;
};

void begin_registration(client& who);
// NICK and USER, once the nickname is known.
void say_who_we_are(client& who);
// No name was taken, and nobody is there to be asked for another one: the end.
void no_name_left(client& who);
// Starts or asks for what is missing: account and password are in `signing_in`.
void begin_login(client& who);
void begin_account(client& who);
// The verbs and numerics of it; false: it is none of them.
bool hear_registration(client& who, const wire::irc_line& line);

} // namespace tertulia::terminal
