// SPDX-License-Identifier: Apache-2.0
#include "web/login_routes.hpp"

#include "base/network.hpp"
#include "base/text.hpp"
#include "crypto/code.hpp"
#include "session/scrutiny.hpp"
#include "web/account_handler.hpp"
#include "web/browser_name.hpp"
#include "web/cookie.hpp"
#include "web/cookie_check.hpp"
#include "web/json.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <optional>
#include <utility>
#include <variant>

namespace tertulia::web {
namespace {

using session::doubt;

response refusal_of(const session::not_proved& what) {
    switch (what.why) {
    case doubt::suspended: return refusal(403, "suspended", "This account may not be used.");
    case doubt::slowed_down: {
        response made = refusal(429, "slow_down", "There were too many wrong passwords.");
        made.fields.push_back({"Retry-After", std::to_string(what.wait.count())});
        return made;
    }
    case doubt::password_unusable:
        return refusal(400, "password_unusable", "This cannot be a password.");
    case doubt::failed: return refusal(503, "busy", "Try again in a moment.");
    default: return refusal(401, "wrong", "No such account, or not its password.");
    }
}

response account_refusal(const chat::refused& what) {
    switch (what.why) {
    case chat::reason::nickname_in_use:
    case chat::reason::nickname_registered:
        return refusal(409, "name_taken", "This name is taken.");
    case chat::reason::nickname_looks_alike:
        return refusal(409, "name_looks_alike", "This name looks like another one.");
    case chat::reason::registration_closed:
        return refusal(403, "registration_closed", "Nobody may make an account.");
    case chat::reason::code_required:
        return refusal(403, "invitation_required", "An account takes an invitation code here.");
    case chat::reason::code_wrong:
        return refusal(403, "invitation_invalid",
                       "This invitation code is not valid, or not any more.");
    case chat::reason::word_refused:
    case chat::reason::nickname_banned: return refusal(400, "bad_name", "This cannot be a name.");
    case chat::reason::server_banned:
        return refusal(403, "banned", "You, or this address, are banned from this server.");
    case chat::reason::account_suspended:
        return refusal(403, "suspended", "This account may not be used.");
    case chat::reason::proof_outdated:
        return refusal(401, "wrong", "No such account, or not its password.");
    case chat::reason::no_space: return refusal(507, "no_space", "The server's disk is full.");
    default: return refusal(503, "busy", "Try again in a moment.");
    }
}

std::string account_json(std::string_view name) {
    return fmt::format(R"({{"account":"{}"}})", json_escaped(name));
}

struct wish {
    std::string account, password;
    std::string invitation; // empty: none
};

// Responds itself where it is none.
std::optional<wish> read_wish(std::string_view body, exchange& of) {
    if (!is_json(of.asked())) {
        of.respond(refusal(415, "not_json", "The body is to be application/json."));
        return std::nullopt;
    }
    const auto object = parse_json_object(body);
    auto account = object ? text_member(*object, "account") : std::nullopt;
    auto password = object ? text_member(*object, "password") : std::nullopt;
    if (!account || !password) {
        of.respond(refusal(400, "bad_request", "account and password are expected."));
        return std::nullopt;
    }
    return wish{std::move(*account), std::move(*password),
                text_member(*object, "invitation").value_or("")};
}

// What logging in and registering end in: a log-in of this browser's is opened, and a cookie set.
class opener : public whole_handler {
public:
    void hear_event(const chat::event& what, exchange& of) override {
        if (const auto* const no = std::get_if<chat::refused>(&what.what)) {
            refused_ = *no;
        } else if (const auto* const made = std::get_if<chat::registered>(&what.what)) {
            account_ = made->name.display;
            proof_ = made->as;
        } else if (std::holds_alternative<chat::done>(what.what)) {
            go_on(of);
        }
    }

protected:
    void open(const chat::proof& as, std::string account, exchange& of) {
        account_ = std::move(account);
        token_ = make_login_token();
        of.submit(chat::command(chat::open_login{
            as, login_key(token_), browser_name(of.asked().head.field("user-agent"))}));
    }

private:
    void go_on(exchange& of) {
        if (refused_) {
            of.respond(account_refusal(*refused_));
        } else if (token_.empty() && proof_) {
            status_ = 201;
            open(*proof_, account_, of);
        } else if (token_.empty()) {
            of.respond(refusal(503, "busy", "Try again in a moment."));
        } else {
            response made = json_response(status_, account_json(account_));
            made.fields.push_back({"Set-Cookie", cookie_set(token_, of.asked().from.secure)});
            of.respond(std::move(made));
        }
    }

