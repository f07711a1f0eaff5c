// SPDX-License-Identifier: Apache-2.0
// Who is told of what: looks through everything that happened, once it is durable, for messages to
// accounts with devices; asks the heart whom of them they may be told to; and makes the parcels.
// No thread, no clock, no network: its owner has them.
#pragma once

#include "base/name.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "chat/batch.hpp"
#include "push/levels.hpp"
#include "push/own_words.hpp"
#include "push/parcel.hpp"
#include "store/push_devices.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::push {

// How things read on a device: lines of IRC, without their end.
struct phrases {
    std::function<std::string(const chat::event& of)> said; // a `spoke`
    std::function<std::string(std::string_view target, base::wall_time up_to)> read;
};

class desk {
public:
    // `self` asks the questions: a session of the server's own.
    desk(store::push_devices& known, phrases how, chat::session_id self);

    // Whose devices there are.
    [[nodiscard]] base::result<void> open();

    struct outcome {
        std::vector<parcel> parcels;
        std::vector<chat::message_number> recalled; // nobody is told of them any more
        std::vector<chat::submission> questions;
    };
    // A failure is the disk's.
    [[nodiscard]] base::result<void> take(const chat::batch& of, base::steady_time now,
                                          outcome& out);

private:
    using conversation_of = std::pair<chat::person_id, chat::conversation_id>;
    struct unread {
        std::string target; // as she was told
        base::wall_time last;
    };
    struct allowance {
        base::steady_time paid_at; // when all that she was told will be forgotten
    };

    // Somebody may answer it.
    struct answerable {
        chat::conversation_id conversation;
        chat::message_number number;
        chat::person_id author;
    };

    base::result<void> hear(const chat::event& of, base::steady_time now, outcome& out);
    void hear_said(const chat::event& of, const chat::spoke& what, outcome& out);
    void hear_answer(std::uint32_t serial, const chat::pushable_answer& what, base::steady_time now,
                     outcome& out);
    void hear_read(const chat::marker_saved& what, outcome& out);
    void forget(chat::conversation_id in, chat::message_number message, outcome& out);
    void hear_wish(const chat::metadata_saved& what);
    [[nodiscard]] base::result<void> hear_saved(const chat::push_saved& what);
    [[nodiscard]] base::result<void> look_up(chat::person_id account);
    void keep(store::push_owner owner);
    void drop(chat::person_id account);
    void drop_endpoint(const std::string& endpoint);
    void note_answerable(const chat::spoke& what);
    // Who is meant by it: whom it names, whom it answers, and whose words it says.
    [[nodiscard]] std::vector<chat::person_id> addressed_by(const chat::spoke& what) const;
    // Somebody may be told of it, if the heart lets her: those who are meant, and who wants to know
    // of all that is said there. Not who wants to know of nothing.
    struct hearers {
        std::vector<chat::person_id> meant, others;
    };
    [[nodiscard]] hearers hearers_of(const chat::spoke& what) const;
    [[nodiscard]] bool may_have_another(chat::person_id account, bool meant, base::steady_time now);
    void note_unread(chat::person_id account, const chat::event& of, const chat::spoke& what);
    // For each of her devices; for browsers only what tells of a message.
    void pack(chat::person_id account, parcel like, outcome& out) const;

    store::push_devices& known_;
    const phrases phrases_;
    const chat::session_id self_;
    std::uint32_t serial_ = 0;
    std::map<chat::person_id, store::push_owner> owners_;
    std::map<std::string, chat::person_id, std::less<>> by_name_; // by key
    own_words words_;
    levels levels_;
    struct pending {
        chat::event of;
        std::vector<chat::person_id> meant;
    };
    std::map<std::uint32_t, pending> asked_; // by serial
    std::deque<answerable> answerable_;      // the last one came last
    std::map<chat::person_id, allowance> told_;
    std::map<conversation_of, unread> unread_;
};

} // namespace tertulia::push
