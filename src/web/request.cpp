// SPDX-License-Identifier: Apache-2.0
#include "web/request.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>

namespace tertulia::web {
namespace {

// Cuts `text` at the first `mark`: what stood before it comes back, `text` keeps what is behind.
std::string_view cut(std::string_view& text, char mark) {
    const std::size_t end = std::min(text.find(mark), text.size());
    const std::string_view before = text.substr(0, end);
    text.remove_prefix(std::min(text.size(), end + 1));
    return before;
}

bool is_plain(std::string_view path) {
    const auto unwanted = [](unsigned char one) { return one < ' ' || one == 0x7F || one == '\\'; };
    return std::ranges::none_of(path, unwanted);
}

bool has_safe_segments(std::string_view path) {
    path.remove_prefix(1);
    while (!path.empty()) {
        const std::string_view segment = cut(path, '/');
        if (segment.empty() || segment == "." || segment == "..") {
            return false;
        }
    }
    return true;
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

// A slash that was encoded would be another path for whoever stands before us.
bool read_target(request& of) {
    std::string_view rest = of.head.target;
    const std::string_view written = cut(rest, '?');
    of.query = rest;
    std::string lower(written);
    std::ranges::replace(lower, 'F', 'f');
    auto decoded = percent_decoded(written);
    if (!decoded || !decoded->starts_with('/') || lower.find("%2f") != std::string::npos ||
        written.find('#') != std::string_view::npos || !is_plain(*decoded) ||
        !has_safe_segments(*decoded)) {
        return false;
    }
    of.path = std::move(*decoded);
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
    const std::size_t host = origin.find("://");
    return origin.empty() ||
           (host != std::string_view::npos && origin.substr(host + 3) == head.field("host"));
}

} // namespace tertulia::web
