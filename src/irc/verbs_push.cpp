// SPDX-License-Identifier: Apache-2.0
// WEBPUSH: an account's devices that are told of what is said to her while she is not there
// (IRCv3 draft/webpush, soju.im/webpush).
#include "base/base64.hpp"
#include "base/public_address.hpp"
#include "base/push_limits.hpp"
#include "crypto/push_message.hpp"
#include "irc/answers.hpp"
#include "irc/lines.hpp"
#include "irc/verbs.hpp"
#include "wire/push_endpoint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace tertulia::irc {
namespace {

using base::text_key;
using wire::irc_line;
namespace limits = base::limits;

constexpr std::uint16_t https_port = 443;

// Where a name leads is looked at when something is sent; an address can be judged at once.
bool is_push_service(std::string_view text, const settings& rules) {
    const auto where = text.size() <= limits::push_endpoint_size_max
                           ? wire::read_push_endpoint(text)
                           : std::nullopt;
    if (!where) {
        return false;
    }
    if (std::ranges::count(rules.push_trusted, where->origin()) > 0) {
        return true;
    }
    const auto address = base::parse_address(where->host);
    const bool is_name = where->host.contains('.') && !where->host.contains(':');
    return where->port == https_port && (address ? base::is_public(*address) : is_name);
}

// "p256dh=…;auth=…", as tags of a message are written.
std::optional<chat::push_registration> read_keys(std::string_view endpoint, std::string_view keys) {
    const auto key = base::from_base64_url(wire::tag_value(keys, "p256dh").value_or(""));
    const auto secret = base::from_base64_url(wire::tag_value(keys, "auth").value_or(""));
    if (!key || !secret || !crypto::is_push_key(*key) ||
        secret->size() != crypto::push_secret_size) {
        return std::nullopt;
    }
    return chat::push_registration{std::string(endpoint), *key, *secret};
}

void refuse(session& by, std::string_view code, std::string_view how, std::string_view endpoint,
            text_key why) {
    by.fail("WEBPUSH", code, {as_parameter(how), as_parameter(endpoint)}, by.text(why));
}

void register_device(session& by, std::string_view endpoint, std::string_view keys) {
    constexpr std::string_view how = "REGISTER";
    if (!is_push_service(endpoint, by.rules())) {
        refuse(by, "INVALID_PARAMS", how, endpoint, text_key::push_bad_endpoint);
        return;
    }
    auto device = read_keys(endpoint, keys);
    if (!device) {
        refuse(by, "INVALID_PARAMS", how, endpoint, text_key::push_bad_keys);
        return;
    }
    by.submit(chat::command{chat::set_push{std::move(*device), true}});
}

void webpush(session& by, const irc_line& line) {
    const std::string how = in_capitals(line.parameter[0]);
    const std::string_view endpoint = line.parameter[1];
    const bool registers = how == "REGISTER" && line.parameter_count == 3;
    const bool ends = how == "UNREGISTER" && line.parameter_count == 2;
    if (by.rules().push_key.empty()) {
        refuse(by, "INTERNAL_ERROR", how, endpoint, text_key::push_off);
    } else if (!registers && !ends) {
        refuse(by, "INVALID_PARAMS", how, endpoint, text_key::push_usage);
    } else if (!by.self()->registered) {
        refuse(by, "ACCOUNT_REQUIRED", how, endpoint, text_key::push_accounts_only);
    } else if (registers) {
        register_device(by, endpoint, line.parameter[2]);
    } else {
        by.submit(chat::command{chat::set_push{{std::string(endpoint), {}, {}}, false}});
    }
}

constexpr std::array verbs{
    verb{"WEBPUSH", 1, phase::after, webpush},
};

} // namespace

void say_push(session& to, const chat::push_saved& what) {
    to.line(fmt::format(":{} WEBPUSH {} {}", to.rules().server_name,
                        what.on ? "REGISTER" : "UNREGISTER", as_parameter(what.what.endpoint)));
}

std::span<const verb> push_verbs() { return verbs; }

} // namespace tertulia::irc
