// SPDX-License-Identifier: Apache-2.0
#include "wire/push_endpoint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <system_error>
#include <utility>

namespace tertulia::wire {
namespace {

constexpr std::string_view scheme = "https://";
constexpr std::uint16_t usual_port = 443;
constexpr std::size_t host_size_max = 253; // of a name (RFC 1035)
constexpr std::size_t label_size_max = 63;

bool is_digit(char one) { return one >= '0' && one <= '9'; }
bool is_lower(char one) { return one >= 'a' && one <= 'z'; }

// What may stand in a path and a query (RFC 3986, 3.3 and 3.4).
bool stands_in_target(char one) {
    constexpr std::string_view marks = "-._~!$&'()*+,;=:@/?%";
    return is_digit(one) || is_lower(one) || (one >= 'A' && one <= 'Z') ||
           marks.find(one) != std::string_view::npos;
}

bool is_label(std::string_view text) {
    return !text.empty() && text.size() <= label_size_max && text.front() != '-' &&
           text.back() != '-' && std::ranges::all_of(text, [](char one) {
               return is_digit(one) || is_lower(one) || one == '-' || one == '_';
           });
}

// "127.0.0.1" alone: "127.1", "0x7f.0.0.1" and "2130706433" are addresses to some readers and names
// to others.
bool is_address(std::string_view text) {
    int parts = 0;
    while (true) {
        const std::string_view part = text.substr(0, text.find('.'));
        std::uint16_t value = 0;
        const auto [end, fault] = std::from_chars(part.data(), part.data() + part.size(), value);
        const bool plain = fault == std::errc{} && end == part.data() + part.size() &&
                           value <= 255 && (part.size() == 1 || part.front() != '0');
        if (!plain) {
            return false;
        }
        ++parts;
        if (part.size() == text.size()) {
            return parts == 4;
        }
        text.remove_prefix(part.size() + 1);
    }
}

bool is_name(std::string_view text) {
    const std::string_view last = text.substr(text.rfind('.') + 1);
    const bool numeric = !last.empty() && is_digit(last.front()); // no top-level domain is
    if (text.size() > host_size_max || numeric) {
        return false;
    }
    while (true) {
        const std::string_view label = text.substr(0, text.find('.'));
        if (!is_label(label)) {
            return false;
        }
        if (label.size() == text.size()) {
            return true;
        }
        text.remove_prefix(label.size() + 1);
    }
}

bool is_six(std::string_view text) {
    return text.find(':') != std::string_view::npos && std::ranges::all_of(text, [](char one) {
               return is_digit(one) || (one >= 'a' && one <= 'f') || one == ':' || one == '.';
           });
}

std::optional<std::uint16_t> read_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), port);
    const bool whole = fault == std::errc{} && end == text.data() + text.size();
    return whole && port > 0 ? std::optional(port) : std::nullopt;
}

// Takes the host off the front of an authority.
std::optional<std::string> take_host(std::string_view& authority) {
    const bool in_brackets = authority.starts_with('[');
    const std::size_t end = authority.find(in_brackets ? ']' : ':');
    if (in_brackets && end == std::string_view::npos) {
        return std::nullopt;
    }
    std::string host(authority.substr(in_brackets ? 1 : 0, in_brackets ? end - 1 : end));
    std::ranges::transform(host, host.begin(), [](char one) {
        return one >= 'A' && one <= 'Z' ? static_cast<char>(one - 'A' + 'a') : one;
    });
    authority.remove_prefix(std::min(in_brackets ? end + 1 : end, authority.size()));
    const bool good = in_brackets ? is_six(host) : is_address(host) || is_name(host);
    return good ? std::optional(std::move(host)) : std::nullopt;
}

} // namespace

std::string push_endpoint::authority() const {
    const bool six = host.find(':') != std::string::npos;
    const std::string named = six ? fmt::format("[{}]", host) : host;
    return port == usual_port ? named : fmt::format("{}:{}", named, port);
}

std::string push_endpoint::origin() const { return std::string(scheme) + authority(); }

std::optional<push_endpoint> read_push_endpoint(std::string_view text) {
    if (!text.starts_with(scheme)) {
        return std::nullopt;
    }
    text.remove_prefix(scheme.size());
    const std::size_t end = std::min(text.find_first_of("/?"), text.size());
    std::string_view authority = text.substr(0, end);
    const std::string_view target = text.substr(end);
    std::optional<std::string> host = take_host(authority);
    if (!host || !std::ranges::all_of(target, stands_in_target)) {
        return std::nullopt;
    }
    push_endpoint made{std::move(*host), usual_port, std::string(target)};
    if (!target.starts_with('/')) {
        made.target.insert(0, 1, '/');
    }
    if (authority.empty()) {
        return made;
    }
    const auto port = authority.front() == ':' ? read_port(authority.substr(1)) : std::nullopt;
    if (!port) {
        return std::nullopt;
    }
    made.port = *port;
    return made;
}

} // namespace tertulia::wire
