// SPDX-License-Identifier: Apache-2.0
#include "net/loop.hpp"

#include "base/clocks.hpp"
#include "base/thread_name.hpp"
#include "net/connection.hpp"
#include "net/last_words.hpp"
#include "net/porch.hpp"
#include "net/reception.hpp"
#include "net/sleeper.hpp"
#include "net/surroundings.hpp"
#include "net/throttle.hpp"
#include "net/waitable.hpp"
#include "transport/plain_stream.hpp"
#include "transport/tls_stream.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace tertulia::net {
namespace {

using boost::system::error_code;
using refusal = std::optional<turned_away>;

constexpr std::size_t tasks_waiting_max = 64;

// A connection with what the loop knows of it.
struct seat {
    seat(waitable waits_for, throttle::stay in, surroundings& around, chat::session_id id,
         std::unique_ptr<transport::stream> over, std::unique_ptr<session::protocol> speaker)
        : socket(std::move(waits_for)), counted(std::move(in)),
          talk(around, id, std::move(over), std::move(speaker)) {}

    waitable socket;
    throttle::stay counted;
    connection talk;
    bool waits_input = false;
    bool waits_output = false;
};

} // namespace

struct loop::state {
    state(const loop_options& options, std::vector<transport::descriptor> sockets,
          std::vector<tls_ref> of_doors);

    void turn();
    void wait();
    void run_tasks();
    void route();
    void deliver_replies();
    void serve_sockets();
    void receive_callers();
    void hand_over();
    void welcome(arrival one);
    void seat_at(const arrival& one, waitable socket, throttle::stay in, const refusal& no);
    void settle();
    void ask_offices();
    void ask_for_chores(office& at, std::vector<job>& what);
    void submit();
    void flush();
    void look_after(seat& of);
    void bury(seat& of);
    void relieve();
    void begin_stop(std::string_view reason, std::chrono::milliseconds patience);
    void end();

    [[nodiscard]] bool has_work() const;
    [[nodiscard]] std::optional<base::steady_time> wakes_at();
    [[nodiscard]] bool stopped() const;
    [[nodiscard]] seat* find(std::uint32_t number);
    [[nodiscard]] std::uint32_t next_number();

    const loop_options with;
    sleeper rest;
    base::mailbox<chat::batch_ref> batches;
    reply_box replies;
    arrival_box arrivals;
    base::mailbox<std::function<void()>> tasks;
    base::mailbox<chat::submission>* line = nullptr;
    const offices* ask = nullptr; // while it runs
    std::vector<arrival_box*> threads;

    surroundings around;
    reception entry;
    porch waiting_room;       // of those whom a proxy announces
    std::vector<tls_ref> tls; // of each door; empty: plain
    throttle entry_limits;
    boost::unordered_flat_map<std::uint32_t, std::unique_ptr<seat>> seats;
    std::uint32_t last_number = 0;
    std::uint32_t arrivals_counted = 1; // 0: never came in, and speaks. By the thread that accepts

    std::vector<chat::batch_ref> routing; // taken out of the mailbox; the first `routed` are done
    std::size_t routed = 0;
    std::vector<reply> answers;
    std::vector<arrival> arrived;
    std::vector<std::vector<arrival>> leaving; // callers on their way to other threads
    std::vector<std::uint32_t> ready;          // sessions that may have input
    std::vector<std::uint32_t> writable;       // sessions whose socket takes bytes again
    bool line_full = false;                    // then nobody's input is taken

    base::steady_time give_up_at; // when stopping
};

loop::state::state(const loop_options& options, std::vector<transport::descriptor> sockets,
                   std::vector<tls_ref> of_doors)
    : with(options), batches(base::limits::batches_waiting_max, rest.waker()),
      replies(2 * base::limits::reads_waiting_max, rest.waker()),
      arrivals(base::limits::arrivals_waiting_max, rest.waker()),
      tasks(tasks_waiting_max, rest.waker()),
      around{.now = base::read_clocks(), .bounds = with.bounds, .language = with.language},
      entry(rest.io(), with.listeners, std::move(sockets)), waiting_room(rest.io()),
      tls(std::move(of_doors)), entry_limits(with.bounds) {}

