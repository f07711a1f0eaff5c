// SPDX-License-Identifier: Apache-2.0
// What this server can do, for its clients (RPL_ISUPPORT, "Modern IRC"). Every limit is taken from
// where it is kept to.
#include "base/limits.hpp"
#include "irc/answers.hpp"
#include "irc/lines.hpp"
#include "irc/modes.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace tertulia::irc {
namespace {

namespace limits = base::limits;

constexpr int tokens_per_line = 13; // a line has 15 parameters

// Each list has a limit of its own: "b:100,e:100,I:100".
std::string list_limits() {
    std::string each;
    for (const char letter : list_letters()) {
        each += fmt::format("{}{}:{}", each.empty() ? "" : ",", letter, limits::room_list_size_max);
    }
    return each;
}

std::vector<std::string> tokens(const settings& rules) {
    const std::size_t targets = limits::targets_per_line_max;
    std::vector<std::string> all{
        "ACCOUNTEXTBAN=a",
        fmt::format("AWAYLEN={}", limits::away_size_max),
        fmt::format("BOT={}", bot_letter),
        "CASEMAPPING=ascii", // and Unicode's beyond: the server always sends the held spelling
        fmt::format("CHANLIMIT=#:{}", limits::rooms_per_person_max),
        fmt::format("CHANMODES={}", channel_modes_by_type()),
        fmt::format("CHANNELLEN={}", limits::room_name_length_max),
        "CHANTYPES=#",
        fmt::format("CHATHISTORY={}", limits::history_page_max),
        "ELIST=CMNTU",
        "EXCEPTS=e",
        fmt::format("EXTBAN=,{}", extended_ban_letters()),
        "INVEX=I",
        fmt::format("KEYLEN={}", limits::room_password_size_max),
        fmt::format("KICKLEN={}", limits::reason_size_max),
        fmt::format("MAXLIST={}", list_limits()),
        fmt::format("MODES={}", limits::modes_per_line_max),
        fmt::format("MONITOR={}", limits::watched_max),
        "MSGREFTYPES=msgid,timestamp",
        fmt::format("NAMELEN={}", limits::real_name_size_max),
        fmt::format("NETWORK={}", rules.network_name),
        fmt::format("NICKLEN={}", limits::nickname_length_max),
        fmt::format("PREFIX=({}){}", role_letters(), role_prefixes()),
        "SAFELIST",
        fmt::format("SILENCE={}", limits::silences_max),
        fmt::format("STATUSMSG={}", role_prefixes()),
        fmt::format("TARGMAX=JOIN:{0},PART:{0},NAMES:{0},LIST:{0},KICK:{0},WHOIS:{0},WHOWAS:{0},"
                    "PRIVMSG:{1},NOTICE:{1},TAGMSG:{1}",
                    targets, limits::message_targets_max),
        fmt::format("TOPICLEN={}", limits::topic_size_max),
        fmt::format("USERLEN={}", limits::user_name_size_max),
        "UTF8ONLY",
        "WHOX",
    };
    if (!rules.guests) {
        all.emplace_back("draft/ACCOUNTREQUIRED");
    }
    if (!rules.services.empty()) {
        all.emplace_back("draft/AUTHTOKEN");
    }
    if (!rules.icon.empty()) {
        all.push_back(fmt::format("draft/ICON={}", rules.icon));
    }
    if (!rules.push_key.empty()) {
        all.push_back("VAPID=" + rules.push_key);
    }
    if (!rules.file_host.empty()) { // the draft's name, and the one that clients know
        all.push_back("draft/FILEHOST=" + rules.file_host);
        all.push_back("soju.im/FILEHOST=" + rules.file_host);
    }
    return all;
}

} // namespace

// Who knows of the batch hears no line of these outside one (draft/extended-isupport).
void send_isupport(session& to) {
    constexpr std::string_view batch = "i";
    const std::string head = to.head(numeric::rpl_isupport);
    const std::string tail = fmt::format(" :{}", to.text(base::text_key::irc_supported));
    const std::string& server = to.rules().server_name;
    const bool batched = to.capabilities().has(capability::extended_isupport) &&
                         to.capabilities().has(capability::batch);
    const std::string tags = batched ? fmt::format("@batch={} ", batch) : std::string();
    const std::size_t room = line_room_after(head + tail);
    if (batched) {
        to.line(fmt::format(":{} BATCH +{} draft/isupport", server, batch));
    }
    std::string here;
    int count = 0;
    for (const std::string& token : tokens(to.rules())) {
        if (count == tokens_per_line || here.size() + 1 + token.size() > room) {
            to.line(head + here + tail, tags);
            here.clear();
            count = 0;
        }
        here += ' ';
        here += token;
        ++count;
    }
    to.line(head + here + tail, tags);
    if (batched) {
        to.line(fmt::format(":{} BATCH -{}", server, batch));
    }
}

} // namespace tertulia::irc
