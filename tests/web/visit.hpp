// SPDX-License-Identifier: Apache-2.0
// A connection to the web without sockets: what a browser sends, what it gets, and the time.
//
//     visit one({row("GET", "/a", "hello")});
//     CHECK(one.sends(get("/a")).starts_with("HTTP/1.1 200 OK\r\n"));
#pragma once

#include "chat/event.hpp"
#include "web/http_session.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::tests {

inline std::string first_line(const std::string& answer) {
    return answer.substr(0, answer.find("\r\n"));
}

inline std::string get(std::string_view path, std::string_view fields = {}) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: here:8067\r\n" + std::string(fields) +
           "\r\n";
}

inline std::string post(std::string_view path, std::string_view body,
                        std::string_view fields = {}) {
    return "POST " + std::string(path) +
           " HTTP/1.1\r\nHost: here:8067\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n" + std::string(fields) + "\r\n" + std::string(body);
}

// Answers with a word, or with what it was sent.
class echo final : public web::whole_handler {
public:
    explicit echo(std::string word) : word_(std::move(word)) {}

private:
    void answer(std::string_view body, web::exchange& of) override {
        of.respond(web::plain_response(200, word_ + std::string(body)));
    }
    std::string word_;
};

inline web::route row(std::string method, std::string path, std::string word,
                      std::uint64_t body_max = 16) {
    return {std::move(method), std::move(path),
            [word = std::move(word)] { return std::make_unique<echo>(word); }, body_max};
}

class visit {
public:
    explicit visit(std::vector<web::route> rows, std::string address = "192.0.2.7",
                   web::proxies trusted = {},
                   std::shared_ptr<base::guarded<web::rates>> relayed = {})
        : place_{std::move(rows), std::move(trusted), std::move(relayed)},
          protocol_(std::make_unique<web::http_session>(
              place_, web::caller{.address = std::move(address)}, now_)) {
        protocol_->begin(now_, said_);
        carry_out();
    }

    // What comes back, at once.
    std::string sends(std::string_view bytes) {
        unread_ += bytes;
        offer();
        return std::exchange(heard_, {});
    }
    std::string waits(std::chrono::milliseconds length) {
        now_.steady += length;
        now_.wall += length;
        if (now_.steady >= protocol_->wakes_at()) {
            protocol_->tick(now_, said_);
            carry_out();
        }
        return std::exchange(heard_, {});
    }
    // Whoever was asked outside the core answers.
    template <class Deliver>
    std::string is_told(Deliver deliver) {
        deliver(*protocol_, now_, said_);
        carry_out();
        offer();
        return std::exchange(heard_, {});
    }

    // The heart says so to the last request, and that this is all.
    std::string is_answered(const chat::event_body& what) {
        const chat::origin cause{{}, requests.back().serial};
        std::string heard;
        for (const chat::event_body& each : {what, chat::event_body(chat::done{})}) {
            heard += is_told([&](session::protocol& to, base::moment now, session::output& out) {
                to.deliver({cause, now.wall, chat::to_session{}, each}, now, out);
            });
        }
        return heard;
    }

    [[nodiscard]] std::chrono::nanoseconds wakes_in() const {
        return protocol_->wakes_at() - now_.steady;
    }
    [[nodiscard]] base::moment now() const { return now_; }
    [[nodiscard]] bool closed() const { return closed_.has_value(); }
    [[nodiscard]] std::size_t waiting() const { return unread_.size(); }
    // Of what came at once: so much of it may have to wait for its reader.
    [[nodiscard]] std::size_t largest_piece() const { return largest_piece_; }

    std::vector<session::request> requests;
    std::optional<session::credential_query> check;
    std::unique_ptr<session::chore> chore;

private:
    void offer() {
        while (!unread_.empty() && !closed_) {
            const std::size_t taken = protocol_->receive(unread_, now_, said_);
            unread_.erase(0, taken);
            const bool followed = said_.successor != nullptr;
            carry_out();
            if (taken == 0 && !followed) {
                return;
            }
        }
    }

    void carry_out() {
        for (session::output::piece& piece : said_.pieces) {
            if (auto* const list = std::get_if<std::unique_ptr<session::listing>>(&piece)) {
                for (bool more = true; more;) {
                    const std::size_t before = heard_.size();
                    more = (*list)->next(heard_);
                    largest_piece_ = std::max(largest_piece_, heard_.size() - before);
                }
            } else {
                heard_ += std::get<std::string>(piece);
                largest_piece_ = std::max(largest_piece_, std::get<std::string>(piece).size());
            }
        }
        for (session::request& each : said_.requests) {
            requests.push_back(std::move(each));
        }
        if (said_.check) {
            check = std::move(said_.check);
        }
        if (said_.chore) {
            chore = std::move(said_.chore);
        }
        if (said_.close) {
            closed_ = said_.close;
        }
        std::unique_ptr<session::protocol> next = std::move(said_.successor);
        said_.clear();
        if (next) {
            protocol_ = std::move(next);
            protocol_->begin(now_, said_);
            carry_out();
        }
    }

    web::site place_;
    base::moment now_{base::wall_time{std::chrono::milliseconds{784'111'777'000}},
                      base::steady_time{std::chrono::hours{1}}};
    std::unique_ptr<session::protocol> protocol_;
    session::output said_;
    std::string unread_;
    std::string heard_;
    std::size_t largest_piece_ = 0;
    std::optional<std::string> closed_;
};

} // namespace tertulia::tests
