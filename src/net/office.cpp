// SPDX-License-Identifier: Apache-2.0
#include "net/office.hpp"

#include "base/thread_name.hpp"

namespace tertulia::net {

office::office(const char* thread_name, std::vector<worker> workers, std::size_t waiting_max,
               std::vector<reply_box*> replies)
    : replies_(std::move(replies)) {
    for (worker& each : workers) {
        desks_.push_back(std::make_unique<desk>(std::move(each), waiting_max));
        desks_.back()->thread = std::thread([this, &at = *desks_.back(), thread_name] {
            base::name_this_thread(thread_name);
            run(at);
        });
    }
}

office::~office() {
    for (const auto& each : desks_) {
        each->jobs.close();
    }
    for (const auto& each : desks_) {
        each->thread.join();
    }
}

void office::run(desk& at) const {
    std::vector<job> taken;
    while (at.jobs.wait_take_all(taken)) {
        for (job& each : taken) {
            replies_[each.session.thread - 1U]->push({each.session, at.who(std::move(each.what))});
        }
        taken.clear();
    }
}

void office::ask(std::vector<job>& jobs) {
    std::vector<job> refused;
    std::vector<job> one;
    for (job& each : jobs) {
        one.push_back(std::move(each));
        if (desks_.empty() || !desks_[next_++ % desks_.size()]->jobs.try_push_all(one)) {
            refused.push_back(std::move(one.front()));
        }
        one.clear();
    }
    jobs = std::move(refused);
}

} // namespace tertulia::net
