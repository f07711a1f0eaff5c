// SPDX-License-Identifier: Apache-2.0
#include "net/send_queue.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tertulia::net {
namespace {

constexpr std::size_t pieces_per_write = 64;
constexpr std::size_t bytes_per_write = std::size_t{64} << 10U;
// A listing is rendered to about this size at a time, in at most so many steps.
constexpr std::size_t page_size = std::size_t{16} << 10U;
constexpr int steps_per_page = 256;
// Texts of one turn are joined up to this size.
constexpr std::size_t joined_size_max = 4096;

} // namespace

void send_queue::push(std::string own, base::steady_time now) {
    if (own.empty()) {
        return;
    }
    behind_ += own.size();
    if (!segments_.empty() && segments_.back().since == now) {
        auto* const last = std::get_if<std::string>(&segments_.back().what);
        if (last != nullptr && last->size() + own.size() <= joined_size_max) {
            *last += own;
            return;
        }
    }
    segments_.emplace_back(std::move(own), now);
}

void send_queue::push(const session::slice& shared, base::steady_time now) {
    behind_ += shared.to - shared.from;
    if (!segments_.empty()) {
        auto* const last = std::get_if<session::slice>(&segments_.back().what);
        if (last != nullptr && last->of == shared.of && last->to == shared.from) {
            last->to = shared.to;
            return;
        }
    }
    segments_.emplace_back(shared, now);
}

void send_queue::push(std::unique_ptr<session::listing> list, base::steady_time now) {
    auto made = std::make_unique<pages>();
    made->list = std::move(list);
    segments_.emplace_back(std::move(made), now);
}

transport::transfer send_queue::write(transport::stream& to, base::steady_time now) {
    std::array<iovec, pieces_per_write> pieces;
    std::size_t count = 0;
    std::size_t size = 0;
    std::size_t skip = sent_;
    for (std::size_t i = first_;
         i < segments_.size() && count < pieces.size() && size < bytes_per_write; ++i) {
        if (bytes(segments_[i]).empty()) {
            render(segments_[i], now);
        }
        const std::string_view rest = bytes(segments_[i]).substr(std::exchange(skip, 0));
        if (!rest.empty()) {
            pieces[count++] = {const_cast<char*>(rest.data()), rest.size()}; // only read
            size += rest.size();
        }
        if (has_more(segments_[i])) {
            break;
        }
    }
    const transport::transfer done = count > 0 ? to.write(std::span(pieces).first(count))
                                               : transport::transfer{transport::outcome::moved, 0};
    if (done.what == transport::outcome::moved) {
        consume(done.size, now);
    }
    return done;
}

void send_queue::clear() {
    std::vector<segment>().swap(segments_);
    first_ = sent_ = 0;
    behind_ = 0;
}

std::string_view send_queue::bytes(const segment& of) {
    if (const auto* const own = std::get_if<std::string>(&of.what)) {
        return *own;
    }
    if (const auto* const shared = std::get_if<session::slice>(&of.what)) {
        return shared->bytes();
    }
    return std::get<std::unique_ptr<pages>>(of.what)->rendered;
}

bool send_queue::has_more(const segment& of) {
    const auto* const listing = std::get_if<std::unique_ptr<pages>>(&of.what);
    return listing != nullptr && !(*listing)->ended;
}

void send_queue::render(segment& listing, base::steady_time now) {
    pages& of = *std::get<std::unique_ptr<pages>>(listing.what);
    for (int step = 0; !of.ended && of.rendered.size() < page_size && step < steps_per_page;
         ++step) {
        of.ended = !of.list->next(of.rendered);
    }
    behind_ += of.rendered.size();
    listing.since = now;
}

void send_queue::consume(std::size_t size, base::steady_time now) {
    behind_ -= size;
    while (first_ < segments_.size()) {
        segment& head = segments_[first_];
        const std::size_t left = bytes(head).size() - sent_;
        const std::size_t taken = std::min(left, size);
        size -= taken;
        sent_ += static_cast<std::uint32_t>(taken);
        if (taken < left) {
            break;
        }
        sent_ = 0;
        if (has_more(head)) {
            std::get<std::unique_ptr<pages>>(head.what)->rendered.clear();
            break;
        }
        pop(now);
    }
    if (first_ == segments_.size()) {
        clear();
    } else if (first_ >= pieces_per_write && first_ >= segments_.size() / 2) {
        segments_.erase(segments_.begin(), segments_.begin() + first_);
        first_ = 0;
    }
}

void send_queue::pop(base::steady_time now) {
    const bool was_listing = std::holds_alternative<std::unique_ptr<pages>>(segments_[first_].what);
    segments_[first_++].what = std::string();
    for (std::size_t i = first_; was_listing && i < segments_.size(); ++i) {
        segments_[i].since = now;
    }
}

} // namespace tertulia::net
