// SPDX-License-Identifier: Apache-2.0
#include "server/server.hpp"

#include "auth/clerk.hpp"
#include "base/clocks.hpp"
#include "base/text.hpp"
#include "crypto/code.hpp"
#include "crypto/digest.hpp"
#include "files/keeper.hpp"
#include "irc/dialect.hpp"
#include "irc/push_lines.hpp"
#include "irc/session.hpp"
#include "log/alone.hpp"
#include "net/network.hpp"
#include "push/office.hpp"
#include "server/classic_doors.hpp"
#include "server/control.hpp"
#include "server/data_folder.hpp"
#include "server/irc_door.hpp"
#include "server/last_words.hpp"
#include "server/setting.hpp"
#include "server/web_doors.hpp"
#include "store/credentials.hpp"
#include "store/database.hpp"
#include "store/login_reader.hpp"
#include "transport/self_signed.hpp"
#include "web/file_routes.hpp"
#include "web/login_list.hpp"
#include "web/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <thread>
#include <utility>

namespace tertulia::server {
namespace {

using base::result;

constexpr std::uint16_t this_node = 0;
constexpr std::chrono::seconds stop_patience{3};
constexpr int exit_after_failed_commit = 3;

// Nobody can know now what the disk holds; the restart will tell the truth.
[[noreturn]] void end_after_failed_commit(const base::error& why) {
    fmt::print(stderr, "tertulia: {} Nothing that was confirmed is lost; the server stops.\n",
               why.sentence);
    std::_Exit(exit_after_failed_commit);
}

std::size_t network_threads(const config& with) {
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t wanted = with.threads == 0 ? cores : with.threads;
    return std::min(wanted, log::threads_max - 1); // thread 0 is the server itself
}

std::size_t password_threads(const config& with) {
    const std::size_t half = std::max(1U, std::thread::hardware_concurrency() / 2);
    return with.password_threads == 0 ? half : with.password_threads;
}

net::options network_options(const config& with, rate_limits limits) {
    return {.threads = network_threads(with),
            .node = this_node,
            .send_queue_max = with.send_queue,
            .send_stall_max = with.send_stall,
            .rate_limited = limits == rate_limits::on,
            .unregistered_per_address_max = with.unregistered_per_address,
            .connections_per_second_max = with.connections_per_second,
            .connections_max = with.connections,
            .language = language_of(with)};
}

} // namespace

// Where passwords are checked: a clerk for each thread, and what they share. One more looks up what
// is no password, so that who is logged in never waits behind those who are not.
struct credential_desk {
    base::guarded<auth::guesses> counted;
    std::vector<std::unique_ptr<auth::clerk>> clerks;
    std::unique_ptr<auth::clerk> of_secrets;
};

struct server::state {
    state(config with, rate_limits limits, data_folder held)
        : settings(std::move(with)), limited(limits), folder(std::move(held)) {}
    ~state() { stop_push(); }
    state(const state&) = delete;
    state& operator=(const state&) = delete;

    [[nodiscard]] result<void> open();
    [[nodiscard]] result<void> open_files(const store::database_options& messages);
    [[nodiscard]] result<void> open_desk(const store::database_options& messages);
    [[nodiscard]] result<void> open_push(const store::database_options& messages,
                                         const irc::settings_ref& first);
    [[nodiscard]] result<irc::settings_ref> rules(const config& from);
    [[nodiscard]] result<std::unique_ptr<net::network>>
    open_network(std::unique_ptr<session::reader> reader);
    [[nodiscard]] result<net::listener_options> door(const listen_url& written);
    [[nodiscard]] net::protocol_maker protocol_of(const listen_url& url);
    [[nodiscard]] listen_url with_certificate(listen_url url) const;
    void submit(chat::command what) const;
    void stop_push() const; // while the log is there, which it talks to

