// SPDX-License-Identifier: Apache-2.0
#include "server/classic_doors.hpp"

#include "base/text.hpp"
#include "crypto/code.hpp"
#include "server/irc_door.hpp"
#include "server/server.hpp"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <array>
#include <cstdint>
#include <utility>

namespace tertulia::server {
namespace {

classic::entrance entrance_of(const listen_url& at) {
    classic::entrance made;
    made.room = *base::make_room_name(at.room.empty() ? lobby : at.room);
    if (!at.keyword.empty()) {
        made.keyword = at.keyword;
    }
    made.accounts = at.accounts.value_or(loopback(at));
    return made;
}

bool is_private(const in_addr& four) {
    const std::uint32_t bits = ntohl(four.s_addr);
    const auto within = [bits](std::uint32_t network, unsigned size) {
        return bits >> (32U - size) == network >> (32U - size);
    };
    return within(0x7F000000, 8) || within(0x0A000000, 8) || within(0xAC100000, 12) ||
           within(0xC0A80000, 16) || within(0xA9FE0000, 16);
}

bool is_private(const in6_addr& six) {
    const bool unique_local = (six.s6_addr[0] & 0xFEU) == 0xFC;
    return IN6_IS_ADDR_LOOPBACK(&six) || IN6_IS_ADDR_LINKLOCAL(&six) || unique_local;
}

} // namespace

classic::settings_ref classic_settings(const config& from, bool rate_limited,
                                       std::shared_ptr<const session::word_board> listed) {
    auto made = std::make_shared<classic::settings>();
    if (from.language != "auto") { // else Spanish, as the dialects' own words
        made->language = language_of(from);
    }
    made->password_asked = !from.password.empty();
    made->guest_code_asked = !from.guest_code.empty();
    made->manners = manners_of(from, std::move(listed));
    made->guests = from.guests;
    made->registration = registration_of(from);
    made->password_length_min = from.classic_password_length;
    made->code_digest = crypto::code_digest;
    made->sessions_per_address_max = rate_limited ? from.sessions_per_address : 0;
    made->rate_limited = rate_limited;
    made->burst = from.burst;
    made->lines_per_second = from.lines_per_second;
    made->answer_timeout = from.registration_timeout;
    return made;
}

std::string cloaked(const std::string& address) {
    in_addr four{};
    in6_addr six{};
    if (inet_pton(AF_INET, address.c_str(), &four) == 1) {
        const std::uint32_t bits = ntohl(four.s_addr);
        return is_private(four) ? address
                                : fmt::format("{}.{}.*.*", bits >> 24U, bits >> 16U & 0xFFU);
    }
    if (inet_pton(AF_INET6, address.c_str(), &six) == 1 && !is_private(six)) {
        return fmt::format("{:x}:{:x}:*", six.s6_addr[0] << 8U | six.s6_addr[1],
                           six.s6_addr[2] << 8U | six.s6_addr[3]);
    }
    return address;
}

classic::visitor classic_visitor(const net::visitor& who, const cloak& shown_as) {
    irc::peer seen = peer_of(who, shown_as);
    return {std::move(seen.host), std::move(seen.address), cloaked(who.address), who.port,
            who.arrival};
}

classic_doors::classic_doors(const classic::settings_ref& rules, std::size_t threads,
                             cloak shown_as)
    : shown_as_(std::move(shown_as)) {
    for (std::size_t thread = 0; thread < threads; ++thread) {
        by_scheme& here = dialects_.emplace_back();
        here.emplace("base64", classic::make_base64(rules));
        here.emplace("caesar", classic::make_caesar(rules));
        here.emplace("labels", classic::make_labels(rules));
        here.emplace("nickname", classic::make_nickname(rules));
        here.emplace("roster", classic::make_roster(rules));
    }
}

net::protocol_maker classic_doors::protocol_of(const listen_url& at) {
    return [this, scheme = at.scheme, place = entrance_of(at)](const net::visitor& who,
                                                               base::moment now) {
        return dialects_[who.thread].at(scheme)->receive(place, classic_visitor(who, shown_as_),
                                                         now);
    };
}

void classic_doors::replace_settings(std::size_t thread, const classic::settings_ref& rules) {
    for (const auto& [scheme, one] : dialects_[thread]) {
        one->replace_settings(rules);
    }
}

} // namespace tertulia::server
