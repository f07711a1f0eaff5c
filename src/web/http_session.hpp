// SPDX-License-Identifier: Apache-2.0
// One HTTP/1.1 connection (RFC 9112): one request after the other, each to the handler of its route
// and answered before the next is looked at; time-outs for those that are slow. What a request
// means is its handler's. Lives on its network thread; the site outlives it.
#pragma once

#include "session/protocol.hpp"
#include "web/handler.hpp"
#include "web/site.hpp"
#include "wire/http_body.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tertulia::web {

class http_session final : public session::protocol, private exchange {
public:
    http_session(const site& of, caller from, base::moment now);
    ~http_session() override;

    void begin(base::moment now, session::output& out) override;
    std::size_t receive(std::string_view bytes, base::moment now, session::output& out) override;
    void deliver(const chat::event& of, base::moment now, session::output& out) override;
    void deliver_read(const session::read_answer& page, base::moment now,
                      session::output& out) override;
    void deliver_check(const session::credential_answer& answer, base::moment now,
                       session::output& out) override;
    void deliver_chore(session::chore_done what, base::moment now, session::output& out) override;
    void tick(base::moment now, session::output& out) override;
    [[nodiscard]] base::steady_time wakes_at() const override;
    void farewell(std::string_view reason, session::output& out) override;
    [[nodiscard]] const session::dialect& speaks() const override { return site_.speech; }
    [[nodiscard]] session::features wants() const override { return 0; }
    [[nodiscard]] session::own_event hears_own(const chat::event& of) const override;

private:
    struct turn; // of one call from outside
    // What a body that is still being sent says of itself.
    struct sending {
        bool ended = false;
        bool broken = false; // it said less than it had announced
    };
    friend class watched_listing;

    // exchange
    [[nodiscard]] const request& asked() const override { return asked_; }
    [[nodiscard]] base::moment now() const override;
    void respond(response what) override;
    void submit(chat::command what) override;
    void submit(chat::question what) override;
    void read(session::read_query what) override;
    void check(session::credential_query::what_of what) override;
    void work(std::unique_ptr<session::chore> what) override;
    void hand_over(std::string head, std::unique_ptr<session::protocol> to) override;

    [[nodiscard]] bool takes_input() const;
    [[nodiscard]] std::size_t take_head(std::string_view bytes);
    [[nodiscard]] std::size_t take_body(std::string_view bytes);
    void begin_request();
    [[nodiscard]] std::chrono::milliseconds wait_of_relayed() const;
    void ask();
    void hear_answer();
    void refuse(unsigned status);
    void send(response what);
    [[nodiscard]] bool is_sending() const;
    void hear_end_of_body();
    void end_request_when_done();
    void close();

    const site& site_;
    caller from_;
    turn* turn_ = nullptr; // while it lasts
    request asked_;
    std::unique_ptr<handler> handler_; // between a head and the answer
    wire::http_body body_;
    std::uint64_t body_max_ = 0;
    std::shared_ptr<sending> sending_; // of the last answer, while it goes on
    base::steady_time deadline_;
    base::steady_time body_since_;
    base::steady_time body_heard_at_; // the last of it
    base::steady_time asked_at_;      // the handler's question
    std::uint32_t serial_ = 0;
    bool responded_ = false;
    bool awaits_ = false; // an answer to the handler's question
    bool keep_alive_ = true;
    bool told_end_ = false; // of the body, to the handler
    bool idle_ = true;      // nothing of the next request is there
    bool closing_ = false;
    bool gone_ = false; // handed over
};

} // namespace tertulia::web
