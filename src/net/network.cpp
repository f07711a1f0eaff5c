// SPDX-License-Identifier: Apache-2.0
#include "net/network.hpp"

#include "base/assert.hpp"
#include "base/clocks.hpp"
#include "base/file_limits.hpp"
#include "base/limits.hpp"
#include "base/web_limits.hpp"
#include "net/loop.hpp"
#include "net/office.hpp"
#include "transport/socket.hpp"
#include "transport/tls_context.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <iterator>
#include <optional>
#include <pthread.h>
#include <thread>
#include <utility>

namespace tertulia::net {
namespace {

// Chores take milliseconds; those that take seconds (pictures) have threads of their own, so that
// they keep no other one waiting.
constexpr std::size_t chore_threads = 4;
constexpr std::size_t long_chore_threads = base::limits::pictures_at_once_max;

// Threads started meanwhile take no signals: they are the main thread's, and a write to a closed
// connection is an error like any other.
class without_signals {
public:
    without_signals() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~without_signals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    without_signals(const without_signals&) = delete;
    without_signals& operator=(const without_signals&) = delete;

private:
    sigset_t before_{};
};

std::string url(const listener_options& of, std::uint16_t port) {
    const bool is_v6 = of.host.find(':') != std::string::npos;
    const std::string host = of.host.empty() ? "*" : is_v6 ? "[" + of.host + "]" : of.host;
    return fmt::format("{}://{}:{}", of.scheme, host, port);
}

base::result<std::vector<tls_ref>> load_tls(const std::vector<listener_options>& listeners) {
    std::vector<tls_ref> loaded;
    for (const listener_options& each : listeners) {
        if (each.certificate.empty()) {
            loaded.emplace_back();
            continue;
        }
        auto context = transport::tls_context::load(each.certificate, each.key);
        if (!context) {
            return std::unexpected(context.error());
        }
        loaded.push_back(std::move(*context));
    }
    return loaded;
}

} // namespace

struct network::state {
    options with;
    std::vector<listener_options> listeners;
    std::vector<std::uint16_t> ports; // the real ones
    std::optional<occupancy> places;
    std::vector<std::unique_ptr<loop>> loops;
    std::optional<office> reads;
    std::optional<office> checks;
    std::optional<office> proofs;
    std::optional<office> chores;
    std::optional<office> long_chores;
    std::vector<std::thread> threads;
    std::unique_ptr<session::reader> reader;
    credential_clerks clerks;

