// SPDX-License-Identifier: Apache-2.0
#include "classic/pacing.hpp"

#include "base/classic_limits.hpp"

#include <chrono>
#include <utility>

namespace tertulia::classic {
namespace {

namespace limits = base::limits;

constexpr std::chrono::milliseconds behind_max{1'000};
constexpr std::size_t writes_apart_max = 4; // who has more before her is behind

} // namespace

void pacing::push(const writes& message, const write_form& form) {
    for (const std::string& write : message) {
        if (is_behind(form) || omitted_ > 0) {
            ++omitted_; // the message, or the rest of it
            return;
        }
        add(write, form);
    }
}

bool pacing::is_behind(const write_form& form) const {
    return form.pause * static_cast<std::int64_t>(waiting_.size()) >= behind_max ||
           bytes_ >= limits::classic_bytes_waiting_max;
}

// What waits already is joined with what comes, where the protocol can tell them apart.
void pacing::add(const std::string& write, const write_form& form) {
    bytes_ += write.size();
    const std::string_view between = form.joined_by.value_or("");
    if (form.joined_by && waiting_.size() >= writes_apart_max &&
        waiting_.back().size() + between.size() + write.size() <= form.size_max) {
        waiting_.back() += between;
        waiting_.back() += write;
        bytes_ += between.size();
    } else {
        waiting_.push_back(write);
    }
}

std::optional<std::string> pacing::next(base::steady_time now, std::chrono::milliseconds pause) {
    if (waiting_.empty() || now < free_at_) {
        return std::nullopt;
    }
    free_at_ = now + pause;
    std::string first = std::move(waiting_.front());
    waiting_.pop_front();
    bytes_ -= first.size();
    return first;
}

base::steady_time pacing::due_at() const {
    return waiting_.empty() ? base::steady_time::max() : free_at_;
}

std::uint32_t pacing::take_omitted() { return waiting_.empty() ? std::exchange(omitted_, 0) : 0; }

} // namespace tertulia::classic