    std::string account_;
    std::string token_;
    std::optional<chat::proof> proof_;
    std::optional<chat::refused> refused_;
    unsigned status_ = 200;
};

class login final : public opener {
public:
    void hear_check(const session::credential_answer& what, exchange& of) override {
        if (const auto* const who = std::get_if<session::proved>(&what)) {
            open(who->as, who->account.display, of);
        } else {
            of.respond(refusal_of(std::get<session::not_proved>(what)));
        }
    }

private:
    void answer(std::string_view body, exchange& of) override {
        if (auto asked = read_wish(body, of)) {
            of.check(
                session::password_check{std::move(asked->account), std::move(asked->password)});
        }
    }
};

class registration final : public opener {
public:
    explicit registration(const policy_reader& policy) : policy_(policy) {}

    void hear_check(const session::credential_answer& what, exchange& of) override {
        if (const auto* const made = std::get_if<session::hashed>(&what)) {
            chat::command making = chat::register_account{
                name_, made->what, {}, code_, base::parse_network(of.asked().from.address)};
            const auto* const manners = policy_(of.asked().from.thread).manners;
            if (manners && session::scrutinise(*manners, nullptr, making, of.now().wall).against) {
                of.respond(account_refusal(chat::refused{chat::reason::word_refused, {}, {}}));
                return;
            }
            of.submit(std::move(making));
        } else {
            of.respond(refusal_of(std::get<session::not_proved>(what)));
        }
    }

private:
    void answer(std::string_view body, exchange& of) override {
        auto asked = read_wish(body, of);
        if (!asked) {
            return;
        }
        const session::registration may = policy_(of.asked().from.thread).registration;
        if (may == session::registration::closed) {
            of.respond(account_refusal(chat::refused{chat::reason::registration_closed, {}, {}}));
            return;
        }
        if (may == session::registration::by_code) {
            if (asked->invitation.empty()) {
                of.respond(account_refusal(chat::refused{chat::reason::code_required, {}, {}}));
                return;
            }
            code_ = crypto::code_digest(asked->invitation);
        }
        auto name = base::make_nickname(asked->account);
        if (!name) {
            of.respond(refusal(400, "bad_name", "This cannot be a name."));
            return;
        }
        name_ = std::move(*name);
        of.check(session::password_hash{std::move(asked->password)});
    }

    const policy_reader& policy_;
    base::name name_;
    std::optional<std::string> code_;
};

class logout final : public whole_handler {
public:
    void hear_event(const chat::event& what, exchange& of) override {
        refused_ = refused_ || std::holds_alternative<chat::refused>(what.what);
        if (!std::holds_alternative<chat::done>(what.what)) {
            return;
        }
        refused_ ? of.respond(refusal(503, "busy", "Try again in a moment.")) : say_bye(of);
    }

private:
    void answer(std::string_view /*body*/, exchange& of) override {
        const request& asked = of.asked();
        const std::string_view token = asked.cookie(login_cookie(asked.from.secure));
        if (!is_json(asked)) {
            of.respond(refusal(415, "not_json", "The body is to be application/json."));
        } else if (token.empty()) {
            say_bye(of);
        } else {
            of.submit(chat::command(chat::close_login{login_key(token)}));
        }
    }

    static void say_bye(exchange& of) {
        response made = json_response(200, R"({"account":null})");
        made.fields.push_back({"Set-Cookie", cookie_cleared(of.asked().from.secure)});
        of.respond(std::move(made));
    }

    bool refused_ = false;
};

// Who the browser is, and what it may become: the cookie itself no script can see.
class who_am_i final : public handler {
public:
    explicit who_am_i(const policy_reader& policy) : policy_(policy) {}

    void begin(exchange& of) override {
        const request& asked = of.asked();
        const std::string_view token = asked.cookie(login_cookie(asked.from.secure));
        if (token.empty()) {
            tell("null", of);
        } else {
            of.check(session::login_check{std::string(token), of.now().wall});
        }
    }
    void hear_check(const session::credential_answer& what, exchange& of) override {
        if (!was_looked_up(what)) {
            of.respond(not_looked_up());
            return;
        }
        const auto* const who = std::get_if<session::proved>(&what);
        tell(who == nullptr ? "null" : fmt::format("\"{}\"", json_escaped(who->account.display)),
             of);
    }

private:
    void tell(std::string_view account, exchange& of) const {
        const login_policy now = policy_(of.asked().from.thread);
        of.respond(json_response(
            200,
            fmt::format(R"({{"account":{},"network":"{}","guests":{},"registration":{},)"
                        R"("invitation":{},"password":{}}})",
                        account, json_escaped(now.network), now.guests,
                        now.registration != session::registration::closed,
                        now.registration == session::registration::by_code, now.password_asked)));
    }

    const policy_reader& policy_;
};

} // namespace

std::vector<route> login_routes(const policy_reader& policy) {
    return {
        {"POST", "/api/login", [] { return std::make_unique<login>(); }},
        {"POST", "/api/register", [&policy] { return std::make_unique<registration>(policy); }},
        {"POST", "/api/logout", [] { return std::make_unique<logout>(); }},
        {"GET", "/api/session", [&policy] { return std::make_unique<who_am_i>(policy); }},
    };
}

} // namespace tertulia::web
