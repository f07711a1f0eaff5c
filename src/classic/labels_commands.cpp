// SPDX-License-Identifier: Apache-2.0
// The commands of `labels`, typed as the text of a message, and the rooms that they lead to.
#include "base/text.hpp"
#include "base/trim.hpp"
#include "classic/labels.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::classic {
namespace {

// Cuts the first word off.
std::string_view word_of(std::string_view& text) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    return word;
}

} // namespace

// What begins with '#' and is none is said.
bool labels_client::is_command(std::string_view text) {
    std::string_view rest = base::trimmed(text, " ");
    const std::string_view verb = word_of(rest);
    rest = base::trimmed(rest, " ");
    by_command_ = true;
    if (verb == "#cR") {
        look_for(errand::making, rest);
    } else if (verb == "#gR") {
        look_for(errand::going, rest);
    } else if (verb == "#eR") {
        enter_room(at().room);
    } else if (verb == "#lR") {
        under_way_ = errand::rooms;
        serial_ = submit(chat::ask_rooms{});
    } else if (verb == "#show" && rest == "users") {
        under_way_ = errand::users;
        serial_ = submit(chat::ask_names{room()->name});
    } else if (verb == "#/private") {
        whisper(rest);
    } else if (verb == "#exit") {
        leaves();
    } else {
        by_command_ = false;
    }
    return by_command_;
}

void labels_client::confirm() { answer({"3", "ok", std::string(without_hash(*room()))}); }

void labels_client::look_for(errand what, std::string_view name) {
    auto named =
        base::make_room_name(std::string(name.starts_with('#') ? "" : "#") + std::string(name));
    if (!named) {
        fail(base::text_key::classic_bad_room_name);
        return;
    }
    chat::command joining = chat::join{*named, {}};
    if (const auto why = objection_to(joining)) {
        fail("3", *why);
        return;
    }
    under_way_ = what;
    wanted_ = std::move(*named);
    serial_ = submit(chat::ask_room{wanted_, chat::room_aspect::modes});
}

void labels_client::hear_room(const chat::room_answer& what) {
    const bool is_there = what.view.has_value();
    if (under_way_ == errand::making && is_there) {
        fail(base::text_key::classic_room_exists);
    } else if (under_way_ == errand::going && !is_there) {
        fail(base::text_key::classic_no_such_room);
    } else {
        enter_room(wanted_);
        return;
    }
    refused_ = true;
}

void labels_client::enter_room(const base::name& named) {
    wanted_ = named;
    under_way_ = errand::entering;
    serial_ = submit(chat::join{wanted_, {}});
}

// One room at a time: she leaves the one that she came into here, and no other of her account's.
void labels_client::arrive() {
    const auto next = in_.find(wanted_.key);
    if (next == in_.end()) {
        return;
    }
    if (room() && room()->id != next->second->id && came_.erase(room()->name.key) > 0) {
        submit(chat::part{room()->name, {}});
    }
    came_.insert(*next);
    former_name_.clear();
    sits_in(next->second);
}

void labels_client::whisper(std::string_view rest) {
    const auto target = base::make_nickname(word_of(rest));
    if (!target || rest.empty()) {
        fail(target ? base::text_key::irc_no_text : base::text_key::classic_no_such_nickname);
        return;
    }
    std::string text(rest);
    if (const auto why = objection_to(*target, text)) {
        fail("3", *why);
        return;
    }
    under_way_ = errand::whispering;
    speak(*target, text);
}

// `why`: the words of whoever put her out; empty where she left, by another of her sessions.
void labels_client::hear_leave(const chat::card_ref& who, const chat::room_ref& from,
                               const std::string& why) {
    if (!is_self(who)) {
        return;
    }
    in_.erase(from->name.key);
    came_.erase(from->name.key);
    if (!room() || room()->id != from->id) {
        return;
    }
    if (from->name.key == at().room.key) {
        close(why.empty() ? word(base::text_key::classic_left_room) : why);
        return;
    }
    if (!why.empty()) {
        note(why);
    }
    if (!busy()) {
        by_command_ = true;
        refused_ = false;
        enter_room(at().room);
    }
}

void labels_client::hear_room_renamed(const chat::room_renamed& what) {
    for (auto* const rooms : {&in_, &came_}) {
        if (rooms->erase(what.before->name.key) > 0) {
            (*rooms)[what.after->name.key] = what.after;
        }
    }
    if (room() && room()->id == what.before->id) {
        former_name_ = what.before->name.key;
    }
}

// Of what is under way: it brings nothing more.
void labels_client::hear_done() {
    const errand done = under_way_;
    if (!refused_ && (done == errand::entering || done == errand::logging_in)) {
        arrive();
    }
    if (!refused_ && done == errand::logging_in) {
        answer({"2", "ok", std::string(without_hash(*room()))});
    } else if (!refused_ && by_command_) {
        confirm();
    }
    finish();
}

} // namespace tertulia::classic
