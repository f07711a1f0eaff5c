// SPDX-License-Identifier: Apache-2.0
// A network on loopback with a toy protocol, and the test in place of the core.
#pragma once

#include "net/network.hpp"
#include "net/toy_protocol.hpp"
#include "transport/tcp_client.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::net {

struct toy_reader final : session::reader {
    session::read_answer read(const session::read_query& /*what*/) override {
        return session::history_page{};
    }
};

inline listener_options toy_listener(const std::string& host = "127.0.0.1") {
    return {.scheme = "toy", .host = host, .protocol = [](const visitor&, base::moment) {
                return std::make_unique<toy_protocol>();
            }};
}

struct house {
    explicit house(options with = {}, std::vector<listener_options> listeners = {toy_listener()},
                   std::size_t line_capacity = 1'000)
        : line(line_capacity) {
        auto made = network::open(std::move(listeners), with, std::make_unique<toy_reader>());
        REQUIRE(made);
        net = std::move(*made);
        net->start(line);
    }
    ~house() { net->stop("done", std::chrono::seconds(0)); }
    house(const house&) = delete;
    house& operator=(const house&) = delete;

    [[nodiscard]] std::uint16_t port(std::size_t listener = 0) const {
        const std::string address = net->addresses()[listener];
        return static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
    }

    // The next thing that a session says to the core.
    chat::submission hears() {
        if (heard.empty()) {
            line.wait_take_all(heard, std::chrono::seconds(10));
        }
        REQUIRE_FALSE(heard.empty());
        chat::submission first = std::move(heard.front());
        heard.erase(heard.begin());
        return first;
    }
    template <class Command>
    std::pair<chat::session_id, Command> hears_a() {
        const chat::submission one = hears();
        const auto* const command = std::get_if<Command>(&std::get<chat::command>(one.what));
        REQUIRE(command != nullptr);
        return {one.session, *command};
    }

    // One batch for all threads, as the log hands it out.
    void happens(chat::audience to, chat::event_body what) {
        chat::batch made;
        made.events.push_back({{}, {}, std::move(to), std::move(what)});
        const auto shared = std::make_shared<const chat::batch>(std::move(made));
        for (base::mailbox<chat::batch_ref>* const box : net->boxes()) {
            box->push(shared);
        }
    }
    void seats(std::vector<chat::session_id> sessions) {
        chat::joined what;
        what.room = std::make_shared<const chat::room_card>(chat::room_card{lobby, {}});
        what.sessions = std::move(sessions);
        happens(chat::to_room{lobby}, what);
    }
    void says(const std::string& text) {
        chat::spoke what;
        what.text = text;
        happens(chat::to_room{lobby}, what);
    }

    static constexpr chat::conversation_id lobby{1};
    base::mailbox<chat::submission> line;
    std::vector<chat::submission> heard;
    std::unique_ptr<network> net;
};

} // namespace tertulia::net
