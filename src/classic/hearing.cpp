// SPDX-License-Identifier: Apache-2.0
// What a classic client makes of events: those that change itself, and those that it is told of.
#include "base/classic_limits.hpp"
#include "classic/client.hpp"
#include "classic/turn.hpp"
#include "session/order_texts.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace tertulia::classic {
namespace {

template <class... Cases>
struct overloaded : Cases... {
    using Cases::operator()...;
};

// What a client hears that is turned away from its room.
base::text_key no_entry(chat::reason why) {
    switch (why) {
    case chat::reason::too_many_from_address: return base::text_key::irc_too_many_from_address;
    case chat::reason::no_space: return base::text_key::irc_no_space;
    case chat::reason::busy: return base::text_key::irc_server_busy;
    default: return base::text_key::classic_no_entry;
    }
}

base::text_key not_said(chat::reason why) {
    switch (why) {
    case chat::reason::no_space: return base::text_key::irc_no_space;
    case chat::reason::busy: return base::text_key::irc_server_busy;
    default: return base::text_key::classic_may_not_speak;
    }
}

bool is_name_refusal(chat::reason why) {
    return why == chat::reason::nickname_in_use || why == chat::reason::nickname_looks_alike ||
           why == chat::reason::nickname_registered || why == chat::reason::nickname_banned;
}

} // namespace

session::own_event client::hears_own(const chat::event& /*of*/) const {
    return session::own_event::apart;
}

bool client::is_self(const chat::card_ref& who) const {
    return who && self_ && who->person == self_->person;
}

void client::deliver(const chat::event& of, base::moment now, session::output& out) {
    const turn under_way(*this, now, out);
    if (closing_) {
        return;
    }
    hears(of);
    work();
}

void client::hears(const chat::event& of) {
    std::visit(
        overloaded{
            [&](const chat::welcomed& what) {
                self_ = what.who;
                join_serial_ = submit(chat::join{at_.room, {}});
            },
            [&](const chat::refused& what) { hear_refusal(of, what); },
            [&](const chat::joined& what) { is_self(what.who) ? comes_in(what) : tell(of); },
            [&](const chat::renamed& what) {
                if (is_self(what.after)) {
                    self_ = what.after;
                    naming_.reset();
                } else {
                    tell(of);
                }
            },
            [&](const chat::kicked& what) {
                if (!is_self(what.who)) {
                    tell(of);
                    return;
                }
                close(in_words(what));
            },
            [&](const chat::evicted& what) {
                const bool by_operators =
                    what.why == chat::eviction::killed || what.why == chat::eviction::banned;
                close(by_operators ? session::in_words(rules().language, what)
                                   : word(base::text_key::classic_no_entry));
            },
            [&](const chat::spoke& what) {
                if (!is_self(what.by) || speaks_.echoes()) {
                    write(speaks_.heard(what));
                }
            },
            [&](const chat::room_renamed& what) {
                if (room_ && room_->id == what.after->id) {
                    room_ = what.after;
                }
            },
            [&](const chat::announced& what) { note(session::in_words(rules().language, what)); },
            [&](const chat::sanction_told& what) {
                note(session::in_words(rules().language, what.what));
            },
            [&](const chat::redacted& what) { write(speaks_.heard(what)); },
            [&](const chat::edited& what) {
                if (!is_self(what.by) || speaks_.echoes()) {
                    write(speaks_.heard(what));
                }
            },
            [&](const auto&) { tell(of); },
        },
        of.what);
}

void client::comes_in(const chat::joined& what) {
    room_ = what.room;
    naming_.reset();
    settles();
}

std::string client::in_words(const chat::kicked& what) const {
    const std::string by = what.by ? what.by->nickname.display : "*";
    return base::say(rules().language, base::text_key::classic_kicked, {by, what.reason});
}

// In a crowd comings and goings are not told.
bool client::crowded(const chat::event& of, const std::vector<std::uint32_t>& others) const {
    const auto* const places = std::get_if<chat::to_rooms>(&of.heard_by);
    if (places == nullptr || !room_) {
        return true;
    }
    const auto here = std::ranges::find(places->rooms, room_->id);
    const auto at = static_cast<std::size_t>(here - places->rooms.begin());
    return at >= others.size() || others[at] > base::limits::classic_company_max;
}

void client::tell(const chat::event& of) {
    std::visit(overloaded{
                   [&](const chat::joined& what) { write(speaks_.came(*what.who, *what.room)); },
                   [&](const chat::parted& what) { write(speaks_.went(*what.who)); },
                   [&](const chat::kicked& what) { write(speaks_.went(*what.who)); },
                   [&](const chat::person_left& what) {
                       if (!crowded(of, what.others)) {
                           write(speaks_.went(*what.who));
                       }
                   },
                   [&](const chat::renamed& what) {
                       if (!crowded(of, what.others)) {
                           write(speaks_.changed_name(*what.before, *what.after));
                       }
                   },
                   [&](const auto&) {},
               },
               of.what);
}

void client::hear_refusal(const chat::event& of, const chat::refused& what) {
    if (naming_ && of.cause.serial == naming_->serial) {
        hear_no_name(what.why);
    } else if (of.cause.serial == join_serial_ || !self_) {
        close(what.why == chat::reason::server_banned ? session::in_words(rules().language, what)
                                                      : word(no_entry(what.why)));
    } else {
        falls_silent();
        note(what.why == chat::reason::muted ? session::in_words(rules().language, what)
                                             : word(not_said(what.why)));
    }
}

// Another one like it, but not without end. Who is in already may stay who she is.
void client::hear_no_name(chat::reason why) {
    if (!is_name_refusal(why)) {
        self_ ? naming_.reset() : close(word(no_entry(why)));
        return;
    }
    if (naming_->tries >= base::limits::classic_nicknames_tried_max && self_) {
        naming_.reset();
        return;
    }
    if (why == chat::reason::nickname_registered && !naming_->base.ends_with('_')) {
        naming_->base += '_'; // an account's
        naming_->tries = 0;
    }
    ask_for_name();
}

} // namespace tertulia::classic
