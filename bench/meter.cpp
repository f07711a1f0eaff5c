// SPDX-License-Identifier: Apache-2.0
#include "bench/meter.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <unistd.h>

namespace tertulia::bench {

std::chrono::microseconds server_meter::processor_time() const {
    std::ifstream file(folder_ + "/stat");
    std::string text;
    if (!std::getline(file, text)) {
        throw std::runtime_error("the server's process is gone: " + folder_);
    }
    // proc(5): the second field, the name in brackets, may contain blanks; utime and stime are the
    // 14th and 15th.
    std::istringstream fields(text.substr(text.rfind(')') + 1));
    std::string skipped;
    for (int field = 3; field < 14; ++field) {
        fields >> skipped;
    }
    std::int64_t user = 0;
    std::int64_t system = 0;
    fields >> user >> system;
    return std::chrono::microseconds((user + system) * 1'000'000 / sysconf(_SC_CLK_TCK));
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
