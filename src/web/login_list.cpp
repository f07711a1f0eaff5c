// SPDX-License-Identifier: Apache-2.0
#include "web/login_list.hpp"

#include "base/web_limits.hpp"
#include "crypto/digest.hpp"
#include "web/account_handler.hpp"
#include "web/cookie.hpp"
#include "web/json.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace tertulia::web {
namespace {

using session::login_facts;
using found_logins = std::vector<login_facts>;

constexpr std::size_t id_size = 8; // bytes of the digest: enough to tell 32 apart

class reading_logins final : public session::chore {
public:
    reading_logins(session::login_reader& at, chat::person_id whose) : at_(at), whose_(whose) {}

    void run() override {
        try {
            found = at_.logins(whose_);
        } catch (const std::exception&) { // no memory
            found.reset();
        }
    }
    std::optional<found_logins> found;

private:
    session::login_reader& at_;
    chat::person_id whose_;
};

std::string id_of(const login_facts& one) {
    return crypto::to_hex(std::string_view(one.key).substr(0, id_size));
}

// Reads those that are good still, and does something about them.
class login_handler : public account_handler {
public:
    explicit login_handler(session::login_reader& at) : at_(at) {}

    void hear_chore(session::chore_done what, exchange& of) override {
        auto& done = static_cast<reading_logins&>(*what.what); // nobody else gives one
        if (!what.ran || !done.found) {
            of.respond(refusal(503, "busy", "Try again in a moment."));
            return;
        }
        std::erase_if(*done.found, [now = of.now().wall](const login_facts& one) {
            return one.opened_at + base::limits::login_lifetime < now;
        });
        found(std::move(*done.found), of);
    }

protected:
    virtual void found(found_logins all, exchange& of) = 0;

    [[nodiscard]] static bool is_own(const login_facts& one, const exchange& of) {
        const std::string_view token = of.asked().cookie(login_cookie(of.asked().from.secure));
        return !token.empty() && one.key == login_key(token);
    }

private:
    void answer(std::string_view /*body*/, exchange& of) final {
        if (by_owner(of)) {
            of.work(std::make_unique<reading_logins>(at_, account()));
        }
    }

    session::login_reader& at_;
};

class login_list final : public login_handler {
public:
    using login_handler::login_handler;

private:
    void found(found_logins all, exchange& of) override {
        std::string made;
        for (const login_facts& one : all) {
            made += fmt::format(R"({}{{"id":"{}","opened_at":"{}","browser":"{}","own":{}}})",
                                made.empty() ? "" : ",", id_of(one), wire::timestamp(one.opened_at),
                                json_escaped(one.browser), is_own(one, of));
        }
        of.respond(json_response(200, fmt::format(R"({{"logins":[{}]}})", made)));
    }
    void told(const heard_answer& /*what*/, exchange& /*of*/) override {} // asks the heart nothing
};

// One after the other: the heart is asked one thing at a time.
class login_ending : public login_handler {
public:
    using login_handler::login_handler;

protected:
    void end(found_logins those, exchange& of) {
        left_ = std::move(those);
        go_on(of);
    }

private:
    void told(const heard_answer& what, exchange& of) final {
        what.refused() ? of.respond(refusal_of(*what.refused())) : go_on(of);
    }
    void go_on(exchange& of) {
        if (left_.empty()) {
            of.respond({.status = 204});
            return;
        }
        chat::close_login wish{std::move(left_.back().key)};
        left_.pop_back();
        of.submit(chat::command(std::move(wish)));
    }

    found_logins left_;
};

class one_ending final : public login_ending {
public:
    using login_ending::login_ending;

private:
    void found(found_logins all, exchange& of) override {
        const std::string& path = of.asked().path;
        const std::string wished = path.substr(path.rfind('/') + 1);
        std::erase_if(all, [&](const login_facts& one) { return id_of(one) != wished; });
        if (all.empty()) {
            of.respond(refusal(404, "not_found", "There is nothing here."));
        } else {
            end(std::move(all), of);
        }
    }
};

class others_ending final : public login_ending {
public:
    using login_ending::login_ending;

private:
    void found(found_logins all, exchange& of) override {
        std::erase_if(all, [&](const login_facts& one) { return is_own(one, of); });
        end(std::move(all), of);
    }
};

template <class Handler>
handler_maker make(session::login_reader& at) {
    return [&at] { return std::make_unique<Handler>(at); };
}

} // namespace

std::vector<route> login_list_routes(session::login_reader& kept) {
    return {
        {"GET", "/api/logins", make<login_list>(kept)},
        {"DELETE", "/api/logins", make<others_ending>(kept)},
        {"DELETE", "/api/logins/*", make<one_ending>(kept)},
    };
}

} // namespace tertulia::web
