// SPDX-License-Identifier: Apache-2.0
#include "irc/history_lines.hpp"

#include "base/catalogue.hpp"
#include "irc/changes.hpp"
#include "irc/lines.hpp"
#include "irc/modes.hpp"
#include "irc/multiline.hpp"
#include "irc/rows.hpp"
#include "session/stored_modes.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace tertulia::irc {
namespace {

using tertulia::session::stored_kind;
using tertulia::session::stored_message;

constexpr char ctcp = '\x01';
constexpr std::string_view action = "\x01"
                                    "ACTION ";

bool is_request(std::string_view text) {
    return text.starts_with(ctcp) && !text.starts_with(action);
}

// "[12:30] ", or "[2026-03-01 12:30] " when it is longer ago than a day.
std::string stamp(base::wall_time time, base::wall_time now) {
    std::string iso;
    wire::append_timestamp(time, iso);
    const std::string date = iso.substr(0, iso.find('T'));
    const std::string clock = iso.substr(date.size() + 1, 5);
    return now - time > std::chrono::days(1) ? "[" + date + " " + clock + "] " : "[" + clock + "] ";
}

// Within an ACTION, so that it stays one.
void append_stamped(std::string_view text, std::string_view stamp, std::string& out) {
    const std::size_t before = text.starts_with(action) ? action.size() : 0;
    out += text.substr(0, before);
    out += stamp;
    out += text.substr(before);
}

// A line of a history batch that is not the message's own: what was done to it. It does not count
// towards the limit (IRCv3 draft/chathistory).
constexpr std::string_view context = "draft/chathistory-context";

class message_writer {
public:
    message_writer(const dialect& speaks, capability_set as, history_view view,
                   tertulia::session::history_page page)
        : speaks_(speaks), as_(as), view_(std::move(view)), page_(std::move(page)) {}

    bool operator()(std::string& out) {
        if (at_ == page_.messages.size()) {
            return false;
        }
        const stored_message& next = page_.messages[at_++];
        switch (next.kind) {
        case stored_kind::message:
        case stored_kind::notice: append_message(next, out); break;
        case stored_kind::tags: append_reaction(next, out); break;
        case stored_kind::redaction:
        case stored_kind::edit:
            if (!is_told(next)) {
                append_change(next, {}, out);
            }
            break;
        case stored_kind::modes: append_modes(next, out); break;
        default: append_event(next, out); break;
        }
        return true;
    }

private:
    // Only who negotiated it does not take it for what happens now.
    void append_event(const stored_message& of, std::string& out) const {
        const std::string what = as_.has(capability::event_playback) ? event_text(of) : "";
        if (!what.empty()) {
            const line_end ends = begin(of, {}, out);
            out += what;
            close(ends);
        }
    }
    // What is too long for a line takes several, as when it happened.
    void append_modes(const stored_message& of, std::string& out) const {
        if (!as_.has(capability::event_playback)) {
            return;
        }
        std::string start;
        append_source(of.nickname, of.user, of.host, start);
        start += fmt::format("MODE {} ", view_.target);
        const std::vector<chat::mode_change> changes = tertulia::session::read_modes(of.text);
        stored_message next = of;
        for (const std::string& text : mode_texts(changes, line_room_after(start))) {
            const line_end ends = begin(next, {}, out);
            out += fmt::format("MODE {} {}", view_.target, text);
            close(ends);
            next.number = {}; // the msgid is the first one's
        }
    }
    [[nodiscard]] std::string event_text(const stored_message& of) const {
        const std::string reason = of.text.empty() ? "" : " :" + of.text;
        switch (of.kind) {
        case stored_kind::join: return "JOIN " + view_.target;
        case stored_kind::part: return "PART " + view_.target + reason;
        case stored_kind::quit: return "QUIT :" + of.text;
        case stored_kind::kick: return "KICK " + view_.target + " " + of.to + " :" + of.text;
        case stored_kind::nick: return "NICK " + of.text;
        case stored_kind::topic: return "TOPIC " + view_.target + " :" + of.text;
        default: return {};
        }
    }

    void append_message(const stored_message& of, std::string& out) const {
        if (view_.how == playing::unasked && is_request(of.text)) {
            return;
        }
        const bool edited = of.change != nullptr && !of.redacted;
        std::string text = of.redacted ? std::string(word(base::text_key::irc_redacted)) : of.text;
        if (edited && !hears_edits(as_)) {
            text = marked_as_edited(text, speaks_.rules().language);
        }
        if (!as_.has(capability::server_time)) {
            std::string stamped;
            append_stamped(text, stamp(of.time, view_.now), stamped);
            text = std::move(stamped);
        }
        if (is_multiline(text)) {
            append_lines(of, text, out);
        } else {
            const line_end ends = begin(of, {}, out);
            out += said_to(of);
            out += text;
            close(ends);
        }
        if (of.change != nullptr) {
            append_change(*of.change, context, out);
        }
    }

