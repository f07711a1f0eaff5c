// SPDX-License-Identifier: Apache-2.0
// What `tertulia chat` is asked for on the command line.
#pragma once

#include "base/result.hpp"

#include <string>
#include <vector>

namespace tertulia::terminal {

enum class face_kind : std::uint8_t { automatic, screen, plain, json };

struct options {
    std::string where = "localhost"; // a host or a URL
    std::string port;
    std::string nickname;
    std::string account;
    std::vector<std::string> join; // empty: #lobby
    std::string trust;             // the fingerprint of a certificate to accept
    std::string folder;            // of what is remembered; empty: the usual one
    face_kind face = face_kind::automatic;
    std::size_t history = 0; // in line mode: entries of the past of each room
};

// The whole of the program: the exit status, or what is wrong with the options.
[[nodiscard]] base::result<int> chat(const options& wish);

} // namespace tertulia::terminal
