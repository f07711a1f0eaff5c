// SPDX-License-Identifier: Apache-2.0
#include "web/response.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace tertulia::web {
namespace {

struct status_text {
    unsigned status;
    std::string_view text;
};
constexpr std::array status_texts{
    status_text{200, "OK"},
    status_text{201, "Created"},
    status_text{204, "No Content"},
    status_text{206, "Partial Content"},
    status_text{301, "Moved Permanently"},
    status_text{302, "Found"},
    status_text{303, "See Other"},
    status_text{304, "Not Modified"},
    status_text{307, "Temporary Redirect"},
    status_text{400, "Bad Request"},
    status_text{401, "Unauthorized"},
    status_text{403, "Forbidden"},
    status_text{404, "Not Found"},
    status_text{405, "Method Not Allowed"},
    status_text{408, "Request Timeout"},
    status_text{409, "Conflict"},
    status_text{410, "Gone"},
    status_text{411, "Length Required"},
    status_text{412, "Precondition Failed"},
    status_text{413, "Content Too Large"},
    status_text{415, "Unsupported Media Type"},
    status_text{416, "Range Not Satisfiable"},
    status_text{417, "Expectation Failed"},
    status_text{422, "Unprocessable Content"},
    status_text{426, "Upgrade Required"},
    status_text{429, "Too Many Requests"},
    status_text{431, "Request Header Fields Too Large"},
    status_text{500, "Internal Server Error"},
    status_text{501, "Not Implemented"},
    status_text{503, "Service Unavailable"},
    status_text{505, "HTTP Version Not Supported"},
    status_text{507, "Insufficient Storage"},
};

struct protection {
    std::string_view name, value;
};
// Scripts and styles come from files of ours alone; nobody may show us in a frame.
constexpr std::array protections{
    protection{"Content-Security-Policy",
               "default-src 'none'; script-src 'self'; style-src 'self'; "
               "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; "
               "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
               "form-action 'self'; frame-ancestors 'none'"},
    protection{"X-Content-Type-Options", "nosniff"},
    protection{"X-Frame-Options", "DENY"},
    protection{"Referrer-Policy", "no-referrer"},
    protection{"Cross-Origin-Opener-Policy", "same-origin"},
    protection{"Cross-Origin-Resource-Policy", "same-origin"},
    protection{"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    protection{"Cache-Control", "no-store"},
};

bool same_name(std::string_view one, std::string_view other) {
    const auto lower = [](char of) {
        return of >= 'A' && of <= 'Z' ? static_cast<char>(of - 'A' + 'a') : of;
    };
    return std::ranges::equal(one, other, {}, lower, lower);
}

std::optional<std::uint64_t> size_of(const response& of) {
    if (const auto* const made = std::get_if<streamed>(&of.body)) {
        return made->size;
    }
    const auto* const own = std::get_if<std::string>(&of.body);
    return own != nullptr ? own->size() : std::get<std::string_view>(of.body).size();
}

bool has_no_body(unsigned status) { return status < 200 || status == 204 || status == 304; }

} // namespace

response plain_response(unsigned status, std::string_view text) {
    return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, fmt::format("{}\n", text)};
}

response json_response(unsigned status, std::string json) {
    return {status, {{"Content-Type", "application/json"}}, std::move(json)};
}

response refusal(unsigned status, std::string_view code, std::string_view message) {
    return json_response(status, fmt::format(R"({{"error":"{}","message":"{}"}})",
                                             json_escaped(code), json_escaped(message)));
}

response slow_down(std::chrono::milliseconds wait, std::string_view message) {
    response made = refusal(429, "slow_down", message);
    made.fields.push_back(
        {"Retry-After", std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count())});
    return made;
}

response redirection(unsigned status, std::string_view to) {
    response made = plain_response(status, to);
    made.fields.push_back({"Location", std::string(to)});
    return made;
}

std::string response_head(const response& of, const head_facts& how) {
    const auto known = std::ranges::find(status_texts, of.status, &status_text::status);
    std::string made =
        fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\n", of.status,
                    known == status_texts.end() ? "" : known->text, http_date(how.now));
    for (const wire::http_field& one : of.fields) {
        made += fmt::format("{}: {}\r\n", one.name, one.value);
    }
    for (const protection& one : protections) {
        if (std::ranges::none_of(of.fields, [&one](const wire::http_field& field) {
                return same_name(field.name, one.name);
            })) {
            made += fmt::format("{}: {}\r\n", one.name, one.value);
        }
    }
    if (const auto size = size_of(of); size && !has_no_body(of.status)) {
        made += fmt::format("Content-Length: {}\r\n", *size);
    } else if (!size && how.minor_version == 1) {
        made += "Transfer-Encoding: chunked\r\n";
    }
    if (!how.keep_alive) {
        made += "Connection: close\r\n";
    } else if (how.minor_version == 0) {
        made += "Connection: keep-alive\r\n";
    }
    return made + "\r\n";
}

std::string http_date(base::wall_time when) {
    return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT",
                       fmt::gmtime(std::chrono::system_clock::to_time_t(when)));
}

std::string json_escaped(std::string_view text) {
    std::string made;
    for (const char one : text) {
        if (one == '"' || one == '\\') {
            made += '\\';
            made += one;
        } else if (static_cast<unsigned char>(one) < ' ' || one == 0x7F) {
            made += fmt::format("\\u{:04x}", static_cast<unsigned>(one));
        } else {
            made += one;
        }
    }
    return made;
}

} // namespace tertulia::web
