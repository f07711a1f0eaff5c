// SPDX-License-Identifier: Apache-2.0
// Events are complete: who only hears them knows who is where with which role, and what the store
// is given is what lasts. Shown over long arbitrary scripts with every kind of command.
#include "base/limits.hpp"
#include "chat/script.hpp"

#include <set>
#include <tuple>

using namespace tertulia;
using namespace tertulia::chat;

namespace {

// A room as somebody knows it who heard all of its events, and nothing else.
struct heard_room {
    std::map<person_id, role> members;
    room_view view;
};

class follower {
public:
    void hear(const event& of) {
        std::visit([&](const auto& what) { note(what, of); }, of.what);
    }
    [[nodiscard]] const heard_room& knows(conversation_id room) const { return rooms_.at(room); }

private:
    void note(const auto& /*nothing of rooms*/, const event& /*of*/) {}
    void note(const welcomed& what, const event& /*of*/) {
        people_[what.who->nickname.key] = what.who->person;
    }
    // A guest who logs in comes to be another person. One whom others see go tells only herself.
    void note(const renamed& what, const event& of) {
        if (std::holds_alternative<to_session>(of.heard_by)) {
            return;
        }
        people_.erase(what.before->nickname.key);
        people_[what.after->nickname.key] = what.after->person;
        for (auto& [id, one] : rooms_) {
            if (auto moved = one.members.extract(what.before->person)) {
                moved.key() = what.after->person;
                one.members.insert(std::move(moved));
            }
        }
    }
    void note(const joined& what, const event& of) {
        if (std::holds_alternative<to_session>(of.heard_by)) {
            CHECK(rooms_.at(what.room->id).members.at(what.who->person) == what.rank);
            return; // a further session of somebody who is there
        }
        heard_room& into = rooms_[what.room->id];
        into.members[what.who->person] = what.rank;
        into.view = *what.view;
        CHECK(std::get<to_room>(of.heard_by).room == what.room->id);
    }
    void note(const parted& what, const event& /*of*/) {
        rooms_.at(what.room->id).members.erase(what.who->person);
    }
    void note(const kicked& what, const event& /*of*/) {
        rooms_.at(what.room->id).members.erase(what.who->person);
    }
    void note(const person_left& what, const event& of) {
        for (const conversation_id room : std::get<to_rooms>(of.heard_by).rooms) {
            CHECK(rooms_.at(room).members.erase(what.who->person) == 1);
        }
        people_.erase(what.who->nickname.key);
    }
    void note(const topic_changed& what, const event& of) {
        room_view& view = rooms_.at(what.room->id).view;
        view.topic = what.topic;
        view.topic_by = what.by->nickname.display;
        view.topic_at = of.time;
    }
    void note(const room_renamed& what, const event& of) {
        rooms_.at(what.after->id).view = *what.view;
        CHECK(std::get<to_sessions>(of.heard_by).sessions.size() >=
              rooms_.at(what.after->id).members.size());
    }
    void note(const room_modes_changed& what, const event& /*of*/) {
        for (const mode_change& one : what.changes) {
            note(one, rooms_.at(what.room->id));
        }
    }
    void note(const mode_change& what, heard_room& of) const {
        if (const auto* const flag = std::get_if<flag_change>(&what)) {
            of.view.flags.set(static_cast<std::size_t>(flag->flag), flag->on);
        } else if (const auto* const password = std::get_if<password_change>(&what)) {
            of.view.password = password->password;
        } else if (const auto* const capacity = std::get_if<capacity_change>(&what)) {
            of.view.capacity = capacity->capacity;
        } else if (const auto* const slow = std::get_if<slow_change>(&what)) {
            of.view.slow_s = slow->seconds;
        } else if (const auto* const history = std::get_if<history_change>(&what)) {
            of.view.history_days = history->days;
        } else if (const auto* const rank = std::get_if<role_change>(&what)) {
            of.members.at(people_.at(rank->target.key)) = rank->grant ? rank->what : role::member;
        }
    }

