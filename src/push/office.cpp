// SPDX-License-Identifier: Apache-2.0
#include "push/office.hpp"

#include "base/clocks.hpp"
#include "base/journal.hpp"
#include "base/push_limits.hpp"
#include "base/thread_name.hpp"
#include "push/round.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <thread>
#include <utility>
#include <variant>

namespace tertulia::push {
namespace {

namespace limits = base::limits;
namespace journal = base::journal;
using line_box = base::mailbox<chat::submission>;

// What a courier is told: to carry something, or to leave what tells of a message.
using task = std::variant<parcel, chat::message_number>;

// A thread that delivers.
class courier {
public:
    courier(const options& with, chat::session_id self)
        : identity_(with.key, with.contact), trusted_(with.trusted), self_(self) {}

    void start(line_box& line) {
        thread_ = std::jthread([this, &line](const std::stop_token& stop) {
            base::name_this_thread("push courier");
            run(line, stop);
        });
    }
    void stop() {
        thread_.request_stop();
        box_.close();
    }
    void join() {
        if (thread_.joinable()) {
            thread_.join();
        }
    }
    // What there is no room for is dropped.
    void take(std::vector<task>& what) {
        if (!box_.try_push_all(what)) {
            what.clear();
        }
    }

private:
    void run(line_box& line, const std::stop_token& stop) {
        std::vector<task> come;
        while (wait(come)) {
            for (task& one : come) {
                take_up(std::move(one));
            }
            come.clear();
            if (std::optional<parcel> next = round_.next(base::steady_now())) {
                go(std::move(*next), line, stop);
            }
        }
    }

    void take_up(task what) {
        if (const auto* const gone = std::get_if<chat::message_number>(&what)) {
            round_.forget(*gone);
        } else if (!round_.add(std::get<parcel>(std::move(what)), base::steady_now())) {
            journal::debug("push: too many wait; one is dropped");
        }
    }

    // Until something comes or is due. False: it is over.
    bool wait(std::vector<task>& come) {
        const std::optional<base::steady_time> due = round_.due();
        if (!due) {
            return box_.wait_take_all(come);
        }
        const auto left = std::max(*due - base::steady_now(), base::steady_time::duration{0});
        return box_.wait_take_all(come, left) && !thread_.get_stop_token().stop_requested();
    }

    void go(parcel what, line_box& line, const std::stop_token& stop) {
        const verdict how =
            deliver(what, {identity_, tls_, trusted_, find_addresses}, base::wall_now(),
                    {std::chrono::steady_clock::now() + limits::push_timeout, stop});
        std::string endpoint = what.to.endpoint;
        if (round_.done(std::move(what), how, base::steady_now())) {
            // Where there is no room for that, the next push finds out again.
            std::vector<chat::submission> gone{
                {self_, 0, chat::command{chat::set_push{{std::move(endpoint), {}, {}}, false}}}};
            static_cast<void>(line.try_push_all(gone));
        }
    }

    const crypto::push_identity identity_;
    const std::vector<std::string> trusted_;
    const chat::session_id self_;
    const transport::tls_client_context tls_;
    round round_;
    base::mailbox<task> box_{limits::push_queue_max};
    std::jthread thread_;
};

} // namespace

struct office::state {
    explicit state(options with) : settings(std::move(with)), self{settings.node, 0, 0} {}

    void run(line_box& line);
    void hand_out(desk::outcome& what);

    const options settings;
    const chat::session_id self;
    std::unique_ptr<store::push_devices> devices;
    std::unique_ptr<desk> clerk;
    base::mailbox<chat::batch_ref> box{limits::push_batches_max};
    std::vector<std::unique_ptr<courier>> couriers;
    std::jthread thread;
};

base::result<std::unique_ptr<office>> office::open(options with) {
    auto made = std::make_unique<state>(std::move(with));
    auto devices = store::open_push_devices(made->settings.messages);
    if (!devices) {
        return std::unexpected(std::move(devices.error()));
    }
    made->devices = std::move(*devices);
    made->clerk = std::make_unique<desk>(*made->devices, made->settings.how, made->self);
    if (base::result<void> opened = made->clerk->open(); !opened) {
        return std::unexpected(std::move(opened.error()));
    }
    for (std::size_t i = 0; i < limits::push_senders; ++i) {
        made->couriers.push_back(std::make_unique<courier>(made->settings, made->self));
    }
    return std::unique_ptr<office>(new office(std::move(made)));
}

office::office(std::unique_ptr<state> made) : state_(std::move(made)) {}
office::~office() { stop(); }

base::mailbox<chat::batch_ref>& office::box() { return state_->box; }

void office::start(line_box& line) {
    for (const auto& one : state_->couriers) {
        one->start(line);
    }
    state_->thread = std::jthread([of = state_.get(), &line] { of->run(line); });
}

void office::stop() {
    state_->box.close();
    if (state_->thread.joinable()) {
        state_->thread.join();
    }
    for (const auto& one : state_->couriers) {
        one->stop();
    }
    for (const auto& one : state_->couriers) {
        one->join();
    }
}

void office::state::run(line_box& line) {
    base::name_this_thread("push");
    std::vector<chat::batch_ref> batches;
    while (box.wait_take_all(batches)) {
        desk::outcome found;
        for (const chat::batch_ref& one : batches) {
            if (const base::result<void> heard = clerk->take(*one, base::steady_now(), found);
                !heard) {
                journal::error("push: {} No device is told of anything until the next start.",
                               heard.error().sentence);
                box.close();
                return;
            }
        }
        batches.clear();
        hand_out(found);
        if (!line.try_push_all(found.questions)) { // the core is busy: nobody is told of these
            journal::debug("push: the core is busy; {} messages are not told",
                           found.questions.size());
        }
    }
}

// All that is for one push service goes by the same courier, in its order; that a message is gone
// is told to all.
void office::state::hand_out(desk::outcome& what) {
    std::vector<std::vector<task>> piles(couriers.size());
    for (std::vector<task>& pile : piles) {
        pile.assign(what.recalled.begin(), what.recalled.end());
    }
    for (parcel& one : what.parcels) {
        const std::size_t host_end = one.to.endpoint.find('/', std::string_view("https://").size());
        const std::string_view origin = std::string_view(one.to.endpoint).substr(0, host_end);
        piles[std::hash<std::string_view>{}(origin) % piles.size()].emplace_back(std::move(one));
    }
    for (std::size_t i = 0; i < piles.size(); ++i) {
        couriers[i]->take(piles[i]);
    }
}

} // namespace tertulia::push
