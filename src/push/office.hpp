// SPDX-License-Identifier: Apache-2.0
// Web push with its threads: one looks through what is durable (desk.hpp), a few deliver
// (round.hpp, delivery.hpp). Nothing of it is waited for by anybody: what cannot be delivered is in
// the history all the same.
#pragma once

#include "base/mailbox.hpp"
#include "base/result.hpp"
#include "chat/batch.hpp"
#include "push/desk.hpp"
#include "store/database.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tertulia::push {

struct options {
    store::database_options messages;
    std::string key;                  // 32 bytes, the server's own
    std::string contact;              // crypto/push_identity.hpp
    std::vector<std::string> trusted; // origins
    phrases how;
    std::uint16_t node = 0;
};

class office {
public:
    // The database is open already. A failure later on, which is the disk's, ends the pushing and
    // is told to the operator.
    [[nodiscard]] static base::result<std::unique_ptr<office>> open(options with);
    ~office(); // stops
    office(const office&) = delete;
    office& operator=(const office&) = delete;

    // Gets every batch once it is durable (log::alone_options::follower).
    [[nodiscard]] base::mailbox<chat::batch_ref>& box();

    // Questions and what became of devices go to `line`, which outlives stop().
    void start(base::mailbox<chat::submission>& line);
    // Ends the threads; batches that still come are lost.
    void stop();

private:
    struct state;
    explicit office(std::unique_ptr<state> made);
    std::unique_ptr<state> state_;
};

} // namespace tertulia::push
