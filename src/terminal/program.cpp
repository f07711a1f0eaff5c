// SPDX-License-Identifier: Apache-2.0
#include "terminal/program.hpp"

#include "base/clocks.hpp"
#include "terminal/dialogue.hpp"
#include "terminal/links.hpp"
#include "terminal/speaking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>
#include <utility>

namespace tertulia::terminal {
namespace {

using base::text_key;
using std::chrono::milliseconds;

constexpr milliseconds heartbeat{1000};

// They are read with everything else, instead of breaking in.
transport::descriptor catch_signals() {
    sigset_t caught{};
    sigemptyset(&caught);
    for (const int one : {SIGINT, SIGTERM, SIGHUP, SIGWINCH}) {
        sigaddset(&caught, one);
    }
    ::pthread_sigmask(SIG_BLOCK, &caught, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return transport::descriptor(::signalfd(-1, &caught, SFD_NONBLOCK | SFD_CLOEXEC));
}

// As a shell reads it: "~/" is one's own folder.
std::string whole_path(const std::string& typed) {
    const char* const home = std::getenv("HOME");
    return typed.starts_with("~/") && home != nullptr ? home + typed.substr(1) : typed;
}

} // namespace

program::program(const options& wish, destination to, client_settings with, base::language in,
                 face& shown)
    : wish_(wish), to_(std::move(to)), language_(in), face_(shown),
      kept_(wish.folder.empty() ? keepsakes::usual_folder() : wish.folder),
      client_(
          [&] {
              with.kept_password = [this](const std::string& account) {
                  return kept_.password(server_name(), account);
              };
              return std::move(with);
          }(),
          in),
      signals_(catch_signals()) {}

int program::run() {
    client_.time_is(base::read_clocks());
    client_.state.state = connection_state::connecting;
    client_.state.host = to_.host;
    connect_from_first_door();
    face_.draw(client_);
    while (!over_) {
        turn();
    }
    tell_what_was_not_sent();
    const int status = ending_.value_or(0);
    face_.close(status, language_);
    return status;
}

void program::connect_from_first_door() {
    told_up_ = false;
    shielded_ = protection::none;
    try_door(0);
}

void program::try_door(std::size_t number) {
    door_ = number;
    const door& next = to_.doors[number];
    const bool plain_follows = next.kind == door_kind::tls && number + 1 < to_.doors.size();
    link_.open(to_.host, next, base::read_clocks().steady,
               plain_follows ? handshake_timeout : connect_timeout);
}

void program::turn() {
    follow_link();
    follow_upload();
    carry_out_effects();
    face_.draw(client_);
    carry_out_effects();
    if (over_) {
        return;
    }
    follow_farewell();
    if (over_) {
        return;
    }
    wait();
    carry_out_effects(); // an answer about the connection counts before that is looked at again
    link_.work(base::read_clocks().steady);
}

// What another turn does without anything happening outside.
bool program::has_more_to_do() const { return link_.phase() == link_phase::open && !told_up_; }

void program::wait() {
    const base::steady_time at = base::read_clocks().steady;
    const milliseconds patience = has_more_to_do()
                                      ? milliseconds(0)
                                      : std::min({heartbeat, link_.patience(at), face_.patience()});
    const bool listening = !input_ended_ && face_.wants_input(client_);
    std::array<pollfd, 4> all{
        pollfd{.fd = listening ? STDIN_FILENO : -1, .events = POLLIN, .revents = 0},
        pollfd{.fd = signals_.number(), .events = POLLIN, .revents = 0}, link_.wish(),
        upload_ ? upload_->wish() : pollfd{.fd = -1, .events = 0, .revents = 0}};
    ::poll(all.data(), all.size(), static_cast<int>(patience.count()));
    client_.time_is(base::read_clocks());
    if (all[0].revents != 0) {
        read_keyboard();
    }
    signalfd_siginfo caught{};
    while (::read(signals_.number(), &caught, sizeof caught) == sizeof caught) {
        if (caught.ssi_signo == SIGWINCH) {
            face_.resized();
        } else {
            client_.type("/quit");
        }
    }
}

void program::read_keyboard() {
    std::array<char, 16384> bytes{};
    const ssize_t count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (count > 0) {
        face_.take_input({bytes.data(), static_cast<std::size_t>(count)}, client_);
    } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
        input_ended_ = true;
        face_.take_input({}, client_);
    }
}

void program::follow_link() {
    for (const std::string& line : link_.take_lines()) {
        client_.receive(line);
    }
    if (link_.phase() == link_phase::judging && client_.state.asked != question::trust) {
        judge_certificate();
    }
    if (link_.phase() == link_phase::open && !told_up_) {
        link_is_open();
    } else if (link_.phase() == link_phase::closed && !over_ &&
               (told_up_ || client_.state.state == connection_state::connecting)) {
        link_failed();
    }
}

// A server that was seen with TLS is not talked to without, whoever says that it has none.
void program::link_failed() {
    if (std::exchange(told_up_, false)) {
        client_.link_down();
        return;
    }
    const std::string why = sentence_for(link_.fault());
    const bool had_tls = !kept_.known_server(server_name()).empty() && !is_loopback(to_.host);
    const bool may_go_on = link_.fault() != link_fault::no_such_host && wish_.trust.empty();
    if (door_ + 1 < to_.doors.size() && may_go_on) {
        if (had_tls) {
            refuse(base::say(language_, text_key::chat_no_tls_any_more, {to_.host}));
            return;
        }
        if (link_.fault() != link_fault::refused) { // else there is no such door
            face_.tell(base::say(language_, text_key::chat_trying_plain, {to_.host}), client_);
        }
        try_door(door_ + 1);
        return;
    }
    if (!ever_up_) {
        refuse(why);
        return;
    }
    if (why != std::exchange(told_why_, why)) { // else it has been said, an attempt ago
        face_.tell(why, client_);
    }
    client_.link_down();
}

void program::judge_certificate() {
    const transport::peer_certificate& shown = link_.certificate();
    const std::string known = kept_.known_server(server_name());
    if (shown.fingerprint.empty()) {
        refuse(std::string(base::text(language_, text_key::chat_certificate_missing)));
    } else if (!wish_.trust.empty() && wish_.trust != shown.fingerprint) {
        refuse(base::say(language_, text_key::chat_certificate_not_this,
                         {server_name(), shown.fingerprint}));
    } else if (known == shown.fingerprint) {
        trust_server(protection::fingerprint);
    } else if (!wish_.trust.empty()) {
        client_.effects.emplace_back(trust_certificate{shown.fingerprint});
    } else if (shown.complaint.empty()) {
        if (known != "certified") {
            (void)kept_.know_server(server_name(), "certified");
        }
        trust_server(protection::certified);
    } else if (!known.empty()) {
        refuse(base::say(language_, text_key::chat_certificate_changed,
                         {server_name(), shown.fingerprint, kept_.known_servers_file()}));
    } else if (client_.settings.interactive) {
        client_.certificate_doubted(shown.fingerprint);
    } else if (is_loopback(to_.host)) {
        client_.effects.emplace_back(trust_certificate{shown.fingerprint});
    } else {
        refuse(base::say(language_, text_key::chat_certificate_unknown,
                         {server_name(), shown.complaint, shown.fingerprint}));
    }
}

void program::trust_server(protection how) {
    shielded_ = how;
    link_.trust();
}

void program::link_is_open() {
    told_up_ = true;
    ever_up_ = true;
    told_why_.clear();
    client_.link_up(shielded_, to_.host, link_.port());
    carry_out_effects();
    link_.work(base::read_clocks().steady); // what came with the handshake
}

void program::carry_out_effects() {
    for (const effect& one : client_.take_effects()) {
        carry_out(one);
    }
}

void program::carry_out(const effect& one) {
    if (const auto* const line = std::get_if<send_line>(&one)) {
        link_.send(line->text);
    } else if (const auto* const shown = std::get_if<show_entry>(&one)) {
        face_.show(*shown);
    } else if (const auto* const asked = std::get_if<ask>(&one)) {
        face_.ask_for(*asked, client_);
    } else if (std::holds_alternative<connect>(one)) {
        connect_from_first_door();
    } else if (std::holds_alternative<hang_up>(one)) {
        link_.close();
    } else if (const auto* const end = std::get_if<leave>(&one)) {
        leave_with(*end);
    } else if (const auto* const trusted = std::get_if<trust_certificate>(&one)) {
        if (const auto done = kept_.know_server(server_name(), trusted->fingerprint); !done) {
            face_.tell(done.error().sentence, client_);
        }
        client_.note(text_key::chat_certificate_kept, {trusted->fingerprint});
        if (link_.phase() == link_phase::judging) {
            trust_server(protection::fingerprint);
        } else {
            connect_from_first_door(); // it did not wait for the answer
        }
    } else if (const auto* const kept = std::get_if<keep_password>(&one)) {
        const auto done = kept_.keep_password(server_name(), kept->account, kept->password);
        face_.tell(
            done ? base::say(language_, text_key::chat_password_kept, {kept_.passwords_file()})
                 : done.error().sentence,
            client_);
    } else if (const auto* const gone = std::get_if<forget_password>(&one)) {
        (void)kept_.forget_password(server_name(), gone->account);
    } else if (const auto* const link = std::get_if<open_link>(&one)) {
        show_link(link->url);
        client_.note(text_key::chat_link_is, {link->url});
    } else if (const auto* const file = std::get_if<upload_file>(&one)) {
        begin_upload(*file);
    } else if (std::holds_alternative<ring>(one)) {
        face_.ring_bell();
    }
}

void program::begin_upload(const upload_file& what) {
    if (upload_ != nullptr) {
        client_.warn(text_key::chat_upload_busy, {upload_->name()});
        return;
    }
    const std::string path = whole_path(what.path);
    if (std::error_code fault; !std::filesystem::exists(path, fault)) {
        client_.warn(text_key::chat_upload_failed,
                     {what.path, base::text(language_, text_key::chat_no_such_file)});
        return;
    }
    upload_wish wish{.path = path, .url = what.url, .room = what.room};
    wish.account = client_.state.account;
    wish.password = client_.signing_in.password.view();
    wish.chat_host = to_.host;
    wish.trusted = link_.certificate().fingerprint;
    auto begun = upload::begin(std::move(wish), base::read_clocks().steady);
    if (begun) {
        upload_ = std::move(*begun);
    } else {
        client_.warn(text_key::chat_upload_failed, {what.path, begun.error().sentence});
    }
}

void program::follow_upload() {
    if (upload_ == nullptr) {
        return;
    }
    upload_->work(base::read_clocks().steady);
    if (!upload_->done()) {
        const auto percent = upload_->size() == 0 ? 100 : upload_->sent() * 100 / upload_->size();
        const std::string text = base::say(language_, text_key::chat_uploading,
                                           {upload_->name(), size_text(upload_->sent()),
                                            size_text(upload_->size()), std::to_string(percent)});
        face_.show_progress(fmt::format("{} {}", bar_text(percent), text));
        return;
    }
    const base::result<std::string>& link = *upload_->done();
    if (!link) {
        client_.warn(text_key::chat_upload_failed, {upload_->name(), link.error().sentence});
    } else if (room* const where = client_.state.find(upload_->what().room)) {
        speak(client_, *where,
              fmt::format("{} ({}) {}", upload_->name(), size_text(upload_->size()), *link));
    }
    upload_.reset();
    face_.show_progress("");
}

void program::refuse(const std::string& why) {
    face_.tell(why, client_);
    link_.close();
    if (ever_up_) {
        client_.link_down();
    } else {
        ending_ = exit_not_connected;
        over_ = true;
    }
}

void program::leave_with(const leave& how) {
    over_ = over_ || how.at_once || how.exit_status != 0 || !told_up_;
    const std::size_t goodbye = 1;
    if (!over_ && client_.settings.interactive && link_.lines_waiting() > goodbye) {
        face_.tell(base::say(language_, text_key::chat_leaving_sends,
                             {std::to_string(link_.lines_waiting() - goodbye)}),
                   client_);
    }
    ending_ = std::max(ending_.value_or(0), how.exit_status);
}

// Ends once the server has said goodbye, or nothing moves any more.
void program::follow_farewell() {
    if (!ending_) {
        return;
    }
    const base::steady_time at = base::read_clocks().steady;
    const std::size_t left = link_.lines_waiting() + count_not_sent(client_);
    if (end_by_ == base::steady_time{} || left != left_to_send_) {
        end_by_ = at + (left > 0 ? last_messages_max : farewell_max);
        left_to_send_ = left;
    }
    over_ = over_ || link_.phase() == link_phase::closed || at > end_by_;
}

void program::tell_what_was_not_sent() {
    if (const std::size_t count = count_not_sent(client_); count > 0) {
        face_.tell(base::say(language_, text_key::chat_left_unsent, {std::to_string(count)}),
                   client_);
        ending_ = ending_.value_or(0) == 0 ? exit_disconnected : *ending_;
    }
    if (client_.misunderstood && !client_.settings.interactive && ending_.value_or(0) == 0) {
        ending_ = exit_misunderstood;
    }
}

std::string program::server_name() const {
    return fmt::format("{}:{}", to_.host, to_.doors.front().port);
}

std::string program::sentence_for(link_fault why) const {
    switch (why) {
    case link_fault::no_such_host:
        return base::say(language_, text_key::chat_no_such_host, {to_.host});
    case link_fault::no_answer: return base::say(language_, text_key::chat_no_answer, {});
    case link_fault::tls_failed: return base::say(language_, text_key::chat_tls_failed, {});
    case link_fault::no_websocket:
        return base::say(language_, text_key::chat_no_websocket, {link_.detail()});
    case link_fault::line_too_long: return base::say(language_, text_key::chat_line_too_long, {});
    case link_fault::refused:
        if (link_.error_number() == ECONNREFUSED) {
            return base::say(language_, text_key::chat_connection_refused, {});
        }
        [[fallthrough]];
    default:
        return link_.detail().empty() ? std::string(base::text(language_, text_key::chat_offline))
                                      : link_.detail();
    }
}

} // namespace tertulia::terminal
