// SPDX-License-Identifier: Apache-2.0
// Bans and mutes of the whole server: set, lifted, and met.
#include "base/glob.hpp"
#include "base/limits.hpp"
#include "chat/inquiry.hpp"
#include "chat/sanction.hpp"
#include "chat/steward.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace tertulia::chat {
namespace limits = base::limits;
namespace {

template <class... Cases>
struct overloaded : Cases... {
    using Cases::operator()...;
};

bool same(const sanctioned& one, const sanctioned& other) {
    return one.index() == other.index() && shown(one) == shown(other);
}

// What would shut out everybody is a slip.
bool too_broad(const sanctioned& of) {
    if (const auto* const nickname = std::get_if<by_nickname>(&of)) {
        return nickname->mask.find_first_not_of("*?") == std::string::npos;
    }
    const auto* const from = std::get_if<by_network>(&of);
    return from != nullptr && (from->where.shown_size() < limits::sanctioned_network_min ||
                               from->where.contains(base::all_of_ipv4()));
}

right needed_for(sanction_kind kind) {
    return kind == sanction_kind::ban ? right::ban : right::mute;
}

// Does anything of it come before others' eyes? Reasons do, too, and are left out.
bool is_writing(const command& what) {
    return std::visit(
        overloaded{[](const speak&) { return true; }, [](const edit&) { return true; },
                   [](const set_topic&) { return true; }, [](const rename&) { return true; },
                   [](const set_real_name&) { return true; }, [](const invite&) { return true; },
                   [](const rename_room&) { return true; },
                   [](const register_account&) { return true; },
                   [](const set_away& wish) { return wish.text && *wish.text != nobody_looks; },
                   [](const set_metadata& wish) { return !wish.what.value.empty(); },
                   [](const auto&) { return false; }},
        what);
}

command without_words(command what) {
    std::visit(
        [](auto& one) {
            if constexpr (requires { one.reason; }) {
                one.reason.clear();
            }
        },
        what);
    return what;
}

} // namespace

std::string shown(const sanctioned& of) {
    return std::visit(overloaded{[](const by_account& one) { return "account:" + one.name; },
                                 [](const by_nickname& one) { return "nick:" + one.mask; },
                                 [](const by_network& one) { return base::to_string(one.where); }},
                      of);
}

const sanction* order_state::meets(sanction_kind kind, const suspect& whom,
                                   base::wall_time now) const {
    const auto fits = overloaded{
        [&](const by_account& one) { return one.account == whom.account; },
        [&](const by_nickname& one) { return base::glob_match(one.mask, whom.nickname_key); },
        [&](const by_network& one) { return whom.from && one.where.contains(*whom.from); }};
    const auto found = std::ranges::find_if(sanctions, [&](const auto& each) {
        const sanction& one = each.second;
        return one.kind == kind && one.in_force(now) && std::visit(fits, one.whom);
    });
    return found == sanctions.end() ? nullptr : &found->second;
}

const sanction* heart_state::meets(sanction_kind kind, const person& whom, session_id from,
                                   base::wall_time now) const {
    if (whom.card->is_operator || order.sanctions.empty()) {
        return nullptr;
    }
    const auto place = std::ranges::find(whom.sessions, from, &attached::session);
    return order.meets(kind,
                       {whom.card->registered ? whom.id() : person_id{}, whom.card->nickname.key,
                        place == whom.sessions.end() ? std::nullopt : place->address->where()},
                       now);
}

event inquiry::operator()(const ask_sanctions& what) const {
    if (const auto refusal = without(needed_for(what.kind))) {
        return *refusal;
    }
    sanctions_answer found{what.kind, {}};
    for (const auto& [id, one] : state.order.sanctions) {
        if (one.kind == what.kind && one.in_force(time)) {
            found.in_force.push_back(one);
        }
    }
    return answer_with(std::move(found));
}

event inquiry::operator()(const ask_admission& what) const {
    return answer_with(tell_admission(state, what, time));
}

void application::operator()(const impose& wish) { steward(*this).begin(wish); }
void application::operator()(const lift& wish) { steward(*this).end(wish); }

void steward::refuse_by(const sanction& what, reason why) {
    in_.emit(to_session{in_.entry_.author}, refused{why, what.why, {}, {}, what.until});
}

