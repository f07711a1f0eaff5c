// SPDX-License-Identifier: Apache-2.0
#include "sim/witness.hpp"

#include "base/glob.hpp"
#include "base/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <variant>

namespace tertulia::sim {
namespace {

constexpr std::uint32_t page_size = 50;

// What a restart finds, as bytes that can be compared. The time of the last event is left out: a
// heart knows it of all entries, the store of those that last.
std::string lasting_bytes(chat::restored of) {
    of.time = {};
    return chat::heart(of).snapshot();
}

} // namespace

finding witness::server_started(const server& started, std::span<const step_record> cut_short) {
    finding wrong = replayed_ ? found_as_promised(started) : finding{};
    if (wrong && !cut_short.empty()) {
        for (const step_record& one : cut_short) {
            apply(one);
        }
        wrong = found_as_promised(started);
    }
    sanctions_ = started.found.sanctions; // they were compared with what was promised
    silences_ = started.found.silences;
    sessions_.clear();
    replayed_ = std::make_unique<chat::heart>(started.found);
    order_ = std::make_unique<log::sequencer>(*replayed_, started.found.time);
    return wrong;
}

finding witness::found_as_promised(const server& started) const {
    if (lasting_bytes(started.found) != lasting_bytes(replayed_->lasting_state())) {
        return "a restart found neither the state before the last commit nor after it";
    }
    return history_is_whole(*started.reader);
}

finding witness::committed(const std::vector<step_record>& steps) {
    for (const step_record& one : steps) {
        apply(one);
    }
    return replay_differs_;
}

void witness::apply(const step_record& step) {
    replay(step);
    for (const chat::event& event : step.made.batch->events) {
        note(event);
        note_order(event);
        note_silence(event);
    }
}

void witness::replay(const step_record& step) {
    std::vector<chat::submission> again = step.from;
    const log::sequenced made = order_->apply(again, step.now, step.left);
    if (made.batch->events.size() != step.made.batch->events.size() ||
        made.hearers != step.made.hearers) {
        replay_differs_ = "the same entries gave other events when they were applied again";
    }
}

void witness::note(const chat::event& of) {
    if (const auto* const said = std::get_if<chat::spoke>(&of.what)) {
        texts_[said->number.value] = said->text;
        if (said->kept) {
            histories_[said->conversation].push_back(said->number.value);
        }
    } else if (const auto* const saved = std::get_if<chat::room_saved>(&of.what)) {
        histories_.try_emplace(saved->id); // checked from now on, though nothing was said yet
    } else if (const auto* const opened = std::get_if<chat::conversation_opened>(&of.what)) {
        histories_.try_emplace(opened->id);
    } else if (const auto* const ended = std::get_if<chat::conversation_ended>(&of.what)) {
        histories_.erase(ended->id);
    }
}

// Looked at with eyes of its own: a nickname is one without wildcards here, and an address tells
// itself by the session.
bool witness::meets(chat::sanction_kind kind, const chat::event& of, const chat::card& who) const {
    const auto from = base::parse_network(address_of(of.cause.session));
    return !who.is_operator && std::ranges::any_of(sanctions_, [&](const chat::sanction& one) {
        const bool over = one.until && *one.until <= of.time;
        const auto* const account = std::get_if<chat::by_account>(&one.whom);
        const auto* const nickname = std::get_if<chat::by_nickname>(&one.whom);
        const auto* const network = std::get_if<chat::by_network>(&one.whom);
        return one.kind == kind && !over &&
               ((account != nullptr && account->account == who.person) ||
                (nickname != nullptr && nickname->mask == who.nickname.key) ||
                (network != nullptr && network->where == from));
    });
}

void witness::note_order(const chat::event& of) {
    if (const auto* const saved = std::get_if<chat::sanction_saved>(&of.what)) {
        std::erase_if(sanctions_,
                      [&](const chat::sanction& one) { return one.id == saved->what.id; });
        if (saved->kept) {
            sanctions_.push_back(saved->what);
        }
    } else if (const auto* const said = std::get_if<chat::spoke>(&of.what)) {
        const bool to_operator = said->to && said->to->nickname.key == "juez";
        if (!to_operator && meets(chat::sanction_kind::mute, of, *said->by)) {
            replay_differs_ = fmt::format("message {} is of somebody muted", said->number.value);
        }
        if (meets(chat::sanction_kind::ban, of, *said->by)) {
            replay_differs_ = fmt::format("message {} is of somebody banned", said->number.value);
        }
    } else if (const auto* const came = std::get_if<chat::welcomed>(&of.what)) {
        if (meets(chat::sanction_kind::ban, of, *came->who)) {
            replay_differs_ = "somebody banned was let in";
        }
    }
}

void witness::note_silence(const chat::event& of) {
    if (const auto* const came = std::get_if<chat::welcomed>(&of.what)) {
        sessions_[of.cause.session] = came->who->person;
    } else if (const auto* const became = std::get_if<chat::logged_in>(&of.what)) {
        sessions_[of.cause.session] = became->after->person;
    } else if (const auto* const saved = std::get_if<chat::silence_saved>(&of.what)) {
        std::erase_if(silences_, [&](const chat::silence_saved& one) {
            return one.account == saved->account && one.whom.folded == saved->whom.folded;
        });
        if (saved->on) {
            silences_.push_back(*saved);
        }
    }
    const auto* const said = std::get_if<chat::spoke>(&of.what);
    const auto* const heard = std::get_if<chat::to_sessions>(&of.heard_by);
    if (said == nullptr || heard == nullptr || !said->to || said->by->is_operator ||
        said->to->person == said->by->person) {
        return;
    }
    const std::string author =
        fmt::format("{}!{}@{}", said->by->nickname.key, said->by->user, said->by->host);
    const bool silenced = std::ranges::any_of(silences_, [&](const chat::silence_saved& one) {
        return one.account == said->to->person && base::glob_match(one.whom.folded, author);
    });
    const bool reaches = std::ranges::any_of(heard->sessions, [&](chat::session_id one) {
        const auto whose = sessions_.find(one);
        return whose != sessions_.end() && whose->second == said->to->person;
    });
    if (silenced && reaches) {
        replay_differs_ =
            fmt::format("message {} reaches who has silenced its author", said->number.value);
    }
}

finding witness::shown(const std::vector<sight>& messages) const {
    for (const sight& one : messages) {
        const auto known = texts_.find(one.number);
        if (known == texts_.end()) {
            return fmt::format("message {} ({}) was shown before it was durable", one.number,
                               one.text);
        }
        if (known->second != one.text) {
            return fmt::format("message {} was shown as {:?} and is {:?}", one.number, one.text,
                               known->second);
        }
    }
    return std::nullopt;
}

finding witness::same_as_replayed(const chat::heart& live) const {
    return live.snapshot() == replayed_->snapshot()
               ? finding{}
               : "the live heart differs from one that applied the same entries";
}

finding witness::rooms_are_somebodys(const chat::restored& state) {
    std::set<chat::person_id> accounts;
    for (const chat::account_saved& one : state.accounts) {
        accounts.insert(one.id);
    }
    std::set<chat::conversation_id> kept;
    std::set<std::string> former;
    for (const chat::room_saved& room : state.rooms) {
        chat::role highest = chat::role::member;
        for (const auto& [who, rank] : room.access) {
            highest = std::max(highest, rank);
            if (!room.kept || !accounts.contains(who)) {
                return fmt::format("{} has a role for nobody", room.name.display);
            }
        }
        if (highest > chat::role::voice && highest < chat::role::owner) {
            return fmt::format("{} has lost its owner", room.name.display);
        }
        for (const chat::former_name& one : room.former) {
            if (!former.insert(one.name.key).second) {
                return fmt::format("{} leads to two rooms", one.name.display);
            }
        }
        if (room.kept) {
            kept.insert(room.id);
        }
    }
    const bool stray = std::ranges::any_of(state.invitations, [&](const auto& one) {
        return !accounts.contains(one.account) || !kept.contains(one.to.room);
    });
    return stray ? finding("an invitation leads nowhere") : finding{};
}

finding witness::history_is_whole(session::reader& reader) const {
    for (const auto& [conversation, expected] : histories_) {
        if (finding wrong = read_whole(reader, conversation, expected)) {
            return wrong;
        }
    }
    return std::nullopt;
}

finding witness::read_whole(session::reader& reader, chat::conversation_id of,
                            const history& expected) const {
    history found;
    std::uint64_t after = 0;
    while (true) {
        const session::read_answer answer =
            reader.read(session::history_query{of,
                                               {~std::uint64_t{0} >> 1U},
                                               session::read_after{chat::message_number{after}},
                                               page_size});
        const auto* const page = std::get_if<session::history_page>(&answer);
        if (page == nullptr) {
            return fmt::format("conversation {} could not be read", of.value);
        }
        for (const session::stored_message& one : page->messages) {
            found.push_back(one.number.value);
            if (texts_.contains(one.number.value) && texts_.at(one.number.value) != one.text) {
                return fmt::format("message {} is stored with another text", one.number.value);
            }
        }
        if (page->messages.size() < page_size) {
            break;
        }
        after = found.back();
    }
    if (found == expected) {
        return std::nullopt;
    }
    return fmt::format(
        "conversation {} has {} messages where {} were promised, or in another order", of.value,
        found.size(), expected.size());
}

} // namespace tertulia::sim