// What comes in one turn leaves in one gathered write for each hearer.
void loop::state::turn() {
    wait();
    around.now = base::read_clocks();
    run_tasks();
    route();
    deliver_replies();
    for (transport::timer_wheel* const wheel : {&around.wheel, &around.quick_wheel}) {
        wheel->expire(around.now.steady,
                      [](transport::timer& due) { static_cast<connection&>(due).expire(); });
    }
    serve_sockets();
    settle();
    ask_offices();
    submit();
    around.hub.end_turn();
    flush();
    relieve();
}

// Who is ready is only noted here, so that the clock is read before anybody is served.
void loop::state::wait() {
    if (!has_work()) {
        rest.wait(wakes_at());
    }
    rest.look_around();
}

bool loop::state::has_work() const {
    const bool input = !line_full && (!ready.empty() || entry.busy() || waiting_room.busy());
    const bool requests = !line_full && !around.requests.empty();
    return input || requests || !around.touched.empty() || !answers.empty() ||
           routed < routing.size() || stopped();
}

std::optional<base::steady_time> loop::state::wakes_at() {
    std::optional<base::steady_time> earliest = around.wheel.next_wake();
    const auto or_at = [&](base::steady_time when) {
        earliest = std::min(earliest.value_or(when), when);
    };
    if (const auto quick = around.quick_wheel.next_wake()) {
        or_at(*quick);
    }
    if (entry.wakes_at()) {
        or_at(*entry.wakes_at());
    }
    if (waiting_room.wakes_at()) {
        or_at(*waiting_room.wakes_at());
    }
    if (around.stopping) {
        or_at(give_up_at);
    }
    return earliest;
}

void loop::state::run_tasks() {
    std::vector<std::function<void()>> taken;
    tasks.take_all(taken);
    for (const std::function<void()>& task : taken) {
        task();
    }
}

void loop::state::route() {
    if (routed == routing.size()) {
        routing.clear();
        routed = 0;
        batches.take_all(routing);
    }
    std::size_t events = 0;
    while (routed < routing.size() && events < base::limits::events_per_turn_max) {
        const chat::batch_ref batch = std::move(routing[routed++]);
        around.hub.route(batch->events, around.now);
        events += batch->events.size();
    }
}

void loop::state::deliver_replies() {
    replies.take_all(answers);
    for (reply& each : std::exchange(answers, {})) {
        if (seat* const asker = find(each.session.number)) {
            asker->talk.hear(std::move(each.what));
        }
    }
}

void loop::state::serve_sockets() {
    for (const std::uint32_t number : std::exchange(writable, {})) {
        if (seat* const one = find(number)) {
            one->talk.writable();
        }
    }
    if (line_full) {
        return;
    }
    for (const std::uint32_t number : std::exchange(ready, {})) {
        if (seat* const one = find(number)) {
            one->talk.take_input();
        }
    }
    receive_callers();
}

void loop::state::receive_callers() {
    arrivals.take_all(arrived);
    entry.serve(around.now.steady, [this](std::size_t door, transport::caller who) {
        if (const std::optional<occupancy::place> at = with.places.take()) {
            auto& to = at->thread == with.thread ? arrived : leaving[at->thread];
            to.push_back({door, std::move(who), arrivals_counted++, at->standing});
        }
    });
    hand_over();
    for (arrival& each : std::exchange(arrived, {})) {
        welcome(std::move(each));
    }
    const auto come = [this](arrival one) { welcome(std::move(one)); };
    waiting_room.serve(around.now.steady, come, [this] { with.places.leave(with.thread); });
}

// A thread with too many callers in its box, or at its end, closes these.
void loop::state::hand_over() {
    for (std::size_t thread = 0; thread < leaving.size(); ++thread) {
        if (!threads[thread]->try_push_all(leaving[thread])) {
            with.places.leave(thread, leaving[thread].size());
            leaving[thread].clear();
        }
    }
}

