// SPDX-License-Identifier: Apache-2.0
#include "classic/hall.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace tertulia::tests {
namespace {

constexpr std::uint16_t first_port = 45350;
constexpr std::uint16_t other_door = 7; // the thread of those who came otherwise

// As little work as a hash can be.
auth::policy cheap_policy() {
    return {.cost = {.memory_kib = 8, .passes = 1},
            .scram = false,
            .scram_iterations = 4'096,
            .imagination = std::string(32, 'i')};
}

} // namespace

guest::guest(hall& house, chat::session_id id, classic::dialect& speaks,
             const classic::entrance& at, const classic::visitor& who)
    : house_(house), id_(id), protocol_(speaks.receive(at, who, house.now_)) {}

guest& guest::sends(std::string_view bytes) {
    unread_.emplace_back(bytes);
    house_.run();
    return *this;
}

void guest::hangs_up() {
    session::output out;
    out.close = "Connection closed";
    take(out);
    house_.run();
}

std::vector<std::string> guest::hears() {
    house_.waits(std::chrono::milliseconds(500));
    return hears_now();
}

std::vector<std::string> guest::hears_now() { return std::exchange(heard_, {}); }

void guest::take(const session::slice& shared) { heard_.emplace_back(shared.bytes()); }

void guest::take(session::output& own) {
    for (session::output::piece& one : own.pieces) {
        heard_.push_back(std::get<std::string>(one));
    }
    for (session::request& one : own.requests) {
        std::visit(
            [&](auto& what) { house_.to_core_.push_back({id_, one.serial, std::move(what)}); },
            one.what);
    }
    if (own.check) {
        house_.checks_.emplace_back(this, std::move(*own.check));
    }
    if (own.close && !closed_) {
        closed_ = own.close;
        house_.to_core_.push_back({id_, 0, chat::command(chat::disconnect{*closed_})});
    }
}

bool guest::offer() {
    if (unread_.empty() || closed_) {
        return false;
    }
    session::output out;
    const std::size_t taken = protocol_->receive(unread_.front(), house_.now_, out);
    if (taken > 0) {
        unread_.pop_front();
    }
    take(out);
    return taken > 0;
}

hall::hall(const classic::settings& rules)
    : now_{base::wall_time(std::chrono::hours(24 * 365)), base::steady_time(std::chrono::hours(1))},
      rules_(std::make_shared<const classic::settings>(rules)), heart_(chat::restored{}),
      accounts_(new kept_accounts),
      clerk_(cheap_policy(), guesses_, std::unique_ptr<store::credential_reader>(accounts_)) {
    std::vector<chat::event> events;
    heart_.apply({{}, 0, now_.wall, chat::keep_room{*base::make_room_name("#lobby")}}, events);
}

hall::~hall() = default;

classic::settings hall::quiet() {
    classic::settings rules;
    rules.rate_limited = false;
    rules.sessions_per_address_max = 0;
    return rules;
}

classic::dialect& hall::dialect_of(const std::string& kind) {
    const std::map<std::string, std::unique_ptr<classic::dialect> (*)(classic::settings_ref)>
        makers{{"base64", classic::make_base64},
               {"caesar", classic::make_caesar},
               {"labels", classic::make_labels},
               {"nickname", classic::make_nickname},
               {"roster", classic::make_roster}};
    std::unique_ptr<classic::dialect>& made = dialects_[kind];
    if (!made) {
        made = makers.at(kind)(rules_);
    }
    return *made;
}

guest& hall::connects(const std::string& kind, const std::string& room, const std::string& host) {
    classic::entrance at;
    at.room = *base::make_room_name(room);
    at.accounts = true;
    return connects_to(kind, at, host);
}

guest& hall::connects_to(const std::string& kind, const classic::entrance& at,
                         const std::string& host) {
    const std::uint32_t number = arrivals_++;
    const classic::visitor who{host, host, host, static_cast<std::uint16_t>(first_port + number),
                               number};
    const chat::session_id id{0, 1, static_cast<std::uint32_t>(guests_.size() + 1)};
    guests_.push_back(std::make_unique<guest>(*this, id, dialect_of(kind), at, who));
    guest& made = *guests_.back();
    hub_.enter(id, *made.protocol_, made);
    session::output out;
    made.protocol_->begin(now_, out);
    made.take(out);
    run();
    return made;
}

