// SPDX-License-Identifier: Apache-2.0
// A heart with people in it, and verbs for what they do. Names are plain ASCII here: what Unicode
// makes of them is the door's business.
#pragma once

// Scripts of the heart leave out of a command what has a default.
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#include "chat/heart.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tertulia::chat {

inline base::name named(const std::string& typed) {
    base::name made{typed, typed, 0, true};
    std::ranges::transform(typed, made.key.begin(), [](char one) {
        return one >= 'A' && one <= 'Z' ? static_cast<char>(one + 32) : one;
    });
    const auto looks = static_cast<std::uint32_t>(std::hash<std::string>{}(made.key));
    made.skeleton = (std::uint64_t{looks} << 32U) | looks; // as shown and in any case
    return made;
}

struct world {
    heart chat{restored{}};
    std::vector<event> events; // of the last act
    std::map<std::string, session_id> sessions;
    base::wall_time now{std::chrono::milliseconds{1'000'000}};
    std::uint32_t next_session = 1;

    // Acts. Everybody is known by the name she came with.
    void does(const std::string& who, command what) {
        events.clear();
        now += std::chrono::milliseconds{1};
        chat.apply({sessions[who], 1, now, std::move(what)}, events);
    }
    void server_does(command what) {
        events.clear();
        chat.apply({{}, 0, now, std::move(what)}, events);
    }
    void asks(const std::string& who, const question& what) {
        events.clear();
        chat.ask(sessions[who], 1, now, what, events);
    }
    void connects(const std::string& who, std::uint32_t per_address_max = 0) {
        connects_as(who, named(who), per_address_max);
    }
    void connects_as(const std::string& who, base::name nickname,
                     std::uint32_t per_address_max = 0) {
        sessions[who] = {0, 1, next_session++};
        connect wish;
        wish.nickname = std::move(nickname);
        wish.user = "~" + who;
        wish.host = who + ".example";
        wish.address = "10.0.0.1";
        wish.real_name = "Real " + who;
        wish.per_address_max = per_address_max;
        does(who, wish);
    }
    // From now on she is an account of her name.
    void registers(const std::string& who) {
        if (!sessions.contains(who)) {
            connects(who);
        }
        does(who, register_account{named(who), {"password of " + who, ""}});
    }
    void disconnects(const std::string& who) { does(who, disconnect{"bye"}); }
    void joins(const std::string& who, const std::string& room, const std::string& password = {}) {
        does(who, join{named(room), password});
    }
    void parts(const std::string& who, const std::string& room) {
        does(who, part{named(room), "bye"});
    }
    void says(const std::string& who, const std::string& to, const std::string& text = "hola") {
        does(who, speak{named(to), message_kind::message, text, {}, role::member});
    }
    void sets(const std::string& who, const std::string& room, mode_change change) {
        does(who, set_room_modes{named(room), {std::move(change)}});
    }
    void grants(const std::string& who, const std::string& room, role what,
                const std::string& whom) {
        sets(who, room, role_change{what, true, named(whom)});
    }
    void bans(const std::string& who, const std::string& room, const std::string& mask) {
        sets(who, room, mask_change{room_list::ban, true, {mask, mask, {}, {}}});
    }
    void waits(std::chrono::milliseconds time) { now += time; }
    void sweeps() { server_does(sweep{now - std::chrono::days{7}}); }
    void all_join(std::initializer_list<std::string> people, const std::string& room) {
        for (const std::string& one : people) {
            if (!sessions.contains(one)) {
                connects(one);
            }
            joins(one, room);
        }
    }

    // What came of the last act.
    template <class Body>
    [[nodiscard]] const event* find() const {
        const auto found = std::ranges::find_if(
            events, [](const event& one) { return std::holds_alternative<Body>(one.what); });
        return found == events.end() ? nullptr : &*found;
    }
    template <class Body>
    [[nodiscard]] bool happened() const {
        return find<Body>() != nullptr;
    }
    template <class Body>
    [[nodiscard]] const Body& the() const {
        const event* const found = find<Body>();
        REQUIRE(found != nullptr);
        return std::get<Body>(found->what);
    }
    [[nodiscard]] std::optional<reason> refusal() const {
        const event* const found = find<refused>();
        return found == nullptr ? std::nullopt : std::optional(std::get<refused>(found->what).why);
    }
    template <class Answer>
    [[nodiscard]] const Answer& answer() const {
        return std::get<Answer>(*the<answered>().what);
    }
    [[nodiscard]] bool heard_by_sessions(std::initializer_list<std::string> people) const {
        const auto* const heard = std::get_if<to_sessions>(&events.front().heard_by);
        std::vector<session_id> expected;
        for (const std::string& one : people) {
            expected.push_back(sessions.at(one));
        }
        return heard != nullptr && std::ranges::is_permutation(heard->sessions, expected);
    }
};

} // namespace tertulia::chat
