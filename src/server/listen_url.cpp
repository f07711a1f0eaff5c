// SPDX-License-Identifier: Apache-2.0
#include "server/listen_url.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

namespace tertulia::server {
namespace {

struct scheme {
    std::string_view name;
    std::uint16_t default_port;
    bool encrypted;
};
constexpr std::array schemes{scheme{"irc", 6667, false}, scheme{"ircs", 6697, true}};

const scheme* find_scheme(std::string_view name) {
    const auto found = std::ranges::find(schemes, name, &scheme::name);
    return found == schemes.end() ? nullptr : &*found;
}

std::string known_schemes() {
    std::vector<std::string_view> names;
    std::ranges::transform(schemes, std::back_inserter(names), &scheme::name);
    return fmt::format("{}", fmt::join(names, ", "));
}

// Cuts `text` at the first `mark`: what stood before it comes back, `text` keeps what is behind.
std::string_view cut(std::string_view& text, std::string_view mark) {
    const std::size_t at = text.find(mark);
    const std::string_view before = text.substr(0, at);
    text.remove_prefix(at == std::string_view::npos ? text.size() : at + mark.size());
    return before;
}

bool is_address(int family, const std::string& host) {
    std::array<unsigned char, sizeof(in6_addr)> parsed{};
    return inet_pton(family, host.c_str(), parsed.data()) == 1;
}

std::optional<std::uint16_t> parse_port(std::string_view digits) {
    std::uint16_t port = 0;
    const char* const end = digits.data() + digits.size();
    const auto [rest, fault] = std::from_chars(digits.data(), end, port);
    if (digits.empty() || fault != std::errc{} || rest != end) {
        return std::nullopt;
    }
    return port;
}

// The three steps below each return what is wrong, or nothing.
using fault = std::optional<std::string>;

fault read_host(std::string_view& place, listen_url& to) {
    if (place.starts_with('[')) {
        place.remove_prefix(1);
        const bool closed = place.find(']') != std::string_view::npos;
        to.host = cut(place, "]");
        if (!closed || !is_address(AF_INET6, to.host)) {
            return fmt::format("\"[{}\" is no IPv6 address in brackets", to.host);
        }
        return std::nullopt;
    }
    const std::size_t end = std::min(place.find(':'), place.size());
    to.host = place.substr(0, end);
    place.remove_prefix(end);
    if (to.host == "localhost") {
        to.host = "127.0.0.1";
    }
    if (place.find(':', 1) != std::string_view::npos) {
        return "an IPv6 address stands in brackets, as in [::1]";
    }
    if (to.host != "*" && !is_address(AF_INET, to.host)) {
        return fmt::format("the host is \"{}\", but an IP address, localhost or * (all "
                           "addresses) is expected",
                           to.host);
    }
    return std::nullopt;
}

fault read_port(std::string_view digits, std::uint16_t default_port, listen_url& to) {
    if (digits.empty()) {
        to.port = default_port;
        return std::nullopt;
    }
    const std::optional<std::uint16_t> port =
        digits.starts_with(':') ? parse_port(digits.substr(1)) : std::nullopt;
    if (!port) {
        return fmt::format("behind the host stands \"{}\", but a colon and a port from 0 to 65535 "
                           "are expected",
                           digits);
    }
    to.port = *port;
    return std::nullopt;
}

fault read_parameters(std::string_view query, const scheme& door, listen_url& to) {
    if (!query.empty() && !door.encrypted) {
        return fmt::format("{}:// is not encrypted and takes no parameters", door.name);
    }
    while (!query.empty()) {
        std::string_view value = cut(query, "&");
        const std::string_view name = cut(value, "=");
        if (name != "certificate" && name != "key") {
            return fmt::format("\"{}\" is no parameter; known are certificate and key", name);
        }
        (name == "key" ? to.key : to.certificate) = value;
    }
    if (to.certificate.empty() != to.key.empty()) {
        return "certificate and key come together: both or none";
    }
    return std::nullopt;
}

// The system's calls would take the text up to a NUL; and who sees a line break in a file's name?
bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](unsigned char one) { return one < ' ' || one == 0x7F; });
}

fault read(std::string_view written, listen_url& to) {
    if (has_control(written)) {
        return "there is a control character in it";
    }
    if (written.find("://") == std::string_view::npos) {
        return "it must look like irc://127.0.0.1:6667 or ircs://*:6697";
    }
    to.scheme = cut(written, "://");
    const scheme* const door = find_scheme(to.scheme);
    if (door == nullptr) {
        return fmt::format("\"{}\" is an unknown scheme; known are {}", to.scheme, known_schemes());
    }
    std::string_view query = written;
    std::string_view place = cut(query, "?");
    if (place.ends_with('/')) {
        place.remove_suffix(1);
    }
    fault wrong = read_host(place, to);
    if (!wrong) {
        wrong = read_port(place, door->default_port, to);
    }
    if (!wrong) {
        wrong = read_parameters(query, *door, to);
    }
    return wrong;
}

} // namespace

base::result<listen_url> parse_listen_url(std::string_view written) {
    listen_url made;
    if (const fault wrong = read(written, made)) {
        return base::failure(fmt::format("\"{}\" is no listener: {}.", written, *wrong));
    }
    return made;
}

std::string to_string(const listen_url& of) {
    const bool brackets = of.host.find(':') != std::string::npos;
    const std::string host = brackets ? fmt::format("[{}]", of.host) : of.host;
    const std::string files =
        of.key.empty() ? "" : fmt::format("?certificate={}&key={}", of.certificate, of.key);
    return fmt::format("{}://{}:{}{}", of.scheme, host, of.port, files);
}

bool encrypted(const listen_url& of) {
    const scheme* const door = find_scheme(of.scheme);
    return door != nullptr && door->encrypted;
}

} // namespace tertulia::server
