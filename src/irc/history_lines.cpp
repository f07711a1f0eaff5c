// SPDX-License-Identifier: Apache-2.0
#include "irc/history_lines.hpp"

#include "irc/lines.hpp"
#include "irc/rows.hpp"

#include <chrono>
#include <utility>

namespace tertulia::irc {
namespace {

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
    append_time(time, iso);
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
        const bool left_out = next.kind == chat::message_kind::tags ||
                              (view_.how == playing::unasked && is_request(next.text));
        if (!left_out) {
            append(next, out);
        }
        return true;
    }

private:
    void append(const stored_message& of, std::string& out) const {
        const std::string_view batch = as_.has(capability::batch) ? history_batch : "";
        append_tags({batch, of.number, of.time, of.tags, {}, false}, speaks_.tokens(), as_, out);
        line_end ends(out);
        append_source(of.nickname, of.user, of.host, out);
        out += verb_of(of.kind);
        out += ' ';
        out += of.to.empty() ? view_.target : of.to;
        out += " :";
        if (as_.has(capability::server_time)) {
            out += of.text;
        } else {
            append_stamped(of.text, stamp(of.time, view_.now), out);
        }
        ends.close();
    }

    const dialect& speaks_;
    capability_set as_;
    history_view view_;
    tertulia::session::history_page page_;
    std::size_t at_ = 0;
};

} // namespace

std::unique_ptr<tertulia::session::listing> history_listing(const dialect& speaks,
                                                            capability_set as, history_view view,
                                                            tertulia::session::history_page page) {
    return make_rows(message_writer(speaks, as, std::move(view), std::move(page)));
}

} // namespace tertulia::irc
