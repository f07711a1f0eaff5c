// SPDX-License-Identifier: Apache-2.0
#include "web/export_routes.hpp"

#include "base/web_limits.hpp"
#include "base/width.hpp"
#include "web/account_handler.hpp"
#include "web/export_session.hpp"
#include "web/message_view.hpp"
#include "web/own_export.hpp"
#include "wire/http_values.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

namespace tertulia::web {
namespace {

namespace limits = base::limits;
using session::stored_message;

// How one message reads, and what stands around all of them.
struct format {
    std::string_view name; // of ?format=, and the ending of the file
    std::string_view type;
    std::string (*head)(const std::string& room);
    std::string (*line)(const stored_message& of, const program_desk& at, const caller& for_whom);
    std::string_view tail;
};

std::string nothing(const std::string& /*room*/) { return {}; }

std::string json_line(const stored_message& of, const program_desk& at, const caller& for_whom) {
    return message_json(of, at, for_whom) + "\n";
}

// Further lines of a message stand under the first. People look at it in terminals.
std::string text_line(const stored_message& of, const program_desk& /*at*/,
                      const caller& /*for_whom*/) {
    std::string made = fmt::format("{} <{}> ", wire::timestamp(of.time), of.nickname);
    for (const char one : base::harmless(of.text, base::line_feeds::kept)) {
        made += one;
        made += one == '\n' ? "    " : "";
    }
    return made + "\n";
}

std::string page_head(const std::string& room) {
    return fmt::format("<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>{0}</title>"
                       "</head>\n<body><h1>{0}</h1>\n",
                       html_escaped(room));
}

std::string page_line(const stored_message& of, const program_desk& at, const caller& for_whom) {
    std::string text;
    for (const char one : html_escaped(of.text)) {
        text += one == '\n' ? "<br>" : std::string(1, one);
    }
    return fmt::format("<p id=\"{}\"><time datetime=\"{}\">{}</time> <b>{}</b> {}</p>\n",
                       at.msgid(for_whom, of.number), wire::timestamp(of.time),
                       wire::timestamp(of.time), html_escaped(of.nickname), text);
}

constexpr std::array formats{
    format{"jsonl", "application/x-ndjson", nothing, json_line, ""},
    format{"txt", "text/plain; charset=utf-8", nothing, text_line, ""},
    format{"html", "text/html; charset=utf-8", page_head, page_line, "</body></html>\n"},
};

class room_export final : public export_source {
public:
    room_export(const program_desk& at, caller for_whom, const format& how, chat::history_answer of)
        : at_(at), for_whom_(std::move(for_whom)), how_(how), of_(std::move(of)) {}

    std::string head() override { return how_.head(of_.room->name.display); }
    std::optional<session::read_query> next() override {
        if (ended_) {
            return std::nullopt;
        }
        return session::history_query{of_.conversation,
                                      of_.up_to,
                                      session::read_after{last_},
                                      static_cast<std::uint32_t>(limits::export_page_size),
                                      {}};
    }
    std::optional<std::string> take(const session::read_answer& page) override {
        const auto* const found = std::get_if<session::history_page>(&page);
        if (found == nullptr) {
            return std::nullopt;
        }
        std::string made;
        for (const stored_message& one : found->messages) {
            made += how_.line(one, at_, for_whom_);
            last_ = one.number;
        }
        ended_ = found->messages.size() < limits::export_page_size;
        return made;
    }
    std::string tail() override { return std::string(how_.tail); }

private:
    const program_desk& at_;
    caller for_whom_;
    const format& how_;
    chat::history_answer of_;
    chat::message_number last_;
    bool ended_ = false;
};

class room_request final : public account_handler {
public:
    explicit room_request(const program_desk& at) : at_(at) {}

private:
    void answer(std::string_view /*body*/, exchange& of) override {
        const request& asked = of.asked();
        const std::string wished = asked.parameter("format").value_or("jsonl");
        auto room = room_in(asked);
        how_ = std::ranges::find(formats, wished, &format::name);
        if (!asked.same_origin()) {
            of.respond(refusal(403, "other_origin", "This comes from a page of another site."));
        } else if (!room) {
            of.respond(refusal(404, "not_found", "There is nothing here."));
        } else if (how_ == formats.end()) {
            of.respond(refusal(400, "bad_request", "format is jsonl, txt or html."));
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
            return;
        }
        const request& asked = of.asked();
        const std::string name =
            fmt::format("{}.{}", found->room->name.display.substr(1), how_->name);
        response head;
        head.fields = {{"Content-Type", std::string(how_->type)},
                       {"Content-Security-Policy", "sandbox; default-src 'none'"},
                       {"Content-Disposition", wire::to_disposition("attachment", name)}};
        if (asked.head.method == "HEAD") {
            of.respond(std::move(head));
            return;
        }
        of.hand_over({}, std::make_unique<export_session>(
                             std::move(head), asked.head.minor_version,
                             std::make_unique<room_export>(at_, asked.from, *how_, *found)));
    }

    const program_desk& at_;
    decltype(formats.begin()) how_ = formats.end();
};

} // namespace

std::string html_escaped(std::string_view text) {
    std::string made;
    for (const char one : text) {
        switch (one) {
        case '&': made += "&amp;"; break;
        case '<': made += "&lt;"; break;
        case '>': made += "&gt;"; break;
        case '"': made += "&quot;"; break;
        case '\'': made += "&#39;"; break;
        case '\n': made += one; break;
        default:
            if (static_cast<unsigned char>(one) >= ' ' && one != 0x7F) {
                made += one;
            }
        }
    }
    return made;
}

std::vector<route> export_routes(const program_desk& at, session::file_keeper* files) {
    return {
        {"GET", "/api/rooms/*/export", [&at] { return std::make_unique<room_request>(at); }},
        own_export_route(at, files),
    };
}

} // namespace tertulia::web
