// SPDX-License-Identifier: Apache-2.0
// For requests of an account, with a small body that comes whole: who has none is told to log in
// (401). What the heart says to the command or question of the request is gathered until its end.
#pragma once

#include "web/known_handler.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace tertulia::web {

// What the heart said to one command or question.
class heard_answer {
public:
    // True: that was the end of it.
    [[nodiscard]] bool take(const chat::event& what);

    [[nodiscard]] const std::optional<chat::refused>& refused() const { return refused_; }
    template <class Answer>
    [[nodiscard]] const Answer* of_kind() const {
        return answer_ ? std::get_if<Answer>(answer_.get()) : nullptr;
    }
    // The message that the command became, and when.
    struct said {
        chat::spoke what;
        base::wall_time time;
    };
    [[nodiscard]] const std::optional<said>& message() const { return message_; }

private:
    std::optional<chat::refused> refused_;
    std::shared_ptr<const chat::answer> answer_;
    std::optional<said> message_;
};

// What the heart refuses, as an answer of the API. What one may not know of is not there.
[[nodiscard]] response refusal_of(const chat::refused& what);

// "#lobby" of "/api/rooms/lobby/…" or "/api/rooms/%23lobby/…".
[[nodiscard]] std::optional<base::name> room_in(const request& asked);

// A form of another site could be sent without asking; JSON cannot.
[[nodiscard]] bool is_json(const request& asked);

class account_handler : public known_handler {
public:
    void take_body(std::string_view piece, exchange& /*of*/) final { body_ += piece; }
    void end_body(exchange& of) final { answer(body_, of); }
    void hear_event(const chat::event& what, exchange& of) final;

protected:
    // Who asks is an account.
    virtual void answer(std::string_view body, exchange& of) = 0;
    virtual void told(const heard_answer& what, exchange& of) = 0;

    [[nodiscard]] const chat::proof& as() const { return who()->as; }
    // A token speaks and reads, and makes no other token: false, and answered.
    [[nodiscard]] bool by_owner(exchange& of) const;

private:
    void identified(exchange& of) final;

    std::string body_;
    heard_answer heard_;
};

} // namespace tertulia::web
