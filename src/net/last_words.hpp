// SPDX-License-Identifier: Apache-2.0
// What speaks with a caller who is not let in: says why, and ends. Nothing that the caller says is
// read by anybody.
#pragma once

#include "session/protocol.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace tertulia::net {

class last_words final : public session::protocol {
public:
    explicit last_words(std::string text) : text_(std::move(text)) {}

    void begin(base::moment /*now*/, session::output& out) override {
        out.text() += text_;
        out.close = std::string();
    }
    std::size_t receive(std::string_view bytes, base::moment /*now*/,
                        session::output& /*out*/) override {
        return bytes.size();
    }
    void deliver(const chat::event& /*of*/, base::moment /*now*/,
                 session::output& /*out*/) override {}
    void deliver_read(const session::read_answer& /*page*/, base::moment /*now*/,
                      session::output& /*out*/) override {}
    void tick(base::moment /*now*/, session::output& /*out*/) override {}
    [[nodiscard]] base::steady_time wakes_at() const override { return base::steady_time::max(); }
    void farewell(std::string_view reason, session::output& out) override {
        out.close = std::string(reason);
    }
    [[nodiscard]] const session::dialect& speaks() const override { return silence_; }
    [[nodiscard]] session::features wants() const override { return 0; }
    [[nodiscard]] session::own_event hears_own(const chat::event& /*of*/) const override {
        return session::own_event::apart;
    }

private:
    struct silent final : session::dialect {
        void render(const chat::event& /*of*/, session::features /*as*/,
                    std::string& /*out*/) const override {}
        [[nodiscard]] session::features relevant(const chat::event& /*of*/) const override {
            return 0;
        }
    };

    std::string text_;
    silent silence_;
};

} // namespace tertulia::net