namespace {

// Operators meet nothing. `of`: null for a guest.
const sanction* ban_of(const heart_state& in, const account* of,
                       const std::optional<base::network>& from, base::wall_time now) {
    if (of != nullptr && in.order.of(of->id).any()) {
        return nullptr;
    }
    const suspect whom =
        of == nullptr ? suspect{{}, {}, from} : suspect{of->id, of->name.key, from};
    return in.order.meets(sanction_kind::ban, whom, now);
}

} // namespace

admission_answer tell_admission(const heart_state& in, const ask_admission& what,
                                base::wall_time now) {
    const account* const of = what.account.value == 0 ? nullptr : in.find_account(what.account);
    return {ban_of(in, of, what.from, now) == nullptr};
}

bool steward::admits(const account* of, const std::optional<base::network>& from) {
    const sanction* const ban = ban_of(in_.state_, of, from, in_.entry_.time);
    if (ban != nullptr) {
        refuse_by(*ban, reason::server_banned);
    }
    return ban == nullptr;
}

bool steward::lets_speak(const account& as, const std::optional<base::network>& from) {
    if (!admits(&as, from)) {
        return false;
    }
    const suspect whom{as.id, as.name.key, from};
    const bool exempt = in_.state_.order.of(as.id).any();
    const sanction* const muting =
        exempt ? nullptr : in_.state_.order.meets(sanction_kind::mute, whom, in_.entry_.time);
    if (muting != nullptr) {
        refuse_by(*muting, reason::muted);
    }
    return muting == nullptr;
}

std::optional<base::network> steward::whence(session_id session) const {
    const person* const who = in_.state_.find(session);
    if (who == nullptr) {
        return std::nullopt;
    }
    return std::ranges::find(who->sessions, session, &attached::session)->address->where();
}

const sanction* steward::mute() const {
    return in_.author_ == nullptr ? nullptr
                                  : in_.state_.meets(sanction_kind::mute, *in_.author_,
                                                     in_.entry_.author, in_.entry_.time);
}

bool steward::may_write_to(const base::name& target) const {
    const account* const of = in_.state_.find_account(target.key);
    return of != nullptr && in_.state_.order.of(of->id).any();
}

bool steward::is_for_operators(const command& what) const {
    if (const auto* const words = std::get_if<speak>(&what)) {
        return may_write_to(words->target);
    }
    const auto* const change = std::get_if<edit>(&what);
    return change != nullptr && may_write_to(change->target);
}

void steward::apply_muted(const sanction& by) {
    if (is_writing(in_.entry_.what) && !is_for_operators(in_.entry_.what)) {
        refuse_by(by, reason::muted);
    } else {
        std::visit(in_, without_words(in_.entry_.what));
    }
}

bool steward::may(sanction_kind kind) { return in_.permitted(needed_for(kind), authority::own); }

// Whom the operator means, as it is kept; otherwise refuses.
std::optional<sanctioned> steward::resolved(const sanction_target& wish) {
    using how = sanction_target::kind;
    const account* const named = in_.state_.find_account(wish.name.key);
    switch (wish.how) {
    case how::network: return by_network{wish.where};
    case how::nickname: return by_nickname{wish.name.key};
    case how::name:
    case how::account:
        if (named != nullptr) {
            return by_account{named->id, named->name.display};
        }
        if (wish.how == how::name) {
            return by_nickname{wish.name.key};
        }
        in_.refuse(reason::no_such_account, wish.name.display);
        return std::nullopt;
    case how::address: break;
    }
    const person* const there = in_.state_.find_nickname(wish.name.key);
    const auto from = there == nullptr ? std::nullopt : there->sessions.front().address->where();
    if (!from) {
        in_.refuse(reason::no_such_nickname, wish.name.display);
        return std::nullopt;
    }
    return by_network{*from};
}

bool steward::within_reach(const sanctioned& whom) {
    const auto* const named = std::get_if<by_account>(&whom);
    const account* const of = named == nullptr ? nullptr : in_.state_.find_account(named->account);
    return of == nullptr || in_.within_reach(*of, authority::own);
}

