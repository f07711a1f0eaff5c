// SPDX-License-Identifier: Apache-2.0
#include "session/hub.hpp"

#include "session/seating.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tertulia::session {
namespace {

using sessions = std::span<const chat::session_id>;

// The renderings of one event, one for each variant that has a hearer.
class renderings {
public:
    void start(const chat::event& of) {
        event_ = &of;
        count_ = 0;
    }

    // The same place for the same variant, until the next start().
    std::size_t variant(const dialect& speaks, features as) {
        const features variant = as & speaks.relevant(*event_);
        for (std::size_t i = 0; i < count_; ++i) {
            if (made_[i].speaks == &speaks && made_[i].as == variant) {
                return i;
            }
        }
        if (count_ == made_.size()) {
            made_.emplace_back();
        }
        rendering& next = made_[count_];
        next.speaks = &speaks;
        next.as = variant;
        next.bytes.clear();
        next.alone.reset();
        speaks.render(*event_, variant, next.bytes);
        return count_++;
    }

    [[nodiscard]] std::string_view bytes(std::size_t variant) const { return made_[variant].bytes; }

    // The rendering as a run of its own, for hearers outside one room.
    slice alone(std::size_t variant, run_ledger& ledger) {
        rendering& one = made_[variant];
        if (!one.alone) {
            one.alone = run_ref(new run(ledger));
            one.alone->append(one.bytes);
        }
        return {one.alone, 0, one.alone->size()};
    }

    void forget_runs() {
        for (rendering& one : made_) {
            one.alone.reset();
        }
    }

private:
    struct rendering {
        const dialect* speaks = nullptr;
        features as = 0;
        std::string bytes;
        run_ref alone;
    };
    const chat::event* event_ = nullptr;
    std::size_t count_ = 0;
    std::vector<rendering> made_; // its strings keep their capacity from event to event
};

} // namespace

struct hub::state {
    run_ledger ledger; // outlives every run of this thread that a hub made
    seating seats;
    renderings rendered;
    std::vector<chat::conversation_id> open; // rooms that said something in this turn
    std::vector<hearer*> apart;              // of the event under way
    std::vector<hearer*> told;               // likewise, of dialects that tell each
    std::uint32_t visit = 0;
    output out;
    base::moment now{};

    void route(const chat::event& of);
    void arrive(const chat::event& of);
    void depart(const chat::event& of);
    void deliver(hearer& to, const chat::event& of);
    void deliver(sessions to, const chat::event& of);
    void find_apart(const chat::event& of, const room* where);
    [[nodiscard]] bool add_told(const group& among, const chat::event& of,
                                chat::conversation_id in);
    void deliver_to_room(chat::conversation_id id, const chat::event& of);
    void deliver_to_rooms(const chat::to_rooms& places, const chat::event& of);
    void open_run(room& where, group& among);
    void hand_out(room& where);
};

hub::hub() : state_(std::make_unique<state>()) {}
hub::~hub() = default;

void hub::enter(chat::session_id session, protocol& speaker, outlet& to) {
    state_->seats.enter(session, speaker, to);
}

void hub::leave(chat::session_id session) {
    if (hearer* const who = state_->seats.find(session)) {
        seating::settle(*who);
        state_->seats.leave(*who);
    }
}

void hub::features_changed(chat::session_id session) {
    if (hearer* const who = state_->seats.find(session)) {
        seating::settle(*who);
        state_->seats.regroup(*who);
    }
}

void hub::route(std::span<const chat::event> events, base::moment now) {
    state_->now = now;
    for (const chat::event& one : events) {
        state_->route(one);
    }
}

void hub::settle(chat::session_id session) {
    if (hearer* const who = state_->seats.find(session)) {
        seating::settle(*who);
    }
}

void hub::end_turn() {
    for (const chat::conversation_id id : state_->open) {
        if (room* const where = state_->seats.find(id)) {
            state_->hand_out(*where);
        }
    }
    state_->open.clear();
}

std::size_t hub::pinned() const { return state_->ledger.pinned; }

void hub::state::route(const chat::event& of) {
    rendered.start(of);
    arrive(of);
    if (const auto* const one = std::get_if<chat::to_session>(&of.heard_by)) {
        deliver({&one->session, 1}, of);
    } else if (const auto* const several = std::get_if<chat::to_sessions>(&of.heard_by)) {
        deliver(several->sessions, of);
    } else if (const auto* const where = std::get_if<chat::to_room>(&of.heard_by)) {
        deliver_to_room(where->room, of);
    } else if (const auto* const places = std::get_if<chat::to_rooms>(&of.heard_by)) {
        deliver_to_rooms(*places, of);
    }
    depart(of);
}

void hub::state::arrive(const chat::event& of) {
    if (const auto* const joins = std::get_if<chat::joined>(&of.what)) {
        for (const chat::session_id one : joins->sessions) {
            if (hearer* const who = seats.find(one)) {
                seats.sit(*who, joins->room->id);
            }
        }
    }
}

