// SPDX-License-Identifier: Apache-2.0
#include "sim/server.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::sim {
namespace {

// The simulation is about order, not about patience: no flood control.
irc::settings_ref relaxed_rules() {
    auto rules = std::make_shared<irc::settings>();
    rules->rate_limited = false;
    rules->sessions_per_address_max = 0;
    rules->history_on_join = 5;
    return rules;
}

} // namespace

server::server(store::opened opened, std::unique_ptr<session::reader> history, base::wall_time now)
    : found(std::move(opened.heart)), heart(found), order(heart, found.time),
      storage(std::move(opened.writer)), reader(std::move(history)) {
    const irc::settings_ref rules = relaxed_rules();
    for (std::size_t i = 0; i < thread_count; ++i) {
        threads.push_back(std::make_unique<thread>(rules, opened.message_key));
    }
    line.push_back({{}, 0, chat::command{chat::node_gone{0}}});
    line.push_back({{}, 0, chat::command{chat::keep_room{*base::make_room_name("#lobby")}}});
    apply(line.size(), now);
}

client& server::connect(std::size_t thread_index, base::moment now) {
    thread& on = *threads[thread_index];
    const chat::session_id id{0, static_cast<std::uint16_t>(thread_index + 1), ++sessions_made};
    client& made = *on.clients.emplace_back(std::make_unique<client>(on.dialect, id, now));
    on.hub.enter(id, made.protocol(), made);
    return made;
}

void server::disconnect(std::size_t thread_index, std::size_t client_index,
                        const std::string& why) {
    thread& on = *threads[thread_index];
    client& gone = *on.clients[client_index];
    on.hub.leave(gone.id());
    collect(gone);
    line.push_back({gone.id(), 0, chat::command{chat::disconnect{why}}});
    on.clients.erase(on.clients.begin() + static_cast<std::ptrdiff_t>(client_index));
}

void server::collect(client& from) {
    std::ranges::move(from.submissions, std::back_inserter(line));
    from.submissions.clear();
}

void server::apply(std::size_t count_max, base::wall_time now) {
    const std::size_t count = std::min(count_max, line.size());
    if (count == 0) {
        return;
    }
    const auto end = line.begin() + static_cast<std::ptrdiff_t>(count);
    step_record made;
    made.from.assign(line.begin(), end);
    line.erase(line.begin(), end);
    made.now = now;
    made.left = storage->free_space() < space_reserve ? log::space::scarce : log::space::enough;
    std::vector<chat::submission> applied = made.from;
    made.made = order.apply(applied, now, made.left);
    uncommitted.push_back(std::move(made));
}

base::result<std::vector<step_record>> server::commit(std::size_t count_max) {
    const std::size_t count = std::min(count_max, uncommitted.size());
    std::vector<chat::batch_ref> lasting;
    for (std::size_t i = 0; i < count; ++i) {
        if (uncommitted[i].made.batch->lasting) {
            lasting.push_back(uncommitted[i].made.batch);
        }
    }
    if (!lasting.empty()) {
        if (const base::result<void> stored = storage->commit(lasting); !stored) {
            return std::unexpected(stored.error());
        }
    }
    std::vector<step_record> durable;
    for (std::size_t i = 0; i < count; ++i) {
        hand_out(uncommitted.front());
        durable.push_back(std::move(uncommitted.front()));
        uncommitted.pop_front();
    }
    return durable;
}

void server::hand_out(step_record& of) {
    for (std::size_t thread = 0; thread < threads.size() && !of.handed_out; ++thread) {
        if (of.made.hearers.test(thread + 1)) {
            threads[thread]->inbox.push_back(of.made.batch);
        }
    }
    of.handed_out = true;
}

session::credential_answer server::answer_to(const session::credential_query& of) const {
    if (std::holds_alternative<session::password_hash>(of.what)) {
        return session::hashed{{"hash", "keys"}, {}};
    }
    if (const auto* const asked = std::get_if<session::password_check>(&of.what)) {
        const std::string key = base::fold(asked->account);
        for (const chat::account_saved& one : heart.lasting_state().accounts) {
            if (one.name.key == key) {
                return session::proved{{one.id, one.version}, one.name, {}};
            }
        }
    }
    return session::not_proved{};
}

void server::turn(thread& of, base::moment now) {
    if (!of.inbox.empty()) {
        of.hub.route(of.inbox.front()->events, now);
        of.inbox.pop_front();
    }
    for (const std::unique_ptr<client>& one : of.clients) {
        if (one->read) {
            const session::read_query asked = *std::exchange(one->read, std::nullopt);
            one->answer_read(reader->read(asked), now, of.hub);
        }
        if (one->check) {
            const session::credential_query asked = *std::exchange(one->check, std::nullopt);
            one->answer_check(answer_to(asked), now, of.hub);
        }
        one->server_ticks(now, of.hub);
        one->server_reads(now, of.hub);
        collect(*one);
    }
    of.hub.end_turn();
}

} // namespace tertulia::sim
