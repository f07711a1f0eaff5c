// SPDX-License-Identifier: Apache-2.0
// The network threads: listeners, connections and hubs. Protocols and the line to the core are
// given from outside; nothing here knows a dialect or the log.
#pragma once

#include "base/mailbox.hpp"
#include "base/result.hpp"
#include "chat/batch.hpp"
#include "net/options.hpp"
#include "session/history.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::net {

class network {
public:
    // Binds every listener (a port that another process holds is an error, also with SO_REUSEPORT)
    // but accepts nobody yet. The reader and each of the clerks are used on threads of their own.
    [[nodiscard]] static base::result<std::unique_ptr<network>>
    open(std::vector<listener_options> listeners, options with,
         std::unique_ptr<session::reader> reader, credential_clerks clerks = {});
    ~network();

    // The mailboxes for the log, one per thread, valid while the server lives.
    [[nodiscard]] std::vector<base::mailbox<chat::batch_ref>*> boxes();

    // Starts the threads; sessions' requests go into `line`. Whoever empties it, and whoever fills
    // the boxes, ends before the network does.
    void start(base::mailbox<chat::submission>& line);

    // "irc://127.0.0.1:6667" for each listener, with the real port.
    [[nodiscard]] std::vector<std::string> addresses() const;

    // Changes settings of dialects: runs `what` on every network thread, at the start of a turn,
    // and then tells each session there (session::protocol::reconfigured). Returns at once.
    void reconfigure(const std::function<void(std::size_t thread)>& what);

    // Reads certificates anew and takes the limits over; nobody is disconnected.
    [[nodiscard]] base::result<void> reload(const limits& with);

    // Stops accepting, says farewell to everybody, writes what is pending for at most `patience`,
    // and ends the threads. Every session's `disconnect` has been pushed into the line on return,
    // and says that the server went.
    void stop(std::string_view reason, std::chrono::milliseconds patience);

private:
    struct state;
    explicit network(std::unique_ptr<state> made);
    std::unique_ptr<state> state_;
};

} // namespace tertulia::net
