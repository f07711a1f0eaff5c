// SPDX-License-Identifier: Apache-2.0
// The pure half of the IRC door: how an event reads for hearers with given capabilities. One object
// per network thread, shared by its IRC sessions.
#pragma once

#include "crypto/message_token.hpp"
#include "irc/settings.hpp"
#include "session/protocol.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace tertulia::irc {

class dialect final : public session::dialect {
public:
    dialect(settings_ref rules, std::string_view message_key);

    // Takes effect for every session of the thread at its next line.
    void replace_settings(settings_ref rules) { before_ = std::exchange(rules_, std::move(rules)); }

    [[nodiscard]] const settings& rules() const { return *rules_; }
    // Those that were replaced last; none: they are the first.
    [[nodiscard]] const settings* rules_before() const { return before_.get(); }
    [[nodiscard]] const crypto::message_tokens& tokens() const { return tokens_; }

    void render(const chat::event& of, session::features as, std::string& out) const override;
    [[nodiscard]] session::features relevant(const chat::event& of) const override;
    // Of metadata each hears only the keys that she subscribed to.
    [[nodiscard]] bool tells_each(const chat::event& of, session::features as) const override;

private:
    settings_ref rules_, before_;
    crypto::message_tokens tokens_;
};

} // namespace tertulia::irc
