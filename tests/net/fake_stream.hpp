// SPDX-License-Identifier: Apache-2.0
// A stream as a test tells it: what comes in, how many bytes go out before it blocks or breaks.
#pragma once

#include "transport/stream.hpp"

#include <algorithm>
#include <cstring>
#include <string>

namespace tertulia::net {

struct wire {
    std::string incoming;
    transport::outcome when_nothing_comes = transport::outcome::wait_read;
    std::string outgoing;
    std::size_t room = std::string::npos; // bytes it takes before `when_full`
    std::size_t room_per_write = std::string::npos;
    transport::outcome when_full = transport::outcome::wait_write;
    int writes = 0;
    bool established = true;
    bool finished = false;
};

class fake_stream final : public transport::stream {
public:
    explicit fake_stream(wire& over) : over_(over) {}

    transport::transfer read(std::span<char> into) override {
        if (over_.incoming.empty()) {
            return {over_.when_nothing_comes};
        }
        const std::size_t size = over_.incoming.copy(into.data(), into.size());
        over_.incoming.erase(0, size);
        return {transport::outcome::moved, size};
    }
    transport::transfer write(std::span<const iovec> pieces) override {
        ++over_.writes;
        if (!over_.established) {
            return {transport::outcome::wait_read};
        }
        std::string offered;
        for (const iovec& each : pieces) {
            offered.append(static_cast<const char*>(each.iov_base), each.iov_len);
        }
        const std::size_t size = std::min({offered.size(), over_.room, over_.room_per_write});
        if (size == 0) {
            return {over_.when_full};
        }
        over_.room -= over_.room == std::string::npos ? 0 : size;
        over_.outgoing += offered.substr(0, size);
        return {transport::outcome::moved, size};
    }
    [[nodiscard]] bool established() const override { return over_.established; }
    void finish() override { over_.finished = true; }

private:
    wire& over_;
};

} // namespace tertulia::net
