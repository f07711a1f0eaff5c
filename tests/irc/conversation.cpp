// SPDX-License-Identifier: Apache-2.0
#include "irc/conversation.hpp"

#include "base/limits.hpp"
#include "crypto/code.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

namespace tertulia::tests {
namespace {

constexpr std::string_view message_key = "0123456789abcdef";
constexpr base::wall_time first_day =
    std::chrono::sys_days(std::chrono::year(2026) / 3 / 1) + std::chrono::hours(12);

std::string masked(std::string text) {
    constexpr std::string_view key = "msgid=";
    for (std::size_t at = text.find(key); at != std::string::npos; at = text.find(key, at)) {
        const bool in_tags = at > 0 && (text[at - 1] == '@' || text[at - 1] == ';');
        at += key.size();
        if (!in_tags) {
            continue;
        }
        text.replace(at, text.find_first_of("; ", at) - at, "*");
    }
    std::erase(text, '\r');
    return text;
}

// As little work as a hash can be.
auth::policy cheap_policy(session::service_passes& passes) {
    return {.cost = {.memory_kib = 8, .passes = 1},
            .scram = true,
            .scram_iterations = base::limits::scram_iterations_min,
            .claim = crypto::code_digest(conversation::claim_code),
            .passes = &passes,
            .imagination = std::string(32, 'i')};
}

} // namespace

client::client(conversation& server, chat::session_id id, irc::peer from)
    : server_(server), id_(id), protocol_(server.dialect_, std::move(from), server.now_) {}

client& client::sends(std::string_view line) { return sends_bytes(std::string(line) + "\r\n"); }

client& client::sends_bytes(std::string_view bytes) {
    unread_ += bytes;
    server_.run();
    return *this;
}

std::string client::hears() { return masked(hears_exactly()); }

std::string client::hears_exactly() {
    server_.hub_.end_turn();
    return std::exchange(heard_, {});
}

void client::take(session::output& own) {
    for (session::output::piece& one : own.pieces) {
        if (const auto* const text = std::get_if<std::string>(&one)) {
            heard_ += *text;
        } else {
            while (std::get<1>(one)->next(heard_)) {}
        }
    }
    for (session::request& one : own.requests) {
        std::visit(
            [&](auto& what) { server_.to_core_.push_back({id_, one.serial, std::move(what)}); },
            one.what);
    }
    if (own.read) {
        server_.reads_.push_back({this, *own.read});
    }
    if (own.check) {
        server_.checks_.push_back({this, std::move(*own.check)});
    }
    if (own.close && !closed_) {
        closed_ = own.close;
        server_.to_core_.push_back({id_, 0, chat::command(chat::disconnect{*closed_})});
    }
}

// True when something was taken.
bool client::offer_unread() {
    if (unread_.empty() || closed_) {
        return false;
    }
    session::output out;
    const std::size_t taken = protocol_.receive(unread_, server_.now_, out);
    unread_.erase(0, taken);
    if (!out.pieces.empty()) {
        server_.hub_.settle(id_);
    }
    take(out);
    if (out.features_changed) {
        server_.hub_.features_changed(id_);
    }
    return taken > 0;
}

irc::settings conversation::quiet() {
    irc::settings rules;
    rules.server_name = "irc.test";
    rules.version = "tertulia-1";
    rules.started_at = first_day;
    rules.rate_limited = false;
    rules.history_on_join = 0;
    return rules;
}

conversation::conversation(irc::settings rules)
    : now_{first_day, {}},
      dialect_(std::make_shared<const irc::settings>(completed(std::move(rules))), message_key),
      heart_(chat::restored{}), accounts_(new kept_accounts),
      clerk_(cheap_policy(passes_), guesses_,
             std::unique_ptr<store::credential_reader>(accounts_)) {}

// With what all of a server share.
irc::settings conversation::completed(irc::settings rules) {
    rules.passes = &passes_;
    rules.manners.listed = words_;
    return rules;
}

conversation::~conversation() = default;

client& conversation::arrives(irc::peer from) {
    const auto number = static_cast<std::uint32_t>(clients_.size() + 1);
    const chat::session_id id{1, 0, number};
    clients_.push_back(std::make_unique<client>(*this, id, std::move(from)));
    client& arrived = *clients_.back();
    hub_.enter(id, arrived.protocol_, arrived);
    session::output out;
    arrived.protocol_.begin(now_, out);
    arrived.take(out);
    return arrived;
}

client& conversation::registers(std::string_view nickname, std::string_view capabilities) {
    client& one = arrives();
    if (!capabilities.empty()) {
        one.sends(fmt::format("CAP REQ :{}", capabilities));
    }
    one.sends(fmt::format("NICK {}", nickname));
    one.sends(fmt::format("USER {} 0 * :{} Real", nickname, nickname));
    one.sends("CAP END");
    nobody_hears();
    return one;
}

void conversation::nobody_hears() {
    hub_.end_turn();
    for (const std::unique_ptr<client>& one : clients_) {
        one->heard_.clear();
    }
}

// In steps, as a timer wheel does: each session is woken when it wants to be.
void conversation::waits(std::chrono::milliseconds time) {
    const base::moment end{now_.wall + time, now_.steady + time};
    while (true) {
        base::steady_time next = end.steady;
        for (const std::unique_ptr<client>& one : clients_) {
            if (!one->closed_) {
                next = std::min(next, std::max(one->protocol_.wakes_at(), now_.steady));
            }
        }
        now_ = {now_.wall + (next - now_.steady), next};
        bool woken = false;
        for (const std::unique_ptr<client>& one : clients_) {
            if (!one->closed_ && one->protocol_.wakes_at() <= now_.steady) {
                session::output out;
                one->protocol_.tick(now_, out);
                one->take(out);
                woken = true;
            }
        }
        run();
        if (!woken) {
            return;
        }
    }
}

void conversation::replaces_settings(irc::settings rules) {
    dialect_.replace_settings(std::make_shared<const irc::settings>(completed(std::move(rules))));
    for (const std::unique_ptr<client>& one : clients_) {
        session::output out;
        one->protocol_.reconfigured(now_, out);
        one->take(out);
    }
}

void conversation::says_farewell(std::string_view reason) {
    for (const std::unique_ptr<client>& one : clients_) {
        session::output out;
        one->protocol_.farewell(reason, out);
        one->take(out);
    }
    run();
}

void conversation::server_does(chat::command what) {
    constexpr chat::session_id server{1, 0, 0};
    std::vector<chat::event> events;
    heart_.apply({server, 0, now_.wall, std::move(what)}, events);
    route(events);
    run();
}

void conversation::core_goes_on() {
    core_holds_ = false;
    run();
}

void conversation::clerk_goes_on() {
    clerk_holds_ = false;
    run();
}

void conversation::reader_goes_on() {
    reader_holds_ = false;
    run();
}

std::string conversation::msgid(std::uint64_t number) const {
    std::string token;
    dialect_.tokens().append(number, token);
    return token;
}

void conversation::run() {
    bool moved = true;
    while (moved) {
        moved = run_core() || run_reader() || run_clerk();
        for (std::size_t at = 0; at < clients_.size(); ++at) {
            moved = clients_[at]->offer_unread() || moved;
        }
    }
}

bool conversation::run_core() {
    if (core_holds_ || to_core_.empty()) {
        return false;
    }
    const chat::submission next = std::move(to_core_.front());
    to_core_.pop_front();
    apply(next);
    return true;
}

void conversation::apply(const chat::submission& of) {
    if (clients_.at(of.session.number - 1)->closed_) {
        hub_.leave(of.session);
    }
    std::vector<chat::event> events;
    if (refuses_) {
        const chat::to_session author{of.session};
        events.push_back(
            {{of.session, of.serial}, now_.wall, author, chat::refused{*refuses_, {}, {}}});
        events.push_back({{of.session, of.serial}, now_.wall, author, chat::done{}});
    } else if (const auto* const asked = std::get_if<chat::question>(&of.what)) {
        heart_.ask(of.session, of.serial, now_.wall, *asked, events);
    } else {
        heart_.apply({of.session, of.serial, now_.wall, std::get<chat::command>(of.what)}, events);
    }
    route(events);
}

void conversation::route(const std::vector<chat::event>& events) {
    for (const chat::event& one : events) {
        accounts_->hear(one);
        if (const auto* const words = std::get_if<chat::words_changed>(&one.what)) {
            words_->put_up(words->all);
        }
    }
    hub_.route(events, now_);
    hub_.end_turn();
}

bool conversation::run_reader() {
    if (reader_holds_ || reads_.empty()) {
        return false;
    }
    const pending_read next = std::move(reads_.front());
    reads_.pop_front();
    const session::read_answer found = reader ? reader(next.what) : session::history_page{};
    session::output out;
    next.asker->protocol_.deliver_read(found, now_, out);
    hub_.settle(next.asker->id_);
    next.asker->take(out);
    return true;
}

bool conversation::run_clerk() {
    if (clerk_holds_ || checks_.empty()) {
        return false;
    }
    pending_check next = std::move(checks_.front());
    checks_.pop_front();
    session::output out;
    next.asker->protocol_.deliver_check(clerk_.answer(std::move(next.what), now_.steady), now_,
                                        out);
    hub_.settle(next.asker->id_);
    next.asker->take(out);
    return true;
}

} // namespace tertulia::tests