    std::map<std::string, person_id> people_; // by key
    std::map<conversation_id, heard_room> rooms_;
};

// What the store holds that is given every event.
class keeper {
public:
    void hear(const event& of) {
        if (const auto* const saved = std::get_if<room_saved>(&of.what)) {
            rooms_[saved->id] = *saved;
        } else if (const auto* const opened = std::get_if<conversation_opened>(&of.what)) {
            CHECK(open_.emplace(opened->id, *opened).second);
        } else if (const auto* const ended = std::get_if<conversation_ended>(&of.what)) {
            CHECK(rooms_.erase(ended->id) + open_.erase(ended->id) == 1);
            std::erase_if(about_, [&](const auto& one) { return one.second.room == ended->id; });
            std::erase_if(webhooks_, [&](const auto& one) { return one.room == ended->id; });
        } else if (const auto* const made = std::get_if<account_saved>(&of.what)) {
            accounts_[made->id] = *made;
        } else if (const auto* const secret = std::get_if<credentials_saved>(&of.what)) {
            CHECK(accounts_.contains(secret->account));
        } else if (const auto* const place = std::get_if<membership_saved>(&of.what)) {
            hear(*place);
        } else if (const auto* const gone = std::get_if<account_ended>(&of.what)) {
            CHECK(accounts_.erase(gone->id) == 1);
            rights_.erase(gone->id);
            std::erase_if(places_, [&](const auto& one) { return one.account == gone->id; });
            std::erase_if(invitations_, [&](const auto& one) { return one.account == gone->id; });
            forget(gone->id);
        } else if (const auto* const held = std::get_if<rights_saved>(&of.what)) {
            rights_.erase(held->account);
            if (held->held.any()) {
                rights_.emplace(held->account, *held);
            }
        } else if (const auto* const promised = std::get_if<numbers_reserved>(&of.what)) {
            reserved_ = promised->up_to;
        } else if (const auto* const said = std::get_if<spoke>(&of.what)) {
            CHECK(said->number > last_);
            CHECK(said->number <= reserved_);
            const bool unheard = !said->conversation; // she whom it is for has silenced her
            CHECK((rooms_.contains(said->conversation) != open_.contains(said->conversation)) !=
                  unheard);
            CHECK_FALSE((unheard && said->kept));
            last_ = said->number;
        } else if (const auto* const taken = std::get_if<redacted>(&of.what)) {
            CHECK(rooms_.contains(taken->conversation) != open_.contains(taken->conversation));
            CHECK(taken->message <= last_);
        } else {
            hear_of_people(of);
        }
    }
    void hear_of_people(const event& of) {
        if (const auto* const asked_in = std::get_if<invitation_saved>(&of.what)) {
            hear(*asked_in);
        } else if (const auto* const mark = std::get_if<marker_saved>(&of.what)) {
            const auto of_it = std::pair(mark->account, mark->conversation);
            mark->read_to ? static_cast<void>(markers_[of_it] = *mark)
                          : static_cast<void>(markers_.erase(of_it));
        } else if (const auto* const said = std::get_if<metadata_saved>(&of.what)) {
            const auto key = std::tuple(said->account, said->room, said->what.key);
            said->what.value.empty() ? static_cast<void>(about_.erase(key))
                                     : static_cast<void>(about_[key] = *said);
        } else if (const auto* const shown = std::get_if<certificate_saved>(&of.what)) {
            std::erase_if(certificates_, [&](const certificate_saved& one) {
                return one.fingerprint == shown->fingerprint;
            });
            if (shown->kept) {
                certificates_.push_back(*shown);
            }
        } else if (const auto* const token = std::get_if<token_saved>(&of.what)) {
            keep(*token, tokens_);
        } else if (const auto* const hook = std::get_if<webhook_saved>(&of.what)) {
            CHECK(rooms_.contains(hook->room));
            keep(*hook, webhooks_);
        } else {
            hear_of_order(of);
        }
    }
    void hear_of_order(const event& of) {
        if (const auto* const one = std::get_if<sanction_saved>(&of.what)) {
            CHECK(sanctions_.erase(one->what.id) == (one->kept ? 0 : 1));
            if (one->kept) {
                sanctions_.emplace(one->what.id, one->what);
            }
        } else if (const auto* const made = std::get_if<report_saved>(&of.what)) {
            CHECK(reports_.erase(made->what.id) == (made->open ? 0 : 1));
            if (made->open) {
                reports_.emplace(made->what.id, made->what);
            }
        } else if (const auto* const done = std::get_if<moderated>(&of.what)) {
            moderation_.push_back({*done, of.time});
            if (moderation_.size() > base::limits::moderation_read_max) {
                moderation_.erase(moderation_.begin());
            }
        } else if (const auto* const code = std::get_if<code_saved>(&of.what)) {
            keep_in_place(code->what, code->kept, &account_code::digest, codes_);
        } else if (const auto* const word = std::get_if<words_changed>(&of.what)) {
            keep_in_place(word->what, word->kept, &listed_word::id, words_);
        } else if (const auto* const said = std::get_if<silence_saved>(&of.what)) {
            const auto same = [&](const silence_saved& each) {
                return each.account == said->account && each.whom.folded == said->whom.folded;
            };
            CHECK(std::erase_if(silences_, same) == (said->on ? 0 : 1));
            if (said->on) {
                silences_.push_back(*said);
            }
        }
    }
    template <class Saved>
    static void keep(const Saved& what, std::vector<Saved>& among) {
        const auto same = [&](const Saved& one) {
            return one.what.key == what.what.key && one.what.made_at == what.what.made_at;
        };
        CHECK(std::erase_if(among, same) == (what.kept ? 0 : 1));
        if (what.kept) {
            among.push_back(what);
        }
    }
    template <class What, class Key>
    static void keep_in_place(const What& what, bool kept, Key What::* by,
                              std::vector<What>& among) {
        const auto found = std::ranges::find(among, what.*by, by);
        if (!kept) {
            REQUIRE(found != among.end());
            among.erase(found);
        } else if (found != among.end()) {
            *found = what;
        } else {
            among.push_back(what);
        }
    }
    void forget(person_id account) {
        const auto hers = [&](const auto& one) { return one.second.account == account; };
        std::erase_if(markers_, hers);
        std::erase_if(about_, hers);
        std::erase_if(certificates_,
                      [&](const certificate_saved& one) { return one.account == account; });
        std::erase_if(silences_, [&](const silence_saved& one) { return one.account == account; });
        std::erase_if(tokens_, [&](const token_saved& one) { return one.account == account; });
    }
    void hear(const membership_saved& of) {
        CHECK(accounts_.contains(of.account));
        const auto same = [&](const membership_saved& one) {
            return one.account == of.account && one.room == of.room;
        };
        CHECK(std::ranges::any_of(places_, same) != of.in);
        std::erase_if(places_, same);
        if (of.in) {
            places_.push_back(of);
        }
    }
    void hear(const invitation_saved& of) {
        CHECK(accounts_.contains(of.account));
        const auto removed = std::erase_if(invitations_, [&](const invitation_saved& one) {
            return one.account == of.account && one.to.room == of.to.room;
        });
        CHECK((of.open || removed == 1));
        if (of.open) {
            invitations_.push_back(of);
        }
    }
    // As bytes, without the time, which the store knows of lasting events only.
    [[nodiscard]] std::string holds() const {
        restored all;
        for (const auto& [id, one] : rooms_) {
            all.rooms.push_back(one);
        }
        for (const auto& [id, one] : open_) {
            all.conversations.push_back(one);
        }
        for (const auto& [id, one] : accounts_) {
            all.accounts.push_back(one);
        }
        for (const auto& [id, one] : rights_) {
            all.rights.push_back(one);
        }
        all.memberships = places_;
        all.invitations = invitations_;
        for (const auto& [of, one] : markers_) {
            all.markers.push_back(one);
        }
        for (const auto& [of, one] : about_) {
            all.about.push_back(one);
        }
        all.certificates = certificates_;
        for (const auto& [id, one] : sanctions_) {
            all.sanctions.push_back(one);
        }
        for (const auto& [id, one] : reports_) {
            all.reports.push_back(one);
        }
        all.moderation = moderation_;
        all.silences = silences_;
        all.codes = codes_;
        all.words = words_;
        all.tokens = tokens_;
        all.webhooks = webhooks_;
        all.numbers_reserved = reserved_;
        return heart(all).snapshot();
    }

private:
    std::map<conversation_id, room_saved> rooms_;
    std::map<conversation_id, conversation_opened> open_;
    std::map<person_id, account_saved> accounts_;
    std::map<person_id, rights_saved> rights_;
    std::vector<membership_saved> places_;
    std::vector<invitation_saved> invitations_;
    std::map<std::pair<person_id, conversation_id>, marker_saved> markers_;
    std::map<std::tuple<person_id, conversation_id, std::string>, metadata_saved> about_;
    std::vector<certificate_saved> certificates_;
    std::map<sanction_id, sanction> sanctions_;
    std::map<report_id, report> reports_;
    std::vector<measure_taken> moderation_;
    std::vector<silence_saved> silences_;
    std::vector<account_code> codes_;
    std::vector<listed_word> words_;
    std::vector<token_saved> tokens_;
    std::vector<webhook_saved> webhooks_;
    message_number reserved_, last_;
};

std::string lasting_bytes(const heart& of) {
    restored state = of.lasting_state();
    state.time = {};
    return heart(state).snapshot();
}

template <class Answer>
Answer ask(const heart& of, session_id asker, const question& what) {
    std::vector<event> events;
    of.ask(asker, 1, {}, what, events);
    return std::get<Answer>(*std::get<answered>(events.front().what).what);
}

// Compares what one session's questions find with what was heard.
void compare(const heart& live, session_id asker, const follower& heard) {
    for (unsigned i = 0; live.knows(asker) && i < room_count; ++i) {
        const base::name name = named("#r" + std::to_string(i));
        const auto found = ask<room_answer>(live, asker, ask_room{name});
        if (!found.member) {
            continue;
        }
        const heard_room& known = heard.knows(found.view->room->id);
        std::map<person_id, role> members;
        for (const member_view& one : ask<names_answer>(live, asker, ask_names{name}).members) {
            members[one.who->person] = one.rank;
        }
        CHECK(members == known.members);
        CHECK(found.view->flags == known.view.flags);
        CHECK(found.view->topic == known.view.topic);
        CHECK(found.view->topic_by == known.view.topic_by);
        CHECK(found.view->password == known.view.password);
        CHECK(found.view->capacity == known.view.capacity);
    }
}

} // namespace