void hall::nobody_hears() {
    waits(std::chrono::milliseconds(1'500));
    for (const auto& one : guests_) {
        one->heard_.clear();
    }
}

// Each is woken when it wants to be, to the millisecond.
void hall::waits(std::chrono::milliseconds time) {
    const base::moment end{now_.wall + time, now_.steady + time};
    while (true) {
        base::steady_time next = end.steady;
        for (const auto& one : guests_) {
            if (!one->closed_) {
                next = std::min(next, std::max(one->protocol_->wakes_at(), now_.steady));
            }
        }
        now_ = {now_.wall + (next - now_.steady), next};
        bool woken = false;
        for (const auto& one : guests_) {
            if (!one->closed_ && one->protocol_->wakes_at() <= now_.steady) {
                session::output out;
                one->protocol_->tick(now_, out);
                if (out.features_changed) {
                    hub_.features_changed(one->id_);
                }
                one->take(out);
                woken = true;
            }
        }
        run();
        if (!woken && now_.steady >= end.steady) {
            return;
        }
    }
}

void hall::arrives(const std::string& nickname, const std::string& room) {
    const auto number = static_cast<std::uint32_t>(others_.size() + 1);
    others_[nickname] = {0, other_door, number};
    chat::connect coming;
    coming.nickname = *base::make_nickname(nickname);
    coming.user = "~" + nickname;
    coming.host = "192.0.2.1";
    coming.address = coming.host;
    coming.real_name = nickname;
    coming.arrival = arrivals_++;
    does(nickname, coming);
    does(nickname, chat::join{*base::make_room_name(room), {}});
}

void hall::does(const std::string& nickname, chat::command what) {
    answers_.clear();
    to_core_.push_back({others_.at(nickname), 1, std::move(what)});
    run();
}

void hall::does_as(const guest& who, chat::command what) {
    to_core_.push_back({who.id(), 0, std::move(what)});
    run();
}

void hall::says(const std::string& nickname, const std::string& target, const std::string& text) {
    chat::speak said;
    said.target =
        target.starts_with('#') ? *base::make_room_name(target) : *base::make_nickname(target);
    said.text = text;
    does(nickname, std::move(said));
}

std::vector<chat::card_ref> hall::members_of(const std::string& room) {
    if (!others_.contains("observer")) {
        arrives("observer", "#nowhere");
    }
    std::vector<chat::event> events;
    heart_.ask(others_.at("observer"), 1, now_.wall, chat::ask_names{*base::make_room_name(room)},
               events);
    std::vector<chat::card_ref> found;
    for (const chat::member_view& one :
         std::get<chat::names_answer>(*std::get<chat::answered>(events.front().what).what)
             .members) {
        found.push_back(one.who);
    }
    return found;
}

std::vector<std::string> hall::people_in(const std::string& room) {
    std::vector<std::string> names;
    for (const chat::card_ref& who : members_of(room)) {
        names.push_back(who->nickname.display);
    }
    std::ranges::sort(names);
    return names;
}

std::vector<std::string> hall::real_names_in(const std::string& room) {
    std::vector<std::string> names;
    for (const chat::card_ref& who : members_of(room)) {
        names.push_back(who->real_name);
    }
    std::ranges::sort(names);
    return names;
}

void hall::core_goes_on() {
    core_holds_ = false;
    run();
}

void hall::replaces_settings(const classic::settings& rules) {
    for (const auto& [kind, one] : dialects_) {
        one->replace_settings(std::make_shared<const classic::settings>(rules));
    }
}

void hall::run() {
    bool moved = true;
    while (moved) {
        moved = run_core() || run_clerk();
        for (std::size_t at = 0; at < guests_.size(); ++at) {
            moved = guests_[at]->offer() || moved;
        }
    }
}

bool hall::run_core() {
    if (core_holds_ || to_core_.empty()) {
        return false;
    }
    const chat::submission next = std::move(to_core_.front());
    to_core_.pop_front();
    apply(next);
    return true;
}

bool hall::run_clerk() {
    if (checks_.empty()) {
        return false;
    }
    auto [asker, query] = std::move(checks_.front());
    checks_.pop_front();
    session::output out;
    asker->protocol_->deliver_check(clerk_.answer(std::move(query), now_.steady), now_, out);
    asker->take(out);
    return true;
}

void hall::apply(const chat::submission& of) {
    if (of.session.thread == 1 && guests_.at(of.session.number - 1)->closed_) {
        hub_.leave(of.session);
    }
    std::vector<chat::event> events;
    const chat::to_session author{of.session};
    if (refuses_) {
        events.push_back(
            {{of.session, of.serial}, now_.wall, author, chat::refused{*refuses_, {}, {}}});
    } else if (const auto* const asked = std::get_if<chat::question>(&of.what)) {
        ++questions_;
        heart_.ask(of.session, of.serial, now_.wall, *asked, events);
    } else {
        heart_.apply({of.session, of.serial, now_.wall, std::get<chat::command>(of.what)}, events);
    }
    for (const chat::event& one : events) {
        accounts_->hear(one);
        const auto* const spoke = std::get_if<chat::spoke>(&one.what);
        if (spoke != nullptr && spoke->room) {
            said_.push_back(spoke->by->nickname.display + ": " + spoke->text);
        }
    }
    answers_.insert(answers_.end(), events.begin(), events.end());
    hub_.route(events, now_);
    hub_.end_turn();
}

} // namespace tertulia::tests