    config settings;
    const rate_limits limited;
    const base::wall_time started_at = base::wall_now();
    const data_folder folder;
    std::vector<std::unique_ptr<irc::dialect>> dialects; // one for each network thread
    std::unique_ptr<classic_doors> classics;
    std::unique_ptr<files::keeper> files; // none: nobody uploads
    std::unique_ptr<session::login_reader> logins;
    std::unique_ptr<web_doors> web;
    store::opened database;
    cloak shown_as;
    session::service_passes passes;
    std::string claim; // the code, while there is no operator
    const std::shared_ptr<session::word_board> words = std::make_shared<session::word_board>();
    credential_desk desk;
    const control_dialect control_speech;
    std::unique_ptr<chat::heart> heart;
    std::unique_ptr<net::network> network;
    std::unique_ptr<irc::push_lines> push_lines; // none: no device is told of anything
    std::unique_ptr<push::office> push;          // likewise
    std::unique_ptr<log::alone> log; // ends first: the others are its heart, disk and boxes
};

result<std::unique_ptr<server>> server::start(const config& with, rate_limits limits) {
    result<data_folder> folder = data_folder::open(with.data);
    if (!folder) {
        return std::unexpected(std::move(folder.error()));
    }
    auto made = std::make_unique<state>(with, limits, std::move(*folder));
    if (result<void> opened = made->open(); !opened) {
        return std::unexpected(std::move(opened.error()));
    }
    return std::unique_ptr<server>(new server(std::move(made)));
}

server::server(std::unique_ptr<state> made) : state_(std::move(made)) {}
server::~server() = default;

result<void> server::state::open() {
    const store::database_options messages{.path = folder.file("tertulia.db"), .indexed = true};
    result<store::opened> found = store::open_database(messages);
    if (!found) {
        return std::unexpected(std::move(found.error()));
    }
    database = std::move(*found);
    result<std::unique_ptr<session::reader>> reader = store::open_reader(messages);
    if (!reader) {
        return std::unexpected(std::move(reader.error()));
    }
    if (settings.cloaks) {
        shown_as = cloak(crypto::hmac_sha256(database.message_key, "addresses as others see them"));
    }
    if (database.heart.rights.empty()) {
        claim = crypto::make_code({.length = 12, .group = 4});
    }
    if (result<void> hired = open_desk(messages); !hired) {
        return hired;
    }
    words->put_up(std::make_shared<const std::vector<chat::listed_word>>(database.heart.words));
    const result<irc::settings_ref> first = rules(settings);
    if (!first) {
        return std::unexpected(first.error());
    }
    for (std::size_t thread = 0; thread < network_threads(settings); ++thread) {
        dialects.push_back(std::make_unique<irc::dialect>(*first, database.message_key));
    }
    classics = std::make_unique<classic_doors>(
        classic_settings(settings, limited == rate_limits::on, words), dialects.size(), shown_as);
    web = std::make_unique<web_doors>(settings, dialects, database.message_key, shown_as);
    if (result<void> there = open_files(messages); !there) {
        return there;
    }
    web->open_exports(files.get());
    web->add_routes({web::metrics_route({.readers = web::proxies(settings.metrics_readers),
                                         .version = TERTULIA_VERSION,
                                         .started_at = started_at,
                                         .database = messages.path,
                                         .files = files.get()})});
    logins = store::make_login_reader(messages);
    web->add_routes(web::login_list_routes(*logins));
    if (result<void> there = open_push(messages, *first); !there) {
        return there;
    }
    result<std::unique_ptr<net::network>> opened = open_network(std::move(*reader));
    if (!opened) {
        return std::unexpected(std::move(opened.error()));
    }
    network = std::move(*opened);
    heart = std::make_unique<chat::heart>(database.heart);
    log = std::make_unique<log::alone>(
        *heart, database.heart.time, *database.writer, network->boxes(),
        log::alone_options{
            .space_reserve = settings.space_reserve,
            .commit_failed = end_after_failed_commit,
            .follower = push ? &push->box() : nullptr,
            .words_changed = [this](const chat::word_list& next) { words->put_up(next); }});
    submit(chat::node_gone{this_node});
    submit(chat::keep_room{*base::make_room_name(lobby)});
    for (const listen_url& one : settings.listen) {
        if (!one.room.empty()) { // nobody of those who come in there could keep order
            submit(chat::keep_room{*base::make_room_name(one.room)});
        }
    }
    if (push) {
        push->start(log->line());
    }
    network->start(log->line());
    return {};
}

result<void> server::state::open_files(const store::database_options& messages) {
    if (settings.file_size == 0) {
        return {};
    }
    result<std::unique_ptr<files::keeper>> opened =
        files::keeper::open({.data_folder = folder.path(),
                             .messages = messages,
                             .program = "/proc/self/exe",
                             .size_max = settings.file_size,
                             .account_quota = settings.files_of_account,
                             .guest_quota = settings.files_of_guests,
                             .total_max = settings.files_of_all,
                             .reserve = settings.space_reserve,
                             .now = base::wall_now,
                             .forgotten = [this](const std::vector<std::string>& ids) {
                                 database.writer->forget_files(ids);
                             }});
    if (!opened) {
        return std::unexpected(std::move(opened.error()));
    }
    files = std::move(*opened);
    web->add_routes(web::file_routes(*files, passes,
                                     limited == rate_limits::on ? web::upload_rates::counted
                                                                : web::upload_rates::free));
    return {};
}

result<void> server::state::open_push(const store::database_options& messages,
                                      const irc::settings_ref& first) {
    if (!settings.push) {
        return {};
    }
    push_lines = std::make_unique<irc::push_lines>(first, database.message_key);
    const irc::push_lines& how = *push_lines;
    result<std::unique_ptr<push::office>> opened = push::office::open(
        {.messages = messages,
         .key = database.push_key,
         .contact = push_contact(settings),
         .trusted = settings.push_trusted,
         .how = {.said = [&how](const chat::event& of) { return how.said(of); },
                 .read = [&how](std::string_view target,
                                base::wall_time up_to) { return how.read(target, up_to); }},
         .node = this_node});
    if (!opened) {
        return std::unexpected(std::move(opened.error()));
    }
    push = std::move(*opened);
    return {};
}

void server::state::stop_push() const {
    if (push) {
        push->stop();
    }
}

result<void> server::state::open_desk(const store::database_options& messages) {
    const auth::policy by{
        .cost = {.memory_kib = settings.password_memory >> 10U, .passes = settings.password_passes},
        .scram = settings.scram,
        .scram_iterations = settings.scram_iterations,
        .claim = claim.empty() ? std::string() : crypto::code_digest(claim),
        .passes = &passes,
        .imagination = crypto::hmac_sha256(database.message_key, "accounts that do not exist")};
    const auto hire = [&]() -> result<std::unique_ptr<auth::clerk>> {
        result<std::unique_ptr<store::credential_reader>> from =
            store::open_credential_reader(messages);
        if (!from) {
            return std::unexpected(std::move(from.error()));
        }
        return std::make_unique<auth::clerk>(by, desk.counted, std::move(*from));
    };
    for (std::size_t i = 0; i <= password_threads(settings); ++i) {
        auto hired = hire();
        if (!hired) {
            return std::unexpected(std::move(hired.error()));
        }
        desk.clerks.push_back(std::move(*hired));
    }
    desk.of_secrets = std::move(desk.clerks.back());
    desk.clerks.pop_back();
    return {};
}

result<irc::settings_ref> server::state::rules(const config& from) {
    return irc_settings(from, started_at, limited == rate_limits::on,
                        {shown_as, words, &passes, database.push_key});
}

result<std::unique_ptr<net::network>>
server::state::open_network(std::unique_ptr<session::reader> reader) {
    std::vector<net::listener_options> doors;
    for (const listen_url& written : settings.listen) {
        result<net::listener_options> made = door(written);
        if (!made) {
            return std::unexpected(std::move(made.error()));
        }
        doors.push_back(std::move(*made));
    }
    doors.push_back({.scheme = "control",
                     .path = folder.file(control_socket),
                     .host = {},
                     .port = 0,
                     .certificate = {},
                     .key = {},
                     .protocol = [this](const net::visitor&, base::moment) {
                         return std::make_unique<control_session>(control_speech);
                     }});
    const auto asked = [](auth::clerk& who) -> net::credential_clerk {
        return [&who](session::credential_query what, base::steady_time now) {
            return who.answer(std::move(what), now);
        };
    };
    net::credential_clerks clerks{.of_passwords = {}, .of_secrets = asked(*desk.of_secrets)};
    for (const auto& each : desk.clerks) {
        clerks.of_passwords.push_back(asked(*each));
    }
    return net::network::open(std::move(doors), network_options(settings, limited),
                              std::move(reader), std::move(clerks));
}

result<net::listener_options> server::state::door(const listen_url& written) {
    const listen_url url = with_certificate(written);
    if (url != written) {
        const result<void> made =
            transport::make_self_signed(url.certificate, url.key, settings.name);
        if (!made) {
            return std::unexpected(made.error());
        }
    }
    return net::listener_options{.scheme = url.scheme,
                                 .path = {},
                                 .host = url.host,
                                 .port = url.port,
                                 .certificate = url.certificate,
                                 .key = url.key,
                                 .protocol = protocol_of(url),
                                 .proxies = proxies(url),
                                 .brings_many = web->whom_we_trust(),
                                 .last_words = last_words_at(url, language_of(settings))};
}

net::protocol_maker server::state::protocol_of(const listen_url& url) {
    if (classic(url)) {
        return classics->protocol_of(url);
    }
    if (of_the_web(url)) {
        return web->protocol_of(url);
    }
    return [this](const net::visitor& who, base::moment now) {
        return std::make_unique<irc::session>(*dialects[who.thread], peer_of(who, shown_as), now);
    };
}

// An encrypted listener without a certificate of its own has the server's.
listen_url server::state::with_certificate(listen_url url) const {
    if (encrypted(url) && url.certificate.empty()) {
        url.certificate = folder.file("certificate.pem");
        url.key = folder.file("key.pem");
    }
    return url;
}

void server::state::submit(chat::command what) const {
    log->line().push({chat::session_id{this_node, 0, 0}, 0, std::move(what)});
}

std::vector<listen_url> server::listeners() const {
    std::vector<listen_url> real;
    for (const std::string& address : state_->network->addresses()) {
        if (const result<listen_url> url = parse_listen_url(address)) {
            real.push_back(*url);
        }
    }
    return real;
}

std::vector<std::string> server::fingerprints() const {
    std::set<std::string> found;
    for (const listen_url& written : state_->settings.listen) {
        const listen_url url = state_->with_certificate(written);
        if (encrypted(url)) {
            if (const result<std::string> one = transport::fingerprint(url.certificate)) {
                found.insert(*one);
            }
        }
    }
    return {found.begin(), found.end()};
}

const std::string& server::claim_code() const { return state_->claim; }

result<void> server::reload(const config& next) {
    config taken = state_->settings;
    for (const setting& one : settings()) {
        if (one.when == takes_effect::on_reload) {
            copy(one, next, taken);
        }
    }
    const result<irc::settings_ref> rules = state_->rules(taken);
    if (!rules) {
        return std::unexpected(rules.error());
    }
    result<void> reloaded =
        state_->network->reload({.send_queue_max = taken.send_queue,
                                 .send_stall_max = taken.send_stall,
                                 .unregistered_per_address_max = taken.unregistered_per_address,
                                 .connections_per_second_max = taken.connections_per_second});
    if (!reloaded) {
        return reloaded;
    }
    state_->network->reconfigure(
        [of = state_.get(), rules = *rules,
         classics = classic_settings(taken, state_->limited == rate_limits::on, state_->words)](
            std::size_t thread) {
            of->dialects[thread]->replace_settings(rules);
            of->classics->replace_settings(thread, classics);
        });
    state_->settings = std::move(taken);
    return {};
}

void server::sweep() {
    if (state_->files) {
        state_->files->collect();
    }
    state_->submit(chat::sweep{base::wall_now() - state_->settings.guest_rooms_kept});
}

void server::stop() {
    const base::language in = language_of(state_->settings);
    if (state_->files) {
        state_->files->stop();
    }
    state_->network->stop(base::text(in, base::text_key::server_stopping), stop_patience);
    state_->stop_push();
    state_->log.reset();
}

} // namespace tertulia::server
