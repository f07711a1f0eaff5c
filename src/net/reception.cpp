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

reception::reception(boost::asio::io_context& io, const loop_options& with, std::vector<door> doors)
    : with_(with), throttle_(with.bounds) {
    for (door& each : doors) {
        const int socket = each.socket.release();
        entrances_.push_back({std::move(each), waitable(io, socket)});
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

void reception::accept(std::size_t index, base::steady_time now, const host& welcome) {
    auto& at = entrances_[index];
    for (std::size_t i = 0; i < base::limits::accepted_per_turn_max; ++i) {
        auto who = transport::accept_from(at.socket.native_handle());
        if (who) {
            if (admit(who->address_key, now)) {
                welcome(at.what, std::move(*who));
            }
        } else if (who.error() == EAGAIN) {
            wait(index);
            return;
        } else if (who.error() != ECONNABORTED && who.error() != EINTR) {
            pause(*at.what.listener, now, who.error());
            return;
        }
    }
    at.ready = true;
}

void reception::wait(std::size_t index) {
    if (std::exchange(entrances_[index].waits, true)) {
        return;
    }
    const auto come = [this, index](boost::system::error_code closed) {
        if (!closed && index < entrances_.size()) {
            entrances_[index].waits = false;
            entrances_[index].ready = true;
        }
    };
    entrances_[index].socket.async_wait(waitable::wait_read, come);
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

bool reception::admit(std::uint64_t address_key, base::steady_time now) {
    if (with_.connections.load() >= with_.connections_max ||
        (with_.rate_limited && !throttle_.admit(address_key, now))) {
        return false;
    }
    ++with_.connections;
    return true;
}

void reception::registered(std::uint64_t address_key) {
    if (with_.rate_limited) {
        throttle_.release(address_key);
    }
}

void reception::left(std::uint64_t address_key, bool was_registered) {
    --with_.connections;
    if (!was_registered) {
        registered(address_key);
    }
}

void reception::change(const limits& bounds, std::vector<tls_ref> of_doors) {
    throttle_.use(bounds);
    for (std::size_t i = 0; i < entrances_.size(); ++i) {
        entrances_[i].what.tls = std::move(of_doors[i]);
    }
}

} // namespace tertulia::net
