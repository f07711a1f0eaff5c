// SPDX-License-Identifier: Apache-2.0
#include "server/command_line.hpp"

#include "server/config.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace tertulia::server {
namespace {

constexpr std::string_view examples = R"(Examples:
  tertulia serve
      talk on this machine at irc://127.0.0.1:6667, from others by TLS at port 6697
  tertulia serve --data /var/lib/tertulia --listen 'ircs://*:6697' --listen 'irc://[::1]:6667'
      another folder, other doors
  tertulia serve --listen 'ircs://*:6697?certificate=chain.pem&key=key.pem'
      a certificate of your own
  tertulia serve --classic
      also base64 (port 8080), caesar (8000), labels (6030), nickname (5055) and roster (12345)
  tertulia config example > tertulia.toml
      every setting, explained, with its default
  tertulia config check tertulia.toml && tertulia serve --config tertulia.toml
  tertulia account import class.csv > passwords.csv
      an account for each line, with first passwords to print
  tertulia account invite --uses 30 --expires 7d
      a code by which thirty people make accounts, where the setting asks for one
  tertulia chat
      talk on this machine; `tertulia chat chat.example.org` elsewhere
  echo hola | tertulia chat --nick bot
      a script talks

Signals: SIGTERM and SIGINT stop the server, SIGHUP reads the configuration again.
Exit codes: 0 fine, 1 it could not be done (a sentence says why), 2 the command line is wrong,
3 the disk failed while messages were being stored; of chat: 4 no connection could be made, 5 it was
lost in line mode.)";

struct account_row {
    const char* name;
    account_deed what;
    const char* argument; // nullptr: none
    const char* purpose;
};
constexpr std::array account_rows{
    account_row{"add", account_deed::add, "NAME", "Make an account and print its first password."},
    account_row{"passwd", account_deed::set_password, "NAME",
                "Give an account a new password and print it."},
    account_row{"list", account_deed::list, nullptr, "All accounts."},
    account_row{"suspend", account_deed::suspend, "NAME",
                "Nobody can use the account until it is resumed; its sessions end."},
    account_row{"resume", account_deed::resume, "NAME", "Lift a suspension."},
    account_row{"delete", account_deed::remove, "NAME",
                "Delete an account for good; what it said stays."},
    account_row{"rights", account_deed::set_rights, "NAME",
                "Make an account an operator, or less of one: +kill,ban -mute, or +all, -all."},
    account_row{"import", account_deed::import_table, "FILE",
                "Make accounts from a table: a name and, if wanted, a password in each line. "
                "Prints names and passwords."},
    account_row{"invite", account_deed::invite, nullptr,
                "Make a code by which others make accounts, and print it."},
};

struct parser {
    CLI::App app{"Tertulia, a chat server for any IRC client.", "tertulia"};
    CLI::App* serve = app.add_subcommand("serve", "Start the server.");
    CLI::App* config = app.add_subcommand("config", "Check or show a configuration.");
    CLI::App* check = config->add_subcommand("check", "Check a configuration file.");
    CLI::App* example = config->add_subcommand("example", "Print every setting, explained.");
    CLI::App* account = app.add_subcommand("account", "Make, change and end accounts.");
    CLI::App* talk = app.add_subcommand("chat", "Talk, in this terminal.");
    account_command account_wish;
    terminal::options talk_wish;
    bool plain = false;
    bool json = false;
    serve_command wishes;
    check_command checked;
    bool no_rate_limits = false;
    bool lists_codes = false;