TEST_CASE("who hears every event knows the members, roles, topic and modes of every room") {
    for (const unsigned seed : {11U, 12U, 13U}) {
        heart live(restored{});
        follower heard;
        play(seed, 40, [&](const entry& next) {
            std::vector<event> events;
            live.apply(next, events);
            for (const event& one : events) {
                heard.hear(one);
            }
            compare(live, next.author, heard);
        });
    }
}

TEST_CASE("what the store is given is what lasts, after every entry") {
    for (const unsigned seed : {21U, 22U, 23U}) {
        heart live(restored{});
        keeper store;
        int differences = 0;
        play(seed, 20, [&](const entry& next) {
            std::vector<event> events;
            live.apply(next, events);
            for (const event& one : events) {
                store.hear(one);
            }
            differences += store.holds() == lasting_bytes(live) ? 0 : 1;
        });
        CHECK(differences == 0);
    }
}

TEST_CASE("a room is saved at most once in an entry, and every entry ends in its only done") {
    heart live(restored{});
    play(31, 80, [&](const entry& next) {
        std::vector<event> events;
        live.apply(next, events);
        std::set<conversation_id> saved;
        for (const event& one : events) {
            if (const auto* const room = std::get_if<room_saved>(&one.what)) {
                CHECK(saved.insert(room->id).second);
            }
            CHECK(one.cause.session == next.author);
            CHECK(one.cause.serial == next.serial);
            CHECK(std::holds_alternative<done>(one.what) == (&one == &events.back()));
        }
    });
}

