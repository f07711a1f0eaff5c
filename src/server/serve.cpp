// SPDX-License-Identifier: Apache-2.0
#include "server/serve.hpp"

#include "base/journal.hpp"
#include "server/greeting.hpp"
#include "server/irc_door.hpp"
#include "server/qr_code.hpp"
#include "server/server.hpp"
#include "server/setting.hpp"
#include "server/signals.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <string_view>
#include <sys/resource.h>
#include <sys/stat.h>
#include <utility>
#include <vector>

namespace tertulia::server {
namespace {

using base::result;

constexpr std::chrono::minutes sweep_every{1}; // what ends by itself is announced so soon

// Takes what the system lets us have of sockets, and returns how many that is.
rlim_t raise_file_limit() {
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    return files.rlim_max;
}

void warn_of_few_files(rlim_t files) {
    constexpr rlim_t few = 4'096;
    if (files < few) {
        base::journal::warn("The system allows only {} open files, so no more connections than "
                            "that (ulimit -n; systemd: LimitNOFILE=).",
                            files);
    }
}

void greet(const server& of, const config& with) {
    const greeting_facts facts{.listeners = of.listeners(),
                               .addresses = machine_addresses(),
                               .fingerprints = of.fingerprints(),
                               .data = with.data,
                               .claim = of.claim_code(),
                               .room = std::string(lobby)};
    fmt::print("{}", greeting(environment_language(), facts));
    if (const std::string phones = address_for_phones(facts);
        !phones.empty() && terminal_shows_codes()) {
        fmt::print("{}    {}\n", qr_code(phones), phones);
    }
    std::fflush(stdout);
}

// The keys of all that differs and takes effect then.
std::vector<std::string_view> changes(const config& before, const config& after,
                                      takes_effect when) {
    std::vector<std::string_view> keys;
    for (const setting& one : settings()) {
        if (one.when == when && print(one, before) != print(one, after)) {
            keys.push_back(one.key);
        }
    }
    return keys;
}

void keep_journal_as(const config& says) {
    using base::journal::level;
    base::journal::set_level(base::journal::level_named(says.journal).value_or(level::info));
}

// `current` is what the file said last.
void reload(server& of, const serve_command& wish, config& current) {
    result<config> next = effective_config(wish);
    const result<void> reloaded = next ? of.reload(*next) : std::unexpected(next.error());
    if (!reloaded) {
        base::journal::warn("Nothing was reloaded. {}", reloaded.error().sentence);
        return;
    }
    keep_journal_as(*next);
    const auto now = changes(current, *next, takes_effect::on_reload);
    const auto later = changes(current, *next, takes_effect::at_start);
    base::journal::info("Certificates and message of the day were read again. Settings that "
                        "changed: {}.",
                        now.empty() ? "none" : fmt::format("{}", fmt::join(now, ", ")));
    if (!later.empty()) {
        base::journal::warn("Changed only at the next start: {}.", fmt::join(later, ", "));
    }
    current = std::move(*next);
}

// Where others decide on the port they say so in the environment (PORT); somebody who wrote down
// listeners has decided herself. False: it is no port.
bool listen_where_told(std::vector<listen_url>& listeners) {
    const config usual;
    const char* const told = std::getenv("PORT");
    if (told == nullptr || *told == '\0' || listeners != usual.listen) {
        return true;
    }
    const result<listen_url> at = parse_listen_url(fmt::format("http://*:{}", told));
    if (!at) {
        return false;
    }
    std::ranges::replace_if(
        listeners, [](const listen_url& one) { return one.scheme == "http"; }, *at);
    return true;
}

} // namespace

result<config> effective_config(const serve_command& wish) {
    result<config> made = wish.config_file.empty() ? config{} : read_config(wish.config_file);
    if (!made) {
        return made;
    }
    if (!wish.data.empty()) {
        made->data = wish.data;
    }
    if (!wish.listen.empty()) {
        made->listen.clear();
    }
    if (wish.listen.empty() && !listen_where_told(made->listen)) {
        return base::failure("PORT, in the environment, must be a number from 0 to 65535.");
    }
    for (const std::string& written : wish.listen) {
        result<listen_url> url = parse_listen_url(written);
        if (!url) {
            return std::unexpected(std::move(url.error()));
        }
        made->listen.push_back(std::move(*url));
    }
    if (!wish.classic.empty()) {
        const std::string host = wish.classic == "public" ? "*" : "127.0.0.1";
        std::ranges::move(classic_listeners(host), std::back_inserter(made->listen));
    }
    return made;
}

result<void> serve(const serve_command& wish) {
    result<config> with = effective_config(wish);
    if (!with) {
        return std::unexpected(std::move(with.error()));
    }
    keep_journal_as(*with);
    ::umask(S_IRWXG | S_IRWXO); // what people said is nobody's but the server's user's
    const signals heard;        // before any thread: they inherit that signals are blocked
    const rlim_t files = raise_file_limit();
    const result<std::unique_ptr<server>> started =
        server::start(*with, wish.rate_limits ? rate_limits::on : rate_limits::off);
    if (!started) {
        return std::unexpected(started.error());
    }
    server& running = **started;
    greet(running, *with);
    warn_of_few_files(files);
    while (true) {
        running.sweep();
        switch (heard.wait(sweep_every)) {
        case signals::wish::none: break;
        case signals::wish::reload: reload(running, wish, *with); break;
        case signals::wish::stop:
            heard.let_through(); // a second one ends at once
            running.stop();
            return {};
        }
    }
}

} // namespace tertulia::server
