// SPDX-License-Identifier: Apache-2.0
#include "terminal/upload.hpp"

#include "base/base64.hpp"
#include "base/width.hpp"
#include "terminal/dialogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <utility>

namespace tertulia::terminal {
namespace {

constexpr std::size_t piece_size = 64U << 10U;
constexpr std::size_t queued_max = 256U << 10U;

struct file_type {
    std::string_view ending;
    std::string_view type;
};
constexpr auto file_types = std::to_array<file_type>({
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".gif", "image/gif"},
    {".webp", "image/webp"},
    {".txt", "text/plain"},
    {".pdf", "application/pdf"},
    {".mp4", "video/mp4"},
    {".mp3", "audio/mpeg"},
    {".zip", "application/zip"},
});

std::string_view type_of(std::string_view name) {
    const auto* const found = std::ranges::find_if(
        file_types, [&](const file_type& one) { return name.ends_with(one.ending); });
    return found == file_types.end() ? "application/octet-stream" : found->type;
}

// RFC 8187: what is not a letter or digit as %XX.
std::string percent_encoded(std::string_view text) {
    std::string made;
    for (const char one : text) {
        const auto byte = static_cast<unsigned char>(one);
        const bool plain = byte < 0x80 && (std::isalnum(byte) != 0 || one == '.' || one == '-');
        made += plain ? std::string(1, one) : fmt::format("%{:02X}", byte);
    }
    return made;
}

bool begins_with_word(std::string_view line, std::string_view word) {
    return line.size() >= word.size() &&
           std::equal(word.begin(), word.end(), line.begin(), [](char a, char b) {
               return a == std::tolower(static_cast<unsigned char>(b));
           });
}

} // namespace

std::optional<web_place> parse_web_place(std::string_view url) {
    const bool tls = url.starts_with("https://");
    if (!tls && !url.starts_with("http://")) {
        return std::nullopt;
    }
    std::string_view rest = url.substr(tls ? 8 : 7);
    const std::string_view authority = rest.substr(0, rest.find('/'));
    const auto to = parse_destination(fmt::format("{}://{}", tls ? "ircs" : "irc", authority), "");
    if (!to) {
        return std::nullopt;
    }
    const bool has_port =
        authority.substr(authority.find(']') == std::string_view::npos ? 0 : authority.find(']'))
            .contains(':');
    web_place made{.host = to->host, .through = to->doors.front()};
    if (!has_port) {
        made.through.port = tls ? 443 : 80;
    }
    made.origin = std::string(url.substr(0, (tls ? 8 : 7) + authority.size()));
    made.path = base::harmless(rest.substr(authority.size()));
    std::erase(made.path, ' ');
    made.path = made.path.empty() ? "/" : made.path;
    return made;
}

std::string resolved(const web_place& at, std::string_view location) {
    if (location.starts_with("http://") || location.starts_with("https://")) {
        return std::string(location);
    }
    if (location.starts_with('/')) {
        return at.origin + std::string(location);
    }
    return fmt::format("{}{}{}", at.origin, at.path.substr(0, at.path.rfind('/') + 1), location);
}

std::string size_text(std::uint64_t bytes) {
    if (bytes < 1024) {
        return fmt::format("{} B", bytes);
    }
    const double kibibytes = static_cast<double>(bytes) / 1024;
    return kibibytes < 1024 ? fmt::format("{:.1f} KiB", kibibytes)
                            : fmt::format("{:.1f} MiB", kibibytes / 1024);
}

std::string bar_text(std::uint64_t percent) {
    std::string made;
    for (std::uint64_t cell = 5; cell < 105; cell += 10) {
        made += percent >= cell ? "█" : "░";
    }
    return made;
}

