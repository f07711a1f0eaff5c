// SPDX-License-Identifier: Apache-2.0
#include "terminal/destination.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace tertulia::terminal {
namespace {

constexpr std::uint16_t plain_port = 6667;
constexpr std::uint16_t tls_port = 6697;

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

} // namespace

base::result<destination> parse_destination(std::string_view where, std::string_view port) {
    destination made;
    std::string_view scheme;
    std::string_view rest = where;
    if (const std::size_t mark = where.find("://"); mark != std::string_view::npos) {
        scheme = where.substr(0, mark);
        rest = where.substr(mark + 3);
        if (scheme != "irc" && scheme != "ircs") {
            return base::failure(fmt::format("{}:// is not known here: irc:// or ircs://", scheme));
        }
        const std::size_t slash = rest.find_first_of("/#");
        if (slash != std::string_view::npos) {
            std::string_view room = rest.substr(slash);
            room.remove_prefix(room.starts_with('/') ? 1 : 0);
            made.room = room.empty() || room.starts_with('#') ? std::string(room)
                                                              : fmt::format("#{}", room);
            rest = rest.substr(0, slash);
        }
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
    if (!is_host(made.host)) {
        return base::failure(fmt::format("\"{}\" is no host", where));
    }
    const auto read = read_port(number);
    if (!number.empty() && !read) {
        return base::failure(fmt::format("\"{}\" is no port", number));
    }
    made.doors = doors_for(scheme, read);
    return made;
}

} // namespace tertulia::terminal
