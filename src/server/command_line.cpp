// SPDX-License-Identifier: Apache-2.0
#include "server/command_line.hpp"

#include "base/catalogue.hpp"
#include "server/config.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace tertulia::server {
namespace {

using base::text_key;

struct account_row {
    const char* name;
    account_deed what;
    const char* argument; // nullptr: none
    text_key purpose;
};
constexpr std::array account_rows{
    account_row{"add", account_deed::add, "NAME", text_key::help_account_add},
    account_row{"passwd", account_deed::set_password, "NAME", text_key::help_account_passwd},
    account_row{"list", account_deed::list, nullptr, text_key::help_account_list},
    account_row{"suspend", account_deed::suspend, "NAME", text_key::help_account_suspend},
    account_row{"resume", account_deed::resume, "NAME", text_key::help_account_resume},
    account_row{"delete", account_deed::remove, "NAME", text_key::help_account_delete},
    account_row{"rights", account_deed::set_rights, "NAME", text_key::help_account_rights},
    account_row{"import", account_deed::import_table, "FILE", text_key::help_account_import},
    account_row{"invite", account_deed::invite, nullptr, text_key::help_account_invite},
};

struct parser {
    explicit parser(base::language language) : in(language) { declare(); }

    base::language in;
    CLI::App app{text(text_key::help_tertulia), "tertulia"};
    CLI::App* serve = app.add_subcommand("serve", text(text_key::help_serve));
    CLI::App* config = app.add_subcommand("config", text(text_key::help_config));
    CLI::App* check = config->add_subcommand("check", text(text_key::help_config_check));
    CLI::App* example = config->add_subcommand("example", text(text_key::help_config_example));
    CLI::App* account = app.add_subcommand("account", text(text_key::help_account));
    CLI::App* talk = app.add_subcommand("chat", text(text_key::help_chat));
    account_command account_wish;
    terminal::options talk_wish;
    bool plain = false;
    bool json = false;
    serve_command wishes;
    check_command checked;
    bool no_rate_limits = false;
    bool lists_codes = false;

    [[nodiscard]] std::string text(text_key what) const {
        return std::string(base::text(in, what));
    }

    void declare() {
        const auto words = app.get_formatter();
        words->label("Usage", text(text_key::help_word_usage));
        words->label("OPTIONS", text(text_key::help_word_options));
        words->label("SUBCOMMAND", text(text_key::help_word_command));
        words->label("REQUIRED", text(text_key::help_word_required));
        for (CLI::App* const one : {&app, serve, config, check, example, account, talk}) {
            one->set_help_flag("-h,--help", text(text_key::help_help));
        }
        app.set_version_flag("--version", "tertulia " TERTULIA_VERSION,
                             text(text_key::help_version));
        app.footer(text(text_key::help_examples));
        config->require_subcommand(1);
        serve->add_option("--config", wishes.config_file, text(text_key::help_serve_config))
            ->type_name("FILE")
            ->take_last();
        serve->add_option("--data", wishes.data, text(text_key::help_serve_data))
            ->type_name("DIR")
            ->take_last();
        serve->add_option("--listen", wishes.listen, text(text_key::help_serve_listen))
            ->type_name("URL")
            ->expected(1)
            ->take_all();
        serve->add_option("--classic", wishes.classic, text(text_key::help_serve_classic))
            ->type_name("")
            ->expected(0, 1)
            ->default_str("loopback")
            ->check(CLI::IsMember({"loopback", "public"}));
        serve->add_flag("--no-rate-limits", no_rate_limits, text(text_key::help_serve_no_limits));
        check->add_option("FILE", checked.file, text(text_key::help_check_file))->required();
        account->require_subcommand(1);
        for (const account_row& row : account_rows) {
            add_account_command(row);
        }
        add_chat_options();
        if (in != base::language::english) {
            name_groups(app); // CLI11's own names are English
        }
    }

    void name_groups(CLI::App& of) {
        for (CLI::Option* const one : of.get_options()) {
            one->group(text(text_key::help_word_options));
        }
        for (CLI::App* const one : of.get_subcommands({})) {
            one->group(text(text_key::help_word_command));
            name_groups(*one);
        }
    }

