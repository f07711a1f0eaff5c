// SPDX-License-Identifier: Apache-2.0
// The heart's refusals as numerics, a row each.
#include "base/assert.hpp"
#include "base/limits.hpp"
#include "irc/answers.hpp"
#include "irc/keeping.hpp"
#include "irc/lines.hpp"
#include "irc/services.hpp"
#include "session/order_texts.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace tertulia::irc {
namespace {

using base::text_key;
using chat::reason;

// Which of the refusal's texts stand in the middle of the line.
enum class subject : std::uint8_t { none, a, a_and_b };

struct row {
    reason why;
    numeric number;
    subject about;
    text_key text;
};

constexpr std::array rows{
    row{reason::nickname_in_use, numeric::err_nicknameinuse, subject::a,
        text_key::irc_nickname_in_use},
    row{reason::nickname_looks_alike, numeric::err_nicknameinuse, subject::a,
        text_key::irc_nickname_looks_alike},
    row{reason::nickname_registered, numeric::err_nicknameinuse, subject::a,
        text_key::irc_account_exists},
    row{reason::nickname_banned, numeric::err_erroneusnickname, subject::a,
        text_key::order_nickname_banned},
    row{reason::silence_list_full, numeric::err_silelistfull, subject::a,
        text_key::order_silences_full},
    row{reason::nickname_is_account, numeric::err_nicknameinuse, subject::a,
        text_key::irc_account_is_nickname},
    row{reason::needs_owner, numeric::err_chanoprivsneeded, subject::a, text_key::irc_needs_owner},
    row{reason::room_is_permanent, numeric::err_chanoprivsneeded, subject::a,
        text_key::irc_room_is_permanent},
    row{reason::no_such_nickname, numeric::err_nosuchnick, subject::a,
        text_key::irc_no_such_nickname},
    row{reason::no_such_room, numeric::err_nosuchchannel, subject::a, text_key::irc_no_such_room},
    row{reason::not_in_room, numeric::err_notonchannel, subject::a, text_key::irc_not_in_room},
    row{reason::target_not_in_room, numeric::err_usernotinchannel, subject::a_and_b,
        text_key::irc_target_not_in_room},
    row{reason::target_in_room_already, numeric::err_useronchannel, subject::a_and_b,
        text_key::irc_target_in_room_already},
    row{reason::room_looks_alike, numeric::err_badchanname, subject::a,
        text_key::irc_room_looks_alike},
    row{reason::too_many_rooms, numeric::err_toomanychannels, subject::a,
        text_key::irc_too_many_rooms},
    row{reason::no_more_rooms, numeric::err_unavailresource, subject::a,
        text_key::irc_no_more_rooms},
    row{reason::banned, numeric::err_bannedfromchan, subject::a, text_key::irc_banned},
    row{reason::invite_only, numeric::err_inviteonlychan, subject::a, text_key::irc_invite_only},
    row{reason::wrong_password, numeric::err_badchannelkey, subject::a,
        text_key::irc_wrong_room_password},
    row{reason::room_full, numeric::err_channelisfull, subject::a, text_key::irc_room_full},
    row{reason::may_not_speak, numeric::err_cannotsendtochan, subject::a,
        text_key::irc_may_not_speak},
    row{reason::accounts_only, numeric::err_needreggednick, subject::a,
        text_key::irc_accounts_only},
    row{reason::accounts_speak, numeric::err_needreggednick, subject::a,
        text_key::irc_accounts_speak},
    row{reason::no_ctcp, numeric::err_cannotsendtochan, subject::a, text_key::irc_no_ctcp},
    row{reason::needs_operator, numeric::err_chanoprivsneeded, subject::a,
        text_key::irc_needs_operator},
    row{reason::too_many_conversations, numeric::err_targettoofast, subject::a,
        text_key::irc_too_many_conversations},
    row{reason::list_full, numeric::err_banlistfull, subject::a_and_b, text_key::irc_list_full},
};

// What is told by FAIL with a code of its own, a and b behind it (draft/channel-rename, "Errors").
struct fail_row {
    reason why;
    std::string_view code;
    subject about;
    text_key text;
};
constexpr std::array fail_rows{
    fail_row{reason::room_name_taken, "CHANNEL_NAME_IN_USE", subject::a_and_b,
             text_key::irc_room_name_taken},
    fail_row{reason::cannot_rename, "CANNOT_RENAME", subject::a_and_b, text_key::irc_cannot_rename},
    fail_row{reason::room_renamed, "CHANNEL_RENAMED", subject::a_and_b, text_key::irc_room_renamed},
    fail_row{reason::room_not_kept, "CHANNEL_NOT_REGISTERED", subject::a,
             text_key::irc_room_not_kept},
    fail_row{reason::room_kept_already, "CHANNEL_REGISTERED", subject::a,
             text_key::irc_room_kept_already},
    fail_row{reason::last_owner, "LAST_OWNER", subject::a, text_key::irc_last_owner},
    fail_row{reason::not_invited, "NOT_INVITED", subject::a_and_b, text_key::irc_not_invited},
    fail_row{reason::no_such_account, "NO_SUCH_ACCOUNT", subject::a, text_key::irc_no_such_account},
    fail_row{reason::account_suspended, "ACCOUNT_SUSPENDED", subject::a,
             text_key::irc_account_suspended},
    fail_row{reason::not_logged_in, "ACCOUNT_REQUIRED", subject::none, text_key::irc_not_logged_in},
    fail_row{reason::claimed_already, "ALREADY_CLAIMED", subject::none,
             text_key::irc_claimed_already},
    fail_row{reason::metadata_target, "INVALID_TARGET", subject::a, text_key::irc_metadata_target},
    fail_row{reason::no_space, "NO_SPACE", subject::none, text_key::irc_no_space},
    fail_row{reason::target_is_operator, "TARGET_IS_OPERATOR", subject::a,
             text_key::irc_target_is_operator},
    fail_row{reason::target_too_broad, "TARGET_TOO_BROAD", subject::a, text_key::order_too_broad},
    fail_row{reason::no_such_sanction, "NOT_ON_LIST", subject::a, text_key::order_no_such_sanction},
    fail_row{reason::no_more_sanctions, "LIST_FULL", subject::a, text_key::order_no_more_sanctions},
    fail_row{reason::no_such_word, "NOT_ON_LIST", subject::a, text_key::order_no_such_word},
    fail_row{reason::no_more_words, "LIST_FULL", subject::a, text_key::order_no_more_sanctions},
    fail_row{reason::word_too_broad, "TARGET_TOO_BROAD", subject::a, text_key::order_too_broad},
    fail_row{reason::word_refused, "WORD_REFUSED", subject::none, text_key::order_word_refused},
    fail_row{reason::code_wrong, "INVALID_INVITATION", subject::none, text_key::irc_code_wrong},
    fail_row{reason::no_such_report, "NO_SUCH_REPORT", subject::a, text_key::order_no_such_report},
    fail_row{reason::is_oneself, "INVALID_TARGET", subject::a, text_key::order_is_oneself},
    fail_row{reason::too_many_reports, "TOO_MANY_REPORTS", subject::none,
             text_key::order_too_many_reports},
};

// IRCv3 draft/message-redaction, "Errors"; of edits in the same way.
void refuse_change(session& to, const chat::refused& what, std::string_view verb,
                   std::string_view code, text_key text) {
    std::string token;
    to.door().tokens().append(what.about.value, token);
    to.fail(verb, code, {what.a, token}, to.text(text));
}

// When it ends stands in the line, too, so that a client can tell: "*", never by itself.
void refuse_until(session& to, const chat::refused& what, std::string_view verb) {
    std::string end = "*";
    if (what.until) {
        end.clear();
        wire::append_timestamp(*what.until, end);
    }
    to.fail(verb, what.why == reason::muted ? "MUTED" : "BANNED", {end}, refusal_text(to, what));
}

// What has to do with the order on the whole server; false: something else.
bool refuse_in_order(session& to, const chat::refused& what, std::string_view verb) {
    switch (what.why) {
    case reason::not_operator:
        to.reply(numeric::err_noprivileges, {}, refusal_text(to, what));
        return true;
    case reason::lacks_right:
        to.reply(numeric::err_noprivs, {what.a}, refusal_text(to, what));
        return true;
    case reason::muted:
    case reason::server_banned: refuse_until(to, what, verb); return true;
    default: return false;
    }
}

bool fail_by_row(session& to, const chat::refused& what, std::string_view verb) {
    const auto found = std::ranges::find(fail_rows, what.why, &fail_row::why);
    if (found == fail_rows.end()) {
        return false;
    }
    const std::string text = refusal_text(to, what);
    switch (found->about) {
    case subject::none: to.fail(verb, found->code, {}, text); break;
    case subject::a: to.fail(verb, found->code, {what.a}, text); break;
    case subject::a_and_b: to.fail(verb, found->code, {what.a, what.b}, text); break;
    }
    return true;
}

} // namespace

