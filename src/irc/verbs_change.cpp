// SPDX-License-Identifier: Apache-2.0
// REDACT (IRCv3 draft/message-redaction) and EDIT (draft/message-edit): reading the line. What
// becomes of it is in changing.cpp.
#include "base/limits.hpp"
#include "base/text.hpp"
#include "irc/answers.hpp"
#include "irc/attention.hpp"
#include "irc/multiline.hpp"
#include "irc/verbs.hpp"
#include "irc/words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace tertulia::irc {
namespace {

using wire::irc_line;

// Whoever has not negotiated it does not know the verb.
bool knows(session& by, capability what, const irc_line& line) {
    if (!by.capabilities().has(what)) {
        by.reply(numeric::err_unknowncommand, {line.verb},
                 by.text(base::text_key::irc_unknown_command));
        return false;
    }
    return true;
}

void ask(session& by, std::string_view verb, std::string_view target, std::string_view msgid,
         std::string text) {
    const auto number = by.door().tokens().number(msgid);
    if (!number) {
        by.fail(verb, "UNKNOWN_MSGID", {target, msgid},
                by.text(base::text_key::irc_unknown_message));
        return;
    }
    change_wish wish{verb, name_to_find(target), {*number}, std::move(text)};
    const chat::ask_history standing{wish.target, verb == "REDACT"};
    by.ask_first({std::move(wish)}, standing, verb);
}

void redact(session& by, const irc_line& line) {
    if (knows(by, capability::message_redaction, line)) {
        ask(by, "REDACT", line.parameter[0], line.parameter[1],
            parameter_or_empty(line, 2, base::limits::reason_size_max));
    }
}

// As it would be relayed. A tag's value can have line feeds: so has a text in several lines.
bool may_be_edit_text(std::string_view text) {
    std::string escaped;
    wire::append_escaped_tag_value(text, escaped);
    return !is_blank_multiline(text) && text.find('\r') == std::string_view::npos &&
           std::ranges::count(text, '\n') < std::ptrdiff_t{base::limits::multiline_lines_max} &&
           escaped.size() <= base::limits::edit_text_size_max;
}

void edit(session& by, const irc_line& line) {
    if (!knows(by, capability::message_edit, line)) {
        return;
    }
    const std::string msgid = wire::tag_value(line.tags, "draft/target-msgid").value_or("");
    std::string text = wire::tag_value(line.tags, "draft/edit-text").value_or("");
    if (!may_be_edit_text(text)) {
        by.fail("EDIT", "INVALID_EDIT", {line.parameter[0], msgid},
                by.text(base::text_key::irc_edit_text));
        return;
    }
    ask(by, "EDIT", line.parameter[0], msgid, std::move(text));
}

constexpr auto rows = std::to_array<verb>({
    {"EDIT", 1, phase::after, edit},
    {"REDACT", 2, phase::after, redact},
});

} // namespace

std::span<const verb> change_verbs() { return rows; }

} // namespace tertulia::irc
