// SPDX-License-Identifier: Apache-2.0
// BATCH (IRCv3 client-batch) with a message in several lines (draft/multiline): gathered here, and
// sent as one when it is complete. What is wrong is told once; the rest is then taken and
// forgotten.
#include "base/limits.hpp"
#include "irc/answers.hpp"
#include "irc/attention.hpp"
#include "irc/lines.hpp"
#include "irc/multiline.hpp"
#include "irc/sending.hpp"
#include "irc/verbs.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace tertulia::irc {
namespace {

namespace limits = base::limits;
using base::text_key;
using wire::irc_line;

void refuse(session& by, std::string_view code, std::initializer_list<std::string_view> context,
            text_key why) {
    if (auto& open = by.attend().batch) {
        open->refused = true;
        by.attend().answers.resume_line(std::exchange(open->label, {}));
    }
    by.fail("BATCH", code, context, by.text(why));
}

void invalid(session& by, text_key why = text_key::irc_multiline_invalid) {
    refuse(by, "MULTILINE_INVALID", {}, why);
}

void open_batch(session& by, const irc_line& line) {
    constexpr std::size_t parameters = 3; // reference, type, target
    const std::string_view reference = line.parameter[0].substr(1);
    if (by.attend().batch || reference.empty() || line.parameter_count != parameters ||
        line.parameter[1] != "draft/multiline" || line.parameter[2].contains(',')) {
        invalid(by);
        return;
    }
    client_batch begun;
    begun.reference = reference;
    begun.target = line.parameter[2];
    begun.tags = client_tags(by, line);
    begun.until = by.now().steady + limits::multiline_patience;
    begun.label = by.attend().answers.postpone_line();
    by.attend().batch = std::move(begun);
}

void close_batch(session& by, std::string_view reference) {
    if (!by.attend().batch || by.attend().batch->reference != reference) {
        invalid(by);
        return;
    }
    client_batch done = *std::exchange(by.attend().batch, std::nullopt);
    by.attend().answers.resume_line(std::move(done.label));
    if (done.refused) {
        return;
    }
    if (by.now().steady > done.until) {
        refuse(by, "TIMEOUT", {reference}, text_key::irc_batch_timeout);
    } else if (is_blank_multiline(done.text)) {
        invalid(by, text_key::irc_multiline_blank);
    } else {
        const bool notice = done.verb == "NOTICE";
        send_to_all(by, done.target,
                    {notice ? chat::message_kind::notice : chat::message_kind::message, done.verb,
                     done.text, done.tags, replied_to(by, done.tags)});
    }
}

void batch(session& by, const irc_line& line) {
    const std::string_view reference = line.parameter[0];
    if (!by.capabilities().has(capability::multiline)) {
        by.reply(numeric::err_unknowncommand, {line.verb}, by.text(text_key::irc_unknown_command));
    } else if (reference.starts_with('+')) {
        open_batch(by, line);
    } else if (reference.starts_with('-')) {
        close_batch(by, reference.substr(1));
    } else {
        invalid(by);
    }
}

// The batch is open, and nothing was wrong with it.
void add_line(session& by, client_batch& to, const irc_line& line, std::string_view verb) {
    const std::string_view text = line.parameter[1];
    const bool goes_on = wire::tag_value(line.tags, multiline_concat).has_value();
    const bool breaks = to.lines > 0 && !goes_on;
    if (line.parameter[0] != to.target) {
        refuse(by, "MULTILINE_INVALID_TARGET", {to.target, line.parameter[0]},
               text_key::irc_multiline_target);
    } else if ((to.lines > 0 && to.verb != verb) || (goes_on && text.empty())) {
        invalid(by);
    } else if (to.lines == limits::multiline_lines_max) {
        refuse(by, "MULTILINE_MAX_LINES", {std::to_string(limits::multiline_lines_max)},
               text_key::irc_multiline_lines);
    } else if (to.text.size() + (breaks ? 1 : 0) + text.size() > limits::multiline_size_max) {
        refuse(by, "MULTILINE_MAX_BYTES", {std::to_string(limits::multiline_size_max)},
               text_key::irc_multiline_bytes);
    } else {
        to.verb = verb;
        to.text += breaks ? "\n" : "";
        to.text += text;
        ++to.lines;
    }
}

constexpr auto rows = std::to_array<verb>({
    {"BATCH", 1, phase::after, batch},
});

} // namespace

bool take_batch_line(session& by, const irc_line& line, std::string_view verb) {
    const auto reference = wire::tag_value(line.tags, "batch");
    if (!reference || !by.capabilities().has(capability::multiline)) {
        return false;
    }
    std::optional<client_batch>& open = by.attend().batch;
    if (!open || open->reference != *reference) {
        invalid(by);
    } else if (!open->refused && by.now().steady > open->until) {
        refuse(by, "TIMEOUT", {open->reference}, text_key::irc_batch_timeout);
    } else if (!open->refused) {
        add_line(by, *open, line, verb);
    }
    return true;
}

std::span<const verb> batch_verbs() { return rows; }

} // namespace tertulia::irc
