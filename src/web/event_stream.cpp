// SPDX-License-Identifier: Apache-2.0
#include "web/event_stream.hpp"

#include "base/address_key.hpp"
#include "base/web_limits.hpp"
#include "web/account_handler.hpp"
#include "web/cookie.hpp"
#include "web/paced_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

namespace tertulia::web {
namespace {

namespace limits = base::limits;

response stream_head() {
    response made;
    made.fields = {{"Content-Type", "text/event-stream; charset=utf-8"},
                   {"X-Accel-Buffering", "no"}};
    return made;
}

class event_request final : public account_handler {
public:
    explicit event_request(const program_desk& at) : at_(at) {}

private:
    void answer(std::string_view /*body*/, exchange& of) override {
        const request& asked = of.asked();
        auto room = room_in(asked);
        if (!asked.same_origin()) {
            of.respond(refusal(403, "other_origin", "This comes from a page of another site."));
        } else if (!room) {
            of.respond(refusal(404, "not_found", "There is nothing here."));
        } else if (!read_place(asked)) {
            of.respond(refusal(400, "bad_request", "There is no such message to go on from."));
        } else {
            of.submit(chat::question(chat::ask_of_account{chat::ask_of_account::subject::history,
                                                          std::move(*room), as()}));
        }
    }

    void told(const heard_answer& what, exchange& of) override {
        const auto* const found = what.of_kind<chat::history_answer>();
        if (found == nullptr) {
            of.respond(
                refusal_of(what.refused().value_or(chat::refused{chat::reason::busy, {}, {}})));
        } else if (of.asked().head.method == "HEAD") {
            of.respond(stream_head());
        } else {
            of.hand_over({}, std::make_unique<event_stream>(
                                 at_, stream_wish{*who(), proof_in(of.asked()), found->conversation,
                                                  after_, of.asked().from}));
        }
    }

    // What browsers send when they connect again; ?after= is for those who begin somewhere.
    bool read_place(const request& asked) {
        std::string wished(asked.head.field("last-event-id"));
        if (wished.empty()) {
            wished = asked.parameter("after").value_or("");
        }
        if (wished.empty()) {
            return true;
        }
        if (const auto number = at_.tokens[asked.from.thread].number(wished)) {
            after_ = chat::message_number{*number};
        }
        return after_.has_value();
    }

    // A password is not asked for again: to check one takes its time on purpose.
    std::optional<session::credential_query> proof_in(const request& asked) const {
        const std::uint64_t address = base::address_key(asked.from.address);
        switch (proved_by()) {
        case proof_by::token:
            return session::credential_query{
                address,
                session::token_check{bearer_token(asked.head.field("authorization")).value_or("")}};
        case proof_by::cookie:
            return session::credential_query{
                address, session::login_check{
                             std::string(asked.cookie(login_cookie(asked.from.secure))), {}}};
        case proof_by::password: break;
        }
        return std::nullopt;
    }

