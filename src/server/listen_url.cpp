// SPDX-License-Identifier: Apache-2.0
#include "server/listen_url.hpp"

#include "base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

namespace tertulia::server {
namespace {

constexpr std::size_t keyword_size_max = 200; // bytes

enum class kind : std::uint8_t { plain, encrypted, classic };
enum class realm : std::uint8_t { talk, web };

struct scheme {
    std::string_view name;
    std::uint16_t default_port;
    kind what;
    std::string_view parameters = {}; // words between commas
    realm of = realm::talk;
};
constexpr std::array schemes{
    scheme{"irc", 6667, kind::plain, "proxy"},
    scheme{"ircs", 6697, kind::encrypted, "certificate, key, proxy"},
    scheme{"http", 8067, kind::plain, "proxy", realm::web},
    scheme{"https", 8443, kind::encrypted, "certificate, key, proxy", realm::web},
    scheme{"ws", 8097, kind::plain, "proxy", realm::web},
    scheme{"wss", 8098, kind::encrypted, "certificate, key, proxy", realm::web},
    scheme{"base64", 8080, kind::classic, "room"},
    scheme{"caesar", 8000, kind::classic, "room"},
    scheme{"labels", 6030, kind::classic, "room, accounts"},
    scheme{"nickname", 5055, kind::classic, "room, keyword"},
    scheme{"roster", 12345, kind::classic, "room"},
};

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

fault keep(std::string_view value, std::string& to) {
    to = value;
    return std::nullopt;
}

// "%23", which somebody wrote who takes this for the URL of a browser.
bool has_escape(std::string_view text) {
    const auto is_digit = [](char one) {
        return (one >= '0' && one <= '9') || (one >= 'a' && one <= 'f') ||
               (one >= 'A' && one <= 'F');
    };
    for (std::size_t at = text.find('%'); at != std::string_view::npos;
         at = text.find('%', at + 1)) {
        if (at + 2 < text.size() && is_digit(text[at + 1]) && is_digit(text[at + 2])) {
            return true;
        }
    }
    return false;
}

fault read_room(std::string_view value, listen_url& to) {
    to.room = fmt::format("{}{}", value.starts_with('#') ? "" : "#", value);
    if (!base::make_room_name(to.room)) {
        return fmt::format("\"{}\" is no name for a room", value);
    }
    return std::nullopt;
}

fault read_keyword(std::string_view value, listen_url& to) {
    if (value.empty() || value.size() > keyword_size_max || !base::valid_utf8(value)) {
        return fmt::format("a keyword has 1 to {} bytes of UTF-8", keyword_size_max);
    }
    return keep(value, to.keyword);
}

fault read_accounts(std::string_view value, listen_url& to) {
    to.accounts = value == "yes";
    if (value != "yes" && value != "no") {
        return fmt::format("accounts is yes or no, not \"{}\"", value);
    }
    return std::nullopt;
}

fault read_proxies(std::string_view value, listen_url& to) {
    to.proxy = value;
    while (!value.empty()) {
        const std::string one(cut(value, ","));
        if (!is_address(AF_INET, one) && !is_address(AF_INET6, one)) {
            return fmt::format("proxy takes IP addresses between commas, not \"{}\"", one);
        }
    }
    return std::nullopt;
}

fault read_parameter(std::string_view name, std::string_view value, listen_url& to) {
    if ((name == "room" || name == "keyword") && has_escape(value)) {
        return fmt::format("\"{}\" has an escape in it; write the character itself", value);
    }
    if (name == "room") {
        return read_room(value, to);
    }
    if (name == "keyword") {
        return read_keyword(value, to);
    }
    if (name == "proxy") {
        return read_proxies(value, to);
    }
    if (name == "accounts") {
        return read_accounts(value, to);
    }
    return keep(value, name == "key" ? to.key : to.certificate);
}

bool has_word(std::string_view list, std::string_view word) {
    while (!list.empty()) {
        if (cut(list, ", ") == word) {
            return true;
        }
    }
    return false;
}

fault read_parameters(std::string_view query, const scheme& door, listen_url& to) {
    std::vector<std::string_view> read;
    while (!query.empty()) {
        std::string_view value = cut(query, "&");
        const std::string_view name = cut(value, "=");
        if (!has_word(door.parameters, name)) {
            return fmt::format("\"{}\" is no parameter of {}://; known are: {}", name, door.name,
                               door.parameters);
        }
        if (std::ranges::find(read, name) != read.end()) {
            return fmt::format("{} is in it twice", name);
        }
        read.push_back(name);
        if (fault wrong = read_parameter(name, value, to)) {
            return wrong;
        }
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
    std::string made = fmt::format("{}://{}:{}", of.scheme, host, of.port);
    char before = '?';
    const auto add = [&](std::string_view name, std::string_view value) {
        if (!value.empty()) {
            made += fmt::format("{}{}={}", std::exchange(before, '&'), name, value);
        }
    };
    add("certificate", of.certificate);
    add("key", of.key);
    add("proxy", of.proxy);
    add("room", std::string_view(of.room).substr(of.room.empty() ? 0 : 1));
    add("keyword", of.keyword);
    add("accounts", !of.accounts ? "" : *of.accounts ? "yes" : "no");
    return made;
}

std::vector<std::string> proxies(const listen_url& of) {
    std::vector<std::string> found;
    for (std::string_view rest = of.proxy; !rest.empty();) {
        found.emplace_back(cut(rest, ","));
    }
    return found;
}

bool encrypted(const listen_url& of) {
    const scheme* const door = find_scheme(of.scheme);
    return door != nullptr && door->what == kind::encrypted;
}

bool classic(const listen_url& of) {
    const scheme* const door = find_scheme(of.scheme);
    return door != nullptr && door->what == kind::classic;
}

bool of_the_web(const listen_url& of) {
    const scheme* const door = find_scheme(of.scheme);
    return door != nullptr && door->of == realm::web;
}

bool loopback(const listen_url& of) { return of.host.starts_with("127.") || of.host == "::1"; }

std::vector<listen_url> classic_listeners(const std::string& host) {
    std::vector<listen_url> made;
    for (const scheme& one : schemes) {
        if (one.what == kind::classic) {
            made.push_back({std::string(one.name), host, one.default_port});
        }
    }
    return made;
}

} // namespace tertulia::server
