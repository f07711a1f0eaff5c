// SPDX-License-Identifier: Apache-2.0
// A long answer that is read from the history page by page as its reader takes it, in chunks (RFC
// 9112, 7.1), and ends the connection. One that cannot be read to its end ends without the last
// chunk, so that nobody takes it for the whole.
#pragma once

#include "session/protocol.hpp"
#include "web/response.hpp"
#include "web/silent_dialect.hpp"

#include <memory>
#include <optional>
#include <string>

namespace tertulia::web {

// What is exported, and how it is written.
class export_source {
public:
    virtual ~export_source() = default;
    [[nodiscard]] virtual std::string head() = 0;
    // None: there is no more to read.
    [[nodiscard]] virtual std::optional<session::read_query> next() = 0;
    // The answer to the last one, as text; nothing: it is none.
    [[nodiscard]] virtual std::optional<std::string> take(const session::read_answer& page) = 0;
    [[nodiscard]] virtual std::string tail() = 0;
};

class export_session final : public session::protocol {
public:
    // The response's body stays empty; `minor_version` is that of the request.
    export_session(response head, int minor_version, std::unique_ptr<export_source> of)
        : head_(std::move(head)), minor_version_(minor_version), of_(std::move(of)) {}

    void begin(base::moment now, session::output& out) override;
    std::size_t receive(std::string_view bytes, base::moment now, session::output& out) override;
    void deliver(const chat::event& /*of*/, base::moment /*now*/,
                 session::output& /*out*/) override {}
    void deliver_read(const session::read_answer& page, base::moment now,
                      session::output& out) override;
    void tick(base::moment now, session::output& out) override;
    [[nodiscard]] base::steady_time wakes_at() const override { return look_at_; }
    void farewell(std::string_view reason, session::output& out) override;
    [[nodiscard]] const session::dialect& speaks() const override { return speech_; }
    [[nodiscard]] session::features wants() const override { return 0; }
    [[nodiscard]] session::own_event hears_own(const chat::event& /*of*/) const override {
        return session::own_event::apart;
    }

private:
    [[nodiscard]] std::string chunk(const std::string& text) const;
    void hand_out(const std::string& text, base::moment now, session::output& out);
    void read_on(session::output& out);

    response head_;
    int minor_version_;
    std::unique_ptr<export_source> of_;
    const silent_dialect speech_;
    std::shared_ptr<bool> taken_ = std::make_shared<bool>(false); // what was handed out last
    base::steady_time look_at_ = base::steady_time::max();
};

} // namespace tertulia::web
