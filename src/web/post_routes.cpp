// SPDX-License-Identifier: Apache-2.0
#include "web/post_routes.hpp"

#include "base/limits.hpp"
#include "base/network.hpp"
#include "base/text.hpp"
#include "base/web_limits.hpp"
#include "session/scrutiny.hpp"
#include "web/account_handler.hpp"
#include "web/cookie.hpp"
#include "web/json.hpp"
#include "wire/timestamp.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

namespace tertulia::web {
namespace {

namespace limits = base::limits;

constexpr std::string_view hooks_path = "/hooks/";

response text_refusal(text_fault why) {
    switch (why) {
    case text_fault::not_json:
        return refusal(400, "bad_request", "The body is to be {\"text\":…}.");
    case text_fault::not_utf8: return refusal(400, "bad_request", "The text is not UTF-8.");
    case text_fault::empty: return refusal(400, "bad_request", "There is no text.");
    case text_fault::too_long: break;
    }
    return refusal(413, "too_large", "The text has too many bytes or lines.");
}

// Responds itself where there is none, or where it comes too soon.
std::optional<std::string> text_to_post(std::string_view body, const std::string& poster,
                                        const program_desk& at, exchange& of) {
    auto text = posted_text(body, is_json(of.asked()));
    if (const auto* const fault = std::get_if<text_fault>(&text)) {
        of.respond(text_refusal(*fault));
        return std::nullopt;
    }
    const auto wait =
        at.rate_limited
            ? at.posts.with([&](rates& counted) { return counted.take(poster, of.now().steady); })
            : std::chrono::milliseconds{0};
    if (wait.count() > 0) {
        of.respond(slow_down(wait, "That is too much at once."));
        return std::nullopt;
    }
    return std::get<std::string>(std::move(text));
}

// An echo is a receipt: the event comes when its commit is durable.
void confirm(const heard_answer& what, const program_desk& at, exchange& of) {
    if (what.refused()) {
        of.respond(refusal_of(*what.refused()));
    } else if (!what.message()) {
        of.respond(refusal(503, "busy", "Try again in a moment."));
    } else {
        const heard_answer::said& said = *what.message();
        of.respond(json_response(201, fmt::format(R"({{"msgid":"{}","time":"{}","room":"{}"}})",
                                                  at.msgid(of.asked().from, said.what.number),
                                                  wire::timestamp(said.time),
                                                  json_escaped(said.what.room->name.display))));
    }
}

// Programs are held to what everybody is, whose ever they are: their words, and where they are.
// Responds itself where that is refused.
void submit_post(chat::post wish, const program_desk& at, exchange& of) {
    const caller& from = of.asked().from;
    wish.from = base::parse_network(from.address);
    chat::command what = std::move(wish);
    session::verdict found;
    if (at.manners) {
        found = session::scrutinise(at.manners(from.thread), nullptr, what, of.now().wall);
    }
    // A word that mutes is the core's to refuse, with the mute.
    if (found.against && !found.met) {
        of.respond(refusal_of(chat::refused{chat::reason::word_refused, {}, {}}));
        return;
    }
    of.submit(std::move(what));
}

class account_post final : public account_handler {
public:
    explicit account_post(const program_desk& at) : at_(at) {}

private:
    void answer(std::string_view body, exchange& of) override {
        auto room = room_in(of.asked());
        if (!room) {
            of.respond(refusal(404, "not_found", "There is nothing here."));
        } else if (auto text = text_to_post(body, fmt::to_string(account().value), at_, of)) {
            submit_post({as(), std::move(*room), std::move(*text)}, at_, of);
        }
    }
    void told(const heard_answer& what, exchange& of) override { confirm(what, at_, of); }

    const program_desk& at_;
};

class webhook_post final : public whole_handler {
public:
    explicit webhook_post(const program_desk& at) : at_(at) {}

    void hear_event(const chat::event& what, exchange& of) override {
        if (heard_.take(what)) {
            confirm(heard_, at_, of);
        }
    }

private:
    void answer(std::string_view body, exchange& of) override {
        std::string key = login_key(of.asked().path.substr(hooks_path.size()));
        if (auto text = text_to_post(body, key, at_, of)) {
            submit_post({std::move(key), {}, std::move(*text)}, at_, of);
        }
    }

    const program_desk& at_;
    heard_answer heard_;
};

} // namespace

std::variant<std::string, text_fault> posted_text(std::string_view body, bool json) {
    std::string text(body);
    if (json) {
        const auto object = parse_json_object(body);
        auto member = object ? text_member(*object, "text") : std::nullopt;
        if (!member) {
            return text_fault::not_json;
        }
        text = std::move(*member);
    }
    if (!base::valid_utf8(text)) {
        return text_fault::not_utf8;
    }
    std::erase_if(text, [](char one) { return one == '\0' || one == '\r' || one == '\x01'; });
    text.erase(text.find_last_not_of('\n') + 1);
    if (text.find_first_not_of("\n ") == std::string::npos) {
        return text_fault::empty;
    }
    const auto breaks = static_cast<std::size_t>(std::ranges::count(text, '\n'));
    if (text.size() > limits::multiline_size_max || breaks + 1 > limits::multiline_lines_max) {
        return text_fault::too_long;
    }
    return text;
}

// A webhook's secret is in its address, so any page may send to it.
std::vector<route> post_routes(const program_desk& at) {
    return {
        {"POST", "/api/rooms/*/messages", [&at] { return std::make_unique<account_post>(at); },
         limits::post_size_max},
        {"POST", "/hooks/*", [&at] { return std::make_unique<webhook_post>(at); },
         limits::post_size_max, origins::anyone},
    };
}

} // namespace tertulia::web
