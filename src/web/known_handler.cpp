// SPDX-License-Identifier: Apache-2.0
#include "web/known_handler.hpp"

#include "base/base64.hpp"
#include "session/service_passes.hpp"
#include "web/cookie.hpp"
#include "web/cookie_check.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace tertulia::web {
namespace {

constexpr std::string_view basic = "basic ";
constexpr std::string_view bearer = "bearer ";

bool is_of(std::string_view field, std::string_view scheme) {
    return field.size() > scheme.size() &&
           std::ranges::equal(field.substr(0, scheme.size()), scheme, [](char one, char wanted) {
               return (one >= 'A' && one <= 'Z' ? static_cast<char>(one + ('a' - 'A')) : one) ==
                      wanted;
           });
}

response wrong_token(const session::not_proved& what) {
    switch (what.why) {
    case session::doubt::suspended:
        return refusal(403, "suspended", "This account may not be used.");
    case session::doubt::failed: return not_looked_up();
    default: break;
    }
    response made = refusal(401, "wrong", "No such token.");
    made.fields.push_back(
        {"WWW-Authenticate", R"(Bearer realm="Tertulia", error="invalid_token")"});
    return made;
}

response wrong_password(const session::not_proved& what) {
    switch (what.why) {
    case session::doubt::suspended:
        return refusal(403, "suspended", "This account may not be used.");
    case session::doubt::slowed_down: {
        response made = refusal(429, "slow_down", "There were too many wrong passwords.");
        made.fields.push_back({"Retry-After", std::to_string(what.wait.count())});
        return made;
    }
    case session::doubt::failed: return not_looked_up();
    default: break;
    }
    response made = refusal(401, "wrong", "No such account, or not its password.");
    made.fields.push_back({"WWW-Authenticate", R"(Basic realm="Tertulia", charset="UTF-8")"});
    return made;
}

} // namespace

std::optional<session::password_check> basic_credentials(std::string_view field) {
    if (!is_of(field, basic)) {
        return std::nullopt;
    }
    const auto decoded = base::from_base64(field.substr(basic.size()));
    const std::size_t colon = decoded ? decoded->find(':') : std::string::npos;
    if (colon == std::string::npos) {
        return std::nullopt;
    }
    return session::password_check{decoded->substr(0, colon), decoded->substr(colon + 1)};
}

std::optional<std::string> bearer_token(std::string_view field) {
    return is_of(field, bearer) ? std::optional(std::string(field.substr(bearer.size())))
                                : std::nullopt;
}

void known_handler::begin(exchange& of) {
    const request& asked = of.asked();
    const std::string_view authorization = asked.head.field("authorization");
    const std::string_view token = asked.cookie(login_cookie(asked.from.secure));
    if (auto given = basic_credentials(authorization)) {
        by_ = proof_by::password;
        of.check(std::move(*given));
    } else if (auto token_given = bearer_token(authorization)) {
        by_ = proof_by::token;
        if (!service().empty() && token_given->starts_with(session::pass_prefix)) {
            of.check(session::pass_check{std::move(*token_given), std::string(service())});
        } else {
            of.check(session::token_check{std::move(*token_given)});
        }
    } else if (is_of(authorization, basic)) {
        of.respond(wrong_password({}));
    } else if (!token.empty()) {
        of.check(session::login_check{std::string(token), of.now().wall});
    } else {
        identified(of);
    }
}

void known_handler::hear_check(const session::credential_answer& what, exchange& of) {
    if (const auto* const right = std::get_if<session::proved>(&what)) {
        who_ = *right;
    } else if (const auto* const wrong = std::get_if<session::not_proved>(&what);
               wrong != nullptr && by_ != proof_by::cookie) {
        of.respond(by_ == proof_by::token ? wrong_token(*wrong) : wrong_password(*wrong));
        return;
    } else if (!was_looked_up(what)) {
        of.respond(not_looked_up());
        return;
    }
    identified(of);
}

} // namespace tertulia::web
