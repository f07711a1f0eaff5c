// SPDX-License-Identifier: Apache-2.0
// "Chat cliente servidor hilos": lists as Python prints them, the last or last but one of whose
// strings is a label. The only one with accounts; their passwords cross the network as they are.
#include "classic/labels.hpp"

#include "base/address_key.hpp"
#include "base/characters.hpp"
#include "base/journal.hpp"
#include "base/limits.hpp"
#include "base/network.hpp"
#include "base/text.hpp"
#include "classic/texts.hpp"
#include "session/order_texts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

namespace tertulia::classic {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t write_size_max = 1024;

// As long as the longest spelling that python_string() may choose for it: beside other quotes an
// apostrophe is escaped.
std::size_t size_in_quotes(std::string_view grapheme) {
    constexpr std::size_t quotes = 2;
    return wire::python_string(grapheme).size() - quotes +
           static_cast<std::size_t>(std::ranges::count(grapheme, '\''));
}

std::size_t characters_in(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) {
        base::next_character(text, at);
    }
    return count;
}

class labels_dialect final : public dialect {
public:
    using dialect::dialect;

    [[nodiscard]] std::string_view name() const override { return "labels"; }
    [[nodiscard]] write_form form() const override { return {write_size_max, 10ms}; }
    [[nodiscard]] bool echoes() const override { return true; }
    [[nodiscard]] bool has_accounts() const override { return true; }
    [[nodiscard]] bool shows_rooms() const override { return true; }

    [[nodiscard]] writes said(const speech& what) const override {
        return message(what.name + ": ", what.text, what.room);
    }
    [[nodiscard]] writes noted(std::string_view text) const override {
        return message("", text, "*");
    }

    [[nodiscard]] std::unique_ptr<session::protocol> receive(const entrance& at, const visitor& who,
                                                             base::moment now) override {
        return std::make_unique<labels_client>(*this, at, who, now);
    }

private:
    static writes message(const std::string& start, std::string_view text,
                          const std::string& room) {
        const std::size_t around = wire::python_list({start, "3", room}).size();
        writes made;
        for (const std::string& piece : cut(text, write_size_max - around, size_in_quotes)) {
            made.push_back(wire::python_list({start + piece, "3", room}));
        }
        return made;
    }
};

} // namespace

std::unique_ptr<dialect> make_labels(settings_ref rules) {
    return std::make_unique<labels_dialect>(std::move(rules));
}

writes labelled(std::string_view label, const list& names) {
    list one{std::string(label)};
    writes made;
    for (const std::string& name : names) {
        one.push_back(name);
        if (one.size() > 2 && wire::python_list(one).size() > write_size_max) {
            one.pop_back();
            made.push_back(wire::python_list(one));
            one = {std::string(label), name};
        }
    }
    made.push_back(wire::python_list(one));
    return made;
}

// There is a person before windows that ask for her name and password.
std::chrono::milliseconds labels_client::patience() const { return 10min; }

void labels_client::reads(std::string_view bytes) {
    using found = wire::python_list_reader::found;
    const std::string text = base::valid_utf8(bytes) ? std::string(bytes) : cleaned(bytes);
    std::string_view rest = text;
    for (found what = reader_.read(rest); what != found::nothing; what = reader_.read(rest)) {
        requests_.push_back(what == found::list ? std::optional(reader_.list()) : std::nullopt);
    }
    go_on();
}

base::steady_time labels_client::waits_until() const {
    return requests_.empty() || busy() ? base::steady_time::max() : deed_allowed_at();
}

// One after the other: an answer comes before the next request is looked at.
void labels_client::go_on() {
    while (!requests_.empty() && !busy() && deed_allowed_at() <= now().steady) {
        const std::optional<list> next = std::move(requests_.front());
        requests_.pop_front();
        charge();
        if (next) {
            handle(*next);
        } else {
            fail("0", "Petición no válida");
        }
    }
}

void labels_client::handle(const list& request) {
    const std::size_t size = request.size();
    const std::string last = size > 0 ? request.back() : "";
    const bool message = size == 3 && request[1] == "3";
    const bool question = (size == 1 || size == 2) && (last == "4" || last == "5");
    by_command_ = refused_ = false;
    if (size == 3 && (last == "1" || last == "2") && !(message && logged_in())) {
        handle_account(request, last == "1");
    } else if (!message && !question) {
        fail("0", "Petición no válida");
    } else if (!logged_in()) {
        fail(message ? "3" : last, "Inicia sesión primero");
    } else if (message) {
        say_text(cleaned(request[0]), request[2]);
    } else if (last == "4") {
        under_way_ = errand::users;
        serial_ = submit(chat::ask_names{room()->name});
    } else {
        under_way_ = errand::rooms;
        serial_ = submit(chat::ask_rooms{});
    }
}