void loop::state::welcome(arrival one) {
    const listener_options& at = with.listeners[one.door];
    if (!one.announced && std::ranges::find(at.proxies, one.who.address) != at.proxies.end()) {
        waiting_room.take(std::move(one), around.now.steady,
                          [this] { with.places.leave(with.thread); });
        return;
    }
    const auto now = around.now.steady;
    const std::uint64_t key = one.who.address_key;
    throttle::stay in;
    refusal no;
    if (one.standing) {
        no = turned_away{turned_away::reason::full};
    } else if (with.rate_limited) {
        const bool proxy = at.brings_many && at.brings_many(one.who.address);
        no = entry_limits.admit(key, now, proxy ? throttle::who::proxy : throttle::who::caller);
        in = no ? throttle::stay() : throttle::stay(entry_limits, key);
    }
    waitable socket(rest.io());
    error_code failed;
    if ((no && !(at.last_words && entry_limits.may_explain(now))) ||
        socket.assign(one.who.socket.number(), failed)) { // the system watches no more sockets
        with.places.leave(with.thread);
        return;
    }
    static_cast<void>(one.who.socket.release());
    seat_at(one, std::move(socket), std::move(in), no);
}

void loop::state::seat_at(const arrival& one, waitable socket, throttle::stay in,
                          const refusal& no) {
    const int number = socket.native_handle();
    using some_stream = std::unique_ptr<transport::stream>;
    auto stream = tls[one.door]
                      ? some_stream(std::make_unique<transport::tls_stream>(number, *tls[one.door]))
                      : std::make_unique<transport::plain_stream>(number);
    const listener_options& at = with.listeners[one.door];
    const visitor from{.address = one.who.address,
                       .secure = tls[one.door] != nullptr,
                       .thread = with.thread,
                       .port = one.who.port,
                       .arrival = one.number};
    auto protocol =
        no ? std::make_unique<last_words>(at.last_words(*no)) : at.protocol(from, around.now);
    const chat::session_id id{with.node, static_cast<std::uint16_t>(with.thread + 1),
                              next_number()};
    auto made = std::make_unique<seat>(std::move(socket), std::move(in), around, id,
                                       std::move(stream), std::move(protocol));
    seats.emplace(id.number, std::move(made)).first->second->talk.begin();
}

// Numbers come again only after 2^32 connections, and then not while their first bearer is here.
std::uint32_t loop::state::next_number() {
    do {
        ++last_number;
    } while (last_number == 0 || seats.contains(last_number));
    return last_number;
}

seat* loop::state::find(std::uint32_t number) {
    const auto found = seats.find(number);
    return found == seats.end() ? nullptr : found->second.get();
}

// Those who were told something may take more of their input now; those who ended leave the hub.
void loop::state::settle() {
    std::size_t next = 0;
    while (next < around.touched.size()) { // offers may touch others
        connection& one = *around.touched[next++];
        one.succeed();
        if (one.offers() && line_full) {
            ready.push_back(one.id().number);
        } else if (one.offers()) {
            one.offer();
        }
        one.settle();
    }
}

void loop::state::ask_offices() {
    ask->reads.ask(around.reads);
    for (const job& refused : std::exchange(around.reads, {})) {
        answers.push_back({refused.session, session::read_answer(session::read_failed{})});
    }
    ask->checks.ask(around.checks);
    ask->proofs.ask(around.proofs);
    for (std::vector<job>* const left : {&around.checks, &around.proofs}) {
        for (const job& refused : std::exchange(*left, {})) {
            answers.push_back({refused.session, session::credential_answer(session::not_proved{
                                                    session::doubt::failed, {}, {}})});
        }
    }
    ask_for_chores(ask->chores, around.chores);
    ask_for_chores(ask->long_chores, around.long_chores);
}

void loop::state::ask_for_chores(office& at, std::vector<job>& what) {
    at.ask(what);
    for (job& refused : std::exchange(what, {})) {
        answers.push_back(
            {refused.session,
             session::chore_done{std::move(std::get<std::unique_ptr<session::chore>>(refused.what)),
                                 false}});
    }
}

void loop::state::submit() {
    if (!line_full) {
        line_full = !line->try_push_all(around.requests,
                                        [this] { rest.call([this] { line_full = false; }); });
    }
}

void loop::state::flush() {
    for (connection* const each : std::exchange(around.touched, {})) {
        each->flush();
        seat& of = *find(each->id().number);
        if (each->over()) {
            bury(of);
        } else {
            look_after(of);
        }
    }
}

