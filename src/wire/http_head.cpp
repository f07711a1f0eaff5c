// SPDX-License-Identifier: Apache-2.0
#include "wire/http_head.hpp"

#include "base/list.hpp"
#include "base/trim.hpp"
#include "base/web_limits.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace tertulia::wire {
namespace {

constexpr std::string_view line_break = "\r\n";
constexpr std::size_t method_size_max = 16;

// RFC 9110, 5.6.2.
bool is_token_character(char one) {
    const bool letter = (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z');
    const bool digit = one >= '0' && one <= '9';
    return letter || digit ||
           std::string_view("!#$%&'*+-.^_`|~").find(one) != std::string_view::npos;
}

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_token_character);
}

bool is_visible(char one) { return one > ' ' && one < 0x7F; }

// Field values: no control character but the tab. Bytes above ASCII are opaque.
bool is_value_character(char one) {
    const auto byte = static_cast<unsigned char>(one);
    return (byte >= ' ' && byte != 0x7F) || byte == '\t';
}

char lower(char one) { return one >= 'A' && one <= 'Z' ? static_cast<char>(one - 'A' + 'a') : one; }

std::string lowered(std::string_view text) {
    std::string made(text);
    std::ranges::transform(made, made.begin(), lower);
    return made;
}

bool same_word(std::string_view one, std::string_view other) {
    return std::ranges::equal(one, other, {}, lower, lower);
}

// Each step returns the status that refuses the request, or 0.
using refusal = unsigned;
constexpr refusal bad = 400;

refusal read_version(std::string_view text, http_head& to) {
    if (text == "HTTP/1.1" || text == "HTTP/1.0") {
        to.minor_version = text.back() - '0';
        return 0;
    }
    const auto digit = [](char one) { return one >= '0' && one <= '9'; };
    const bool another = text.size() == 8 && text.starts_with("HTTP/") && digit(text[5]) &&
                         text[6] == '.' && digit(text[7]);
    return another ? 505 : bad;
}

// "http://host/path" instead of "/path" and the field Host, whose place the host takes: RFC 9112,
// 3.2.2. False: it is of no such form.
bool read_absolute_form(http_head& of) {
    constexpr std::string_view ends_host = "/?#";
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!same_word(std::string_view(of.target).substr(0, scheme.size()), scheme)) {
            continue;
        }
        const std::string rest = of.target.substr(scheme.size());
        const std::size_t end = std::min(rest.find_first_of(ends_host), rest.size());
        of.authority = rest.substr(0, end);
        of.target = rest.substr(end);
        if (!of.target.starts_with('/')) {
            of.target.insert(0, 1, '/');
        }
        return !of.authority.empty() && of.authority.find('@') == std::string::npos;
    }
    return false;
}

refusal read_request_line(std::string_view line, http_head& to) {
    const std::size_t first = line.find(' ');
    const std::size_t second = first == std::string_view::npos ? first : line.find(' ', first + 1);
    if (second == std::string_view::npos) {
        return bad;
    }
    to.method = line.substr(0, first);
    to.target = line.substr(first + 1, second - first - 1);
    const bool has_form = to.target.starts_with('/') || to.target == "*" || read_absolute_form(to);
    if (!is_token(to.method) || to.method.size() > method_size_max || !has_form ||
        !std::ranges::all_of(to.target, is_visible)) {
        return bad;
    }
    return read_version(line.substr(second + 1), to);
}

// A blank before the colon and a line that goes on (obs-fold) are refused: RFC 9112, 5.1, 5.2.
refusal read_field(std::string_view line, http_head& to) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon)) ||
        !std::ranges::all_of(line, is_value_character)) {
        return bad;
    }
    if (to.fields.size() >= base::limits::http_fields_max) {
        return 431;
    }
    to.fields.push_back(
        {lowered(line.substr(0, colon)), std::string(base::trimmed(line.substr(colon + 1)))});
    return 0;
}

std::size_t count(const http_head& in, std::string_view name) {
    return static_cast<std::size_t>(std::ranges::count(in.fields, name, &http_field::name));
}

