// SPDX-License-Identifier: Apache-2.0
// A protocol of lines inside WebSocket (RFC 6455): takes frames apart for it, a message a line, and
// frames what it says. Pings, fragments and the closing handshake are dealt with here; the inner
// protocol knows nothing of them. Lives on its network thread; the dialect outlives it.
#pragma once

#include "base/catalogue.hpp"
#include "session/protocol.hpp"
#include "web/framed_dialect.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tertulia::web {

class websocket_session final : public session::protocol {
public:
    websocket_session(const framed_dialect& speaks, std::unique_ptr<session::protocol> inner,
                      base::language language)
        : speaks_(speaks), inner_(std::move(inner)), language_(language) {}

    void begin(base::moment now, session::output& out) override;
    void identify(std::string_view certificate) override { inner_->identify(certificate); }
    std::size_t receive(std::string_view bytes, base::moment now, session::output& out) override;
    void deliver(const chat::event& of, base::moment now, session::output& out) override;
    void deliver_read(const session::read_answer& page, base::moment now,
                      session::output& out) override;
    void deliver_check(const session::credential_answer& answer, base::moment now,
                       session::output& out) override;
    void deliver_chore(session::chore_done what, base::moment now, session::output& out) override;
    void tick(base::moment now, session::output& out) override;
    void reconfigured(base::moment now, session::output& out) override;
    [[nodiscard]] base::steady_time wakes_at() const override;
    void farewell(std::string_view reason, session::output& out) override;
    [[nodiscard]] const session::dialect& speaks() const override { return speaks_; }
    [[nodiscard]] session::features wants() const override { return inner_->wants(); }
    [[nodiscard]] session::own_event hears_own(const chat::event& of) const override {
        return inner_->hears_own(of);
    }

private:
    [[nodiscard]] bool take_frame(const wire::websocket_frame& frame, base::moment now,
                                  session::output& out);
    void take_control(const wire::websocket_frame& frame, session::output& out);
    [[nodiscard]] bool take_data(const wire::websocket_frame& frame, base::moment now,
                                 session::output& out);
    [[nodiscard]] bool take_message(std::string message, bool text, base::moment now,
                                    session::output& out);
    void fail(std::uint16_t status, session::output& out);
    void end(std::uint16_t status, std::string_view words, std::string reason,
             session::output& out);
    template <class Call>
    void framing(session::output& out, std::uint16_t status, Call call);

    const framed_dialect& speaks_;
    std::unique_ptr<session::protocol> inner_;
    std::string fragments_;       // of a message whose end has not come
    base::steady_time ping_at_{}; // with begin()
    base::language language_;
    bool fragmented_ = false;
    bool fragments_are_text_ = false;
    bool closed_ = false; // a close frame has been sent
};

} // namespace tertulia::web
