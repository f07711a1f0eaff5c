// SPDX-License-Identifier: Apache-2.0
#include "net/connection.hpp"

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "base/net_limits.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

namespace tertulia::net {
namespace {

using namespace std::chrono_literals;
using transport::outcome;

constexpr auto handshake_timeout = 10s;
constexpr auto last_words_timeout = 5s; // for what was queued when the session ended

} // namespace

connection::connection(surroundings& around, chat::session_id id,
                       std::unique_ptr<transport::stream> over,
                       std::unique_ptr<session::protocol> speaker)
    : around_(around), stream_(std::move(over)), protocol_(std::move(speaker)),
      deadline_(around.now.steady + handshake_timeout), id_(id) {}

void connection::begin() {
    around_.hub.enter(id_, *protocol_, *this);
    protocol_->begin(around_.now, around_.said);
    absorb();
}

void connection::identify() {
    if (std::exchange(identified_, true)) {
        return;
    }
    if (const std::string shown = stream_->certificate(); !shown.empty()) {
        protocol_->identify(shown);
    }
}

void connection::take_input() {
    succeed();
    if (offers()) {
        offer();
    }
    if (!wants_input()) {
        return;
    }
    touch();
    more_input_ = read_needs_output_ = write_needs_input_ = false;
    const std::size_t room = base::limits::unread_size_max - unread_.size();
    const transport::transfer got = stream_->read(std::span(around_.buffer).first(room));
    switch (got.what) {
    case outcome::moved:
        more_input_ = got.size == room;
        if (at_ == stage::open) {
            identify();
            accept({around_.buffer.data(), got.size});
        } else if (at_ == stage::draining) {
            drain(got.size);
        }
        break;
    case outcome::wait_read: break;
    case outcome::wait_write: read_needs_output_ = true; break;
    case outcome::end:
        other_side_ended_ = true;
        end(std::string(base::text(around_.language, base::text_key::left_closed)));
        if (at_ == stage::draining) {
            at_ = stage::over;
        }
        break;
    case outcome::failed: drop(base::text_key::left_broken); break;
    }
}

void connection::writable() {
    touch();
    write_blocked_ = false;
    if (std::exchange(read_needs_output_, false)) {
        take_input();
    }
}

void connection::hear(answer what) {
    if (at_ != stage::open) {
        return;
    }
    told_ = true;
    if (const auto* const page = std::get_if<session::read_answer>(&what)) {
        protocol_->deliver_read(*page, around_.now, around_.said);
    } else if (const auto* const check = std::get_if<session::credential_answer>(&what)) {
        protocol_->deliver_check(*check, around_.now, around_.said);
    } else {
        protocol_->deliver_chore(std::move(std::get<session::chore_done>(what)), around_.now,
                                 around_.said);
    }
    absorb();
}

void connection::expire() {
    const base::steady_time now = around_.now.steady;
    touch();
    if (at_ != stage::open) {
        if (now >= deadline_) {
            drop(base::text_key::left_closed);
        }
    } else if (!stream_->established() && now >= deadline_) {
        drop(base::text_key::left_closed);
    } else if (!queue_.empty() && now >= queue_.waits_since() + around_.bounds.send_stall_max) {
        drop(base::text_key::left_write_timeout);
    } else if (now >= protocol_->wakes_at()) {
        told_ = true;
        protocol_->tick(around_.now, around_.said);
        absorb();
    }
}

void connection::reconfigured() {
    if (at_ == stage::open && stream_->established()) {
        touch();
        protocol_->reconfigured(around_.now, around_.said);
        absorb();
    }
}

void connection::farewell(std::string_view reason) {
    if (at_ != stage::open) {
        return;
    }
    if (!stream_->established()) {
        drop(base::text_key::left_closed);
        return;
    }
    protocol_->farewell(reason, around_.said);
    absorb();
    end(std::string(reason));
}

void connection::drop(base::text_key reason) {
    touch();
    abandoned_ = at_ != stage::draining; // then the kernel may go on sending what it was given
    end(std::string(base::text(around_.language, reason)));
    settle();
    queue_.clear();
    at_ = stage::over;
}

void connection::take(const session::slice& shared) {
    if (at_ == stage::open) {
        touch();
        queue_.push(shared, around_.now.steady);
    }
}

void connection::take(session::output& own) {
    told_ = true;
    carry_out(own);
}

void connection::carry_out(session::output& said) {
    if (at_ != stage::open) {
        return;
    }
    touch();
    for (session::output::piece& piece : said.pieces) {
        std::visit([this](auto& each) { queue_.push(std::move(each), around_.now.steady); }, piece);
    }
    for (session::request& each : said.requests) {
        const auto* const command = std::get_if<chat::command>(&each.what);
        known_ = known_ || (command != nullptr && std::holds_alternative<chat::connect>(*command));
        around_.requests.push_back({id_, each.serial, std::move(each.what)});
    }
    if (said.read) {
        around_.reads.emplace_back(id_, std::move(*said.read));
    }
    if (said.check) {
        auto& desk = is_looked_up(*said.check) ? around_.proofs : around_.checks;
        desk.emplace_back(id_, std::move(*said.check));
    }
    if (said.chore) {
        auto& to = said.chore->takes_long() ? around_.long_chores : around_.chores;
        to.emplace_back(id_, std::move(said.chore));
    }
    recognised_ = recognised_ || said.recognised;
    if (said.successor) {
        successor_ = std::move(said.successor);
    }
    if (said.close) {
        end(std::move(*said.close));
    }
}

void connection::offer() {
    told_ = false;
    const std::size_t taken = give(unread_);
    if (taken == unread_.size()) {
        std::string().swap(unread_);
    } else {
        unread_.erase(0, taken);
    }
}

// What it has not taken yet is the next one's.
void connection::succeed() {
    if (!successor_ || at_ != stage::open) {
        return;
    }
    around_.hub.leave(id_);
    protocol_ = std::exchange(successor_, nullptr);
    told_ = true;
    identified_ = false;
    identify();
    begin();
}

void connection::settle() {
    if (at_ == stage::leaving) {
        around_.hub.leave(id_);
        std::string().swap(unread_);
        at_ = stage::closing;
    }
}

void connection::flush() {
    for (int i = 0; has_output() && i < base::limits::writes_per_turn_max; ++i) {
        switch (queue_.write(*stream_, around_.now.steady).what) {
        case outcome::moved: break;
        case outcome::wait_write: write_blocked_ = true; break;
        case outcome::wait_read: write_needs_input_ = true; break;
        case outcome::end:
        case outcome::failed: drop(base::text_key::left_broken); break;
        }
    }
    if (queue_.behind() > around_.bounds.send_queue_max) {
        drop(base::text_key::left_send_queue);
    }
    if (at_ == stage::closing && queue_.empty()) {
        finish();
    }
    schedule();
    touched_ = false;
    if (has_output()) {
        touch();
    }
}

// The last words may have to wait for what the other side says of TLS.
bool connection::wants_input() const {
    return at_ == stage::draining || (at_ == stage::closing && write_needs_input_) ||
           (at_ == stage::open && unread_.size() < base::limits::unread_size_max);
}

bool connection::has_output() const {
    return !queue_.empty() && !write_blocked_ && !write_needs_input_;
}

// Listed for the end of the turn.
void connection::touch() {
    if (!touched_) {
        touched_ = true;
        around_.touched.push_back(this);
    }
}

// What the protocol just said outside the hub.
void connection::absorb() {
    session::output& said = around_.said;
    if (!said.pieces.empty()) {
        around_.hub.settle(id_); // what its rooms said before leaves before
    }
    if (said.features_changed) {
        around_.hub.features_changed(id_);
    }
    carry_out(said);
    said.clear();
}

void connection::accept(std::string_view bytes) {
    told_ = false;
    if (unread_.empty()) {
        unread_.assign(bytes.substr(give(bytes)));
    } else {
        unread_.append(bytes);
        offer();
    }
}

// How many bytes are done with: all of them, when the session ended by them.
std::size_t connection::give(std::string_view bytes) {
    const std::size_t taken = protocol_->receive(bytes, around_.now, around_.said);
    ASSERT(taken <= bytes.size());
    absorb();
    return at_ == stage::open ? taken : bytes.size();
}

void connection::end(std::string reason) {
    if (at_ != stage::open) {
        return;
    }
    at_ = stage::leaving;
    deadline_ = around_.now.steady + last_words_timeout;
    if (known_) {
        const auto how = around_.stopping ? chat::departure::with_node : chat::departure::own;
        around_.requests.push_back(
            {id_, 0, chat::command(chat::disconnect{std::move(reason), how})});
    }
    touch();
}

void connection::finish() {
    if (other_side_ended_) {
        at_ = stage::over;
        return;
    }
    stream_->finish();
    at_ = stage::draining;
    deadline_ = around_.now.steady + base::limits::drained_for;
    drained_until_ = around_.now.steady + base::limits::drained_for_max;
}

// Who still sends when the answer is out (a body that was refused) reads it only then; a reset
// would take it from her. A server that stops waits for nobody.
void connection::drain(std::size_t size) {
    drained_ += size;
    if (drained_ > base::limits::drained_size_max) {
        at_ = stage::over;
    } else if (!around_.stopping) {
        deadline_ = std::min(around_.now.steady + base::limits::drained_for, drained_until_);
    }
}

void connection::schedule() {
    base::steady_time next = deadline_;
    if (at_ == stage::open) {
        next = protocol_->wakes_at();
        if (!stream_->established()) {
            next = std::min(next, deadline_);
        }
        if (!queue_.empty()) {
            next = std::min(next, queue_.waits_since() + around_.bounds.send_stall_max);
        }
    }
    if (next == base::steady_time::max()) {
        cancel();
    } else if (at_ != stage::over) {
        const bool soon = next < around_.now.steady + near;
        (soon ? around_.quick_wheel : around_.wheel).schedule(*this, next);
    }
}

} // namespace tertulia::net
