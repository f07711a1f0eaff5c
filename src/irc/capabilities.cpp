// SPDX-License-Identifier: Apache-2.0
#include "irc/capabilities.hpp"

#include "base/limits.hpp"

#include <array>

namespace tertulia::irc {
namespace {

static_assert(base::limits::multiline_size_max == 4'096 && base::limits::multiline_lines_max == 64);

constexpr auto rows = std::to_array<capability_row>({
    {"account-notify", capability::account_notify, ""},
    {"account-tag", capability::account_tag, ""},
    {"away-notify", capability::away_notify, ""},
    {"batch", capability::batch, ""},
    {"cap-notify", capability::cap_notify, ""},
    {"chghost", capability::chghost, ""},
    {"draft/account-registration", capability::account_registration,
     "before-connect,custom-account-name"},
    {"draft/chathistory", capability::chathistory, ""},
    {"draft/event-playback", capability::event_playback, ""},
    {"draft/message-edit", capability::message_edit, ""},
    {"draft/message-redaction", capability::message_redaction, ""},
    {"draft/multiline", capability::multiline, "max-bytes=4096,max-lines=64"},
    {"draft/search", capability::search, ""},
    {"echo-message", capability::echo_message, ""},
    {"extended-join", capability::extended_join, ""},
    {"invite-notify", capability::invite_notify, ""},
    {"labeled-response", capability::labeled_response, ""},
    {"message-tags", capability::message_tags, ""},
    {"multi-prefix", capability::multi_prefix, ""},
    {"sasl", capability::sasl, ""}, // its value is settings': sasl_mechanisms()
    {"server-time", capability::server_time, ""},
    {"setname", capability::setname, ""},
    {"soju.im/search", capability::soju_search, ""},
    {"standard-replies", capability::standard_replies, ""},
    {"userhost-in-names", capability::userhost_in_names, ""},
});

} // namespace

std::span<const capability_row> capabilities() { return rows; }

} // namespace tertulia::irc