void hub::state::depart(const chat::event& of) {
    const auto stand_up = [this](sessions leaving, chat::conversation_id where) {
        for (const chat::session_id one : leaving) {
            if (hearer* const who = seats.find(one)) {
                seating::settle(*who);
                seats.stand_up(*who, where);
            }
        }
    };
    if (const auto* const parts = std::get_if<chat::parted>(&of.what)) {
        stand_up(parts->sessions, parts->room->id);
    } else if (const auto* const kicks = std::get_if<chat::kicked>(&of.what)) {
        stand_up(kicks->sessions, kicks->room->id);
    } else if (const auto* const leaves = std::get_if<chat::person_left>(&of.what)) {
        if (const auto* const places = std::get_if<chat::to_rooms>(&of.heard_by)) {
            for (const chat::conversation_id where : places->rooms) {
                stand_up(leaves->sessions, where);
            }
        }
    }
}

// What rooms said before leaves before, but a delivery that says nothing (`done`, most often) must
// not cut the runs into pieces.
void hub::state::deliver(hearer& to, const chat::event& of) {
    out.clear();
    to.speaker->deliver(of, now, out);
    if (!out.pieces.empty()) {
        seating::settle(to);
    }
    if (std::exchange(out.features_changed, false)) {
        seating::settle(to);
        seats.regroup(to);
    }
    to.to->take(out); // also when there is nothing: her input may go on
}

void hub::state::deliver(sessions to, const chat::event& of) {
    for (const chat::session_id one : to) {
        if (hearer* const who = seats.find(one)) {
            deliver(*who, of);
        }
    }
}

// Those who hear it apart: the author, where her protocol wants it so or she is not in the room,
// and newcomers, who are told the room's topic and members with it.
void hub::state::find_apart(const chat::event& of, const room* where) {
    apart.clear();
    const auto consider = [&](chat::session_id one) {
        hearer* const who = seats.find(one);
        if (who == nullptr) {
            return;
        }
        const bool in_room = where != nullptr && seating::sits(*who, *where);
        if (!in_room || who->speaker->hears_own(of) == own_event::apart) {
            seating::settle(*who);
            apart.push_back(who);
        }
    };
    consider(of.cause.session);
    if (const auto* const joins = std::get_if<chat::joined>(&of.what)) {
        for (const chat::session_id one : joins->sessions) {
            if (one != of.cause.session) {
                consider(one);
            }
        }
    }
}

// Told only when all are known: who is told may change her group by it.
bool hub::state::add_told(const group& among, const chat::event& of, chat::conversation_id in) {
    among.speaks->witness(of, in);
    if (!among.speaks->tells_each(of, among.as)) {
        return false;
    }
    for (const follower& one : among.followers) {
        if (one.who->visit != visit) {
            one.who->visit = visit;
            told.push_back(one.who);
        }
    }
    return true;
}

void hub::state::deliver_to_room(chat::conversation_id id, const chat::event& of) {
    room* const where = seats.find(id);
    find_apart(of, where);
    ++visit;
    for (hearer* const who : apart) {
        who->visit = visit;
    }
    told.clear();
    if (where != nullptr) {
        for (group& among : where->groups) {
            if (among.followers.empty()) {
                continue;
            }
            if (add_told(among, of, id)) {
                continue;
            }
            const std::string_view bytes =
                rendered.bytes(rendered.variant(*among.speaks, among.as));
            if (!bytes.empty()) {
                open_run(*where, among);
                among.open->append(bytes);
            }
        }
    }
    for (hearer* const who : apart) {
        if (where != nullptr) {
            seating::skip_to_end(*who, *where);
        }
        deliver(*who, of);
    }
    for (hearer* const who : told) {
        deliver(*who, of);
    }
}

// Each hearer once, however many rooms are shared; outside the rooms' runs, behind what they
// said.
void hub::state::deliver_to_rooms(const chat::to_rooms& places, const chat::event& of) {
    ++visit;
    told.clear();
    for (const chat::session_id own : places.own) {
        if (hearer* const who = seats.find(own)) {
            who->visit = visit;
        }
    }
    for (const chat::conversation_id id : places.rooms) {
        room* const where = seats.find(id);
        if (where == nullptr) {
            continue;
        }
        for (const group& among : where->groups) {
            if (among.followers.empty()) {
                continue;
            }
            if (add_told(among, of, id)) {
                continue;
            }
            const std::size_t variant = rendered.variant(*among.speaks, among.as);
            if (rendered.bytes(variant).empty()) {
                continue;
            }
            for (const follower& one : among.followers) {
                if (one.who->visit != visit) {
                    one.who->visit = visit;
                    seating::settle(*one.who);
                    one.who->to->take(rendered.alone(variant, ledger));
                }
            }
        }
    }
    rendered.forget_runs();
    // A guest's own session that is an account's now stays, and does not hear the guest go.
    if (!std::holds_alternative<chat::person_left>(of.what)) {
        deliver(places.own, of);
    }
    for (hearer* const who : told) {
        deliver(*who, of);
    }
}

void hub::state::open_run(room& where, group& among) {
    if (!among.open) {
        among.open = run_ref(new run(ledger));
    }
    if (!where.open) {
        where.open = true;
        open.push_back(where.id);
    }
}

void hub::state::hand_out(room& where) {
    where.open = false;
    for (group& among : where.groups) {
        if (!among.open) {
            continue;
        }
        const slice whole{among.open, 0, among.size()};
        for (follower& one : among.followers) {
            if (one.from < whole.to) {
                slice part = whole;
                part.from = one.from;
                one.who->to->take(part);
            }
            one.from = 0;
        }
        among.open.reset();
    }
}

} // namespace tertulia::session
