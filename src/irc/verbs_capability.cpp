// SPDX-License-Identifier: Apache-2.0
// CAP: what a client and the server agree on (IRCv3 capability negotiation), and what those who
// know cap-notify are told when the operator changes it.
#include "irc/answers.hpp"
#include "irc/greeting.hpp"
#include "irc/lines.hpp"
#include "irc/metadata_lines.hpp"
#include "irc/sasl.hpp"
#include "irc/services.hpp"
#include "irc/turn.hpp"
#include "irc/verbs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::irc {
namespace {

using wire::irc_line;

using words = std::vector<std::string_view>;

bool secure(const session& by) {
    const greeting* const told = by.before_registration();
    return told != nullptr ? told->from.secure : by.self()->secure;
}

std::string value_of(const session& by, const settings& rules, const capability_row& row) {
    switch (row.what) {
    case capability::sasl: return std::string(sasl_mechanisms(rules, outside_of(by)));
    case capability::metadata_2:
    case capability::metadata_3: return metadata_limits();
    case capability::account_registration:
        return rules.registration == tertulia::session::registration::by_code
                   ? fmt::format("{},invitation-required", row.value)
                   : std::string(row.value);
    case capability::sts:
        return secure(by) ? fmt::format("duration={}", rules.sts_duration.count())
                          : fmt::format("port={}", rules.sts_port);
    default: return std::string(row.value);
    }
}

// As CAP LS lists it: with its value, for those who know of values, but not where it does not hold.
std::string shown(const session& by, const settings& rules, const capability_row& row) {
    const std::string value = value_of(by, rules, row);
    const bool with_value = !value.empty() && by.capabilities().has(capability::version_302);
    return with_value ? fmt::format("{}={}", row.name, value) : std::string(row.name);
}

bool offered(const session& by, const settings& rules, const capability_row& row) {
    if (row.what == capability::sts) { // without its value it says nothing
        return by.capabilities().has(capability::version_302) && rules.sts_port > 0 &&
               rules.sts_duration > std::chrono::seconds{0};
    }
    if (row.what == capability::webpush || row.what == capability::soju_webpush) {
        return !rules.push_key.empty();
    }
    return row.what != capability::account_registration ||
           rules.registration != tertulia::session::registration::closed;
}

words split_words(std::string_view text) {
    words found;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end > 0) {
            found.push_back(text.substr(0, end));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return found;
}

// ":server CAP ana LS :a b c", in as many lines as needed; `more` marks all but the last.
void send_capabilities(session& to, std::string_view subcommand, const words& names,
                       std::string_view more) {
    const std::string start =
        fmt::format(":{} CAP {} {} ", to.rules().server_name, to.nickname(), subcommand);
    const std::size_t room = line_room_after(start) - more.size() - 1;
    std::string list;
    for (const std::string_view name : names) {
        if (!list.empty() && list.size() + 1 + name.size() > room) {
            to.line(fmt::format("{}{}:{}", start, more, list));
            list.clear();
        }
        list += list.empty() ? "" : " ";
        list += name;
    }
    to.line(fmt::format("{}:{}", start, list));
}

const capability_row* find_capability(std::string_view name) {
    const auto found = std::ranges::find(capabilities(), name, &capability_row::name);
    return found == capabilities().end() ? nullptr : &*found;
}

// All or nothing. Who speaks version 302 keeps cap-notify. Nothing can be had but what the server
// offers now; what it offered before can still be given back.
std::optional<capability_set> apply_wishes(const session& by, const words& wishes) {
    capability_set to = by.capabilities();
    for (const std::string_view wish : wishes) {
        const bool away_with = wish.starts_with('-');
        const capability_row* const row = find_capability(wish.substr(away_with ? 1 : 0));
        const bool stays = row != nullptr && row->what == capability::cap_notify &&
                           to.has(capability::version_302);
        const bool policy =
            row != nullptr && row->what == capability::sts; // is not to be asked for
        const bool there = row != nullptr && offered(by, by.rules(), *row);
        if (row == nullptr || policy || (!there && !away_with) || (away_with && stays)) {
            return std::nullopt;
        }
        if (away_with) {
            to.remove(row->what);
        } else {
            to.add(row->what);
        }
    }
    return to;
}

void negotiate(session& by, bool open) {
    if (greeting* const told = by.before_registration()) {
        told->negotiating = open;
    }
}

int read_version(std::string_view typed) {
    int version = 0;
    std::from_chars(typed.data(), typed.data() + typed.size(), version);
    return version;
}

// Who has not said that she knows of lists in several lines is not told that more follow.
std::string_view more_mark(const session& by) {
    return by.capabilities().has(capability::version_302) ? "* " : "";
}

void cap_ls(session& by, std::string_view version) {
    negotiate(by, true);
    if (read_version(version) >= 302) {
        capability_set with_notify = by.capabilities();
        with_notify.add(capability::version_302);
        with_notify.add(capability::cap_notify);
        by.set_capabilities(with_notify);
    }
    std::vector<std::string> texts;
    for (const capability_row& row : capabilities()) {
        if (offered(by, by.rules(), row)) {
            texts.push_back(shown(by, by.rules(), row));
        }
    }
    send_capabilities(by, "LS", {texts.begin(), texts.end()}, more_mark(by));
}

void cap_list(session& by, std::string_view /*none*/) {
    words names;
    for (const capability_row& row : capabilities()) {
        if (by.capabilities().has(row.what)) {
            names.push_back(row.name);
        }
    }
    send_capabilities(by, "LIST", names, more_mark(by));
}

void cap_req(session& by, std::string_view list) {
    negotiate(by, true);
    const words wishes = split_words(list);
    if (const auto wanted = apply_wishes(by, wishes)) {
        by.set_capabilities(*wanted);
        send_capabilities(by, "ACK", wishes, "");
    } else {
        send_capabilities(by, "NAK", wishes, "");
    }
}

void cap_end(session& by, std::string_view /*none*/) {
    if (by.before_registration() != nullptr) { // IRCv3 sasl-3.1
        abort_sasl(by);
    }
    negotiate(by, false);
    by.register_when_ready();
}

struct cap_row {
    std::string_view name;
    void (*handle)(session& by, std::string_view parameter);
};
constexpr auto cap_rows = std::to_array<cap_row>({
    {"LS", cap_ls},
    {"LIST", cap_list},
    {"REQ", cap_req},
    {"END", cap_end},
});

void cap(session& by, const irc_line& line) {
    const std::string subcommand = in_capitals(line.parameter[0]);
    const auto* const row = std::ranges::find(cap_rows, subcommand, &cap_row::name);
    if (row == cap_rows.end()) {
        by.reply(numeric::err_invalidcapcmd, {line.parameter[0]},
                 by.text(base::text_key::irc_bad_cap_command));
        return;
    }
    row->handle(by, line.parameter[1]);
}

constexpr auto rows = std::to_array<verb>({
    {"CAP", 1, phase::both, cap},
});

} // namespace

std::span<const verb> capability_verbs() { return rows; }

// A policy (sts) is not taken back: it runs out (IRCv3 sts).
void session::reconfigured(base::moment now, tertulia::session::output& out) {
    const settings* const before = speaks_.rules_before();
    if (before == nullptr || !capabilities_.has(capability::cap_notify)) {
        return;
    }
    const turn under_way(*this, now, out);
    std::vector<std::string> come;
    words gone;
    for (const capability_row& row : irc::capabilities()) {
        const bool there = offered(*this, rules(), row);
        const bool was_there = offered(*this, *before, row);
        if (there && (!was_there || shown(*this, rules(), row) != shown(*this, *before, row))) {
            come.push_back(shown(*this, rules(), row));
        } else if (was_there && !there && row.what != capability::sts) {
            gone.push_back(row.name);
            capability_set left = capabilities_;
            left.remove(row.what);
            set_capabilities(left);
        }
    }
    if (!come.empty()) {
        send_capabilities(*this, "NEW", {come.begin(), come.end()}, "");
    }
    if (!gone.empty()) {
        send_capabilities(*this, "DEL", gone, "");
    }
}

} // namespace tertulia::irc
