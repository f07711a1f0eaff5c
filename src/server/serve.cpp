// SPDX-License-Identifier: Apache-2.0
#include "server/serve.hpp"

#include "base/journal.hpp"
#include "base/text.hpp"
#include "irc/dialect.hpp"
#include "log/alone.hpp"
#include "net/network.hpp"
#include "server/data_folder.hpp"
#include "server/greeting.hpp"
#include "server/irc_door.hpp"
#include "server/setting.hpp"
#include "server/signals.hpp"
#include "store/database.hpp"
#include "transport/self_signed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ranges>
#include <set>
#include <sys/resource.h>
#include <thread>
#include <utility>

namespace tertulia::server {
namespace {

using base::result;

constexpr std::uint16_t this_node = 0;
constexpr std::chrono::seconds stop_patience{3};
constexpr std::chrono::minutes sweep_every{10};
constexpr int exit_after_failed_commit = 3;

base::wall_time wall_now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

// What the system lets us have of sockets, we take.
void raise_file_limit() {
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    constexpr rlim_t few = 4'096;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < few) {
        base::journal::warn("Only {} files may be open, so no more connections than that.",
                            files.rlim_cur);
    }
}

// Nobody can know now what the disk holds; the restart will tell the truth.
void end_after_failed_commit(const base::error& why) {
    fmt::print(stderr, "tertulia: {} Nothing that was confirmed is lost; the server stops.\n",
               why.sentence);
    std::fflush(stderr);
    std::_Exit(exit_after_failed_commit);
}

class running {
public:
    [[nodiscard]] static result<std::unique_ptr<running>> start(const config& with,
                                                                bool rate_limited);
    void greet() const;
    void sweep();
    void reload(const serve_command& wish);
    void stop();

private:
    running(config with, bool rate_limited, data_folder folder)
        : config_(std::move(with)), rate_limited_(rate_limited), folder_(std::move(folder)) {}

    [[nodiscard]] result<void> open();
    [[nodiscard]] result<std::vector<net::listener_options>> listeners();
    [[nodiscard]] net::options network_options() const;
    void submit(chat::command what);

