// SPDX-License-Identifier: Apache-2.0
// The program: reads the command line, does what it says, and turns every failure into one sentence
// and an exit code (command_line.cpp lists them).
#include "media/worker.hpp"
#include "server/account_command.hpp"
#include "server/command_line.hpp"
#include "server/config.hpp"
#include "server/greeting.hpp"
#include "server/serve.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <string_view>
#include <variant>

namespace {

using namespace tertulia;

base::result<void> run(const server::serve_command& command) { return server::serve(command); }

base::result<void> run(const server::check_command& command) {
    const base::result<server::config> read = server::read_config(command.file);
    if (!read) {
        return std::unexpected(read.error());
    }
    fmt::print("{} is fine.\n", command.file);
    return {};
}

base::result<void> run(const server::account_command& command) {
    return server::run_account_command(command);
}

base::result<void> run(const server::show_command& command) {
    fmt::print("{}", command.text);
    return {};
}

// Not reached: chat has exit statuses of its own.
base::result<void> run(const terminal::options& /*command*/) { return {}; }

int complain(std::string_view sentence, int exit_code) {
    fmt::print(stderr, "tertulia: {}\n", sentence);
    return exit_code;
}

} // namespace

int main(int count, char** words) {
    try {
        if (count == 2 && std::string_view(words[1]) == media::worker_word) {
            return media::run_worker(); // for ourselves alone: the help knows nothing of it
        }
        const auto command = server::parse_command_line(
            {words + 1, static_cast<std::size_t>(count - 1)}, server::environment_language());
        if (!command) {
            return complain(command.error().sentence, 2);
        }
        if (const auto* const talk = std::get_if<terminal::options>(&*command)) {
            const auto ended = terminal::chat(*talk);
            return ended ? *ended : complain(ended.error().sentence, 2);
        }
        const auto done = std::visit([](const auto& one) { return run(one); }, *command);
        return done ? 0 : complain(done.error().sentence, 1);
    } catch (const std::exception& unexpected) {
        return complain(unexpected.what(), 1);
    }
}
