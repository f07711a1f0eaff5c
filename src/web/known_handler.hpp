// SPDX-License-Identifier: Apache-2.0
// For requests whose answer depends on who asks: finds that out first, by the browser's cookie, by
// HTTP Basic (RFC 7617) with an account and its password, as clients that upload send it, or by a
// program's token or a pass (RFC 6750). A wrong password or token is answered here (401); an old
// cookie makes nobody of its bearer, and no error; one that cannot be looked up now is one (503).
#pragma once

#include "chat/account.hpp"
#include "web/handler.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::web {

class known_handler : public handler {
public:
    void begin(exchange& of) final;
    void hear_check(const session::credential_answer& what, exchange& of) final;

protected:
    // The service that this is, whose passes are taken as a program's token is
    // (session/service_passes.hpp); empty: none.
    [[nodiscard]] virtual std::string_view service() const { return {}; }
    // Who asks is known: an account, or nobody in particular.
    virtual void identified(exchange& of) = 0;

    [[nodiscard]] const std::optional<session::proved>& who() const { return who_; }
    [[nodiscard]] chat::person_id account() const {
        return who_ ? who_->as.account : chat::person_id{};
    }

    enum class proof_by : std::uint8_t { cookie, password, token };
    [[nodiscard]] proof_by proved_by() const { return by_; }

private:
    std::optional<session::proved> who_;
    proof_by by_ = proof_by::cookie;
};

// The name and the password in an Authorization field; nothing where it is none of that kind.
[[nodiscard]] std::optional<session::password_check> basic_credentials(std::string_view field);
// The token in one; nothing where it is none of that kind.
[[nodiscard]] std::optional<std::string> bearer_token(std::string_view field);

} // namespace tertulia::web