    [[nodiscard]] base::result<std::vector<transport::descriptor>> open_doors();
    [[nodiscard]] loop_options options_of(std::size_t thread);
    [[nodiscard]] std::vector<office::worker> readers() const;
    [[nodiscard]] static office::worker checker(const credential_clerk& by);
    [[nodiscard]] std::vector<office::worker> checkers() const;
    [[nodiscard]] std::vector<office::worker> prover() const;
    [[nodiscard]] static std::vector<office::worker> workers(std::size_t count);
};

network::network(std::unique_ptr<state> made) : state_(std::move(made)) {}

network::~network() { stop({}, std::chrono::milliseconds(0)); }

base::result<std::unique_ptr<network>> network::open(std::vector<listener_options> listeners,
                                                     options with,
                                                     std::unique_ptr<session::reader> reader,
                                                     credential_clerks clerks) {
    ASSERT(with.threads > 0);
    auto made = std::make_unique<state>();
    made->with = with;
    made->listeners = std::move(listeners);
    made->reader = std::move(reader);
    made->clerks = std::move(clerks);
    made->places.emplace(with.threads, with.connections_per_thread, with.connections_max);
    const auto contexts = load_tls(made->listeners);
    if (!contexts) {
        return std::unexpected(contexts.error());
    }
    auto doors = made->open_doors();
    if (!doors) {
        return std::unexpected(doors.error());
    }
    for (std::size_t i = 0; i < with.threads; ++i) { // all doors are the first one's
        made->loops.push_back(
            std::make_unique<loop>(made->options_of(i), std::exchange(*doors, {}), *contexts));
    }
    return std::unique_ptr<network>(new network(std::move(made)));
}

base::result<std::vector<transport::descriptor>> network::state::open_doors() {
    std::vector<transport::descriptor> doors;
    for (const listener_options& at : listeners) {
        auto socket = at.path.empty() ? transport::listen_on(at.host, at.port)
                                      : transport::listen_at_path(at.path);
        if (!socket) {
            return base::failure(fmt::format("Cannot listen on {}: {}.",
                                             at.path.empty() ? url(at, at.port) : at.path,
                                             socket.error().sentence));
        }
        ports.push_back(transport::port_of(*socket));
        doors.push_back(std::move(*socket));
    }
    return doors;
}

loop_options network::state::options_of(std::size_t thread) {
    return {.thread = thread,
            .node = with.node,
            .rate_limited = with.rate_limited,
            .bounds = {with.send_queue_max, with.send_stall_max, with.unregistered_per_address_max,
                       with.connections_per_second_max},
            .language = with.language,
            .listeners = listeners,
            .places = *places};
}

std::vector<office::worker> network::state::readers() const {
    return {[this](const question& what) -> answer {
        return reader->read(std::get<session::read_query>(what));
    }};
}

office::worker network::state::checker(const credential_clerk& by) {
    return [&by](question what) -> answer {
        return by(std::move(std::get<session::credential_query>(what)), base::steady_now());
    };
}

std::vector<office::worker> network::state::checkers() const {
    std::vector<office::worker> all;
    std::ranges::transform(clerks.of_passwords, std::back_inserter(all), checker);
    return all;
}

std::vector<office::worker> network::state::prover() const {
    return clerks.of_secrets ? std::vector{checker(clerks.of_secrets)}
                             : std::vector<office::worker>{};
}

std::vector<office::worker> network::state::workers(std::size_t count) {
    const office::worker one = [](question what) -> answer {
        auto& work = std::get<std::unique_ptr<session::chore>>(what);
        work->run();
        return session::chore_done{std::move(work), true};
    };
    return std::vector(count, one);
}

std::vector<base::mailbox<chat::batch_ref>*> network::boxes() {
    std::vector<base::mailbox<chat::batch_ref>*> all;
    for (const auto& each : state_->loops) {
        all.push_back(&each->batches());
    }
    return all;
}

void network::start(base::mailbox<chat::submission>& line) {
    ASSERT(state_->threads.empty());
    const without_signals meanwhile;
    std::vector<reply_box*> replies;
    std::vector<arrival_box*> arrivals;
    for (const auto& each : state_->loops) {
        replies.push_back(&each->replies());
        arrivals.push_back(&each->arrivals());
    }
    state_->reads.emplace("history", state_->readers(), base::limits::reads_waiting_max, replies);
    state_->checks.emplace("passwords", state_->checkers(),
                           base::limits::credential_checks_waiting_max, replies);
    state_->proofs.emplace("proofs", state_->prover(), base::limits::reads_waiting_max, replies);
    state_->chores.emplace("chores", state::workers(chore_threads),
                           base::limits::chores_waiting_max, replies);
    state_->long_chores.emplace("long chores", state::workers(long_chore_threads),
                                base::limits::chores_waiting_max, replies);
    const offices ask{*state_->reads, *state_->checks, *state_->proofs, *state_->chores,
                      *state_->long_chores};
    for (const auto& each : state_->loops) {
        state_->threads.emplace_back(
            [of = each.get(), &line, ask, arrivals] { of->run(line, ask, arrivals); });
    }
}

std::vector<std::string> network::addresses() const {
    std::vector<std::string> all;
    all.reserve(state_->ports.size());
    for (std::size_t i = 0; i < state_->ports.size(); ++i) {
        if (!state_->listeners[i].path.empty()) {
            continue;
        }
        all.push_back(url(state_->listeners[i], state_->ports[i]));
    }
    return all;
}

void network::reconfigure(const std::function<void(std::size_t thread)>& what) {
    for (std::size_t i = 0; i < state_->loops.size(); ++i) {
        state_->loops[i]->reconfigure([what, i] { what(i); });
    }
}

base::result<void> network::reload(const limits& with) {
    const auto contexts = load_tls(state_->listeners);
    if (!contexts) {
        return std::unexpected(contexts.error());
    }
    for (const auto& each : state_->loops) {
        each->change(with, *contexts);
    }
    return {};
}

void network::stop(std::string_view reason, std::chrono::milliseconds patience) {
    if (state_->threads.empty()) {
        return;
    }
    for (const auto& each : state_->loops) {
        each->stop(std::string(reason), patience);
    }
    for (std::thread& each : state_->threads) {
        each.join();
    }
    state_->threads.clear();
    state_->reads.reset();
    state_->checks.reset();
    state_->proofs.reset();
    state_->chores.reset();
    state_->long_chores.reset();
}

} // namespace tertulia::net
