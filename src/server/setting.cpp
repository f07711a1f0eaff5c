// SPDX-License-Identifier: Apache-2.0
#include "server/setting.hpp"

#include "base/address_block.hpp"
#include "base/assert.hpp"
#include "base/journal.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "server/quantity.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace tertulia::server {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::uint64_t kib = 1U << 10U;
constexpr std::uint64_t gib = 1U << 30U;
constexpr std::size_t text_size_max = 400; // bytes; one line of IRC holds it

constexpr auto at_start = takes_effect::at_start;
constexpr auto on_reload = takes_effect::on_reload;

constexpr std::array rows{
    setting{"data", at_start, text_setting{&config::data, text_form::path},
            "The folder of everything that lasts; made if it is missing."},
    setting{
        "listen", at_start, listeners_setting{&config::listen},
        "Where to listen: irc://HOST:PORT, and ircs://HOST:PORT for TLS. HOST is an IP address,\n"
        "localhost or * (all addresses); port 0 lets the system pick one. TLS takes its files\n"
        "from ?certificate=FILE&key=FILE, else from a self-signed certificate that is made\n"
        "once and kept in the data folder."},
    setting{"name", at_start, text_setting{&config::name, text_form::word},
            "What the server calls itself."},
    setting{"network", at_start, text_setting{&config::network, text_form::word},
            "What clients call the network."},
    setting{"icon", on_reload, text_setting{&config::icon, text_form::picture},
            "Where clients find a picture of the network: a URL; empty: nowhere."},
    setting{
        "language", on_reload, text_setting{&config::language, text_form::language},
        "The language of the server's own texts: \"en\", \"es\", or \"auto\", as the environment\n"
        "(LC_ALL, LC_MESSAGES, LANG) says."},
    setting{"journal", on_reload, text_setting{&config::journal, text_form::journal_level},
            "How much the journal says: \"error\", \"warning\", \"info\" or \"debug\", which alone "
            "has\n"
            "nicknames in it."},
    setting{"motd", on_reload, lines_setting{&config::motd},
            "The message of the day, line by line."},
    setting{"motd_file", on_reload, text_setting{&config::motd_file, text_form::line},
            "A file with the message of the day; its lines come behind those of motd."},
    setting{"password", on_reload, text_setting{&config::password, text_form::line},
            "Asked of everyone who connects; empty: none."},
    setting{
        "sts", on_reload, duration_setting{&config::sts, seconds{0}, days{365}},
        "For how long clients that know of it shall come by TLS alone (IRCv3 sts); 0s: not said.\n"
        "For servers whose certificate such clients trust."},
    setting{"history_on_join", on_reload, count_setting{&config::history_on_join, 0, 200},
            "Messages shown on joining a room, to clients that cannot ask for them; 0: none."},
    setting{"guest_rooms_kept", on_reload,
            duration_setting{&config::guest_rooms_kept, minutes{1}, days{3'650}},
            "How long an empty room that a guest made stays, with its history."},
    setting{"cloaks", at_start, switch_setting{&config::cloaks},
            "Others see hashes in place of addresses, the same for the same address."},
    setting{"space_reserve", at_start, size_setting{&config::space_reserve, 0, 1'024 * gib},
            "Free space of the disk below which messages are refused instead of stored."},
    setting{"threads", at_start, count_setting{&config::threads, 0, 63},
            "Network threads; 0: one per core."},

    setting{"accounts.guests", on_reload, switch_setting{&config::guests},
            "Whether people may come in without an account."},
    setting{"accounts.registration", on_reload,
            text_setting{&config::registration, text_form::registration},
            "Who may make an account: \"open\", anybody; \"invite\", who has a code that\n"
            "`tertulia account invite` made; \"closed\", nobody."},
    setting{
        "accounts.password_memory", at_start,
        size_setting{&config::password_memory, 64 * kib, 4 * gib},
        "What checking one password takes (Argon2id): more makes a stolen database worth less."},
    setting{"accounts.password_passes", at_start, count_setting{&config::password_passes, 1, 1'000},
            "How often that memory is gone over."},
    setting{"accounts.password_threads", at_start, count_setting{&config::password_threads, 0, 64},
            "Passwords checked at a time; 0: half as many as there are cores."},
    setting{"accounts.scram", at_start, switch_setting{&config::scram},
            "Whether SASL SCRAM-SHA-256 is offered. Its keys, kept beside the Argon2id ones, are\n"
            "cheaper to guess from for who steals the database."},
    setting{"accounts.scram_iterations", at_start,
            count_setting{&config::scram_iterations, base::limits::scram_iterations_min,
                          base::limits::scram_iterations_max},
            "What a guess from such keys costs, in rounds of SHA-256."},
    setting{"accounts.classic_password_length", on_reload,
            count_setting{&config::classic_password_length, 1, 64},
            "The fewest characters of a password that is chosen at the classic door `labels`."},
    setting{"accounts.services", on_reload, lines_setting{&config::services},
            "Services elsewhere that people may be known to by their account (IRCv3\n"
            "draft/authtoken), each as \"KEY URL DESCRIPTION\"."},

    setting{"order.guest_code", on_reload, text_setting{&config::guest_code, text_form::line},
            "Asked of those who come in without an account (PASS); empty: none."},
    setting{"order.guests_wait", on_reload,
            duration_setting{&config::guests_wait, minutes{0}, days{1}},
            "How long guests wait before their first word."},
    setting{"order.guests_careful", on_reload,
            duration_setting{&config::guests_careful, minutes{0}, days{1}},
            "How long guests send no links, and nothing in private."},
    setting{"order.refused_words", on_reload, lines_setting{&config::refused_words},
            "Words that nobody says here but operators, with wildcards: \"spam*\"."},
    setting{"order.hidden_words", on_reload, lines_setting{&config::hidden_words},
            "Words that are shown as \"****\"."},

    setting{
        "web.origins", at_start, lines_setting{&config::web_origins},
        "Pages of other sites that may open an IRC WebSocket here, as \"https://example.org\";\n"
        "\"*\": all. The server's own pages always may."},
    setting{"web.trusted_proxies", at_start,
            lines_setting{&config::trusted_proxies, line_form::network},
            "Addresses and networks (\"10.0.0.0/8\") of proxies that are believed where a request\n"
            "comes from (X-Forwarded-For, X-Forwarded-Proto, X-Forwarded-Host)."},
    setting{"web.address", at_start, text_setting{&config::web_address, text_form::line},
            "How browsers reach the server, as \"https://chat.example.org\"; IRC clients are told\n"
            "that files go there. Empty: made of `name` and the first http(s):// listener."},

    setting{"web.metrics", at_start, lines_setting{&config::metrics_readers, line_form::network},
            "Addresses and networks that may read /metrics (Prometheus)."},
    setting{"web.webirc", on_reload, lines_setting{&config::webirc},
            "IRC gateways that are believed where their users come from (WEBIRC), each as\n"
            "\"ADDRESS PASSWORD\"."},

    setting{"files.size", at_start, size_setting{&config::file_size, 0, 16 * gib},
            "Bytes of one file that somebody uploads; 0: nobody uploads files."},
    setting{"files.account", at_start, size_setting{&config::files_of_account, 0, 16'384 * gib},
            "Bytes of all files of one account."},
    setting{"files.guests", at_start, size_setting{&config::files_of_guests, 0, 16'384 * gib},
            "Bytes of all files of the guests behind one address; 0: guests upload none."},
    setting{"files.all", at_start, size_setting{&config::files_of_all, 0, 1'048'576 * gib},
            "Bytes of all files. Whatever it is, space_reserve stays free."},

    setting{"push.on", at_start, switch_setting{&config::push},
            "Whether an account's devices are told of what is said to her while she is not there\n"
            "(web push). The server then connects to the push services of their browsers."},
    setting{"push.contact", at_start, text_setting{&config::push_contact, text_form::contact},
            "Where the operators of push services find you, as \"mailto:you@example.org\" or\n"
            "\"https://example.org\"; empty: web.address, where there is one."},
    setting{"push.trusted", at_start, lines_setting{&config::push_trusted},
            "Push services of your own, as \"https://10.0.0.7:8443\": they may have private\n"
            "addresses and any port. All others are reached at public ones, at port 443."},

    setting{"limits.connections", at_start, count_setting{&config::connections, 1, 10'000'000},
            "Connections at once, of the whole server."},
    setting{"limits.sessions_per_address", on_reload,
            count_setting{&config::sessions_per_address, 0, 10'000'000},
            "Sessions at once of one address (IPv6: of one /64); a class behind one router counts\n"
            "as one address. 0: not counted."},
    setting{"limits.unregistered_per_address", on_reload,
            count_setting{&config::unregistered_per_address, 1, 1'000'000},
            "Connections of one address, per network thread, that have not said yet who they are."},
    setting{"limits.connections_per_second", on_reload,
            count_setting{&config::connections_per_second, 1, 1'000'000},
            "New connections a second of one address, per network thread."},
    setting{"limits.burst", on_reload, count_setting{&config::burst, 1, 100'000},
            "Lines that a client may send at once; what is more waits."},
    setting{"limits.lines_per_second", on_reload,
            count_setting{&config::lines_per_second, 1, 100'000},
            "Lines a second that a client may send after its burst."},
    setting{"limits.send_queue", on_reload, size_setting{&config::send_queue, 16 * kib, gib},
            "What may wait for a client that reads slowly; beyond, it is dropped."},
    setting{"limits.send_stall", on_reload,
            duration_setting{&config::send_stall, seconds{1}, hours{1}},
            "How long a client may read nothing of what waits for it; then it is dropped."},
    setting{"limits.registration_timeout", on_reload,
            duration_setting{&config::registration_timeout, seconds{1}, hours{1}},
            "How long a new connection has to say who it is."},
    setting{"limits.ping_after", on_reload,
            duration_setting{&config::ping_after, seconds{1}, days{1}},
            "A client that has been silent for so long is asked for a sign of life."},
    setting{"limits.ping_timeout", on_reload,
            duration_setting{&config::ping_timeout, seconds{1}, hours{1}},
            "How long it has to answer."},
};

template <class... Ts>
struct overloaded : Ts... {
    using Ts::operator()...;
};

bool is_control(char one) { return static_cast<unsigned char>(one) < ' ' || one == 0x7F; }

// A basic string of TOML: control characters stand in it by their number alone.
std::string quoted(std::string_view text) {
    std::string made = "\"";
    for (const char one : text) {
        if (is_control(one)) {
            made += fmt::format("\\u{:04X}", static_cast<unsigned char>(one));
            continue;
        }
        if (one == '"' || one == '\\') {
            made += '\\';
        }
        made += one;
    }
    return made + '"';
}

std::string quoted_list(const std::vector<std::string>& texts) {
    std::vector<std::string> parts;
    std::ranges::transform(texts, std::back_inserter(parts), quoted);
    return fmt::format("[{}]", fmt::join(parts, ", "));
}

std::string expected_text(text_form form) {
    switch (form) {
    case text_form::line: return fmt::format("a line of text of at most {} bytes", text_size_max);
    case text_form::word: return "a word without blanks, of 1 to 63 bytes";
    case text_form::picture:
        return fmt::format("empty or a URL (https://…) of at most {} bytes",
                           base::limits::url_size_max);
    case text_form::contact: return "empty, a mailto: URL or an https:// one";
    case text_form::path: return "the path of a folder";
    case text_form::language: return R"("auto", "en" or "es")";
    case text_form::registration: return R"("open", "invite" or "closed")";
    case text_form::journal_level: return R"("debug", "info", "warning" or "error")";
    }
    ASSERT(false);
}

bool is_line(std::string_view text) {
    const bool one_line =
        std::ranges::none_of(text, [](unsigned char of) { return of < ' ' && of != '\t'; });
    return text.size() <= text_size_max && one_line && base::valid_utf8(text);
}

bool is_word(std::string_view text) {
    const auto shown = [](unsigned char of) { return of > ' ' && of != 0x7f && of != ':'; };
    return !text.empty() && text.size() <= 63 && std::ranges::all_of(text, shown) &&
           base::valid_utf8(text);
}

// As ISUPPORT can show it: no blank, and nothing that would end the line.
bool is_url(std::string_view text) {
    const auto shown = [](unsigned char of) { return of > ' ' && of < 0x7f; };
    return (text.starts_with("https://") || text.starts_with("http://")) &&
           text.size() <= base::limits::url_size_max && std::ranges::all_of(text, shown);
}

// As a proof for push services carries it, within quotation marks (RFC 8292, 2.1).
bool is_contact(std::string_view text) {
    const auto plain = [](unsigned char of) {
        return of > ' ' && of < 0x7f && of != '"' && of != '\\';
    };
    const bool mail = text.starts_with("mailto:") && text.find('@') != std::string_view::npos;
    return (mail || text.starts_with("https://")) && text.size() <= base::limits::url_size_max &&
           std::ranges::all_of(text, plain);
}

} // namespace

std::span<const setting> settings() { return rows; }

std::string expectation(const setting& of) {
    return std::visit(
        overloaded{
            [](const text_setting& by) { return expected_text(by.form); },
            [](const lines_setting& by) {
                if (by.form == line_form::network) {
                    return std::string(
                        R"(a list of addresses or networks, as "192.0.2.7" or "10.0.0.0/8")");
                }
                return fmt::format("a list of lines of at most {} bytes each", text_size_max);
            },
            [](const listeners_setting&) { return std::string("a list of URLs, one at least"); },
            [](const count_setting& by) {
                return fmt::format("a whole number from {} to {}", by.min, by.max);
            },
            [](const size_setting& by) {
                return fmt::format("a size from \"{}\" to \"{}\", as in \"512 KiB\"",
                                   print_size(by.min), print_size(by.max));
            },
            [](const duration_setting& by) {
                return fmt::format(
                    "a time from \"{}\" to \"{}\", as in \"90s\" (units: s, m, h, d)",
                    print_duration(by.min), print_duration(by.max));
            },
            [](const switch_setting&) { return std::string("true or false"); },
        },
        of.kind);
}

bool allowed(const text_setting& by, std::string_view value) {
    switch (by.form) {
    case text_form::line: return is_line(value);
    case text_form::word: return is_word(value);
    case text_form::picture: return value.empty() || is_url(value);
    case text_form::contact: return value.empty() || is_contact(value);
    case text_form::path: return !value.empty() && value.find('\0') == std::string_view::npos;
    case text_form::language: return value == "auto" || value == "en" || value == "es";
    case text_form::registration: return value == "open" || value == "invite" || value == "closed";
    case text_form::journal_level: return base::journal::level_named(value).has_value();
    }
    ASSERT(false);
}

bool allowed(const lines_setting& by, std::string_view line) {
    return by.form == line_form::network ? base::parse_address_block(line).has_value()
                                         : is_line(line);
}

bool allowed(const count_setting& by, std::int64_t value) {
    return value >= by.min && value <= by.max;
}

bool allowed(const size_setting& by, std::uint64_t value) {
    return value >= by.min && value <= by.max;
}

bool allowed(const duration_setting& by, std::chrono::seconds value) {
    return value >= by.min && value <= by.max;
}

std::string print(const setting& of, const config& in) {
    return std::visit(
        overloaded{
            [&in](const text_setting& by) { return quoted(in.*by.member); },
            [&in](const lines_setting& by) { return quoted_list(in.*by.member); },
            [&in](const listeners_setting& by) {
                std::vector<std::string> urls;
                std::ranges::transform(in.*by.member, std::back_inserter(urls), to_string);
                return quoted_list(urls);
            },
            [&in](const count_setting& by) { return fmt::format("{}", in.*by.member); },
            [&in](const size_setting& by) { return quoted(print_size(in.*by.member)); },
            [&in](const duration_setting& by) { return quoted(print_duration(in.*by.member)); },
            [&in](const switch_setting& by) { return fmt::format("{}", in.*by.member); },
        },
        of.kind);
}

void copy(const setting& of, const config& from, config& to) {
    std::visit([&](const auto& by) { to.*by.member = from.*by.member; }, of.kind);
}

} // namespace tertulia::server