void labels_client::handle_account(const list& request, bool registers) {
    under_way_ = registers ? errand::registering : errand::logging_in;
    auto name = base::make_nickname(request[0]);
    if (!at().accounts) {
        fail(label(), word(base::text_key::classic_no_passwords));
    } else if (entering()) {
        fail(label(), word(base::text_key::irc_logged_in_already));
    } else if (registers && rules().registration == session::registration::closed) {
        fail(label(), word(base::text_key::irc_registration_closed));
    } else if (registers && rules().registration == session::registration::by_code &&
               request[1].find(' ') == std::string::npos) {
        fail(label(), word(base::text_key::classic_code_required));
    } else if (!name) {
        fail(label(), registers ? word(base::text_key::irc_bad_nickname)
                                : "Usuario o contraseña incorrectos");
    } else if (const auto why = registers ? objection_to_name(*name) : std::nullopt) {
        fail(label(), *why);
    } else if (const std::string password = registers ? without_code(request[1]) : request[1];
               registers && characters_in(password) < rules().password_length_min) {
        fail(label(), base::say(rules().language, base::text_key::classic_password_short,
                                {fmt::format("{}", rules().password_length_min)}));
    } else {
        base::journal::debug("{} {}", name->display,
                             registers ? "registrandose." : "iniciando sesion.");
        wanted_ = std::move(*name);
        session::credential_query query{base::address_key(from().address), {}};
        if (registers) {
            query.what = session::password_hash{password};
        } else {
            query.what = session::password_check{request[0], password};
        }
        out().check = std::move(query);
        return;
    }
    finish();
}

std::optional<std::string> labels_client::objection_to_name(const base::name& wish) {
    chat::command registering = chat::register_account{wish, {}, {}};
    return objection_to(registering);
}

// Its window asks for a name and a password alone: the code stands behind the password.
std::string labels_client::without_code(const std::string& password) {
    code_.reset();
    if (rules().registration != session::registration::by_code) {
        return password;
    }
    const std::size_t blank = password.rfind(' ');
    code_ = rules().code_digest(std::string_view(password).substr(blank + 1));
    return password.substr(0, password.find_last_not_of(' ', blank) + 1);
}

void labels_client::checked(const session::credential_answer& answer) {
    if (const auto* const made = std::get_if<session::hashed>(&answer)) {
        serial_ = submit(chat::register_account{wanted_, made->what, "labels", code_,
                                                base::parse_network(from().address)});
    } else if (const auto* const who = std::get_if<session::proved>(&answer)) {
        account_ = who->account;
        enter_as(*who);
    } else {
        hear_doubt(std::get<session::not_proved>(answer));
        finish();
        go_on();
    }
}

void labels_client::hear_doubt(const session::not_proved& what) {
    using session::doubt;
    switch (what.why) {
    case doubt::suspended: fail(label(), word(base::text_key::irc_account_suspended)); return;
    case doubt::slowed_down:
        fail(label(), base::say(rules().language, base::text_key::irc_guesses_slowed,
                                {std::to_string(what.wait.count())}));
        return;
    case doubt::password_unusable:
        fail(label(), base::say(rules().language, base::text_key::irc_password_unusable,
                                {std::to_string(base::limits::password_size_max)}));
        return;
    case doubt::failed: fail(label(), word(base::text_key::irc_server_busy)); return;
    default: fail(label(), "Usuario o contraseña incorrectos"); return;
    }
}

// Of the answer under way.
std::string_view labels_client::label() const {
    switch (under_way_) {
    case errand::registering: return "1";
    case errand::logging_in: return "2";
    default: return "3";
    }
}

void labels_client::answer(const list& what) { write({wire::python_list(what)}); }

void labels_client::fail(std::string_view label, std::string_view why) {
    answer({std::string(label), "error", std::string(why)});
}

void labels_client::fail(base::text_key why) { fail("3", word(why)); }

// Her client writes the name that she typed into its window, whatever the case of its letters and
// whatever she is called by now; another's is text.
std::string labels_client::without_own_name(const std::string& text) const {
    constexpr std::string_view mark = ": ";
    const std::size_t end = text.find(mark);
    if (end == std::string::npos) {
        return text;
    }
    const std::string key = base::fold(std::string_view(text).substr(0, end));
    const bool hers = key == self().nickname.key || key == account_.key;
    return hers ? text.substr(end + mark.size()) : text;
}

// Her client goes on writing the name that the room had when she came in.
bool labels_client::is_here(const std::string& key) const {
    return key == room()->name.key || key == former_name_;
}

void labels_client::say_text(const std::string& text, std::string_view named) {
    std::string said = without_own_name(text);
    base::journal::debug("se ha recibido un mensaje");
    if (is_command(said)) {
        return;
    }
    if (!is_here(base::fold(fmt::format("#{}", named))) && !is_here(base::fold(named))) {
        fail(base::text_key::classic_not_in_room);
    } else if (const auto why = objection_to(room()->name, said)) {
        fail("3", *why);
    } else if (!said.empty()) {
        under_way_ = errand::speaking;
        speak(room()->name, said);
    }
}