base::result<std::unique_ptr<upload>> upload::begin(upload_wish wish, base::steady_time now) {
    const auto to = parse_web_place(wish.url);
    if (!to) {
        return base::failure(wish.url);
    }
    std::unique_ptr<upload> made(new upload); // NOLINT(modernize-make-unique): a private one
    made->to_ = *to;
    std::error_code fault;
    made->size_ = std::filesystem::file_size(wish.path, fault);
    if (fault) {
        return base::failure(fault.message());
    }
    made->file_.open(wish.path, std::ios::binary);
    if (!made->file_) {
        return base::failure(std::strerror(errno));
    }
    made->name_ = base::harmless(std::filesystem::path(wish.path).filename().string());
    made->wish_ = std::move(wish);
    made->link_.open(to->host, to->through, now);
    return made;
}

std::uint64_t upload::sent() const {
    return read_ - std::min<std::uint64_t>(read_, link_.bytes_waiting());
}

void upload::work(base::steady_time now) {
    link_.work(now);
    for (const std::string& line : link_.take_lines()) {
        hear(line);
    }
    if (done_) {
        return;
    }
    if (link_.phase() == link_phase::judging) {
        judge();
    }
    if (link_.phase() == link_phase::open) {
        if (!std::exchange(begun_, true)) {
            begin_request();
        }
        send_more();
    } else if (link_.phase() == link_phase::closed) {
        give_up(now);
    }
}

void upload::give_up(base::steady_time now) {
    if (link_.fault() == link_fault::no_such_host && !wish_.chat_host.empty()) {
        to_.host = std::exchange(wish_.chat_host, {});
        to_.origin = fmt::format("{}://{}", to_.through.kind == door_kind::tls ? "https" : "http",
                                 web_host(to_.host, to_.through.port));
        link_.open(to_.host, to_.through, now);
        return;
    }
    done_ = base::failure(link_.detail().empty() ? to_.host : link_.detail());
}

void upload::judge() {
    const transport::peer_certificate& shown = link_.certificate();
    if (shown.complaint.empty() || shown.fingerprint == wish_.trusted) {
        link_.trust();
    } else {
        done_ = base::failure(shown.complaint);
        link_.close();
    }
}

void upload::begin_request() {
    std::string head =
        fmt::format("POST {} HTTP/1.1\r\nHost: {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n"
                    "Content-Disposition: attachment; filename*=UTF-8''{}\r\nConnection: close\r\n",
                    to_.path, to_.origin.substr(to_.origin.find("://") + 3), type_of(name_), size_,
                    percent_encoded(name_));
    const bool safe = to_.through.kind == door_kind::tls || is_loopback(to_.host);
    if (!wish_.account.empty() && !wish_.password.empty() && safe) {
        head += fmt::format("Authorization: Basic {}\r\n",
                            base::to_base64(wish_.account + ":" + wish_.password));
    }
    link_.send_bytes(head + "\r\n");
}

void upload::send_more() {
    while (read_ < size_ && link_.bytes_waiting() < queued_max) {
        std::array<char, piece_size> bytes{};
        file_.read(bytes.data(), bytes.size());
        const auto count = static_cast<std::size_t>(file_.gcount());
        if (count == 0) {
            done_ = base::failure(wish_.path); // it has become shorter
            link_.close();
            return;
        }
        const std::size_t wanted = std::min<std::uint64_t>(count, size_ - read_);
        link_.send_bytes({bytes.data(), wanted});
        read_ += wanted;
    }
}

// The head of the answer; what follows it is not read.
void upload::hear(const std::string& line) {
    if (done_) {
        return;
    }
    if (status_ == 0 && line.starts_with("HTTP/1.") && line.size() > 12) {
        std::from_chars(line.data() + 9, line.data() + 12, status_);
    } else if (begins_with_word(line, "location:")) {
        const std::size_t start = line.find_first_not_of(' ', 9);
        location_ = start == std::string::npos ? "" : base::harmless(line.substr(start));
    } else if (line.empty() && status_ >= 200) {
        const bool made = status_ < 300 && !location_.empty();
        done_ = made ? base::result<std::string>(resolved(to_, location_))
                     : base::failure(fmt::format("HTTP {}", status_));
        link_.close();
    } else if (line.empty()) {
        status_ = 0; // 100: the real one follows
    }
}

} // namespace tertulia::terminal