    parser() {
        app.set_version_flag("--version", "tertulia " TERTULIA_VERSION, "Print the version.");
        app.footer(std::string(examples));
        config->require_subcommand(1);
        serve->add_option("--config", wishes.config_file, "The configuration, a TOML file.")
            ->type_name("FILE")
            ->take_last();
        serve->add_option("--data", wishes.data, "The folder of everything that lasts.")
            ->type_name("DIR")
            ->take_last();
        serve
            ->add_option("--listen", wishes.listen,
                         "Where to listen, instead of where the configuration says; any number.")
            ->type_name("URL")
            ->expected(1)
            ->take_all();
        serve
            ->add_option("--classic", wishes.classic,
                         "The five classic dialects as well, on the ports of their origins and for "
                         "this machine; --classic=public for all.")
            ->type_name("")
            ->expected(0, 1)
            ->default_str("loopback")
            ->check(CLI::IsMember({"loopback", "public"}));
        serve->add_flag("--no-rate-limits", no_rate_limits,
                        "For load tests: no flood control, no counts per address.");
        check->add_option("FILE", checked.file, "The file to check.")->required();
        account->require_subcommand(1);
        for (const account_row& row : account_rows) {
            add_account_command(row);
        }
        add_chat_options();
    }

    void add_chat_options() {
        talk->add_option("WHERE", talk_wish.where,
                         "A host (localhost), or a URL such as ircs://chat.example.org/#room.");
        talk->add_option("PORT", talk_wish.port, "6697 with TLS, else 6667.");
        talk->add_option("--nick", talk_wish.nickname,
                         "The nickname; asked for if it is not given.")
            ->type_name("NAME");
        talk->add_option("--account", talk_wish.account,
                         "Log in to an account; its password is asked for.")
            ->type_name("NAME");
        talk->add_option("--join", talk_wish.join, "A room to enter instead of #lobby; any number.")
            ->type_name("ROOM")
            ->expected(1)
            ->allow_extra_args(false) // what follows the room is the host
            ->take_all();
        talk->add_option("--trust", talk_wish.trust,
                         "Accept a certificate with this fingerprint (SHA-256, AB:CD:…).")
            ->type_name("FINGERPRINT");
        talk->add_option("--history", talk_wish.history,
                         "In line mode: messages of the past to show of each room.")
            ->type_name("COUNT");
        talk->add_option("--folder", talk_wish.folder,
                         "Where accepted certificates and kept passwords are.")
            ->type_name("DIR");
        talk->add_flag("--plain", plain, "Line by line, as without a terminal.");
        talk->add_flag("--json", json, "Line by line, each a JSON object.");
    }

    void add_account_command(const account_row& row) {
        CLI::App* const one = account->add_subcommand(row.name, row.purpose);
        one->add_option("--config", account_wish.config_file, "The server's configuration.")
            ->type_name("FILE");
        one->add_option("--data", account_wish.data, "The server's data folder.")->type_name("DIR");
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
                          "Read the password from standard input instead of making one up.");
        }
        if (row.what == account_deed::invite) {
            add_code_options(*one);
            return;
        }
        one->callback([this, what = row.what] { account_wish.what = what; });
    }

    void add_code_options(CLI::App& one) {
        CLI::Option* const uses =
            one.add_option("--uses", account_wish.uses, "How many accounts it is for.")
                ->type_name("COUNT");
        CLI::Option* const expires =
            one.add_option("--expires", account_wish.expires,
                           "For how long it may be used, as in 12h or 30d; never: for good.")
                ->type_name("DURATION");
        CLI::Option* const all =
            one.add_flag("--list", lists_codes, "Show the codes that may be used.");
        all->excludes(uses, expires);
        one.add_option("--revoke", account_wish.name, "Take a code back; its start is enough.")
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

base::result<command> parse_command_line(std::span<const char* const> words) {
    parser of;
    std::vector<std::string> reversed(words.rbegin(), words.rend()); // as CLI11 takes them
    try {
        of.app.parse(reversed);
    } catch (const CLI::CallForHelp&) {
        return show_command{of.app.help()};
    } catch (const CLI::CallForVersion& version) {
        return show_command{fmt::format("{}\n", version.what())};
    } catch (const CLI::ParseError& wrong) {
        return base::failure(
            fmt::format("{}. `tertulia --help` shows what is possible.", wrong.what()));
    }
    return of.chosen();
}

} // namespace tertulia::server