TEST_CASE("every kind of command gives the same twice, to the byte") {
    heart one(restored{});
    heart other(restored{});
    play(41, 80, [&](const entry& next) {
        std::vector<event> first;
        std::vector<event> second;
        one.apply(next, first);
        other.apply(next, second);
        REQUIRE(first.size() == second.size());
        REQUIRE(std::ranges::equal(
            first, second, {}, [](const event& of) { return of.what.index(); },
            [](const event& of) { return of.what.index(); }));
        if (next.serial % 500 == 0) {
            REQUIRE(one.snapshot() == other.snapshot());
        }
    });
    CHECK(one.snapshot() == other.snapshot());
}

TEST_CASE("when everybody is gone, nothing of anybody is left but rooms and memories") {
    heart live(restored{});
    std::vector<event> events;
    base::wall_time last;
    play(51, 80, [&](const entry& next) {
        live.apply(next, events);
        last = next.time;
    });
    live.apply({{}, 0, last, node_gone{0}}, events);
    live.apply({{}, 0, last, node_gone{1}}, events);
    live.apply({{}, 0, last, sweep{last}}, events);
    events.clear();
    const session_id late{0, 1, 500};
    live.apply({late, 1, last, connect{named("late"), {}, {}, "0", {}, false, 1, {}}}, events);
    REQUIRE(std::holds_alternative<welcomed>(events.front().what));
    const auto& counts = std::get<welcomed>(events.front().what).counts;
    CHECK(counts.persons == 1);
    CHECK(counts.invisible == 0);
    const restored left = live.lasting_state();
    for (const conversation_opened& one : left.conversations) {
        const auto kept = [&](const account_saved& by) {
            return by.id == one.one.who || by.id == one.other.who;
        };
        CHECK(std::ranges::any_of(left.accounts, kept));
    }
    CHECK(std::ranges::all_of(live.lasting_state().rooms, &room_saved::kept));
}

TEST_CASE("the scripts bring about every kind of event that a command can, each several times") {
    heart live(restored{});
    std::map<std::size_t, int> happened;
    play(39, 400, [&](const entry& next) {
        std::vector<event> events;
        live.apply(next, events);
        for (const event& one : events) {
            ++happened[one.what.index()];
        }
    });
    for (std::size_t kind = 0; kind < std::variant_size_v<event_body>; ++kind) {
        const bool answers_a_question =
            kind == event_body{signalled{}}.index() || kind == event_body{answered{}}.index();
        const bool once = kind == event_body{numbers_reserved{}}.index();
        INFO("kind ", kind);
        CHECK(happened[kind] >= (answers_a_question ? 0 : once ? 1 : 5));
    }
}
