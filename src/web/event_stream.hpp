// SPDX-License-Identifier: Apache-2.0
// GET /api/rooms/ROOM/events: what is said in a room, as server-sent events (HTML, 9.2). The reader
// is one more session of her account, so she hears what its other sessions hear, and no longer than
// they do; behind Last-Event-ID comes first what she missed, with no gap and nothing twice.
#pragma once

#include "session/protocol.hpp"
#include "web/message_view.hpp"
#include "web/program_desk.hpp"
#include "web/routes.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::web {

// The desk outlives the routes.
[[nodiscard]] std::vector<route> event_routes(const program_desk& at);

class stream_dialect final : public session::dialect {
public:
    void render(const chat::event& /*of*/, session::features /*as*/,
                std::string& /*out*/) const override {}
    [[nodiscard]] session::features relevant(const chat::event& /*of*/) const override { return 0; }
    [[nodiscard]] bool tells_each(const chat::event& of, session::features as) const override;
};

struct stream_wish {
    session::proved who;
    std::optional<session::credential_query> proof; // looked at again from time to time
    chat::conversation_id room;
    std::optional<chat::message_number> after;
    caller from;
};

class event_stream final : public session::protocol {
public:
    event_stream(const program_desk& at, stream_wish wish) : at_(at), wish_(std::move(wish)) {}

    void begin(base::moment now, session::output& out) override;
    std::size_t receive(std::string_view bytes, base::moment now, session::output& out) override;
    void deliver(const chat::event& of, base::moment now, session::output& out) override;
    void deliver_read(const session::read_answer& page, base::moment now,
                      session::output& out) override;
    void deliver_check(const session::credential_answer& answer, base::moment now,
                       session::output& out) override;
    void tick(base::moment now, session::output& out) override;
    [[nodiscard]] base::steady_time wakes_at() const override;
    void farewell(std::string_view reason, session::output& out) override;
    [[nodiscard]] const session::dialect& speaks() const override { return speech_; }
    [[nodiscard]] session::features wants() const override { return 0; }
    [[nodiscard]] session::own_event hears_own(const chat::event& /*of*/) const override {
        return session::own_event::apart;
    }

private:
    enum class stage { connecting, catching_up, live, over };

    void connected(base::moment now, session::output& out);
    void read_on(session::output& out);
    void hear(session::stored_message what, session::output& out);
    void append(const session::stored_message& what, std::string& to);
    void end(session::output& out);
    [[nodiscard]] bool puts_out(const chat::event& of) const;

    const program_desk& at_;
    stream_wish wish_;
    const stream_dialect speech_;
    stage at_stage_ = stage::connecting;
    chat::card_ref self_;
    bool in_room_ = false;
    chat::message_number up_to_;                  // what was before she came
    chat::message_number last_;                   // what she was told
    std::deque<session::stored_message> waiting_; // what was said while she catches up
    std::shared_ptr<bool> taken_;                 // the last page; none: one is being read
    base::steady_time look_at_{};
    base::steady_time beat_at_ = base::steady_time::max();
};

} // namespace tertulia::web
