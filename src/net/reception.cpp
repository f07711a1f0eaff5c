// SPDX-License-Identifier: Apache-2.0
#include "net/reception.hpp"

#include "base/journal.hpp"
#include "base/limits.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace tertulia::net {
namespace {

using namespace std::chrono_literals;

constexpr auto pause_length = 100ms;
constexpr auto warning_interval = 1min;

} // namespace

reception::reception(boost::asio::io_context& io, const std::vector<listener_options>& listeners,
                     std::vector<transport::descriptor> sockets)
    : listeners_(listeners) {
    for (transport::descriptor& each : sockets) {
        entrances_.push_back({waitable(io, each.release())});
    }
}

bool reception::busy() const { return std::ranges::any_of(entrances_, &entrance::ready); }

void reception::serve(base::steady_time now, const host& welcome) {
    if (accept_again_ && now >= *accept_again_) {
        accept_again_.reset();
        for (entrance& each : entrances_) {
            each.ready = true;
        }
    }
    for (std::size_t i = 0; i < entrances_.size(); ++i) {
        if (std::exchange(entrances_[i].ready, false)) {
            accept(i, now, welcome);
        }
    }
}

void reception::accept(std::size_t door, base::steady_time now, const host& welcome) {
    auto& at = entrances_[door];
    for (std::size_t i = 0; i < base::limits::accepted_per_turn_max; ++i) {
        auto who = transport::accept_from(at.socket.native_handle());
        if (who) {
            welcome(door, std::move(*who));
        } else if (who.error() == EAGAIN) {
            wait(door);
            return;
        } else if (who.error() != ECONNABORTED && who.error() != EINTR) {
            pause(listeners_[door], now, who.error());
            return;
        }
    }
    at.ready = true;
}

void reception::wait(std::size_t door) {
    if (std::exchange(entrances_[door].waits, true)) {
        return;
    }
    const auto come = [this, door](boost::system::error_code closed) {
        if (!closed && door < entrances_.size()) {
            entrances_[door].waits = false;
            entrances_[door].ready = true;
        }
    };
    entrances_[door].socket.async_wait(waitable::wait_read, come);
}

// Out of sockets or memory: what waits in line is there after the pause as well.
void reception::pause(const listener_options& at, base::steady_time now, int error) {
    accept_again_ = now + pause_length;
    if (now >= warn_again_) {
        warn_again_ = now + warning_interval;
        base::journal::warn("cannot accept a connection to {}://{}: {}; trying again", at.scheme,
                            at.host, std::strerror(error));
    }
}

} // namespace tertulia::net
