// SPDX-License-Identifier: Apache-2.0
#include "web/message_view.hpp"

#include "web/account_handler.hpp"
#include "web/response.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <variant>

namespace tertulia::web {

using session::stored_kind;

std::optional<session::stored_message> as_stored(const chat::event& of) {
    session::stored_message made;
    made.time = of.time;
    const auto by = [&made](const chat::card_ref& who) {
        made.nickname = who->nickname.display;
        made.user = who->user;
        made.host = who->host;
    };
    if (const auto* const said = std::get_if<chat::spoke>(&of.what)) {
        if (said->kind == chat::message_kind::tags || said->heard_from > chat::role::member) {
            return std::nullopt;
        }
        by(said->by);
        made.kind = static_cast<stored_kind>(said->kind);
        made.number = said->number;
        made.text = said->text;
        made.about = said->about;
        return made;
    }
    if (const auto* const gone = std::get_if<chat::redacted>(&of.what)) {
        if (gone->heard_from > chat::role::member) {
            return std::nullopt;
        }
        by(gone->by);
        made.kind = stored_kind::redaction;
        made.number = gone->number;
        made.text = gone->reason;
        made.about = gone->message;
        return made;
    }
    if (const auto* const next = std::get_if<chat::edited>(&of.what)) {
        if (next->heard_from > chat::role::member) {
            return std::nullopt;
        }
        by(next->by);
        made.kind = stored_kind::edit;
        made.number = next->number;
        made.text = next->text;
        made.about = next->message;
        return made;
    }
    return std::nullopt;
}

chat::conversation_id place_of(const chat::event& of) {
    if (const auto* const said = std::get_if<chat::spoke>(&of.what)) {
        return said->conversation;
    }
    if (const auto* const gone = std::get_if<chat::redacted>(&of.what)) {
        return gone->conversation;
    }
    const auto* const next = std::get_if<chat::edited>(&of.what);
    return next == nullptr ? chat::conversation_id{} : next->conversation;
}

std::string_view kind_name(stored_kind of) {
    switch (of) {
    case stored_kind::notice: return "notice";
    case stored_kind::edit: return "edit";
    case stored_kind::redaction: return "redaction";
    default: return "message";
    }
}

std::string message_json(const session::stored_message& of, const program_desk& at,
                         const caller& for_whom) {
    std::string made =
        fmt::format(R"({{"msgid":"{}","time":"{}","kind":"{}","from":"{}","{}":"{}")",
                    at.msgid(for_whom, of.number), wire::timestamp(of.time), kind_name(of.kind),
                    json_escaped(of.nickname),
                    of.kind == stored_kind::redaction ? "reason" : "text", json_escaped(of.text));
    const bool changes = of.kind == stored_kind::edit || of.kind == stored_kind::redaction;
    if (of.about) {
        made += fmt::format(R"(,"{}":"{}")", changes ? "message" : "reply_to",
                            at.msgid(for_whom, of.about));
    }
    if (of.change && of.change->kind == stored_kind::edit) {
        made += R"(,"edited":true)";
    }
    return made + "}";
}

} // namespace tertulia::web
