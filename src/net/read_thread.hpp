// SPDX-License-Identifier: Apache-2.0
// Reads the history for every session, one question after the other, on a thread of its own, so
// that no network thread ever waits for the disk.
#pragma once

#include "base/mailbox.hpp"
#include "net/surroundings.hpp"
#include "session/history.hpp"

#include <memory>
#include <thread>
#include <vector>

namespace tertulia::net {

using reply_box = base::mailbox<read_reply>;

class read_thread {
public:
    // The answers to sessions with thread number i + 1 go into `replies[i]`.
    read_thread(std::unique_ptr<session::reader> reader, std::vector<reply_box*> replies);
    ~read_thread();
    read_thread(const read_thread&) = delete;
    read_thread& operator=(const read_thread&) = delete;

    // Takes all of the jobs, or, when too many wait, none and returns false.
    [[nodiscard]] bool ask(std::vector<read_job>& jobs) { return jobs_.try_push_all(jobs); }

private:
    void run();

    std::unique_ptr<session::reader> reader_;
    std::vector<reply_box*> replies_;
    base::mailbox<read_job> jobs_;
    std::thread thread_;
};

} // namespace tertulia::net
