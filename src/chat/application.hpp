// SPDX-License-Identifier: Apache-2.0
// One entry being applied. Each family of commands is overloads of operator(), in its own file.
#pragma once

#include "chat/hearing.hpp"
#include "chat/state.hpp"

#include <string>
#include <vector>

namespace tertulia::chat {

struct message_place; // messages.cpp

class application {
public:
    application(heart_state& in, const entry& of, std::vector<event>& events);

    void run();

    // people.cpp
    void operator()(const connect& wish);
    void operator()(const disconnect& leave);
    void operator()(const rename& wish);
    void operator()(const set_away& wish);
    void operator()(const set_real_name& wish);
    void operator()(const set_person_modes& wish);
    void operator()(const node_gone& gone);
    // accounts.cpp
    void operator()(const register_account& wish);
    void operator()(const log_in& wish);
    void operator()(const change_credentials& wish);
    void operator()(const end_other_sessions& wish);
    void operator()(const end_account& wish);
    void operator()(const reset_credentials& wish);
    void operator()(const suspend_account& wish);
    void operator()(const delete_account& wish);
    // order.cpp, sanctions.cpp, reports.cpp, silences.cpp, logins.cpp, codes.cpp, words.cpp
    void operator()(const claim_server& wish);
    void operator()(const set_rights& wish);
    void operator()(const kill& wish);
    void operator()(const impose& wish);
    void operator()(const lift& wish);
    void operator()(const announce& wish);
    void operator()(const file_report& wish);
    void operator()(const close_report& wish);
    void operator()(const silence& wish);
    void operator()(const open_login& wish);
    void operator()(const close_login& wish);
    void operator()(const add_code& wish);
    void operator()(const remove_code& wish);
    void operator()(const add_word& wish);
    void operator()(const remove_word& wish);
    void operator()(const meet_word& wish);
    // rooms.cpp, room_keeping.cpp, invitations.cpp, room_modes.cpp, messages.cpp
    void operator()(const join& wish);
    void operator()(const part& wish);
    void operator()(const kick& wish);
    void operator()(const close_room& wish);
    void operator()(const set_topic& wish);
    void operator()(const keep_room& wish);
    void operator()(const sweep& wish);
    void operator()(const register_room& wish);
    void operator()(const grant_access& wish);
    void operator()(const transfer_room& wish);
    void operator()(const rename_room& wish);
    void operator()(const invite& wish);
    void operator()(const uninvite& wish);
    void operator()(const set_room_modes& wish);
    void operator()(const speak& wish);
    void operator()(const redact& wish);
    void operator()(const edit& wish);
    // markers.cpp, watching.cpp, metadata.cpp, sessions.cpp
    void operator()(const mark_read& wish);
    void operator()(const watch& wish);
    void operator()(const set_metadata& wish);
    void operator()(const clear_metadata& wish);
    void operator()(const end_session& wish);
    void operator()(const set_language& wish);
    void operator()(const change_certificate& wish);
    // bots.cpp
    void operator()(const add_token& wish);
    void operator()(const remove_token& wish);
    void operator()(const add_webhook& wish);
    void operator()(const remove_webhook& wish);
    void operator()(const post& wish);
    void operator()(const set_push& wish); // pushes.cpp

private:
    friend class steward; // steward.hpp
    void emit(audience to, event_body what);
    void refuse(reason why, const std::string& a = {}, const std::string& b = {});
    // The author's room, when she is in it and it can be seen; otherwise refuses.
    room* own_room(const base::name& named, member*& as);
    void save(const room& what); // room_saved, for the store
    // Likewise from inside, or by what her account may there from elsewhere.
    room* governed_room(const base::name& named, role& as);
    // people.cpp
    std::optional<reason> nickname_refusal(const base::name& wish, const person* own) const;
    counted_address* count_in(const connect& wish);
    void replace_card(person& of, card_ref next);
    void remove_person(person& who, const std::string& why, departure how);
    void end_conversations(person& who);
    person& make_person(card as);
    void attach(person& to, const attached& one);
    void detach(person& from, session_id session);
    void forget(person& who); // out of all indexes
    void become_away(person& who, const std::optional<std::string>& text);
    // accounts.cpp
    account* own_account();                         // the author's; otherwise refuses
    account* proved(const proof& by);               // otherwise refuses
    account* named_account(const base::name& wish); // otherwise refuses
    void replace_credentials(account& of, const credentials& what);
    void put_out(person& whom, const evicted& told, const std::string& others_hear);
    void end(account& ended);
    account& make_account(person_id id, const base::name& named, const credentials& what);
    void take_on(account& of, const to_rooms& heard_by, const std::string& door);
    void come_back(account& of);
    void resume(const person& of, session_id session);
    void merge(person& guest, person& into, const std::string& door);
    void set_membership(const person& who, const room& where, bool in);
    // order.cpp
    bool permitted(right needed, authority by);            // otherwise refuses
    bool within_reach(const person& whom, authority by);   // likewise
    bool within_reach(const account& which, authority by); // likewise
    void note_measure(measure what, authority by, std::string whom, std::string why,
                      std::optional<base::wall_time> until);
    void hold_rights(account& of, rights held);
    void own_from_now_on(person& who, room& what);
    void end_orphans();
    bool rename_account(const base::name& to);
    void remember(card_ref gone); // for WHOWAS
    [[nodiscard]] static to_rooms acquaintances(const person& of, bool own_too);
    [[nodiscard]] static std::vector<std::uint32_t> others_with(const person& one); // in each
    // rooms.cpp, room_keeping.cpp, invitations.cpp, room_modes.cpp, messages.cpp
    room* make_room(const base::name& named, bool kept);
    [[nodiscard]] std::optional<reason> join_refusal(const room& into, const person& who,
                                                     const std::string& password) const;
    void come_in(room& into);
    [[nodiscard]] joined coming_in(const person& who, const room& into,
                                   std::vector<session_id> sessions) const;
    void leave(room& from, person& who, departure how);
    void begin_anew(room& of);
    void end_room(room& ended);
    void give_access(room& of, account& whom, role rank, const card_ref& by);
    void inherit(room& of);
    void note_former_name(room& of, const base::name& before);
    [[nodiscard]] bool is_invited(const person& who, const room& to) const;
    void keep_invitation(account& of, conversation_id to);
    void end_invitation(account& of, conversation_id to);
    void use_invitation(const person& who, const room& to);
    struct mode_verdict;
    bool change(room& of, const member& by, const mode_change& wish, mode_verdict& verdict);
    bool change_flag(room& of, const flag_change& wish);
    bool change_history(room& of, const member& by, const history_change& wish,
                        mode_verdict& verdict);
    bool change_mask(room& of, const mask_change& wish, mode_verdict& verdict);
    static bool set_access(room& of, const person& who, role rank);
    bool change_role(room& of, const member& by, const role_change& wish, mode_verdict& verdict);
    void end_masks(room& of);
    void limit_history(const room& of);
    std::optional<message_place> place_of(const base::name& target, const message_facts& what);
    [[nodiscard]] bool moderates(const room& in, person_id whom) const;
    [[nodiscard]] role rank_in(const room& of, person_id whom) const;
    void refuse_about(reason why, const base::name& target, const message_facts& what);
    [[nodiscard]] bool in_manner(room& in, const speak& wish);
    static void forget_slowed(room& in, base::wall_time now);
    std::optional<conversation_id> conversation_with(const partner& other);
    [[nodiscard]] std::optional<conversation_id> silent_conversation(person_id with) const;
    private_conversations& conversations_of(const partner& whom);
    void end_conversation(conversation_id id);
    void forget_a_guest(const partner& of);
    // markers.cpp, watching.cpp
    read_markers& own_markers();
    void make_room_for_a_marker(read_markers& among);
    void save_marker(conversation_id of, std::optional<base::wall_time> read_to);
    void unwatch(session_id session);
    void tell_watchers(const card_ref& of, bool here);
    void tell_distant_watchers(const person& of, event_body what); // in no room with her
    // metadata.cpp, sessions.cpp, bots.cpp
    metadata& own_metadata();
    void save_metadata(const room* of, const metadata_value& what);
    std::optional<room*> metadata_room(const base::name& target, const std::string& key);
    void tell_metadata(metadata_changed what);
    void bring_metadata(const std::vector<metadata_value>& brought);
    [[nodiscard]] std::vector<metadata_value> all_metadata(const person& of) const;
    void note_session(const std::string& door, base::wall_time since);
    void note_words();                                   // the author has said something
    account* account_of(const std::optional<proof>& by); // otherwise refuses
    room* room_in_order_of(const account& of, const base::name& named); // likewise
    void forget_webhooks(room& of);

    heart_state& state_;
    const entry& entry_;
    std::vector<event>& events_;
    person* author_; // none before connect, and for the server's own entries
    message_number number_;
};

} // namespace tertulia::chat
