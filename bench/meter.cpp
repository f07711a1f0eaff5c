// SPDX-License-Identifier: Apache-2.0
#include "bench/meter.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace tertulia::bench {

// The scheduler's own count, in nanoseconds; /proc/PID/stat has the same in steps of 10 ms.
std::chrono::microseconds server_meter::processor_time() const {
    std::int64_t nanoseconds = 0;
    for (const auto& thread : std::filesystem::directory_iterator(folder_ + "/task")) {
        std::ifstream file(thread.path() / "schedstat");
        std::int64_t on_processor = 0;
        file >> on_processor;
        nanoseconds += on_processor;
    }
    return std::chrono::microseconds(nanoseconds / 1000);
}

std::size_t server_meter::user_memory() const {
    std::ifstream file(folder_ + "/status");
    std::string word;
    while (file >> word) {
        if (word == "RssAnon:") {
            std::size_t kilobytes = 0;
            file >> kilobytes;
            return kilobytes * 1024;
        }
    }
    throw std::runtime_error("the server's process is gone: " + folder_);
}

double delays::quantile(double which) {
    if (all_.empty()) {
        return 0;
    }
    const auto place = static_cast<std::ptrdiff_t>(which * static_cast<double>(all_.size() - 1));
    std::ranges::nth_element(all_, all_.begin() + place);
    return std::chrono::duration<double, std::milli>(all_[static_cast<std::size_t>(place)]).count();
}

} // namespace tertulia::bench
