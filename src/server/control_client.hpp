// SPDX-License-Identifier: Apache-2.0
// Speaks with a server's control socket (control.hpp), and waits for each answer.
#pragma once

#include "base/result.hpp"
#include "transport/socket.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::server {

class control_client {
public:
    // Fails when nobody listens there.
    [[nodiscard]] static base::result<control_client> connect(const std::string& path);

    struct reply {
        std::vector<std::string> lines; // before the last
        std::string refused;            // the word that says why; empty: it is done
    };
    [[nodiscard]] base::result<reply> ask(std::string_view verb,
                                          std::initializer_list<std::string_view> arguments);

private:
    explicit control_client(transport::descriptor socket) : socket_(std::move(socket)) {}
    [[nodiscard]] base::result<std::string> next_line();

    transport::descriptor socket_;
    std::string unread_;
};

} // namespace tertulia::server
