// SPDX-License-Identifier: Apache-2.0
#include "log/sequencer.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <variant>

namespace tertulia::log {

sequencer::sequencer(chat::heart& heart, base::wall_time not_before)
    : heart_(heart), time_(not_before) {}

sequenced sequencer::apply(std::span<chat::submission> submissions, base::wall_time now,
                           space left) {
    time_ = std::max(time_, now);
    auto made = std::make_shared<chat::batch>();
    made->events.reserve(submissions.size() * 2); // a command's event and its `done`, most often
    for (chat::submission& one : submissions) {
        apply_one(one, left, made->events);
    }
    thread_set hearers;
    for (const chat::event& one : made->events) {
        hearers |= reach_.follow(one);
        made->lasting = made->lasting || chat::lasts(one);
        if (const auto* const words = std::get_if<chat::words_changed>(&one.what)) {
            made->words = words->all;
        }
    }
    return {std::move(made), hearers};
}

void sequencer::apply_one(chat::submission& of, space left, std::vector<chat::event>& events) {
    if (const auto* const asked = std::get_if<chat::question>(&of.what)) {
        heart_.ask(of.session, of.serial, time_, *asked, events);
        return;
    }
    auto& command = std::get<chat::command>(of.what);
    if (left == space::scarce && heart_.would_last(command)) {
        refuse(of, events);
        return;
    }
    heart_.apply({of.session, of.serial, time_, std::move(command)}, events);
}

void sequencer::refuse(const chat::submission& of, std::vector<chat::event>& events) const {
    const chat::origin cause{of.session, of.serial};
    const chat::to_session author{of.session};
    events.push_back({cause, time_, author, chat::refused{chat::reason::no_space, {}, {}}});
    events.push_back({cause, time_, author, chat::done{}});
}

} // namespace tertulia::log
