// SPDX-License-Identifier: Apache-2.0
#include "web/token_routes.hpp"

#include "base/text.hpp"
#include "base/web_limits.hpp"
#include "web/account_handler.hpp"
#include "web/cookie.hpp"
#include "web/json.hpp"
#include "wire/timestamp.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace tertulia::web {
namespace {

using subject = chat::ask_of_account::subject;

// Responds itself where there is none.
std::optional<std::string> wished_name(std::string_view body, exchange& of) {
    if (!is_json(of.asked())) {
        of.respond(refusal(415, "not_json", "The body is to be application/json."));
        return std::nullopt;
    }
    const auto object = parse_json_object(body);
    auto name = object ? text_member(*object, "name") : std::nullopt;
    if (!name) {
        of.respond(refusal(400, "bad_request", "A name is expected."));
    }
    return name;
}

void respond_bad_name(exchange& of) { of.respond(refusal(400, "bad_name", "That is no name.")); }

std::string last_segment(const request& asked) {
    return asked.segments.empty() ? std::string() : asked.segments.back();
}

bool is_token_name(std::string_view name) {
    return !name.empty() && name.size() <= base::limits::token_name_length_max &&
           base::valid_utf8(name) && name.find_first_of(" /") == std::string_view::npos &&
           std::ranges::none_of(name, [](unsigned char one) { return one < ' '; });
}

// What all of these share: a refusal is told, else what there is now.
class keeping : public account_handler {
protected:
    explicit keeping(const program_desk& at) : at_(at) {}

    virtual void succeeded(const heard_answer& what, exchange& of) = 0;
    const program_desk& at_;

private:
    void told(const heard_answer& what, exchange& of) final {
        what.refused() ? of.respond(refusal_of(*what.refused())) : succeeded(what, of);
    }
};

class token_list final : public keeping {
public:
    explicit token_list(const program_desk& at) : keeping(at) {}

private:
    void answer(std::string_view /*body*/, exchange& of) override {
        if (by_owner(of)) {
            of.submit(chat::question(chat::ask_of_account{subject::tokens, {}, as()}));
        }
    }
    void succeeded(const heard_answer& what, exchange& of) override {
        std::string made;
        for (const chat::token& one : what.of_kind<chat::tokens_answer>()->tokens) {
            made += fmt::format(R"({}{{"name":"{}","made_at":"{}"}})", made.empty() ? "" : ",",
                                json_escaped(one.name), wire::timestamp(one.made_at));
        }
        of.respond(json_response(200, fmt::format(R"({{"tokens":[{}]}})", made)));
    }
};

class token_making final : public keeping {
public:
    explicit token_making(const program_desk& at) : keeping(at) {}

private:
    void answer(std::string_view body, exchange& of) override {
        auto name = by_owner(of) ? wished_name(body, of) : std::nullopt;
        if (name && !is_token_name(*name)) {
            respond_bad_name(of);
        } else if (name) {
            name_ = std::move(*name);
            token_ = make_login_token();
            of.submit(chat::command(chat::add_token{name_, login_key(token_), as()}));
        }
    }
    void succeeded(const heard_answer& /*what*/, exchange& of) override {
        of.respond(json_response(
            201, fmt::format(R"({{"name":"{}","token":"{}"}})", json_escaped(name_), token_)));
    }

    std::string name_, token_;
};

class token_ending final : public keeping {
public:
    explicit token_ending(const program_desk& at) : keeping(at) {}

private:
    void answer(std::string_view /*body*/, exchange& of) override {
        if (by_owner(of)) {
            of.submit(chat::command(chat::remove_token{last_segment(of.asked()), as()}));
        }
    }
    void succeeded(const heard_answer& /*what*/, exchange& of) override {
        of.respond({.status = 204});
    }
};

// Of the room in the path; where that cannot be one, there is nothing.
class room_keeping : public keeping {
protected:
    explicit room_keeping(const program_desk& at) : keeping(at) {}
    virtual void ask(const base::name& room, std::string_view body, exchange& of) = 0;

private:
    void answer(std::string_view body, exchange& of) final {
        const auto room = room_in(of.asked());
        if (!room) {
            of.respond(refusal(404, "not_found", "There is nothing here."));
        } else if (by_owner(of)) {
            ask(*room, body, of);
        }
    }
};

class webhook_list final : public room_keeping {
public:
    explicit webhook_list(const program_desk& at) : room_keeping(at) {}

private:
    void ask(const base::name& room, std::string_view /*body*/, exchange& of) override {
        of.submit(chat::question(chat::ask_of_account{subject::webhooks, room, as()}));
    }
    void succeeded(const heard_answer& what, exchange& of) override {
        const auto& found = *what.of_kind<chat::webhooks_answer>();
        std::string made;
        for (const chat::webhook& one : found.webhooks) {
            made += fmt::format(R"({}{{"name":"{}","made_by":"{}","made_at":"{}"}})",
                                made.empty() ? "" : ",", json_escaped(one.name.display),
                                json_escaped(one.made_by), wire::timestamp(one.made_at));
        }
        of.respond(json_response(200, fmt::format(R"({{"room":"{}","webhooks":[{}]}})",
                                                  json_escaped(found.room->name.display), made)));
    }
};

class webhook_making final : public room_keeping {
public:
    explicit webhook_making(const program_desk& at) : room_keeping(at) {}

private:
    void ask(const base::name& room, std::string_view body, exchange& of) override {
        const auto typed = wished_name(body, of);
        if (!typed) {
            return;
        }
        auto name = base::make_nickname(*typed);
        if (!name) {
            respond_bad_name(of);
            return;
        }
        name_ = name->display;
        secret_ = make_login_token();
        of.submit(
            chat::command(chat::add_webhook{room, std::move(*name), login_key(secret_), as()}));
    }
    void succeeded(const heard_answer& /*what*/, exchange& of) override {
        of.respond(json_response(
            201, fmt::format(R"({{"name":"{}","url":"{}/hooks/{}"}})", json_escaped(name_),
                             json_escaped(at_.root_for(of.asked())), secret_)));
    }

    std::string name_, secret_;
};

class webhook_ending final : public room_keeping {
public:
    explicit webhook_ending(const program_desk& at) : room_keeping(at) {}

private:
    void ask(const base::name& room, std::string_view /*body*/, exchange& of) override {
        auto name = base::make_nickname(last_segment(of.asked()));
        if (!name) {
            of.respond(refusal(404, "not_found", "There is nothing here."));
        } else {
            of.submit(chat::command(chat::remove_webhook{room, std::move(*name), as()}));
        }
    }
    void succeeded(const heard_answer& /*what*/, exchange& of) override {
        of.respond({.status = 204});
    }
};

template <class Handler>
handler_maker make(const program_desk& at) {
    return [&at] { return std::make_unique<Handler>(at); };
}

} // namespace

std::vector<route> token_routes(const program_desk& at) {
    return {
        {"GET", "/api/tokens", make<token_list>(at)},
        {"POST", "/api/tokens", make<token_making>(at)},
        {"DELETE", "/api/tokens/*", make<token_ending>(at)},
        {"GET", "/api/rooms/*/webhooks", make<webhook_list>(at)},
        {"POST", "/api/rooms/*/webhooks", make<webhook_making>(at)},
        {"DELETE", "/api/rooms/*/webhooks/*", make<webhook_ending>(at)},
    };
}

} // namespace tertulia::web
