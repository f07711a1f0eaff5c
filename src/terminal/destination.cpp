// SPDX-License-Identifier: Apache-2.0
#include "terminal/destination.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace tertulia::terminal {
namespace {

constexpr std::uint16_t plain_port = 6667;
constexpr std::uint16_t tls_port = 6697;
constexpr std::uint16_t web_port = 80;
constexpr std::uint16_t web_tls_port = 443;

std::optional<std::uint16_t> read_port(std::string_view text) {
    std::uint16_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = fault == std::errc() && end == text.data() + text.size();
    return whole && number != 0 ? std::optional(number) : std::nullopt;
}

std::vector<door> doors_for(std::string_view scheme, std::optional<std::uint16_t> port) {
    if (scheme == "irc") {
        return {{door_kind::plain, port.value_or(plain_port)}};
    }
    if (scheme == "ircs") {
        return {{door_kind::tls, port.value_or(tls_port)}};
    }
    if (scheme == "ws") {
        return {{door_kind::plain, port.value_or(web_port)}};
    }
    if (scheme == "wss") {
        return {{door_kind::tls, port.value_or(web_tls_port)}};
    }
    if (port == plain_port) {
        return {{door_kind::plain, plain_port}}; // by custom
    }
    return {{door_kind::tls, port.value_or(tls_port)},
            {door_kind::plain, port.value_or(plain_port)}};
}

bool is_host(std::string_view name) {
    return !name.empty() && name.size() <= 253 &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789-._:%") == std::string_view::npos;
}

// What a URL has behind its host and port.
struct tail {
    std::string room;
    std::string path;
};

// "/#room", "/room" or "#room".
tail irc_tail(std::string_view text) {
    text.remove_prefix(text.starts_with('/') ? 1 : 0);
    const bool as_it_is = text.empty() || text.starts_with('#');
    return {.room = as_it_is ? std::string(text) : fmt::format("#{}", text)};
}

// "/path?query#room".
tail websocket_tail(std::string_view text) {
    const std::size_t mark = std::min(text.find('#'), text.size());
    tail made{.path = std::string(text.substr(0, mark))};
    made.room = mark + 1 < text.size() ? std::string(text.substr(mark)) : "";
    made.path.insert(0, made.path.starts_with('/') ? "" : "/");
    return made;
}

// It becomes part of a line of HTTP.
bool is_path(std::string_view text) {
    return std::ranges::all_of(text, [](char one) { return one > ' ' && one < '\x7F'; });
}

} // namespace

std::string web_host(std::string_view host, std::uint16_t port) {
    return host.contains(':') ? fmt::format("[{}]:{}", host, port)
                              : fmt::format("{}:{}", host, port);
}

base::result<destination> parse_destination(std::string_view where, std::string_view port) {
    destination made;
    std::string_view scheme;
    std::string_view rest = where;
    tail behind;
    if (const std::size_t mark = where.find("://"); mark != std::string_view::npos) {
        scheme = where.substr(0, mark);
        rest = where.substr(mark + 3);
        if (scheme != "irc" && scheme != "ircs" && scheme != "ws" && scheme != "wss") {
            return base::failure(
                fmt::format("{}:// is not known here: irc, ircs, ws or wss", scheme));
        }
        const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
        behind = scheme.starts_with("ws") ? websocket_tail(rest.substr(end))
                                          : irc_tail(rest.substr(end));
        rest = rest.substr(0, end);
    }
    std::string_view number = port;
    if (rest.starts_with('[')) { // an IPv6 address
        const std::size_t close = std::min(rest.find(']'), rest.size());
        made.host = rest.substr(1, close - 1);
        rest.remove_prefix(std::min(close + 1, rest.size()));
        number = rest.starts_with(':') ? rest.substr(1) : number;
    } else if (!scheme.empty() && rest.find(':') != std::string_view::npos) {
        made.host = rest.substr(0, rest.find(':'));
        number = rest.substr(rest.find(':') + 1);
    } else {
        made.host = rest;
    }
    if (!is_host(made.host) || !is_path(behind.path)) {
        return base::failure(fmt::format("\"{}\" is no host", where));
    }
    const auto read = read_port(number);
    if (!number.empty() && !read) {
        return base::failure(fmt::format("\"{}\" is no port", number));
    }
    made.doors = doors_for(scheme, read);
    made.doors.front().websocket = behind.path;
    made.room = behind.room;
    return made;
}

} // namespace tertulia::terminal