    [[nodiscard]] std::string said_to(const stored_message& of) const {
        return fmt::format("{} {} :", of.kind == stored_kind::message ? "PRIVMSG" : "NOTICE",
                           target_of(of));
    }

    // As it was said in several lines: a batch in the batch, or one by one.
    void append_lines(const stored_message& of, std::string_view text, std::string& out) const {
        std::string head;
        append_source(of.nickname, of.user, of.host, head);
        head += said_to(of);
        const bool batched = as_.has(capability::batch) && as_.has(capability::multiline);
        if (batched) {
            const line_end ends = begin(of, {}, out);
            out += fmt::format("BATCH +{} draft/multiline {}", multiline_batch, target_of(of));
            close(ends);
        }
        stored_message next = of;
        for (const message_piece& one : pieces_of(text, line_room_after(head))) {
            if (batched) {
                out += fmt::format("@batch={}{}{} ", multiline_batch, one.goes_on ? ";" : "",
                                   one.goes_on ? multiline_concat : "");
                const line_end ends(out);
                out += head;
                out += one.text;
                close(ends);
            } else if (!one.text.empty()) {
                const line_end ends = begin(next, {}, out);
                out += said_to(of);
                out += one.text;
                close(ends);
                next.number = {}; // the msgid is the first one's
                next.tags.clear();
            }
        }
        if (batched) {
            out += fmt::format("@batch={} ", history_batch);
            const line_end ends(out);
            out += fmt::format(":{} BATCH -{}", speaks_.rules().server_name, multiline_batch);
            close(ends);
        }
    }

    void append_reaction(const stored_message& of, std::string& out) const {
        if (as_.has(capability::event_playback) && as_.has(capability::message_tags)) {
            const line_end ends = begin(of, {}, out);
            out += "TAGMSG ";
            out += target_of(of);
            close(ends);
        }
    }

    void append_change(const stored_message& of, std::string_view as, std::string& out) const {
        if (of.kind == stored_kind::redaction && as_.has(capability::message_redaction)) {
            const line_end ends = begin(of, as, out);
            out += redaction(target_of(of), of.about, of.text, speaks_.tokens());
            close(ends);
        } else if (of.kind == stored_kind::edit && !of.redacted && hears_edits(as_)) {
            std::string tags(as);
            tags += as.empty() ? "" : ";";
            tags += edit_tags(of.about, of.text, speaks_.tokens());
            const line_end ends = begin(of, tags, out);
            out += "EDIT ";
            out += target_of(of);
            close(ends);
        }
    }

    // Its message is on this page, and says so itself.
    [[nodiscard]] bool is_told(const stored_message& change) const {
        const auto of =
            std::ranges::lower_bound(page_.messages, change.about, {}, &stored_message::number);
        return of != page_.messages.end() && of->number == change.about && of->change != nullptr &&
               of->kind != stored_kind::tags;
    }

    line_end begin(const stored_message& of, std::string_view tags, std::string& out) const {
        const std::string_view batch = as_.has(capability::batch) ? history_batch : "";
        append_tags({batch, of.number, of.time, of.tags, of.account, of.bot, tags},
                    speaks_.tokens(), as_, out);
        const line_end ends(out);
        append_source(of.nickname, of.user, of.host, out);
        return ends;
    }
    static void close(line_end ends) { ends.close(); }
    [[nodiscard]] const std::string& target_of(const stored_message& of) const {
        return of.to.empty() ? view_.target : of.to;
    }
    [[nodiscard]] std::string_view word(base::text_key what) const {
        return base::text(speaks_.rules().language, what);
    }

    const dialect& speaks_;
    capability_set as_;
    history_view view_;
    tertulia::session::history_page page_;
    std::size_t at_ = 0;
};

} // namespace

tertulia::session::history_extras history_extras(capability_set as) {
    const bool tags = as.has(capability::message_tags);
    return {.tags = tags && as.has(capability::event_playback),
            .changes = as.has(capability::message_redaction) || hears_edits(as),
            .redacted = as.has(capability::message_redaction),
            .events = as.has(capability::event_playback)};
}

std::unique_ptr<tertulia::session::listing> history_listing(const dialect& speaks,
                                                            capability_set as, history_view view,
                                                            tertulia::session::history_page page) {
    return make_rows(message_writer(speaks, as, std::move(view), std::move(page)));
}

bool can_ask_for_history(capability_set as) {
    return as.has(capability::chathistory) || as.has(capability::znc_playback);
}

} // namespace tertulia::irc
