// SPDX-License-Identifier: Apache-2.0
// The IRCv3 capabilities of this server: one row each. A capability's bit is also its bit among the
// features that renderings depend on (session/protocol.hpp).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace tertulia::irc {

enum class capability : std::uint64_t {
    message_tags = 1ULL << 0U,
    server_time = 1ULL << 1U,
    batch = 1ULL << 2U,
    echo_message = 1ULL << 3U,
    labeled_response = 1ULL << 4U,
    standard_replies = 1ULL << 5U,
    multi_prefix = 1ULL << 6U,
    userhost_in_names = 1ULL << 7U,
    away_notify = 1ULL << 8U,
    extended_join = 1ULL << 9U,
    invite_notify = 1ULL << 10U,
    chghost = 1ULL << 11U,
    setname = 1ULL << 12U,
    cap_notify = 1ULL << 13U,
    chathistory = 1ULL << 14U,
    sasl = 1ULL << 16U,
    account_notify = 1ULL << 17U,
    account_tag = 1ULL << 18U,
    account_registration = 1ULL << 19U,
    message_redaction = 1ULL << 20U,
    message_edit = 1ULL << 21U,
    event_playback = 1ULL << 22U,
    multiline = 1ULL << 23U,
    search = 1ULL << 24U,
    soju_search = 1ULL << 25U,
    channel_rename = 1ULL << 26U,
    read_marker = 1ULL << 32U,
    no_implicit_names = 1ULL << 33U,
    draft_no_implicit_names = 1ULL << 34U,
    extended_isupport = 1ULL << 35U,
    persistence = 1ULL << 36U,
    whoami = 1ULL << 37U,
    pre_away = 1ULL << 38U,
    extended_monitor = 1ULL << 39U,
    metadata_2 = 1ULL << 40U,
    metadata_3 = 1ULL << 41U,
    languages = 1ULL << 42U,
    sts = 1ULL << 43U,
    oper_tag = 1ULL << 44U,
    znc_playback = 1ULL << 45U,
    webpush = 1ULL << 46U,
    soju_webpush = 1ULL << 47U,
    version_302 = 1ULL << 15U, // has no name to be asked for: the client said CAP LS 302
};

class capability_set {
public:
    constexpr capability_set() = default;
    [[nodiscard]] constexpr bool has(capability of) const {
        return (bits_ & static_cast<std::uint64_t>(of)) != 0;
    }
    constexpr void add(capability of) { bits_ |= static_cast<std::uint64_t>(of); }
    constexpr void remove(capability of) { bits_ &= ~static_cast<std::uint64_t>(of); }
    [[nodiscard]] constexpr std::uint64_t bits() const { return bits_; }
    [[nodiscard]] static constexpr capability_set of_bits(std::uint64_t bits) {
        capability_set made;
        made.bits_ = bits;
        return made;
    }

private:
    std::uint64_t bits_ = 0;
};

struct capability_row {
    std::string_view name;
    capability what;
    std::string_view value; // shown from CAP LS 302 on
};

// All of them, in the order CAP LS lists them.
[[nodiscard]] std::span<const capability_row> capabilities();

} // namespace tertulia::irc
