// SPDX-License-Identifier: Apache-2.0
#include "store/room_events.hpp"

#include "base/limits.hpp"
#include "session/stored_modes.hpp"

#include <variant>

namespace tertulia::store {
namespace {

using session::stored_kind;

class collecting {
public:
    collecting(const chat::event& of, std::vector<room_event>& into) : of_(of), into_(into) {}

    void operator()(const chat::joined& what) {
        add(what.room->id, what.number, stored_kind::join, what.who);
    }
    void operator()(const chat::parted& what) {
        add(what.room->id, what.number, stored_kind::part, what.who, what.reason);
    }
    void operator()(const chat::kicked& what) {
        if (what.by) {
            add(what.room->id, what.number, stored_kind::kick, what.by, what.reason,
                what.who->nickname.display);
        }
    }
    void operator()(const chat::topic_changed& what) {
        add(what.room->id, what.number, stored_kind::topic, what.by, what.topic);
    }
    void operator()(const chat::room_modes_changed& what) {
        add(what.room->id, what.number, stored_kind::modes, what.by,
            session::write_modes(what.changes));
    }
    void operator()(const chat::person_left& what) {
        everywhere(what.number, stored_kind::quit, what.who, what.reason);
    }
    void operator()(const chat::renamed& what) {
        everywhere(what.number, stored_kind::nick, what.before, what.after->nickname.display);
    }
    template <class Other>
    void operator()(const Other& /*nothing of rooms*/) {}

private:
    void add(chat::conversation_id where, chat::message_number number, stored_kind kind,
             const chat::card_ref& by, const std::string& text = {},
             const std::string& target = {}) {
        if (by && number && into_.size() < base::limits::room_events_waiting_max) {
            into_.push_back({where, number, of_.time, kind, by, target, text});
        }
    }
    void everywhere(chat::message_number number, stored_kind kind, const chat::card_ref& by,
                    const std::string& text) {
        if (const auto* const places = std::get_if<chat::to_rooms>(&of_.heard_by)) {
            for (const chat::conversation_id where : places->rooms) {
                add(where, number, kind, by, text);
            }
        }
    }

    const chat::event& of_;
    std::vector<room_event>& into_;
};

} // namespace

void room_events::take(std::span<const chat::batch_ref> batches) {
    for (const chat::batch_ref& batch : batches) {
        for (const chat::event& one : batch->events) {
            std::visit(collecting(one, waiting_), one.what);
        }
    }
}

bool room_events::worth_a_commit() const {
    return waiting_.size() >= base::limits::room_events_waiting_max / 4;
}

} // namespace tertulia::store
