// SPDX-License-Identifier: Apache-2.0
// Announcements, what people report, and the log of what was done to keep order.
#include "base/limits.hpp"
#include "chat/inquiry.hpp"
#include "chat/report.hpp"
#include "chat/steward.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace tertulia::chat {
namespace limits = base::limits;

void application::operator()(const announce& wish) { steward(*this).tell_everybody(wish); }
void application::operator()(const file_report& wish) { steward(*this).take_report(wish); }
void application::operator()(const close_report& wish) { steward(*this).close(wish); }

void steward::record(moderated done) {
    auto& log = in_.state_.order.log;
    log.push_back({done, in_.entry_.time});
    if (log.size() > limits::moderation_read_max) {
        log.pop_front();
    }
    in_.emit(nobody{}, std::move(done));
}

void steward::tell_everybody(const announce& wish) {
    if (!in_.permitted(right::announce, authority::own)) {
        return;
    }
    to_sessions all;
    for (const auto& [id, one] : in_.state_.persons) {
        const std::vector<session_id> hers = one.all_sessions();
        all.sessions.insert(all.sessions.end(), hers.begin(), hers.end());
    }
    in_.note_measure(measure::announced, authority::own, {}, wish.text, {});
    in_.emit(std::move(all), announced{in_.author_->card->nickname.display, wish.text});
}

void steward::take_report(const file_report& wish) {
    const auto& state = in_.state_;
    const std::string& key = wish.whom.key;
    const bool known = state.find_nickname(key) != nullptr || state.find_account(key) != nullptr ||
                       std::ranges::any_of(state.whowas, [&](const departed& one) {
                           return one.who->nickname.key == key;
                       });
    if (!known && (!wish.about || !key.empty())) {
        in_.refuse(reason::no_such_nickname, wish.whom.display);
        return;
    }
    if (key == in_.author_->card->nickname.key) {
        in_.refuse(reason::is_oneself, wish.whom.display);
        return;
    }
    auto& open = in_.state_.order.reports;
    const std::string& by = in_.author_->card->nickname.display;
    const auto hers =
        std::ranges::count_if(open, [&](const auto& one) { return one.second.by == by; });
    if (open.size() >= limits::reports_max ||
        static_cast<std::size_t>(hers) >= limits::reports_of_one_max) {
        in_.refuse(reason::too_many_reports, wish.whom.display);
        return;
    }
    const report_id id{open.empty() ? 1 : open.rbegin()->first.value + 1};
    const report made{id, by, wish.whom.display, wish.about, wish.why, in_.entry_.time};
    in_.emit(to_session{in_.entry_.author}, reported{made, reported_as::receipt});
    tell_of(made);
}

// It is open from now on.
void steward::tell_of(const report& made) {
    const auto& state = in_.state_;
    in_.state_.order.reports.emplace(made.id, made);
    in_.emit(nobody{}, report_saved{made, true});
    to_sessions operators;
    for (const auto& [account_id, held] : state.order.operators) {
        const person* const there = in_.state_.find_account(account_id)->present;
        if (holds(held, right::reports) && there != nullptr) {
            const std::vector<session_id> all = there->all_sessions();
            operators.sessions.insert(operators.sessions.end(), all.begin(), all.end());
        }
    }
    if (!operators.sessions.empty()) {
        in_.emit(std::move(operators), reported{made, reported_as::news});
    }
}

void steward::close(const close_report& wish) {
    if (!in_.permitted(right::reports, authority::own)) {
        return;
    }
    auto& open = in_.state_.order.reports;
    const auto found = open.find(wish.which);
    if (found == open.end()) {
        in_.refuse(reason::no_such_report, std::to_string(wish.which.value));
        return;
    }
    const report over = found->second;
    open.erase(found);
    in_.emit(nobody{}, report_saved{over, false});
    in_.note_measure(measure::closed_report, authority::own, over.whom,
                     wish.note.empty() ? over.why : wish.note, {});
    in_.emit(to_session{in_.entry_.author}, reported{over, reported_as::closed});
}

std::optional<event> inquiry::without(right needed) const {
    const rights held = state.rights_of(asker);
    if (holds(held, needed)) {
        return std::nullopt;
    }
    return event{cause, time, to_session{cause.session},
                 refused{held.any() ? reason::lacks_right : reason::not_operator,
                         std::string(name_of(needed)),
                         {}}};
}

event inquiry::operator()(const ask_reports& /*what*/) const {
    if (const auto refusal = without(right::reports)) {
        return *refusal;
    }
    reports_answer found;
    for (const auto& [id, one] : state.order.reports) {
        found.open.push_back(one);
    }
    return answer_with(std::move(found));
}

event inquiry::operator()(const ask_moderation& what) const {
    if (const auto refusal = without(right::log)) {
        return *refusal;
    }
    const auto& log = state.order.log;
    const auto end = what.before ? std::ranges::find_if(log,
                                                        [&](const measure_taken& one) {
                                                            return one.what.number >= what.before;
                                                        })
                                 : log.end();
    const auto there = static_cast<std::size_t>(end - log.begin());
    const std::size_t count =
        std::min({there, std::size_t{what.count}, limits::moderation_page_max});
    return answer_with(
        moderation_answer{std::vector(end - static_cast<std::ptrdiff_t>(count), end)});
}

} // namespace tertulia::chat
