// SPDX-License-Identifier: Apache-2.0
#include "server/account_command.hpp"

#include "base/base64.hpp"
#include "base/catalogue.hpp"
#include "base/order_limits.hpp"
#include "base/text.hpp"
#include "chat/order.hpp"
#include "crypto/code.hpp"
#include "server/account_table.hpp"
#include "server/control.hpp"
#include "server/control_client.hpp"
#include "server/greeting.hpp"
#include "server/quantity.hpp"
#include "server/serve.hpp"
#include "server/server.hpp"
#include "session/order_texts.hpp"
#include "wire/csv.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <sstream>
#include <sys/stat.h>
#include <system_error>
#include <utility>

namespace tertulia::server {
namespace {

using base::result;
using base::text_key;

// Who answers: the server that runs, or `own`.
struct counterpart {
    std::unique_ptr<server> own;
    std::optional<control_client> line;
};

result<counterpart> find_server(const account_command& wish) {
    serve_command like_serve;
    like_serve.config_file = wish.config_file;
    like_serve.data = wish.data;
    result<config> with = effective_config(like_serve);
    if (!with) {
        return std::unexpected(std::move(with.error()));
    }
    const std::string path = fmt::format("{}/{}", with->data, control_socket);
    counterpart found;
    if (result<control_client> running = control_client::connect(path)) {
        found.line = std::move(*running);
        return found;
    }
    with->listen.clear();
    ::umask(S_IRWXG | S_IRWXO);
    result<std::unique_ptr<server>> started = server::start(*with, rate_limits::off);
    if (!started) {
        return std::unexpected(std::move(started.error()));
    }
    found.own = std::move(*started);
    result<control_client> line = control_client::connect(path);
    if (!line) {
        return std::unexpected(std::move(line.error()));
    }
    found.line = std::move(*line);
    return found;
}

struct refusal_row {
    std::string_view word;
    text_key text;
};
constexpr std::array refusals{
    refusal_row{"bad_name", text_key::account_bad_name},
    refusal_row{"name_taken", text_key::account_name_taken},
    refusal_row{"name_looks_alike", text_key::account_name_looks_alike},
    refusal_row{"no_such_account", text_key::account_unknown},
    refusal_row{"bad_password", text_key::account_bad_password},
    refusal_row{"bad_uses", text_key::account_bad_uses},
    refusal_row{"bad_expiry", text_key::account_bad_expiry},
    refusal_row{"no_such_code", text_key::account_no_such_code},
    refusal_row{"no_more_codes", text_key::account_no_more_codes},
    refusal_row{"no_space", text_key::account_no_space},
};

std::string sentence_for(std::string_view refused, std::string_view name) {
    const auto* const row = std::ranges::find(refusals, refused, &refusal_row::word);
    return base::say(environment_language(),
                     row == refusals.end() ? text_key::account_busy : row->text, {name});
}

// Nothing, or why not.
result<void> do_or_say_why(control_client& with, std::string_view verb, std::string_view name,
                           std::optional<std::string_view> password = std::nullopt) {
    const result<control_client::reply> answer =
        password ? with.ask(verb, {name, *password}) : with.ask(verb, {name});
    if (!answer) {
        return std::unexpected(answer.error());
    }
    if (!answer->refused.empty()) {
        return base::failure(sentence_for(answer->refused, name));
    }
    return {};
}

// As it is shown in lists: too little to guess the rest by.
std::string code_start(std::string_view code) {
    constexpr std::size_t group = 4;
    std::string start = base::fold(code);
    start.resize(std::min(start.size(), group));
    return start;
}

std::string made_up_password() { return crypto::make_code({.length = 12, .group = 4}); }

// From the terminal's other end, where it is asked for; otherwise made up and printed.
result<void> set_password(control_client& with, std::string_view verb,
                          const account_command& wish) {
    std::string password;
    if (wish.password_from_input) {
        std::getline(std::cin, password);
    } else {
        password = made_up_password();
    }
    if (result<void> done = do_or_say_why(with, verb, wish.name, password); !done) {
        return done;
    }
    if (!wish.password_from_input) {
        fmt::print("{}\n", wire::to_csv_line({wish.name, password}));
    }
    return {};
}

result<void> list(control_client& with) {
    const result<control_client::reply> answer = with.ask("account-list", {});
    if (!answer) {
        return std::unexpected(answer.error());
    }
    for (const std::string& line : answer->lines) {
        std::istringstream words(line);
        std::string kind;
        std::string name;
        std::int64_t made_at = 0;
        bool suspended = false;
        bool present = false;
        std::string held;
        words >> kind >> name >> made_at >> suspended >> present >> held;
        const auto day = std::chrono::system_clock::time_point(std::chrono::milliseconds(made_at));
        const text_key state = suspended ? text_key::account_is_suspended
                               : present ? text_key::account_is_present
                                         : text_key::account_is_away;
        fmt::print("{}  {:%Y-%m-%d}  {}{}\n", base::from_base64(name).value_or(""),
                   fmt::gmtime(day), base::text(environment_language(), state),
                   held == "-" ? "" : "  +" + held);
    }
    return {};
}

// One row after the other: what is refused is told, and the others go on.
result<void> import_table(control_client& with, const account_command& wish) {
    std::ifstream file(wish.name, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) {
        return base::failure(fmt::format("{} cannot be read: {}.", wish.name,
                                         std::generic_category().message(errno)));
    }
    const auto rows = read_account_table(text);
    if (!rows) {
        return base::failure(base::say(environment_language(), rows.error(), {wish.name}));
    }
    std::size_t failures = 0;
    for (const table_account& row : *rows) {
        const std::string password = row.password.empty() ? made_up_password() : row.password;
        if (const result<void> done = do_or_say_why(with, "account-add", row.name, password)) {
            fmt::print("{}\n", wire::to_csv_line({row.name, password}));
        } else {
            fmt::print(stderr, "tertulia: {}\n", done.error().sentence);
            ++failures;
        }
    }
    if (failures > 0) {
        return base::failure(base::say(environment_language(), text_key::account_not_all,
                                       {std::to_string(failures), std::to_string(rows->size())}));
    }
    return {};
}

std::string all_right_names() {
    std::string names;
    for (std::size_t bit = 0; bit < chat::right_count; ++bit) {
        names += names.empty() ? "" : ", ";
        names += chat::name_of(static_cast<chat::right>(bit));
    }
    return names;
}

result<void> set_rights(control_client& with, const account_command& wish) {
    const result<control_client::reply> answer =
        with.ask("account-rights", {wish.name, wish.change});
    if (!answer) {
        return std::unexpected(answer.error());
    }
    if (answer->refused == "bad_rights") {
        return base::failure(base::say(environment_language(), text_key::account_bad_rights,
                                       {wish.change, all_right_names()}));
    }
    return answer->refused.empty() ? result<void>{}
                                   : base::failure(sentence_for(answer->refused, wish.name));
}

// The server is told the digest alone, so that nobody finds the code in what it keeps.
result<void> invite(control_client& with, const account_command& wish) {
    const auto lasts = wish.expires.empty() ? std::optional(base::limits::code_lasts)
                                            : parse_duration(wish.expires);
    if (!lasts && wish.expires != "never") {
        return base::failure(
            base::say(environment_language(), text_key::account_bad_expiry, {wish.expires}));
    }
    const std::string code = crypto::make_code({.length = 16, .group = 4});
    const result<control_client::reply> answer = with.ask(
        "code-add", {crypto::code_digest(code), code_start(code), std::to_string(wish.uses),
                     lasts ? std::to_string(lasts->count()) : "-"});
    if (!answer) {
        return std::unexpected(answer.error());
    }
    if (!answer->refused.empty()) {
        const bool uses = answer->refused == "bad_uses";
        return base::failure(sentence_for(
            answer->refused, uses ? std::to_string(base::limits::code_uses_max) : wish.expires));
    }
    fmt::print("{}\n", code);
    return {};
}

result<void> list_codes(control_client& with) {
    const result<control_client::reply> answer = with.ask("code-list", {});
    if (!answer) {
        return std::unexpected(answer.error());
    }
    const base::language in = environment_language();
    for (const std::string& line : answer->lines) {
        std::istringstream words(line);
        std::string kind;
        std::string start;
        std::uint32_t left = 0;
        std::uint32_t used = 0;
        std::int64_t until = -1;
        words >> kind >> start >> left >> used >> until;
        const auto end = until < 0
                             ? std::nullopt
                             : std::optional(base::wall_time(std::chrono::milliseconds(until)));
        fmt::print("{}\n",
                   base::say(in, text_key::account_code_open,
                             {base::from_base64(start).value_or(""), std::to_string(used),
                              std::to_string(used + left), session::end_in_words(in, end)}));
    }
    return {};
}

result<void> remove_code(control_client& with, const account_command& wish) {
    const result<control_client::reply> answer =
        with.ask("code-remove", {crypto::code_digest(wish.name), code_start(wish.name)});
    if (!answer) {
        return std::unexpected(answer.error());
    }
    return answer->refused.empty() ? result<void>{}
                                   : base::failure(sentence_for(answer->refused, wish.name));
}

result<void> carry_out(control_client& with, const account_command& wish) {
    switch (wish.what) {
    case account_deed::add: return set_password(with, "account-add", wish);
    case account_deed::set_password: return set_password(with, "account-password", wish);
    case account_deed::list: return list(with);
    case account_deed::suspend: return do_or_say_why(with, "account-suspend", wish.name);
    case account_deed::resume: return do_or_say_why(with, "account-resume", wish.name);
    case account_deed::remove: return do_or_say_why(with, "account-delete", wish.name);
    case account_deed::set_rights: return set_rights(with, wish);
    case account_deed::import_table: return import_table(with, wish);
    case account_deed::invite: return invite(with, wish);
    case account_deed::list_codes: return list_codes(with);
    case account_deed::remove_code: return remove_code(with, wish);
    }
    return {};
}

} // namespace

result<void> run_account_command(const account_command& wish) {
    result<counterpart> with = find_server(wish);
    if (!with) {
        return std::unexpected(std::move(with.error()));
    }
    result<void> done = carry_out(*with->line, wish);
    if (with->own) {
        with->own->stop();
    }
    return done;
}

} // namespace tertulia::server