    config config_;
    bool rate_limited_;
    base::wall_time started_at_ = wall_now();
    data_folder folder_;
    std::vector<std::unique_ptr<irc::dialect>> dialects_; // one for each network thread
    store::opened database_;
    std::unique_ptr<chat::heart> heart_;
    std::unique_ptr<net::network> network_;
    std::unique_ptr<log::alone> log_; // ends first: the others are its heart, disk and boxes
};

result<std::unique_ptr<running>> running::start(const config& with, bool rate_limited) {
    result<data_folder> folder = data_folder::open(with.data);
    if (!folder) {
        return std::unexpected(std::move(folder.error()));
    }
    std::unique_ptr<running> made(new running(with, rate_limited, std::move(*folder)));
    if (result<void> opened = made->open(); !opened) {
        return std::unexpected(std::move(opened.error()));
    }
    return made;
}

result<void> running::open() {
    const store::database_options files{.path = folder_.file("tertulia.db")};
    result<store::opened> database = store::open_database(files);
    if (!database) {
        return std::unexpected(std::move(database.error()));
    }
    database_ = std::move(*database);
    result<std::unique_ptr<session::reader>> reader = store::open_reader(files);
    if (!reader) {
        return std::unexpected(std::move(reader.error()));
    }
    const result<irc::settings_ref> rules = irc_settings(config_, started_at_, rate_limited_);
    if (!rules) {
        return std::unexpected(rules.error());
    }
    const net::options with = network_options();
    for (std::size_t thread = 0; thread < with.threads; ++thread) {
        dialects_.push_back(std::make_unique<irc::dialect>(*rules, database_.message_key));
    }
    result<std::vector<net::listener_options>> doors = listeners();
    if (!doors) {
        return std::unexpected(std::move(doors.error()));
    }
    auto network = net::network::open(std::move(*doors), with, std::move(*reader));
    if (!network) {
        return std::unexpected(std::move(network.error()));
    }
    network_ = std::move(*network);
    heart_ = std::make_unique<chat::heart>(database_.heart);
    log_ = std::make_unique<log::alone>(
        *heart_, database_.heart.time, *database_.writer, network_->boxes(),
        log::alone_options{.space_reserve = config_.space_reserve,
                           .commit_failed = end_after_failed_commit});
    submit(chat::node_gone{this_node});
    submit(chat::keep_room{*base::make_room_name("#lobby")});
    sweep();
    network_->start(log_->line());
    return {};
}

result<std::vector<net::listener_options>> running::listeners() {
    std::vector<net::listener_options> doors;
    for (listen_url& url : config_.listen) {
        if (encrypted(url) && url.certificate.empty()) {
            url.certificate = folder_.file("certificate.pem");
            url.key = folder_.file("key.pem");
            if (result<void> made =
                    transport::make_self_signed(url.certificate, url.key, config_.name);
                !made) {
                return std::unexpected(std::move(made.error()));
            }
        }
        doors.push_back({url.scheme, url.host, url.port, url.certificate, url.key,
                         [this](const net::visitor& who, base::moment now) {
                             return std::make_unique<irc::session>(*dialects_[who.thread],
                                                                   peer_of(who), now);
                         }});
    }
    return doors;
}

net::options running::network_options() const {
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    return {.threads = std::min<std::size_t>(config_.threads == 0 ? cores : config_.threads,
                                             log::threads_max - 1),
            .node = this_node,
            .send_queue_max = config_.send_queue,
            .send_stall_max = config_.send_stall,
            .rate_limited = rate_limited_,
            .unregistered_per_address_max = config_.unregistered_per_address,
            .connections_per_second_max = config_.connections_per_second,
            .connections_max = config_.connections,
            .language = language_of(config_)};
}

void running::submit(chat::command what) {
    log_->line().push({chat::session_id{this_node, 0, 0}, 0, std::move(what)});
}

void running::sweep() { submit(chat::sweep{wall_now() - config_.guest_rooms_kept}); }

void running::greet() const {
    std::vector<listen_url> real;
    for (const std::string& address : network_->addresses()) {
        if (const result<listen_url> url = parse_listen_url(address)) {
            real.push_back(*url);
        }
    }
    std::set<std::string> fingerprints;
    for (const listen_url& one : config_.listen) {
        if (const auto print =
                encrypted(one) ? transport::fingerprint(one.certificate) : base::failure("")) {
            fingerprints.insert(*print);
        }
    }
    fmt::print("{}", greeting(language_of(config_), {std::move(real),
                                                     machine_addresses(),
                                                     {fingerprints.begin(), fingerprints.end()},
                                                     folder_.path(),
                                                     "#lobby"}));
    std::fflush(stdout);
}

// What cannot change keeps its value and is named; a mistake leaves everything as it was.
void running::reload(const serve_command& wish) {
    result<config> next = effective_config(wish);
    const auto rules = next ? irc_settings(*next, started_at_, rate_limited_)
                            : result<irc::settings_ref>(std::unexpected(next.error()));
    if (!rules) {
        base::journal::warn("Nothing was reloaded. {}", rules.error().sentence);
        return;
    }
    for (const setting& one : settings()) {
        if (one.key != "listen" && one.when == takes_effect::at_start &&
            print(one, *next) != print(one, config_)) {
            base::journal::warn("{} takes effect at the next start only.", one.key);
        }
    }
    const result<void> reloaded =
        network_->reload({.send_queue_max = next->send_queue,
                          .send_stall_max = next->send_stall,
                          .unregistered_per_address_max = next->unregistered_per_address,
                          .connections_per_second_max = next->connections_per_second});
    if (!reloaded) {
        base::journal::warn("Nothing was reloaded. {}", reloaded.error().sentence);
        return;
    }
    network_->on_each_thread(
        [this, rules](std::size_t thread) { dialects_[thread]->replace_settings(*rules); });
    config_.guest_rooms_kept = next->guest_rooms_kept;
    base::journal::info("Configuration and certificates were reloaded.");
}

void running::stop() {
    network_->stop(base::text(language_of(config_), base::text_key::server_stopping),
                   stop_patience);
    log_.reset();
}

} // namespace

result<config> effective_config(const serve_command& wish) {
    result<config> made =
        wish.config_file.empty() ? result<config>(config{}) : read_config(wish.config_file);
    if (!made) {
        return made;
    }
    if (!wish.data.empty()) {
        made->data = wish.data;
    }
    if (!wish.listen.empty()) {
        made->listen.clear();
    }
    for (const std::string& written : wish.listen) {
        result<listen_url> url = parse_listen_url(written);
        if (!url) {
            return std::unexpected(std::move(url.error()));
        }
        made->listen.push_back(std::move(*url));
    }
    return made;
}

result<void> serve(const serve_command& wish) {
    const result<config> with = effective_config(wish);
    if (!with) {
        return std::unexpected(with.error());
    }
    const signals heard; // before any thread: they inherit that signals are blocked
    raise_file_limit();
    result<std::unique_ptr<running>> server = running::start(*with, wish.rate_limits);
    if (!server) {
        return std::unexpected(std::move(server.error()));
    }
    (*server)->greet();
    while (true) {
        switch (heard.wait(sweep_every)) {
        case signals::wish::reload: (*server)->reload(wish); break;
        case signals::wish::none: (*server)->sweep(); break;
        case signals::wish::stop:
            heard.let_through(); // a second one ends at once
            (*server)->stop();
            return {};
        }
    }
}

} // namespace tertulia::server