refusal read_length(http_head& of) {
    const std::string_view digits = of.field("content-length");
    std::uint64_t size = 0;
    const char* const end = digits.data() + digits.size();
    const auto [rest, fault] = std::from_chars(digits.data(), end, size);
    if (count(of, "content-length") > 1 || digits.empty() || fault != std::errc{} || rest != end) {
        return bad;
    }
    of.content_length = size;
    return 0;
}

// Where the body ends: RFC 9112, 6.3, without any of its leniency.
refusal read_framing(http_head& of) {
    const std::size_t lengths = count(of, "content-length");
    const std::size_t codings = count(of, "transfer-encoding");
    if (codings > 0 && (codings > 1 || lengths > 0 || of.minor_version == 0)) {
        return bad;
    }
    if (codings > 0) {
        of.chunked = same_word(of.field("transfer-encoding"), "chunked");
        return of.chunked ? 0 : 501;
    }
    return lengths > 0 ? read_length(of) : 0;
}

refusal read_meaning(http_head& of) {
    const std::size_t hosts = count(of, "host");
    if (hosts > 1 || (hosts == 0 && of.minor_version == 1)) {
        return bad;
    }
    if (!of.authority.empty()) {
        std::erase_if(of.fields, [](const http_field& one) { return one.name == "host"; });
        of.fields.push_back({"host", of.authority});
    }
    if (const refusal wrong = read_framing(of)) {
        return wrong;
    }
    const std::string_view connection = of.field("connection");
    of.keep_alive = of.minor_version == 1 ? !has_http_word(connection, "close")
                                          : has_http_word(connection, "keep-alive");
    if (of.minor_version == 0) {
        return 0; // what it expects is ignored: RFC 9110, 10.1.1
    }
    const std::string_view expected = of.field("expect");
    of.expects_continue = same_word(expected, "100-continue");
    return expected.empty() || of.expects_continue ? 0 : 417;
}

refusal read_lines(std::string_view lines, http_head& to) {
    bool first = true;
    while (!lines.empty()) {
        const std::size_t end = lines.find(line_break);
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(end + line_break.size());
        const refusal wrong =
            std::exchange(first, false) ? read_request_line(line, to) : read_field(line, to);
        if (wrong != 0) {
            return wrong;
        }
    }
    return read_meaning(to);
}

// Whoever ends lines so would wait for an answer, and we for the end.
bool has_bare_line_feed(std::string_view bytes) {
    for (std::size_t at = bytes.find('\n'); at != std::string_view::npos;
         at = bytes.find('\n', at + 1)) {
        if (at == 0 || bytes[at - 1] != '\r') {
            return true;
        }
    }
    return false;
}

} // namespace

std::string_view http_head::field(std::string_view name) const {
    const auto found = std::ranges::find(fields, name, &http_field::name);
    return found == fields.end() ? std::string_view{} : std::string_view(found->value);
}

// An empty line before the first one is none: RFC 9112, 2.2.
http_reading read_http_head(std::string_view bytes, std::size_t size_max) {
    if (line_break.starts_with(bytes)) {
        return {};
    }
    const std::size_t skipped = bytes.starts_with(line_break) ? line_break.size() : 0;
    bytes.remove_prefix(skipped);
    // Nobody waits for the end of what is not HTTP at all.
    if (!bytes.empty() && !is_token_character(bytes.front())) {
        return {.refusal = bad};
    }
    const std::size_t end = bytes.substr(0, size_max).find("\r\n\r\n");
    // Before all else, so that the answer is the same whether the rest has come or not.
    if (has_bare_line_feed(bytes.substr(0, std::min(end, size_max)))) {
        return {.refusal = bad};
    }
    if (end == std::string_view::npos) {
        return {.refusal = bytes.size() >= size_max ? 431U : 0U};
    }
    http_reading made{.size = skipped + end + 2 * line_break.size()};
    made.refusal = read_lines(bytes.substr(0, end + line_break.size()), made.head);
    if (made.refusal != 0) {
        made.size = 0;
    }
    return made;
}

bool has_http_word(std::string_view list, std::string_view word) {
    while (!list.empty()) {
        if (same_word(base::trimmed(base::take_first(list)), word)) {
            return true;
        }
    }
    return false;
}

} // namespace tertulia::wire
