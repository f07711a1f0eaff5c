// SPDX-License-Identifier: Apache-2.0
#include "net/office.hpp"

#include "base/thread_name.hpp"
#include "net/turns.hpp"

namespace tertulia::net {

office::office(const char* thread_name, std::vector<worker> workers, std::size_t waiting_max,
               std::vector<reply_box*> replies)
    : waiting_max_(waiting_max), replies_(std::move(replies)) {
    for (worker& each : workers) {
        desks_.push_back(std::make_unique<desk>(std::move(each), waiting_max));
        desks_.back()->thread = std::thread([this, &at = *desks_.back(), thread_name] {
            base::name_this_thread(thread_name);
            run(at);
        });
    }
}

office::~office() {
    close();
    for (const auto& each : desks_) {
        each->thread.join();
    }
}

void office::close() {
    closed_ = true;
    for (const auto& each : desks_) {
        each->jobs.close();
    }
}

void office::run(desk& at) const {
    turns waiting;
    std::vector<job> taken;
    while (!closed_) {
        if (!waiting.empty()) {
            at.jobs.take_all(taken);
        } else if (!at.jobs.wait_take_all(taken)) {
            return;
        }
        waiting.add(taken);
        if (waiting.empty() || closed_) {
            continue;
        }
        job next = waiting.take();
        replies_[next.session.thread - 1U]->push({next.session, at.who(std::move(next.what))});
        --at.load;
    }
}

office::desk& office::least_busy() {
    const std::size_t first = next_++;
    desk* found = desks_[first % desks_.size()].get();
    for (std::size_t i = 1; i < desks_.size() && found->load > 0; ++i) {
        desk& other = *desks_[(first + i) % desks_.size()];
        found = other.load < found->load ? &other : found;
    }
    return *found;
}

void office::ask(std::vector<job>& jobs) {
    std::vector<job> refused;
    std::vector<job> one;
    for (job& each : jobs) {
        one.push_back(std::move(each));
        if (desks_.empty()) {
            refused.push_back(std::move(one.front()));
        } else if (desk& at = least_busy();
                   ++at.load > waiting_max_ || !at.jobs.try_push_all(one)) {
            --at.load;
            refused.push_back(std::move(one.front()));
        }
        one.clear();
    }
    jobs = std::move(refused);
}

} // namespace tertulia::net