void steward::begin(const impose& wish) {
    const auto whom = may(wish.kind) ? resolved(wish.whom) : std::nullopt;
    if (!whom || !within_reach(*whom)) {
        return;
    }
    if (too_broad(*whom)) {
        in_.refuse(reason::target_too_broad, shown(*whom));
        return;
    }
    drop_if([&](const sanction& one) { return one.kind == wish.kind && same(one.whom, *whom); });
    if (in_.state_.order.sanctions.size() >= limits::sanctions_max) {
        in_.refuse(reason::no_more_sanctions, shown(*whom));
        return;
    }
    const base::wall_time now = in_.entry_.time;
    const auto until =
        wish.lasts_for ? std::optional<base::wall_time>(now + *wish.lasts_for) : std::nullopt;
    const std::string& by = in_.author_->card->nickname.display;
    const sanction made{{in_.number_.value}, wish.kind, *whom, by, now, until, wish.why};
    put_in_force(made);
    in_.emit(to_session{in_.entry_.author}, sanction_told{made, told_as::imposed});
}

void steward::put_in_force(const sanction& made) {
    in_.state_.order.sanctions.emplace(made.id, made);
    in_.emit(nobody{}, sanction_saved{made, true});
    const bool bans = made.kind == sanction_kind::ban;
    record({in_.number_, bans ? measure::banned : measure::muted, made.by, shown(made.whom),
            made.why, made.until});
    bans ? put_out_the_banned(made) : tell_the_muted(made);
}

// Of a person who is here from several places only the sessions end that a ban meets.
void steward::put_out_the_banned(const sanction& by) {
    std::vector<std::pair<person*, std::vector<session_id>>> met;
    for (auto& [id, one] : in_.state_.persons) {
        std::vector<session_id> sessions = one.all_sessions();
        std::erase_if(sessions, [&](session_id session) {
            return in_.state_.meets(sanction_kind::ban, one, session, in_.entry_.time) == nullptr;
        });
        if (!sessions.empty()) {
            met.emplace_back(&one, std::move(sessions));
        }
    }
    const evicted told{eviction::banned, by.why, by.until};
    for (const auto& [whom, sessions] : met) {
        if (sessions.size() == whom->sessions.size()) {
            in_.put_out(*whom, told, "Banned");
            continue;
        }
        in_.emit(to_sessions{sessions}, told);
        for (const session_id session : sessions) {
            in_.emit(nobody{},
                     session_left{application::acquaintances(*whom, false).rooms, session});
            in_.detach(*whom, session);
        }
        in_.become_away(*whom, whom->away_by_looks());
    }
}

void steward::tell_the_muted(const sanction& by) {
    to_sessions met;
    for (const auto& [id, one] : in_.state_.persons) {
        for (const session_id session : one.all_sessions()) {
            const sanction* const what =
                in_.state_.meets(sanction_kind::mute, one, session, in_.entry_.time);
            if (what != nullptr && what->id == by.id) {
                met.sessions.push_back(session);
            }
        }
    }
    if (!met.sessions.empty()) {
        in_.emit(std::move(met), sanction_told{by, told_as::met});
    }
}

void steward::end(const lift& wish) {
    const auto whom = may(wish.kind) ? resolved(wish.whom) : std::nullopt;
    if (!whom) {
        return;
    }
    auto& all = in_.state_.order.sanctions;
    const auto found = std::ranges::find_if(all, [&](const auto& one) {
        return one.second.kind == wish.kind && same(one.second.whom, *whom);
    });
    if (found == all.end()) {
        in_.refuse(reason::no_such_sanction, shown(*whom));
        return;
    }
    const sanction over = found->second;
    all.erase(found);
    in_.emit(nobody{}, sanction_saved{over, false});
    const bool ban = wish.kind == sanction_kind::ban;
    in_.note_measure(ban ? measure::lifted_ban : measure::lifted_mute, authority::own,
                     shown(over.whom), {}, {});
    in_.emit(to_session{in_.entry_.author}, sanction_told{over, told_as::lifted});
}

void steward::drop_if(const std::function<bool(const sanction&)>& over) {
    auto& all = in_.state_.order.sanctions;
    for (auto at = all.begin(); at != all.end();) {
        if (over(at->second)) {
            in_.emit(nobody{}, sanction_saved{at->second, false});
            at = all.erase(at);
        } else {
            ++at;
        }
    }
}

void steward::end_what_is_over() {
    drop_if([&](const sanction& one) { return !one.in_force(in_.entry_.time); });
}

void steward::forget(person_id ended) {
    drop_if([&](const sanction& one) {
        const auto* const named = std::get_if<by_account>(&one.whom);
        return named != nullptr && named->account == ended;
    });
}

} // namespace tertulia::chat