void loop::state::look_after(seat& of) {
    const std::uint32_t number = of.talk.id().number;
    if (of.talk.registering()) {
        of.counted.recognise();
    }
    if (of.talk.known()) {
        of.counted.release();
    }
    if (of.talk.has_input()) {
        ready.push_back(number);
    } else if (of.talk.wants_input() && !std::exchange(of.waits_input, true)) {
        of.socket.async_wait(waitable::wait_read, [this, number](error_code closed) {
            if (seat* const one = closed ? nullptr : find(number)) {
                one->waits_input = false;
                ready.push_back(number);
            }
        });
    }
    if (of.talk.wants_output() && !std::exchange(of.waits_output, true)) {
        of.socket.async_wait(waitable::wait_write, [this, number](error_code closed) {
            if (seat* const one = closed ? nullptr : find(number)) {
                one->waits_output = false;
                writable.push_back(number);
            }
        });
    }
}

void loop::state::bury(seat& of) {
    if (of.talk.abandoned()) {
        transport::forget_unsent(of.socket.native_handle());
    }
    with.places.leave(with.thread);
    seats.erase(of.talk.id().number);
}

// Slow readers hold runs that others have long read: when they hold too much together, the one that
// is furthest behind goes.
void loop::state::relieve() {
    const auto behind = [](const auto& each) { return each.second->talk.behind(); };
    while (around.hub.pinned() > base::limits::pinned_runs_max) {
        const auto slowest = std::ranges::max_element(seats, {}, behind);
        if (slowest == seats.end() || behind(*slowest) == 0) {
            return;
        }
        slowest->second->talk.drop(base::text_key::left_send_queue);
    }
}

void loop::state::begin_stop(std::string_view reason, std::chrono::milliseconds patience) {
    entry.close();
    waiting_room.close([this] { with.places.leave(with.thread); });
    around.stopping = true;
    give_up_at = around.now.steady + patience;
    for (const auto& [number, each] : seats) {
        each->talk.farewell(reason);
    }
}

bool loop::state::stopped() const {
    return around.stopping && (seats.empty() || around.now.steady >= give_up_at);
}

// The boxes are closed before the line is waited for: whoever empties the line may be waiting for
// room in one of them.
void loop::state::end() {
    batches.close();
    replies.close();
    arrivals.close();
    tasks.close();
    for (const auto& [number, each] : seats) {
        each->talk.drop(base::text_key::server_stopping);
    }
    around.touched.clear();
    seats.clear();
    for (chat::submission& each : around.requests) {
        line->push(std::move(each));
    }
}

loop::loop(const loop_options& with, std::vector<transport::descriptor> sockets,
           std::vector<tls_ref> of_doors)
    : state_(std::make_unique<state>(with, std::move(sockets), std::move(of_doors))) {}

loop::~loop() = default;

base::mailbox<chat::batch_ref>& loop::batches() { return state_->batches; }
reply_box& loop::replies() { return state_->replies; }
arrival_box& loop::arrivals() { return state_->arrivals; }

void loop::run(base::mailbox<chat::submission>& line, offices ask,
               std::vector<arrival_box*> threads) {
    base::name_this_thread("network");
    state_->line = &line;
    state_->ask = &ask;
    state_->leaving.resize(threads.size());
    state_->threads = std::move(threads);
    while (!state_->stopped()) {
        state_->turn();
    }
    state_->end();
}

void loop::reconfigure(std::function<void()> change) {
    state_->tasks.push([of = state_.get(), how = std::move(change)] {
        how();
        std::ranges::for_each(of->seats, [](auto& each) { each.second->talk.reconfigured(); });
    });
}

void loop::change(const limits& bounds, std::vector<tls_ref> of_doors) {
    state_->tasks.push([of = state_.get(), bounds, contexts = std::move(of_doors)] {
        of->around.bounds = bounds;
        of->entry_limits.use(bounds);
        of->tls = contexts;
    });
}

void loop::stop(std::string reason, std::chrono::milliseconds patience) {
    state_->tasks.push([of = state_.get(), said = std::move(reason), patience] {
        of->begin_stop(said, patience);
    });
}

} // namespace tertulia::net
