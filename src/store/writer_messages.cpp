// SPDX-License-Identifier: Apache-2.0
// What the writer makes of messages, of what becomes of them, and of who came and went.
#include "base/file_limits.hpp"
#include "session/history.hpp"
#include "store/file_links.hpp"
#include "store/writer.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::store {
namespace {

using base::result;

// Without so much they are not stored.
constexpr std::uint64_t space_min = 8U << 20U;

// Files whose links go in one piece, and how many of each.
constexpr std::ptrdiff_t files_at_once = 20;
constexpr std::int64_t links_at_once = 500;

std::int64_t milliseconds(base::wall_time of) { return of.time_since_epoch().count(); }

} // namespace

// A row of `messages`, whatever it is of.
struct message_row {
    chat::conversation_id conversation;
    chat::message_number number;
    session::stored_kind kind;
    const chat::card& by;
    const chat::card* to;
    std::string_view text, tags;
    chat::role heard_from;
    chat::message_number about;
};

result<void> writer::store_row(const chat::event& of, const message_row& what) {
    return message_.bind(1, what.conversation.value)
        .bind(2, what.number.value)
        .bind(3, milliseconds(of.time))
        .bind(4, std::uint64_t{static_cast<std::uint8_t>(what.kind)})
        .bind(5, std::string_view(what.by.nickname.display))
        .bind(6, std::string_view(what.by.user))
        .bind(7, std::string_view(what.by.host))
        .bind(8,
              what.to != nullptr ? std::string_view(what.to->nickname.display) : std::string_view())
        .bind(9, what.text)
        .bind(10, what.tags)
        .bind(11, std::uint64_t{static_cast<std::uint8_t>(what.heard_from)})
        .bind(12, what.by.person.value)
        .bind(13, what.about.value)
        .bind(14, std::uint64_t{what.by.bot})
        .run();
}

result<void> writer::store_body(const chat::event& of, const chat::spoke& what) {
    const message_row made{
        what.conversation, what.number,     static_cast<session::stored_kind>(what.kind),
        *what.by,          what.to.get(),   what.text,
        what.tags,         what.heard_from, what.about};
    const result<void> linked = store_links(made);
    return linked ? store_row(of, made) : linked;
}

result<void> writer::store_body(const chat::event& of, const chat::redacted& what) {
    const result<void> gone = redact_.bind(1, what.conversation.value)
                                  .bind(2, what.message.value)
                                  .bind(3, what.number.value)
                                  .run();
    return gone ? store_row(of, {what.conversation,
                                 what.number,
                                 session::stored_kind::redaction,
                                 *what.by,
                                 what.to.get(),
                                 what.reason,
                                 {},
                                 what.heard_from,
                                 what.message})
                : gone;
}

result<void> writer::store_body(const chat::event& of, const chat::edited& what) {
    const result<void> replaced = edit_.bind(1, what.conversation.value)
                                      .bind(2, what.message.value)
                                      .bind(3, what.number.value)
                                      .bind(4, std::string_view(what.text))
                                      .run();
    message_row row{what.conversation,
                    what.message,
                    session::stored_kind::edit,
                    *what.by,
                    what.to.get(),
                    what.text,
                    {},
                    what.heard_from,
                    what.message};
    const result<void> linked = replaced ? store_links(row) : replaced;
    row.number = what.number;
    row.text = {}; // the message has it
    return linked ? store_row(of, row) : linked;
}

// Whoever may read the message may read the file (files/readers.hpp).
result<void> writer::store_links(const message_row& in) {
    const std::uint64_t author = in.by.registered ? in.by.person.value : 0;
    for (const std::string_view file : linked_files(in.text)) {
        if (result<void> stored = link_.bind(1, file)
                                      .bind(2, in.conversation.value)
                                      .bind(3, in.number.value)
                                      .bind(4, author)
                                      .run();
            !stored) {
            return stored;
        }
    }
    return {};
}

void writer::forget_files(const std::vector<std::string>& ids) {
    forgotten_.with([&ids](std::vector<std::string>& all) {
        for (const std::string& each : ids) {
            if (all.size() < base::limits::files_forgotten_max) {
                all.push_back(each);
            }
        }
    });
}

// False: there was nothing. What is not done when the server stops stays, and nobody looks for it.
result<bool> writer::forget() {
    const std::vector<std::string> some = forgotten_.with([](std::vector<std::string>& all) {
        const auto from = all.end() - std::min(std::ssize(all), files_at_once);
        std::vector<std::string> last(from, all.end());
        all.erase(from, all.end());
        return last;
    });
    if (some.empty()) {
        return false;
    }
    std::vector<std::string> with_more;
    result<void> done = begin_.run();
    for (std::size_t at = 0; done && at < some.size(); ++at) {
        done = unlink_.bind(1, std::string_view(some[at])).bind(2, links_at_once).run();
        if (sqlite3_changes(on_.get()) == links_at_once) {
            with_more.push_back(some[at]);
        }
    }
    done = done ? commit_.run() : done;
    done = done ? relieve_wal() : done;
    forget_files(with_more);
    return done ? result<bool>(true) : std::unexpected(std::move(done.error()));
}

// They are nobody's receipt: where space is scarce they are forgotten.
result<void> writer::store_room_events() {
    const std::vector<room_event> all = events_.hand_over();
    if (all.empty() || free_space() < space_min) {
        return {};
    }
    result<void> stored;
    for (const room_event& one : all) {
        stored = stored ? room_event_.bind(1, one.conversation.value)
                              .bind(2, one.number.value)
                              .bind(3, milliseconds(one.time))
                              .bind(4, std::uint64_t{static_cast<std::uint8_t>(one.kind)})
                              .bind(5, std::string_view(one.by->nickname.display))
                              .bind(6, std::string_view(one.by->user))
                              .bind(7, std::string_view(one.by->host))
                              .bind(8, std::string_view(one.target))
                              .bind(9, std::string_view(one.text))
                              .run()
                        : stored;
    }
    return stored;
}

} // namespace tertulia::store
