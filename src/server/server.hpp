// SPDX-License-Identifier: Apache-2.0
// The server put together: data folder, database, heart, log, network and the IRC door, made in
// this order and ended in the other. Lives on the main thread.
#pragma once

#include "base/result.hpp"
#include "server/config.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::server {

// The room that is always there.
inline constexpr std::string_view lobby = "#lobby";

enum class rate_limits : std::uint8_t { on, off };

class server {
public:
    // On return it listens and serves.
    [[nodiscard]] static base::result<std::unique_ptr<server>> start(const config& with,
                                                                     rate_limits limits);
    ~server();
    server(const server&) = delete;
    server& operator=(const server&) = delete;

    // With the ports that the system picked.
    [[nodiscard]] std::vector<listen_url> listeners() const;
    // Of the certificates, each once.
    [[nodiscard]] std::vector<std::string> fingerprints() const;
    // Makes the account that gives it the first operator; empty where there is one.
    [[nodiscard]] const std::string& claim_code() const;

    // Takes over what can change while running and reads certificates and the message of the day
    // again. After a failure everything is as it was.
    [[nodiscard]] base::result<void> reload(const config& next);

    // Ends rooms of guests that have been empty for long; to be called now and then.
    void sweep();

    // Says farewell to everybody and makes durable what is under way; within seconds.
    void stop();

private:
    struct state;
    explicit server(std::unique_ptr<state> made);
    std::unique_ptr<state> state_;
};

} // namespace tertulia::server
