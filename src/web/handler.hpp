// SPDX-License-Identifier: Apache-2.0
// The interface for whoever answers requests. A route (routes.hpp) makes a handler for each
// request; the handler answers at once or asks something first, and hears the answer later. It
// lives on one network thread and must not block: what may block is a chore, done on another
// thread.
//
//     struct hello final : handler {
//         void begin(exchange& of) override { of.respond(plain_response(200, "hello")); }
//     };
#pragma once

#include "base/time.hpp"
#include "chat/command.hpp"
#include "chat/event.hpp"
#include "chat/question.hpp"
#include "session/chore.hpp"
#include "session/credentials.hpp"
#include "session/history.hpp"
#include "session/protocol.hpp"
#include "web/request.hpp"
#include "web/response.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace tertulia::web {

// What a handler may do. While an answer to read(), check(), work() or submit() is awaited, no more
// of the body comes, so a chore may work on what came before; and one question is asked at a time.
class exchange {
public:
    virtual ~exchange() = default;

    [[nodiscard]] virtual const request& asked() const = 0;
    [[nodiscard]] virtual base::moment now() const = 0;

    // The answer, once, at any time. When the body has not come whole, the rest is thrown away.
    virtual void respond(response what) = 0;

    // Answered by hear_event(): what a command or question of this session alone brought about,
    // `done` last. The session is a stranger to the heart until it submits `connect`.
    virtual void submit(chat::command what) = 0;
    virtual void submit(chat::question what) = 0;
    virtual void read(session::read_query what) = 0;                 // hear_read()
    virtual void check(session::credential_query::what_of what) = 0; // hear_check()
    virtual void work(std::unique_ptr<session::chore> what) = 0;     // hear_chore()

    // Instead of respond(): `head` leaves as it is (101 and an upgrade; or 200 and an event
    // stream), and then the connection is that protocol's.
    virtual void hand_over(std::string head, std::unique_ptr<session::protocol> to) = 0;
};

class handler {
public:
    virtual ~handler() = default;

    // The head is there, allowed by its route. Then the body, piece by piece, and its end; a
    // request without one has only the end. Nothing comes after respond().
    virtual void begin(exchange& /*of*/) {}
    virtual void take_body(std::string_view /*piece*/, exchange& /*of*/) {}
    virtual void end_body(exchange& /*of*/) {}

    virtual void hear_event(const chat::event& /*what*/, exchange& /*of*/) {}
    virtual void hear_read(const session::read_answer& /*what*/, exchange& /*of*/) {}
    virtual void hear_check(const session::credential_answer& /*what*/, exchange& /*of*/) {}
    virtual void hear_chore(session::chore_done /*what*/, exchange& /*of*/) {}
};

// For requests whose body is small: it comes whole. A bigger one than the route allows is refused.
class whole_handler : public handler {
public:
    void take_body(std::string_view piece, exchange& /*of*/) final { body_ += piece; }
    void end_body(exchange& of) final { answer(body_, of); }

private:
    virtual void answer(std::string_view body, exchange& of) = 0;

    std::string body_;
};

} // namespace tertulia::web
