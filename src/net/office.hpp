// SPDX-License-Identifier: Apache-2.0
// Answers what sessions ask outside the core, on threads of its own, so that no network thread ever
// waits for the disk or for a password to be hashed.
#pragma once

#include "base/mailbox.hpp"
#include "net/surroundings.hpp"

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace tertulia::net {

using reply_box = base::mailbox<reply>;

class office {
public:
    // Answers one question after the other; called on its own thread only.
    using worker = std::function<answer(question what)>;

    // A thread for each worker. `waiting_max` questions are with each at most. The answers to
    // sessions with thread number i + 1 go into `replies[i]`.
    office(const char* thread_name, std::vector<worker> workers, std::size_t waiting_max,
           std::vector<reply_box*> replies);
    ~office();
    office(const office&) = delete;
    office& operator=(const office&) = delete;

    // The server stops: nothing more is taken in, and what waits goes undone, as nobody is left who
    // would hear of it. Any thread; so does the end of an office.
    void close();

    // Takes the jobs, each to who has least to do and works for all askers in turn; those that find
    // too many waiting stay in `jobs`. Any thread.
    void ask(std::vector<job>& jobs);

private:
    struct desk {
        desk(worker hired, std::size_t waiting_max) : who(std::move(hired)), jobs(waiting_max) {}
        worker who;
        base::mailbox<job> jobs;
        std::atomic<std::size_t> load = 0; // jobs waiting or at work
        std::thread thread;
    };
    void run(desk& at) const;
    [[nodiscard]] desk& least_busy();

    std::size_t waiting_max_;
    std::vector<reply_box*> replies_;
    std::vector<std::unique_ptr<desk>> desks_;
    std::atomic<std::size_t> next_ = 0;
    std::atomic<bool> closed_ = false;
};

} // namespace tertulia::net
