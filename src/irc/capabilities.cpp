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
    {"draft/channel-rename", capability::channel_rename, ""},
    {"draft/chathistory", capability::chathistory, ""},
    {"draft/event-playback", capability::event_playback, ""},
    {"draft/extended-isupport", capability::extended_isupport, ""},
    {"draft/languages", capability::languages, "1,en,es"},
    {"draft/message-edit", capability::message_edit, ""},
    {"draft/message-redaction", capability::message_redaction, ""},
    {"draft/metadata-2", capability::metadata_2, ""}, // their value is metadata_limits()
    {"draft/metadata-3", capability::metadata_3, ""},
    {"draft/multiline", capability::multiline, "max-bytes=4096,max-lines=64"},
    {"draft/no-implicit-names", capability::draft_no_implicit_names, ""},
    {"draft/oper", capability::oper_tag, ""},
    {"draft/persistence", capability::persistence, ""},
    {"draft/pre-away", capability::pre_away, ""},
    {"draft/read-marker", capability::read_marker, ""},
    {"draft/search", capability::search, ""},
    {"draft/webpush", capability::webpush, ""}, // both only where web push is on
    {"draft/whoami", capability::whoami, ""},
    {"echo-message", capability::echo_message, ""},
    {"extended-join", capability::extended_join, ""},
    {"extended-monitor", capability::extended_monitor, ""},
    {"invite-notify", capability::invite_notify, ""},
    {"labeled-response", capability::labeled_response, ""},
    {"message-tags", capability::message_tags, ""},
    {"multi-prefix", capability::multi_prefix, ""},
    {"no-implicit-names", capability::no_implicit_names, ""},
    {"sasl", capability::sasl, ""}, // its value is settings': sasl_mechanisms()
    {"server-time", capability::server_time, ""},
    {"setname", capability::setname, ""},
    {"soju.im/search", capability::soju_search, ""},
    {"soju.im/webpush", capability::soju_webpush, ""},
    {"standard-replies", capability::standard_replies, ""},
    {"sts", capability::sts, ""}, // its value depends on the connection
    {"userhost-in-names", capability::userhost_in_names, ""},
    {"znc.in/playback", capability::znc_playback, ""},
});

} // namespace

std::span<const capability_row> capabilities() { return rows; }

} // namespace tertulia::irc
