// SPDX-License-Identifier: Apache-2.0
#include "net/porch.hpp"

#include "base/web_limits.hpp"
#include "wire/proxy_header.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace tertulia::net {
namespace {

constexpr std::chrono::seconds patience{5};

} // namespace

void porch::take(arrival one, base::steady_time now, const loss& lost) {
    waitable socket(io_);
    boost::system::error_code failed;
    if (socket.assign(one.who.socket.number(), failed)) {
        lost();
        return;
    }
    static_cast<void>(one.who.socket.release());
    guests_.emplace(++last_, guest{std::move(one), std::move(socket), {}, now + patience, false});
    wait(last_);
}

bool porch::busy() const {
    return std::ranges::any_of(guests_, [](const auto& each) { return each.second.ready; });
}

std::optional<base::steady_time> porch::wakes_at() const {
    // The oldest has the lowest number.
    return guests_.empty() ? std::nullopt : std::optional(guests_.begin()->second.until);
}

void porch::serve(base::steady_time now, const host& welcome, const loss& lost) {
    for (auto at = guests_.begin(); at != guests_.end();) {
        guest& one = at->second;
        const bool heard = std::exchange(one.ready, false);
        const state found = heard ? listen(one) : now >= one.until ? state::lost : state::waits;
        if (found == state::waits) {
            if (heard) {
                wait(at->first);
            }
            ++at;
            continue;
        }
        arrival next = std::move(one.one);
        if (found == state::announced) {
            next.who.socket = transport::descriptor(one.socket.release());
            next.announced = true;
        }
        at = guests_.erase(at);
        found == state::announced ? welcome(std::move(next)) : lost();
    }
}

void porch::close(const loss& lost) {
    for (std::size_t i = 0; i < guests_.size(); ++i) {
        lost();
    }
    guests_.clear();
}

// Only the header's bytes are taken: what is behind them is TLS's or the protocol's.
porch::state porch::listen(guest& to) {
    const int socket = to.socket.native_handle();
    const auto there = transport::peek(socket, base::limits::proxy_header_size_max);
    if (!there) {
        return there.error() == EAGAIN ? state::waits : state::lost;
    }
    const std::string all = to.header + *there;
    const wire::proxy_reading read = wire::read_proxy_header(all);
    if (read.refused || there->empty()) {
        return state::lost;
    }
    const std::size_t own = read.size == 0 ? there->size() : read.size - to.header.size();
    transport::skip(socket, own);
    to.header = all.substr(0, to.header.size() + own);
    if (read.size == 0) {
        return state::waits;
    }
    const bool known =
        read.address.empty() || transport::name_caller(read.address, read.port, to.one.who);
    return known ? state::announced : state::lost;
}

void porch::wait(std::uint64_t number) {
    const auto come = [this, number](boost::system::error_code closed) {
        const auto found = closed ? guests_.end() : guests_.find(number);
        if (found != guests_.end()) {
            found->second.ready = true;
        }
    };
    guests_.at(number).socket.async_wait(waitable::wait_read, come);
}

} // namespace tertulia::net