std::string refusal_text(const session& to, const chat::refused& what) {
    switch (what.why) {
    case reason::busy: return std::string(to.text(text_key::irc_server_busy));
    case reason::needs_higher_role: return to.say(text_key::irc_needs_higher_role, {what.b});
    case reason::not_operator: return std::string(to.text(text_key::irc_not_operator));
    case reason::lacks_right: return to.say(text_key::irc_lacks_right, {what.a});
    case reason::muted:
    case reason::server_banned: return tertulia::session::in_words(to.language(), what);
    default: break;
    }
    if (const auto one = std::ranges::find(fail_rows, what.why, &fail_row::why);
        one != fail_rows.end()) {
        return to.say(one->text, {what.a, what.b});
    }
    const auto found = std::ranges::find(rows, what.why, &row::why);
    ASSERT(found != rows.end());
    return std::string(to.text(found->text));
}

void render_refusal(session& to, const chat::refused& what, std::string_view verb) {
    if (by_chanserv(verb)) {
        notice_from(to, chanserv_name, refusal_text(to, what));
        return;
    }
    if (refuse_in_order(to, what, verb) || fail_by_row(to, what, verb)) {
        return;
    }
    switch (what.why) {
    case reason::busy: to.reply(numeric::rpl_tryagain, {verb}, refusal_text(to, what)); return;
    case reason::metadata_of_another:
        to.fail(verb, "KEY_NO_PERMISSION", {what.a, what.b},
                to.text(text_key::irc_metadata_of_another));
        return;
    case reason::metadata_full:
        to.fail(verb, "LIMIT_REACHED",
                {"SET", what.a, fmt::to_string(base::limits::metadata_keys_max)},
                to.text(text_key::irc_metadata_full));
        return;
    case reason::no_such_conversation:
        to.fail(verb, "INVALID_PARAMS", {what.a},
                to.text(what.a.starts_with('#') ? text_key::irc_no_such_room
                                                : text_key::irc_no_such_nickname));
        return;
    case reason::watch_list_full:
        to.reply(numeric::err_monlistfull, {fmt::to_string(base::limits::watched_max), what.a},
                 to.text(text_key::irc_monitor_full));
        return;
    case reason::slowed_down: { // whoever knows no FAIL is told with the numeric
        const std::string why = to.say(text_key::irc_slowed_down, {what.b});
        if (to.capabilities().has(capability::standard_replies)) {
            to.fail(verb, "SLOW_MODE", {what.a, what.b}, why);
        } else {
            to.reply(numeric::err_cannotsendtochan, {what.a}, why);
        }
        return;
    }
    case reason::needs_higher_role:
        to.reply(numeric::err_chanoprivsneeded, {what.a}, refusal_text(to, what));
        return;
    case reason::no_such_message:
        refuse_change(to, what, verb, "UNKNOWN_MSGID", text_key::irc_unknown_message);
        return;
    case reason::not_ones_own:
        refuse_change(to, what, verb, fmt::format("{}_FORBIDDEN", verb),
                      verb == "EDIT" ? text_key::irc_edit_forbidden
                                     : text_key::irc_redact_forbidden);
        return;
    default: break;
    }
    const auto found = std::ranges::find(rows, what.why, &row::why);
    ASSERT(found != rows.end());
    if (found->about == subject::a) {
        to.reply(found->number, {what.a}, to.text(found->text));
    } else {
        to.reply(found->number, {what.a, what.b}, to.text(found->text));
    }
}

} // namespace tertulia::irc
