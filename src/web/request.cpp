// SPDX-License-Identifier: Apache-2.0
#include "web/request.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace tertulia::web {
namespace {

// Cuts `text` at the first `mark`: what stood before it comes back, `text` keeps what is behind.
std::string_view cut(std::string_view& text, char mark) {
    const std::size_t end = std::min(text.find(mark), text.size());
    const std::string_view before = text.substr(0, end);
    text.remove_prefix(std::min(text.size(), end + 1));
    return before;
}

// Rooms are called as people like, "#c/c++" as well.
constexpr std::string_view of_rooms = "/api/rooms/";

bool is_safe(std::string_view segment, bool names_room) {
    const auto unwanted = [](unsigned char one) { return one < ' ' || one == 0x7F; };
    return !segment.empty() && segment != "." && segment != ".." &&
           std::ranges::none_of(segment, unwanted) &&
           (names_room || segment.find_first_of("/\\") == std::string_view::npos);
}

// As routes read it.
std::string without_slashes(std::string_view segment) {
    std::string made;
    for (const char one : segment) {
        one == '/' ? made += "%2F" : made += one;
    }
    return made;
}

} // namespace

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string made;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            made += text[i];
            continue;
        }
        const std::string_view digits = text.substr(i + 1, 2);
        unsigned value = 0;
        const char* const end = digits.data() + digits.size();
        const auto [rest, fault] = std::from_chars(digits.data(), end, value, 16);
        if (digits.size() != 2 || fault != std::errc{} || rest != end) {
            return std::nullopt;
        }
        made += static_cast<char>(value);
        i += 2;
    }
    return base::valid_utf8(made) ? std::optional(std::move(made)) : std::nullopt;
}

// A slash that was encoded would be another path for whoever stands before us, but where a room is
// named.
bool read_target(request& of) {
    std::string_view rest = of.head.target;
    std::string_view written = cut(rest, '?');
    of.query = rest;
    if (!written.starts_with('/') || written.find_first_of("#\\") != std::string_view::npos) {
        return false;
    }
    const bool names_room = written.starts_with(of_rooms);
    of.path = "/";
    written.remove_prefix(1);
    while (!written.empty()) {
        const bool goes_on = written.contains('/');
        auto segment = percent_decoded(cut(written, '/'));
        if (!segment || !is_safe(*segment, names_room)) {
            return false;
        }
        of.path += without_slashes(*segment);
        of.path += goes_on ? "/" : "";
        of.segments.push_back(std::move(*segment));
    }
    return true;
}

std::string_view request::cookie(std::string_view name) const {
    std::string_view all = head.field("cookie");
    while (!all.empty()) {
        std::string_view value = cut(all, ';');
        value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
        if (cut(value, '=') == name) {
            return value;
        }
    }
    return {};
}

std::optional<std::string> request::parameter(std::string_view name) const {
    std::string_view all = query;
    while (!all.empty()) {
        std::string_view value = cut(all, '&');
        if (percent_decoded(cut(value, '=')) == name) {
            std::string spaced(value);
            std::ranges::replace(spaced, '+', ' ');
            return percent_decoded(spaced);
        }
    }
    return std::nullopt;
}

// Hosts are compared and not schemes: behind a proxy that speaks TLS ours is another one.
bool request::same_origin() const {
    const std::string_view site = head.field("sec-fetch-site");
    if (!site.empty() && site != "same-origin" && site != "none") {
        return false;
    }
    const std::string_view origin = head.field("origin");
    const std::size_t scheme = origin.find("://");
    return origin.empty() ||
           (scheme != std::string_view::npos && origin.substr(scheme + 3) == host);
}

} // namespace tertulia::web
