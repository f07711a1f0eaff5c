// SPDX-License-Identifier: Apache-2.0
// TOKEN (IRCv3 draft/authtoken): passes to services beside the chat, of which the server's own
// files are two: to hand them in, and to read those of the conversation that the scope names. They
// are short, so that the capability for long ones is not needed.
#include "crypto/digest.hpp"
#include "crypto/secret.hpp"
#include "irc/answers.hpp"
#include "irc/attention.hpp"
#include "irc/lines.hpp"
#include "irc/words.hpp"
#include "session/service_passes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace tertulia::irc {
namespace {

using base::text_key;
using tertulia::session::service;
using wire::irc_line;

constexpr std::string_view name = "TOKEN";
constexpr std::string_view batch_reference = "t";
constexpr std::size_t secret_size = 32;

const service* find_service(const session& by, std::string_view typed) {
    const auto& all = by.rules().services;
    const auto found = std::ranges::find(all, in_capitals(typed), &service::key);
    return found == all.end() ? nullptr : &*found;
}

void note(session& to, std::string_view code, std::string_view rest) {
    to.line(fmt::format(":{} NOTE {} {} {}", to.rules().server_name, name, code, rest));
}

void list_services(session& by, const irc_line& /*line*/) {
    for (const service& one : by.rules().services) {
        const std::string_view said = !one.description.empty() ? std::string_view(one.description)
                                      : one.key == tertulia::session::reading_service
                                          ? by.text(text_key::irc_token_reading)
                                          : by.text(text_key::irc_token_files);
        note(by, "SERVICE", fmt::format("{} {} :{}", one.key, one.url, said));
    }
    note(by, "END_OF_LIST", fmt::format(":{}", by.text(text_key::irc_token_end)));
}

bool refuses_without_batch(session& by) {
    if (by.capabilities().has(capability::batch)) {
        return false;
    }
    by.fail(name, "NEED_CAPABILITY", {"batch"}, by.text(text_key::irc_token_batch));
    return true;
}

void hand_out(session& to, const service& of, std::string_view pass) {
    to.line(
        fmt::format(":{} TOKEN GENERATE {} {} :{}", to.rules().server_name, of.key, of.url, pass));
}

std::string new_pass(const session& of) {
    return tertulia::session::pass_text(of.self()->person,
                                        crypto::to_hex(crypto::random_bytes(secret_size)));
}

void refuse_scope(session& by, std::string_view typed, text_key why) {
    by.fail(name, "INVALID_SCOPE", {typed}, by.text(why));
}

// Whoever may read a conversation may read its files; the core says who may.
void generate_for_reading(session& by, const irc_line& line) {
    if (line.parameter_count < 3) {
        refuse_scope(by, "*", text_key::irc_token_reading_scope);
    } else {
        by.ask_first({reading_wish{std::string(line.parameter[2])}},
                     chat::ask_history{name_to_find(line.parameter[2])}, name);
    }
}

void generate(session& by, const irc_line& line) {
    const service* const of = find_service(by, line.parameter[1]);
    if (refuses_without_batch(by)) {
        return;
    }
    if (of == nullptr) {
        by.fail(name, "UNKNOWN_SERVICE", {line.parameter[1]},
                by.text(text_key::irc_token_no_service));
    } else if (of->key == tertulia::session::reading_service && by.registered()) {
        generate_for_reading(by, line);
    } else if (by.self() == nullptr || !by.self()->registered) {
        by.fail(name, "ACCOUNT_REQUIRED", {}, by.text(text_key::irc_not_logged_in));
    } else if (line.parameter_count > 2) { // whoever checks it would believe what it names
        refuse_scope(by, line.parameter[2], text_key::irc_token_scope);
    } else {
        const chat::card& who = *by.self();
        const std::string pass = new_pass(by);
        by.rules().passes->keep(who.person, crypto::sha256(pass), who.nickname, of->key,
                                by.now().steady);
        hand_out(by, *of, pass);
    }
}

void say_claims(session& to, const service& of, const tertulia::session::credential_answer& what) {
    const auto* const right = std::get_if<tertulia::session::proved>(&what);
    if (right == nullptr) {
        to.fail(name, "INVALID_TOKEN", {}, to.text(text_key::irc_token_wrong));
        return;
    }
    const std::string& server = to.rules().server_name;
    to.line(fmt::format(":{} BATCH +{} draft/authtoken {} {}", server, batch_reference, of.key,
                        of.url));
    for (const std::string_view claim : {"account", "name"}) {
        to.line(fmt::format(":{} TOKEN CLAIM {} :{}", server, claim, right->account.display),
                fmt::format("@batch={} ", batch_reference));
    }
    to.line(fmt::format(":{} BATCH -{}", server, batch_reference));
}

// By a service, which says what it is; it need not be registered.
void validate(session& by, const irc_line& line) {
    const service* const of = find_service(by, line.parameter[1]);
    if (refuses_without_batch(by)) {
        return;
    }
    if (of == nullptr || of->url != line.parameter[2]) {
        by.fail(name, "INVALID_TOKEN", {}, by.text(text_key::irc_token_wrong));
        return;
    }
    by.ask_check(tertulia::session::pass_check{std::string(line.parameter[3]), of->key}, name,
                 [of = *of](session& to, const auto& answer) { say_claims(to, of, answer); });
}

struct subcommand {
    std::string_view name;
    void (*handle)(session& by, const irc_line& line);
};
constexpr auto subcommands = std::to_array<subcommand>({
    {"GENERATE", generate},
    {"SERVICELIST", list_services},
    {"VALIDATE", validate},
});

void token(session& by, const irc_line& line) {
    const std::string wanted = in_capitals(line.parameter[0]);
    const auto* const found = std::ranges::find(subcommands, wanted, &subcommand::name);
    if (found == subcommands.end()) {
        by.fail(name, "UNKNOWN_COMMAND", {line.parameter[0]},
                by.text(text_key::irc_token_subcommand));
    } else {
        found->handle(by, line);
    }
}

constexpr auto rows = std::to_array<verb>({
    {"TOKEN", 1, phase::both, token},
});

} // namespace

std::span<const verb> token_verbs() { return rows; }

void hand_reading_pass(session& to, const reading_wish& wish, const chat::history_answer& what) {
    const service* const of = find_service(to, tertulia::session::reading_service);
    if (!what.conversation || of == nullptr) {
        refuse_scope(to, wish.target, text_key::irc_token_reading_scope);
        return;
    }
    const std::string pass = new_pass(to);
    to.rules().passes->keep_for_reading(to.self()->person, crypto::sha256(pass), what.conversation,
                                        to.now().steady);
    hand_out(to, *of, pass);
}

} // namespace tertulia::irc
