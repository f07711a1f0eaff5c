// SPDX-License-Identifier: Apache-2.0
#include "net/read_thread.hpp"

#include "base/limits.hpp"
#include "base/thread_name.hpp"

#include <utility>

namespace tertulia::net {

read_thread::read_thread(std::unique_ptr<session::reader> reader, std::vector<reply_box*> replies)
    : reader_(std::move(reader)), replies_(std::move(replies)),
      jobs_(base::limits::reads_waiting_max), thread_([this] { run(); }) {}

read_thread::~read_thread() {
    jobs_.close();
    thread_.join();
}

void read_thread::run() {
    base::name_this_thread("history");
    std::vector<read_job> taken;
    while (jobs_.wait_take_all(taken)) {
        for (const read_job& job : taken) {
            replies_[job.session.thread - 1U]->push({job.session, reader_->read(job.what)});
        }
        taken.clear();
    }
}

} // namespace tertulia::net
