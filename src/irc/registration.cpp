// SPDX-License-Identifier: Apache-2.0
// From the first line to the welcome, and what comes instead of it.
#include "base/address_key.hpp"
#include "base/limits.hpp"
#include "irc/answers.hpp"
#include "irc/attention.hpp"
#include "irc/greeting.hpp"
#include "irc/lines.hpp"
#include "irc/metadata_lines.hpp"
#include "irc/modes.hpp"
#include "irc/particulars.hpp"
#include "irc/sending.hpp"
#include "irc/services.hpp"
#include "irc/session.hpp"
#include "irc/turn.hpp"
#include "session/order_texts.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace tertulia::irc {

void session::set_capabilities(capability_set to) {
    const bool metadata = knows_metadata(to) && to.has(capability::batch);
    if (rare_ && knows_metadata(capabilities_) && !metadata) {
        rare_->subscriptions.clear();
    }
    capabilities_ = to;
    turn_->out.features_changed = true;
}

const std::optional<tertulia::session::proved>& session::outside() const {
    static const std::optional<tertulia::session::proved> nobody;
    return greeting_ ? greeting_->from.proved : nobody;
}

void session::come_from(peer whence) {
    origin_ = base::address_key(whence.address);
    greeting_->from = std::move(whence);
    greeting_->relocated = true;
}

void session::register_when_ready() {
    if (!greeting_ || !greeting_->complete()) {
        return;
    }
    if (!greeting_->knows(rules().password)) {
        const std::string_view wrong = text(base::text_key::irc_wrong_password);
        reply(numeric::err_passwdmismatch, {}, wrong);
        close(wrong, std::string(wrong));
        return;
    }
    if (!greeting_->as && !rules().guests) {
        const std::string_view closed = text(base::text_key::irc_no_guests);
        fail("*", "ACCOUNT_REQUIRED", {}, closed);
        close(closed, std::string(closed));
        return;
    }
    if (!greeting_->as && !greeting_->knows(rules().guest_code)) {
        const std::string_view wrong = text(base::text_key::order_guest_code);
        reply(numeric::err_passwdmismatch, {}, wrong);
        close(wrong, std::string(wrong));
        return;
    }
    abort_sasl(*this);
    chat::command coming = chat::connect{*greeting_->nickname,
                                         greeting_->user,
                                         greeting_->from.host,
                                         greeting_->from.address,
                                         greeting_->real_name,
                                         greeting_->from.secure,
                                         rules().sessions_per_address_max,
                                         greeting_->as,
                                         greeting_->from.arrival,
                                         greeting_->away,
                                         std::string(door_),
                                         greeting_->about,
                                         rare_ ? rare_->certificate : std::string()};
    if (!polite(*this, coming, "NICK")) {
        greeting_->nickname.reset(); // another one may do
        return;
    }
    greeting_->connecting = true;
    submit(std::move(coming));
}

void session::hear_welcome(const chat::event& of, const chat::welcomed& what) {
    id_ = of.cause.session;
    self_ = what.who;
    greeting_.reset();
    if (!what.language.empty()) {
        choose_language(*this, what.language);
    }
    const settings& by = rules();
    std::string created;
    wire::append_timestamp(by.started_at, created);
    const std::string whole = fmt::format("{}!{}@{}", nickname(), what.who->user, what.who->host);
    reply(numeric::rpl_welcome, {}, say(base::text_key::irc_welcome, {by.network_name, whole}));
    reply(numeric::rpl_yourhost, {},
          say(base::text_key::irc_your_host, {by.server_name, by.version}));
    reply(numeric::rpl_created, {}, say(base::text_key::irc_created, {created}));
    reply(numeric::rpl_myinfo, {by.server_name, by.version, person_mode_letters(),
                                room_mode_letters(), room_mode_letters_with_parameter()});
    send_isupport(*this);
    if (capabilities_.has(capability::persistence) && self_->registered) {
        send_persistence(*this, "DEFAULT");
    }
    if (capabilities_.has(capability::whoami) && capabilities_.has(capability::chghost)) {
        line(fmt::format(":{} SETNAME :{}", whole, self_->real_name));
    }
    if (knows_metadata(capabilities_)) {
        std::vector<metadata_line> lines;
        for (const chat::metadata_value& one : what.about) {
            lines.push_back({std::string(nickname()), one});
        }
        send_metadata(*this, nickname(), std::move(lines));
    }
    send_lusers(*this, what.counts);
    send_motd(*this);
    if (self_->is_operator) {
        send_operator(*this, true);
    }
    replay_unread(*this);
}

// A nickname that is taken can be mended with another one; clients try one at once.
void session::hear_no_welcome(const chat::refused& what) {
    greeting_->connecting = false;
    switch (what.why) {
    case chat::reason::nickname_in_use:
    case chat::reason::nickname_looks_alike:
    case chat::reason::nickname_registered:
    case chat::reason::nickname_banned:
        greeting_->nickname.reset();
        render_refusal(*this, what, "NICK");
        return;
    case chat::reason::too_many_from_address:
        end_now(base::text_key::irc_too_many_from_address);
        return;
    case chat::reason::server_banned: {
        const std::string why = tertulia::session::in_words(language(), what);
        reply(numeric::err_yourebannedcreep, {}, why);
        farewell(why, turn_->out);
        return;
    }
    case chat::reason::proof_outdated: end_now(base::text_key::irc_login_failed); return;
    case chat::reason::account_suspended: end_now(base::text_key::irc_account_suspended); return;
    default: end_now(base::text_key::irc_server_busy); return;
    }
}

} // namespace tertulia::irc
