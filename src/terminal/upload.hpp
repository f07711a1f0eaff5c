// SPDX-License-Identifier: Apache-2.0
// A file on its way to the server's file host: one HTTP request over a connection of its own, which
// its owner polls like the other one. The answer's Location is the link.
#pragma once

#include "base/result.hpp"
#include "terminal/link.hpp"

#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::terminal {

struct upload_wish {
    std::string path;
    std::string url; // http or https
    std::string room;
    std::string account; // with the password: HTTP's Basic; empty: nobody
    std::string password;
    std::string trusted; // a certificate with this fingerprint is good
    // The machine of the chat: tried where nobody knows the name that the server gives itself.
    std::string chat_host;
};

// A URL taken apart, as far as an upload needs it.
struct web_place {
    std::string host;
    door through;
    std::string path;
    std::string origin; // "https://host:port"
};
[[nodiscard]] std::optional<web_place> parse_web_place(std::string_view url);

// What a Location means that was found at `at`.
[[nodiscard]] std::string resolved(const web_place& at, std::string_view location);

// "120.5 KiB".
[[nodiscard]] std::string size_text(std::uint64_t bytes);

// "█████░░░░░"
[[nodiscard]] std::string bar_text(std::uint64_t percent);

class upload {
public:
    // A file that cannot be read, or a place that is none, fails at once.
    [[nodiscard]] static base::result<std::unique_ptr<upload>> begin(upload_wish wish,
                                                                     base::steady_time now);

    [[nodiscard]] pollfd wish() const { return link_.wish(); }
    [[nodiscard]] std::chrono::milliseconds patience(base::steady_time now) const {
        return link_.patience(now);
    }
    void work(base::steady_time now);

    [[nodiscard]] const upload_wish& what() const { return wish_; }
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] std::uint64_t sent() const;
    // The link, or why there is none; nothing: it is still on its way.
    [[nodiscard]] const std::optional<base::result<std::string>>& done() const { return done_; }

private:
    upload() = default;
    void judge();
    void give_up(base::steady_time now);
    void begin_request();
    void send_more();
    void hear(const std::string& line);

    upload_wish wish_;
    web_place to_;
    std::string name_;
    std::ifstream file_;
    std::uint64_t size_ = 0;
    std::uint64_t read_ = 0;
    link link_;
    bool begun_ = false;
    int status_ = 0;
    std::string location_;
    std::optional<base::result<std::string>> done_;
};

} // namespace tertulia::terminal
