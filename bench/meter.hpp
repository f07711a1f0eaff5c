// SPDX-License-Identifier: Apache-2.0
// What a measurement is made of: the server's own numbers from /proc, and delays.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

namespace tertulia::bench {

class server_meter {
public:
    explicit server_meter(pid_t server) : folder_("/proc/" + std::to_string(server)) {}

    // User and system time of all its threads, since their start.
    [[nodiscard]] std::chrono::microseconds processor_time() const;
    // Memory of its own that is in use (RssAnon), without the kernel's and without files.
    [[nodiscard]] std::size_t user_memory() const;

private:
    std::string folder_;
};

class delays {
public:
    void add(std::chrono::steady_clock::duration of) { all_.push_back(of); }
    void clear() { all_.clear(); }
    [[nodiscard]] std::size_t count() const { return all_.size(); }
    // 0.5 is the median; in milliseconds.
    [[nodiscard]] double quantile(double which);

private:
    std::vector<std::chrono::steady_clock::duration> all_;
};

} // namespace tertulia::bench