    const program_desk& at_;
    std::optional<chat::message_number> after_;
};

} // namespace

std::vector<route> event_routes(const program_desk& at) {
    return {{"GET", "/api/rooms/*/events", [&at] { return std::make_unique<event_request>(at); }}};
}

bool stream_dialect::tells_each(const chat::event& of, session::features /*as*/) const {
    return std::holds_alternative<chat::spoke>(of.what) ||
           std::holds_alternative<chat::redacted>(of.what) ||
           std::holds_alternative<chat::edited>(of.what) ||
           std::holds_alternative<chat::parted>(of.what) ||
           std::holds_alternative<chat::kicked>(of.what);
}

void event_stream::begin(base::moment /*now*/, session::output& out) {
    out.recognised = true;
    out.requests.push_back({1, chat::command(at_.arrival(wish_.from, wish_.who))});
}

std::size_t event_stream::receive(std::string_view bytes, base::moment /*now*/,
                                  session::output& /*out*/) {
    return bytes.size(); // nothing is asked here any more
}

void event_stream::deliver(const chat::event& of, base::moment now, session::output& out) {
    if (at_stage_ == stage::over) {
        return;
    }
    if (const auto* const in = std::get_if<chat::welcomed>(&of.what)) {
        self_ = in->who;
    } else if (const auto* const came = std::get_if<chat::joined>(&of.what)) {
        if (came->room->id == wish_.room && self_ && came->who->person == self_->person) {
            in_room_ = true;
            up_to_ = came->number;
        }
    } else if (std::holds_alternative<chat::done>(of.what)) {
        if (at_stage_ == stage::connecting) {
            connected(now, out);
        }
    } else if (puts_out(of)) {
        end(out);
    } else if (place_of(of) == wish_.room) {
        if (auto said = as_stored(of)) {
            hear(std::move(*said), out);
        }
    }
}

// Gone from the room, or told to end: what is said from here on is not hers to hear.
bool event_stream::puts_out(const chat::event& of) const {
    if (const auto* const left = std::get_if<chat::parted>(&of.what)) {
        return left->room->id == wish_.room && self_ && left->who->person == self_->person;
    }
    if (const auto* const out = std::get_if<chat::kicked>(&of.what)) {
        return out->room->id == wish_.room && self_ && out->who->person == self_->person;
    }
    return std::holds_alternative<chat::evicted>(of.what);
}

void event_stream::connected(base::moment now, session::output& out) {
    if (!in_room_) { // refused, or she left while she came
        const response no = self_ ? refusal(404, "not_found", "There is nothing here.")
                                  : refusal(503, "busy", "Try again in a moment.");
        out.text() += response_head(no, {now.wall, false, 1}) + std::get<std::string>(no.body);
        end(out);
        return;
    }
    response head = stream_head();
    head.body = streamed{nullptr, std::nullopt};
    out.text() += response_head(head, {now.wall, false, 0}) + "retry: 2000\n\n";
    beat_at_ = now.steady + limits::stream_beat;
    if (!wish_.after) {
        at_stage_ = stage::live;
        return;
    }
    at_stage_ = stage::catching_up;
    last_ = *wish_.after;
    read_on(out);
}

void event_stream::read_on(session::output& out) {
    taken_.reset();
    out.read = session::history_query{wish_.room,
                                      up_to_,
                                      session::read_after{last_},
                                      static_cast<std::uint32_t>(limits::export_page_size),
                                      {.changes = true}};
}

void event_stream::deliver_read(const session::read_answer& page, base::moment now,
                                session::output& out) {
    const auto* const found = std::get_if<session::history_page>(&page);
    if (found == nullptr) { // she comes again and goes on from where she is
        end(out);
        return;
    }
    std::string text;
    for (const session::stored_message& one : found->messages) {
        append(one, text);
    }
    if (found->messages.size() < limits::export_page_size) {
        for (const session::stored_message& one : waiting_) {
            append(one, text);
        }
        waiting_.clear();
        at_stage_ = at_stage_ == stage::catching_up ? stage::live : at_stage_;
    } else {
        taken_ = std::make_shared<bool>(false);
        look_at_ = now.steady + page_looked_after;
    }
    out.list(std::make_unique<paced_text>(std::move(text),
                                          taken_ ? taken_ : std::make_shared<bool>(false)));
}

void event_stream::hear(session::stored_message what, session::output& out) {
    if (at_stage_ == stage::live) {
        append(what, out.text());
    } else if (waiting_.size() < limits::stream_waiting_max) {
        waiting_.push_back(std::move(what));
    } else {
        end(out);
    }
}

void event_stream::append(const session::stored_message& what, std::string& to) {
    if (what.number <= last_) {
        return;
    }
    last_ = what.number;
    const std::string_view kind = kind_name(what.kind);
    to += fmt::format("id: {}\n", at_.msgid(wish_.from, what.number));
    if (kind == "edit" || kind == "redaction") {
        to += fmt::format("event: {}\n", kind);
    }
    to += fmt::format("data: {}\n\n", message_json(what, at_, wish_.from));
}

void event_stream::tick(base::moment now, session::output& out) {
    if (at_stage_ == stage::catching_up && taken_ && now.steady >= look_at_) {
        look_at_ = now.steady + page_looked_after;
        if (*taken_) {
            read_on(out);
        }
    }
    if (now.steady < beat_at_) {
        return;
    }
    beat_at_ = now.steady + limits::stream_beat;
    out.text() += ":\n\n";
    if (wish_.proof) {
        if (auto* const login = std::get_if<session::login_check>(&wish_.proof->what)) {
            login->now = now.wall;
        }
        out.check = wish_.proof;
    }
}

void event_stream::deliver_check(const session::credential_answer& answer, base::moment /*now*/,
                                 session::output& out) {
    const auto* const no = std::get_if<session::not_proved>(&answer);
    if (no != nullptr && no->why != session::doubt::failed) {
        end(out);
    }
}

base::steady_time event_stream::wakes_at() const {
    const bool pages = at_stage_ == stage::catching_up && taken_;
    return pages ? std::min(look_at_, beat_at_) : beat_at_;
}

void event_stream::farewell(std::string_view reason, session::output& out) {
    at_stage_ = stage::over;
    out.close = std::string(reason);
}

void event_stream::end(session::output& out) {
    at_stage_ = stage::over;
    beat_at_ = base::steady_time::max();
    out.close = std::string();
}

} // namespace tertulia::web