void labels_client::hears(const chat::event& of) {
    if (const auto* const made = std::get_if<chat::registered>(&of.what)) {
        handle_registered(*made);
    } else if (const auto* const no = std::get_if<chat::refused>(&of.what)) {
        hear_refusal(*no);
    } else if (const auto* const found = std::get_if<chat::answered>(&of.what)) {
        hear_answer(*found->what);
    } else if (std::holds_alternative<chat::done>(of.what)) {
        if (busy() && is_last(of.cause.serial)) {
            hear_done();
        }
    } else if (const auto* const parts = std::get_if<chat::parted>(&of.what)) {
        hear_leave(parts->who, parts->room, "");
    } else if (const auto* const kicks = std::get_if<chat::kicked>(&of.what)) {
        hear_leave(kicks->who, kicks->room, in_words(*kicks));
    } else if (const auto* const other = std::get_if<chat::room_renamed>(&of.what)) {
        hear_room_renamed(*other);
        client::hears(of);
    } else if (const auto* const here = std::get_if<chat::welcomed>(&of.what)) {
        client::hears(of); // asks for the listener's room
        serial_ = last_serial();
        wanted_ = at().room;
        base::journal::debug("{}: Inicio correcto", here->who->nickname.display);
    } else {
        if (!is_elsewhere(of)) {
            client::hears(of);
        }
    }
    go_on();
}

// Does it end the answer under way? A long message's pieces have serials of their own.
bool labels_client::is_last(std::uint32_t serial) const {
    const bool says = under_way_ == errand::speaking || under_way_ == errand::whispering;
    return says ? serial == spoken_serial() && !speaks_on() : serial == serial_;
}

// In another room than the one that she looks at.
bool labels_client::is_elsewhere(const chat::event& of) const {
    const auto other = [this](const auto* what) {
        return what != nullptr && what->room && (!room() || what->room->id != room()->id);
    };
    return other(std::get_if<chat::spoke>(&of.what)) ||
           other(std::get_if<chat::redacted>(&of.what)) ||
           other(std::get_if<chat::edited>(&of.what));
}

void labels_client::handle_registered(const chat::registered& what) {
    base::journal::debug("{} se ha registrado.", what.name.display);
    answer({"1", "ok"});
}

void labels_client::comes_in(const chat::joined& what) { in_[what.room->name.key] = what.room; }

void labels_client::hear_refusal(const chat::refused& what) {
    using chat::reason;
    falls_silent();
    if (std::exchange(refused_, true)) {
        return; // of another piece of the same message
    }
    if (what.why == reason::no_space || what.why == reason::busy) {
        fail(label(), word(what.why == reason::busy ? base::text_key::irc_server_busy
                                                    : base::text_key::irc_no_space));
        return;
    }
    if (what.why == reason::muted) {
        fail(label(), session::in_words(rules().language, what));
        return;
    }
    switch (under_way_) {
    case errand::registering:
        fail(label(), what.why == reason::code_wrong ? word(base::text_key::irc_code_wrong)
                      : what.why == reason::nickname_registered
                          ? "El usuario ya existe"
                          : word(base::text_key::irc_nickname_in_use));
        return;
    case errand::logging_in: hear_no_login(what); return;
    case errand::whispering: fail(base::text_key::classic_no_such_nickname); return;
    case errand::entering: fail(base::text_key::classic_no_entry); return;
    case errand::speaking: fail(base::text_key::classic_may_not_speak); return;
    default: return;
    }
}

// Between the check and the command the account may have changed: she may try again.
void labels_client::hear_no_login(const chat::refused& what) {
    if (what.why == chat::reason::proof_outdated) {
        fail(label(), "Usuario o contraseña incorrectos");
        stay_out();
        finish();
        return;
    }
    if (what.why == chat::reason::server_banned) {
        close(session::in_words(rules().language, what));
        return;
    }
    const bool crowded = what.why == chat::reason::too_many_from_address;
    close(word(crowded ? base::text_key::irc_too_many_from_address
                       : base::text_key::classic_no_entry));
}

void labels_client::hear_answer(const chat::answer& what) {
    list names;
    if (const auto* const users = std::get_if<chat::names_answer>(&what)) {
        for (const chat::member_view& one : users->members) {
            names.push_back(one.who->nickname.display);
        }
        std::ranges::sort(names);
        write(labelled("4", names));
    } else if (const auto* const rooms = std::get_if<chat::rooms_answer>(&what)) {
        for (const chat::room_view& one : rooms->rooms) {
            names.emplace_back(without_hash(*one.room));
        }
        write(labelled("5", names));
    } else if (const auto* const one = std::get_if<chat::room_answer>(&what)) {
        hear_room(*one);
    }
}

} // namespace tertulia::classic