    void add_chat_options() {
        talk->add_option("WHERE", talk_wish.where, text(text_key::help_chat_where));
        talk->add_option("PORT", talk_wish.port, text(text_key::help_chat_port));
        talk->add_option("--nick", talk_wish.nickname, text(text_key::help_chat_nick))
            ->type_name("NAME");
        talk->add_option("--account", talk_wish.account, text(text_key::help_chat_account))
            ->type_name("NAME");
        talk->add_option("--join", talk_wish.join, text(text_key::help_chat_join))
            ->type_name("ROOM")
            ->expected(1)
            ->allow_extra_args(false) // what follows the room is the host
            ->take_all();
        talk->add_option("--trust", talk_wish.trust, text(text_key::help_chat_trust))
            ->type_name("FINGERPRINT");
        talk->add_option("--history", talk_wish.history, text(text_key::help_chat_history))
            ->type_name("COUNT");
        talk->add_option("--folder", talk_wish.folder, text(text_key::help_chat_folder))
            ->type_name("DIR");
        talk->add_flag("--plain", plain, text(text_key::help_chat_plain));
        talk->add_flag("--json", json, text(text_key::help_chat_json));
    }

    void add_account_command(const account_row& row) {
        CLI::App* const one = account->add_subcommand(row.name, text(row.purpose));
        one->set_help_flag("-h,--help", text(text_key::help_help));
        one->add_option("--config", account_wish.config_file, text(text_key::help_account_config))
            ->type_name("FILE");
        one->add_option("--data", account_wish.data, text(text_key::help_account_data))
            ->type_name("DIR");
        if (row.argument != nullptr) {
            one->add_option(row.argument, account_wish.name)->required();
        }
        if (row.what == account_deed::set_rights) {
            one->add_option("RIGHTS", account_wish.change,
                            "kill, ban, mute, announce, reports, accounts, rooms, log, "
                            "redact, words; all.")
                ->required();
        }
        if (row.what == account_deed::add || row.what == account_deed::set_password) {
            one->add_flag("--password-stdin", account_wish.password_from_input,
                          text(text_key::help_account_stdin));
        }
        if (row.what == account_deed::invite) {
            add_code_options(*one);
            return;
        }
        one->callback([this, what = row.what] { account_wish.what = what; });
    }

    void add_code_options(CLI::App& one) {
        CLI::Option* const uses =
            one.add_option("--uses", account_wish.uses, text(text_key::help_code_uses))
                ->type_name("COUNT");
        CLI::Option* const expires =
            one.add_option("--expires", account_wish.expires, text(text_key::help_code_expires))
                ->type_name("DURATION");
        CLI::Option* const all =
            one.add_flag("--list", lists_codes, text(text_key::help_code_list));
        all->excludes(uses, expires);
        one.add_option("--revoke", account_wish.name, text(text_key::help_code_revoke))
            ->type_name("CODE")
            ->excludes(uses, expires, all);
        one.callback([this] {
            account_wish.what = lists_codes                 ? account_deed::list_codes
                                : account_wish.name.empty() ? account_deed::invite
                                                            : account_deed::remove_code;
        });
    }

    command chosen() {
        if (*serve) {
            wishes.rate_limits = !no_rate_limits;
            return wishes;
        }
        if (*check) {
            return checked;
        }
        if (*account) {
            return account_wish;
        }
        if (*talk) {
            talk_wish.face = json    ? terminal::face_kind::json
                             : plain ? terminal::face_kind::plain
                                     : terminal::face_kind::automatic;
            return talk_wish;
        }
        return show_command{*example ? example_config() : app.help()};
    }
};

} // namespace

base::result<command> parse_command_line(std::span<const char* const> words, base::language in) {
    parser of(in);
    std::vector<std::string> reversed(words.rbegin(), words.rend()); // as CLI11 takes them
    try {
        of.app.parse(reversed);
    } catch (const CLI::CallForHelp&) {
        return show_command{of.app.help()};
    } catch (const CLI::CallForVersion& version) {
        return show_command{fmt::format("{}\n", version.what())};
    } catch (const CLI::ParseError& wrong) {
        return base::failure(base::say(in, text_key::help_wrong_line, {wrong.what()}));
    }
    return of.chosen();
}

} // namespace tertulia::server
