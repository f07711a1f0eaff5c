// SPDX-License-Identifier: Apache-2.0
// What was said before: CHATHISTORY's answers (IRCv3 draft/chathistory), and what a room said
// before one joined it, for clients that cannot ask. One read at a time; the client's input waits
// for it.
#include "irc/attention.hpp"
#include "irc/history_lines.hpp"
#include "irc/lines.hpp"
#include "irc/session.hpp"
#include "irc/turn.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

namespace tertulia::irc {
namespace {

namespace past = tertulia::session;

const std::string& shown_target(const chat::history_answer& of) {
    return (of.room ? of.room->name : of.partner->nickname).display;
}

// In front of a batch: there is no more behind it (IRCv3 draft/chathistory).
std::string_view end_tag(bool at_end, capability_set as) {
    return at_end && as.has(capability::message_tags) ? "@draft/chathistory-end " : "";
}

} // namespace

void session::ask_first(core_question about, chat::question what, std::string_view verb) {
    turn_->verb = verb;
    about.serial = next_serial();
    turn_->out.requests.push_back({about.serial, std::move(what)});
    attend().asked = std::move(about);
}

void session::hear_history(history_wish wish, const chat::history_answer& what,
                           std::uint32_t serial) {
    if (!what.conversation) {
        fail("CHATHISTORY", "INVALID_TARGET", {wish.subcommand, wish.target},
             text(base::text_key::irc_history_target));
        return;
    }
    const past::history_query query{what.conversation, what.up_to, wish.which, wish.limit,
                                    history_extras(capabilities_)};
    read({serial, query, page{std::move(wish), shown_target(what)}});
}

void session::hear_open(const history_wish& wish, const conversations& open, std::uint32_t serial) {
    const auto& span = std::get<past::read_between>(wish.which);
    const auto [from, to] =
        std::minmax(std::get<base::wall_time>(span.from), std::get<base::wall_time>(span.to));
    past::activity_query query{{}, from, to, wish.limit};
    for (const chat::history_answer& one : open) {
        query.conversations.push_back(one.conversation);
    }
    read({serial, std::move(query), activity{open}});
}

void session::play_back(const chat::joined& what) {
    if (can_ask_for_history(capabilities_) || rules().history_on_join == 0 ||
        what.number.value <= 1) {
        return;
    }
    const chat::message_number before_the_join{what.number.value - 1};
    read({0,
          past::history_query{what.room->id, before_the_join, past::read_latest{},
                              rules().history_on_join, history_extras(capabilities_)},
          playback{what.room}});
}

void session::read(history_read what) {
    std::vector<history_read>& reads = attend().reads;
    reads.push_back(std::move(what));
    if (reads.size() == 1) {
        turn_->out.read = reads.front().query;
    }
}

void session::deliver_read(const past::read_answer& answer, base::moment now,
                           tertulia::session::output& out) {
    turn under_way(*this, now, out);
    std::vector<history_read>& reads = attention_->reads;
    history_read done = std::move(reads.front());
    reads.erase(reads.begin());
    if (!reads.empty()) {
        out.read = reads.front().query;
    }
    if (const auto* const joined = std::get_if<playback>(&done.purpose)) {
        show_playback(*joined, answer);
        return;
    }
    under_way.why = cause::answer;
    if (const auto* const looked_up = std::get_if<lookup>(&done.purpose)) {
        under_way.verb = looked_up->wish.verb;
        under_way.follows = done.serial;
        change(looked_up->wish, answer);
        if (under_way.follows) { // no command took it over
            attention_->answers.finish(done.serial, out);
        }
        return;
    }
    if (auto* const replayed = std::get_if<replay>(&done.purpose)) {
        show_replayed(*replayed, answer);
        if (++replayed->at < replayed->conversations.size()) {
            replay_next(std::move(*replayed), done.serial);
            return;
        }
    } else if (const auto* const asked = std::get_if<page>(&done.purpose)) {
        show_page(*asked, answer);
    } else if (const auto* const hits = std::get_if<search>(&done.purpose)) {
        show_hits(hits->conversations, answer);
    } else {
        show_activity(std::get<activity>(done.purpose), answer);
    }
    attention_->answers.finish(done.serial, out);
}

// A read that failed is worth no word to somebody who did not ask for it.
void session::show_playback(const playback& of, const past::read_answer& answer) {
    const auto* const found = std::get_if<past::history_page>(&answer);
    if (found != nullptr && !found->messages.empty()) {
        show_messages(of.room->name.display, *found, playing::unasked);
    }
}

void session::show_page(const page& of, const past::read_answer& answer) {
    if (const auto* const found = std::get_if<past::history_page>(&answer)) {
        show_messages(of.target, *found, playing::asked);
    } else {
        fail("CHATHISTORY", "MESSAGE_ERROR", {of.wish.subcommand, of.wish.target},
             text(base::text_key::irc_history_failed));
    }
}

void session::show_messages(std::string_view target, const past::history_page& found, playing how) {
    if (capabilities_.has(capability::batch)) {
        line(
            fmt::format(":{} BATCH +{} chathistory {}", rules().server_name, history_batch, target),
            how == playing::asked ? end_tag(found.at_end, capabilities_) : "");
    }
    list(history_listing(speaks_, capabilities_, {std::string(target), how, now().wall}, found));
    if (capabilities_.has(capability::batch)) {
        line(fmt::format(":{} BATCH -{}", rules().server_name, history_batch));
    }
}

void session::show_activity(const activity& of, const past::read_answer& answer) {
    const auto* const found = std::get_if<past::activity_page>(&answer);
    if (found == nullptr) {
        fail("CHATHISTORY", "MESSAGE_ERROR", {"TARGETS"}, text(base::text_key::irc_history_failed));
        return;
    }
    const bool batched = capabilities_.has(capability::batch);
    const std::string tag = batched ? fmt::format("@batch={} ", history_batch) : std::string();
    std::string lines;
    for (const past::activity_page::entry& one : found->entries) {
        const auto target = std::ranges::find(of.conversations, one.conversation,
                                              &chat::history_answer::conversation);
        lines += tag;
        line_end ends(lines);
        lines +=
            fmt::format(":{} CHATHISTORY TARGETS {} ", rules().server_name, shown_target(*target));
        wire::append_timestamp(one.newest, lines);
        ends.close();
    }
    if (batched) {
        line(fmt::format(":{} BATCH +{} draft/chathistory-targets", rules().server_name,
                         history_batch),
             end_tag(found->at_end, capabilities_));
    }
    write(std::move(lines));
    if (batched) {
        line(fmt::format(":{} BATCH -{}", rules().server_name, history_batch));
    }
}

} // namespace tertulia::irc
