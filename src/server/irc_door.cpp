// SPDX-License-Identifier: Apache-2.0
#include "server/irc_door.hpp"

#include "base/address_block.hpp"
#include "base/text.hpp"
#include "crypto/push_identity.hpp"
#include "irc/lines.hpp"
#include "irc/words.hpp"
#include "server/greeting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>

namespace tertulia::server {
namespace {

constexpr std::size_t motd_line_size_max = 400; // one line of IRC holds it

base::result<std::vector<std::string>> message_of_the_day(const config& from) {
    std::vector<std::string> lines = from.motd;
    if (from.motd_file.empty()) {
        return lines;
    }
    std::ifstream file(from.motd_file);
    file.peek(); // a folder opens, but has nothing to read
    if (!file.is_open() || file.bad()) {
        return base::failure(fmt::format("The message of the day, {}, cannot be read: {}.",
                                         from.motd_file, std::generic_category().message(errno)));
    }
    for (std::string line; std::getline(file, line);) {
        if (!base::valid_utf8(line)) {
            return base::failure(
                fmt::format("The message of the day, {}, is not UTF-8.", from.motd_file));
        }
        std::erase_if(line, [](unsigned char one) { return one < ' ' && one != '\t'; });
        lines.emplace_back(base::truncate_utf8(line, motd_line_size_max));
    }
    return lines;
}

// Where clients are told to upload files; empty: nowhere.
std::string file_host(const config& from) {
    const std::string root = from.file_size == 0 ? std::string() : web_root(from);
    return root.empty() ? root : root + "/upload";
}

// An IPv6 user has at least a /64 of addresses, so that is what is counted.
std::string counted_address(const std::string& address) {
    auto known = base::parse_address(address);
    if (!known) {
        return address;
    }
    if (base::is_ipv4(*known)) {
        return base::print_address(*known);
    }
    std::fill(known->begin() + 8, known->end(), std::uint8_t{0});
    return base::print_address(*known) + "/64";
}

// "ADDRESS PASSWORD"
std::vector<irc::gateway> gateways_of(const config& from) {
    std::vector<irc::gateway> made;
    for (const std::string& line : from.webirc) {
        const std::size_t blank = std::min(line.find(' '), line.size());
        if (blank + 1 < line.size()) {
            made.push_back({counted_address(line.substr(0, blank)), line.substr(blank + 1)});
        }
    }
    return made;
}

// "KEY URL DESCRIPTION", besides the server's own files.
std::vector<session::service> services_of(const config& from) {
    std::vector<session::service> made;
    if (std::string files = file_host(from); !files.empty()) {
        made.push_back({std::string(session::file_service), std::move(files), {}});
        made.push_back({std::string(session::reading_service), web_root(from) + "/files", {}});
    }
    for (const std::string& line : from.services) {
        const auto [key, rest] = irc::split_first(line);
        const auto [url, description] = irc::split_first(rest);
        if (!key.empty() && !description.empty()) {
            made.push_back({irc::in_capitals(key), std::string(url), std::string(description)});
        }
    }
    return made;
}

bool relocate(irc::peer& who, std::string_view address, const cloak& shown_as) {
    const auto known = base::parse_address(std::string(address));
    if (!known) {
        return false;
    }
    const irc::peer there = peer_of({.address = base::print_address(*known)}, shown_as);
    who.host = there.host;
    who.address = there.address;
    return true;
}

} // namespace

std::string web_root(const config& from) {
    if (!from.web_address.empty()) {
        return from.web_address.substr(0, from.web_address.find_last_not_of('/') + 1);
    }
    for (const listen_url& one : from.listen) {
        if (one.scheme == "http" || one.scheme == "https") {
            return fmt::format("{}://{}:{}", one.scheme, from.name, one.port);
        }
    }
    return {};
}

base::language language_of(const config& from) {
    return from.language == "auto" ? environment_language() : base::language_of(from.language);
}

session::manners manners_of(const config& from, std::shared_ptr<const session::word_board> listed) {
    session::manners made{from.guests_wait, from.guests_careful, from.refused_words,
                          from.hidden_words, std::move(listed)};
    for (std::vector<std::string>* const words : {&made.refused, &made.hidden}) {
        std::ranges::transform(*words, words->begin(),
                               [](const std::string& one) { return base::fold_mask(one); });
    }
    return made;
}

// Its own, else where the server is found.
std::string push_contact(const config& from) {
    const bool has_address = from.web_address.starts_with("https://") &&
                             from.web_address.find_first_of("\"\\ ") == std::string::npos;
    return from.push_contact.empty() && has_address ? web_root(from) : from.push_contact;
}

session::registration registration_of(const config& from) {
    using session::registration;
    return from.registration == "open"     ? registration::open
           : from.registration == "invite" ? registration::by_code
                                           : registration::closed;
}

base::result<irc::settings_ref> irc_settings(const config& from, base::wall_time started_at,
                                             bool rate_limited, const irc_parts& with) {
    base::result<std::vector<std::string>> motd = message_of_the_day(from);
    if (!motd) {
        return std::unexpected(std::move(motd.error()));
    }
    auto made = std::make_shared<irc::settings>();
    made->server_name = from.name;
    made->network_name = from.network;
    made->icon = from.icon;
    made->version = "tertulia-" TERTULIA_VERSION;
    made->started_at = started_at;
    made->language = language_of(from);
    made->message_of_the_day = std::move(*motd);
    made->password = from.password;
    made->guests = from.guests;
    made->guest_code = from.guest_code;
    made->manners = manners_of(from, with.words);
    made->registration = registration_of(from);
    made->scram = from.scram;
    made->sts_duration = from.sts;
    const auto secure = std::ranges::find(from.listen, "ircs", &listen_url::scheme);
    made->sts_port = secure == from.listen.end() ? std::uint16_t{0} : secure->port;
    made->file_host = file_host(from);
    if (from.push && !with.push_key.empty()) {
        made->push_key = crypto::push_identity(with.push_key, {}).public_key();
    }
    made->push_trusted = from.push_trusted;
    made->web_root = web_root(from);
    made->history_on_join = from.history_on_join;
    made->sessions_per_address_max = rate_limited ? from.sessions_per_address : 0;
    made->services = services_of(from);
    made->passes = with.passes;
    made->gateways = gateways_of(from);
    made->relocate = [shown_as = with.shown_as](irc::peer& who, std::string_view address) {
        return relocate(who, address, shown_as);
    };
    made->rate_limited = rate_limited;
    made->burst = from.burst;
    made->lines_per_second = from.lines_per_second;
    made->registration_timeout = from.registration_timeout;
    made->ping_after = from.ping_after;
    made->ping_timeout = from.ping_timeout;
    return made;
}

irc::peer peer_of(const net::visitor& who, const cloak& shown_as) {
    return {shown_as.of(who.address), counted_address(who.address), who.secure, who.arrival,
            who.secure ? "ircs" : "irc"};
}

} // namespace tertulia::server
