// SPDX-License-Identifier: Apache-2.0
// One IRC client, from its first byte to its last: splits lines, sends each through the one door
// that every verb passes (verbs.hpp), keeps the order of answers, and turns events into lines. Owns
// no socket and reads no clock. Lives on its network thread; the dialect outlives it.
#pragma once

#include "base/catalogue.hpp"
#include "base/time.hpp"
#include "irc/capabilities.hpp"
#include "irc/dialect.hpp"
#include "irc/numeric.hpp"
#include "irc/peer.hpp"
#include "session/protocol.hpp"
#include "wire/irc_line.hpp"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::irc {

// attention.hpp
struct activity;
struct attention;
struct change_wish;
struct core_question;
struct history_read;
struct history_wish;
struct page;
struct replay;
struct replay_wish;
struct playback;
struct greeting;                   // greeting.hpp
struct particulars;                // particulars.hpp
enum class playing : std::uint8_t; // history_lines.hpp
class session;
// What is done with the answer to a check of credentials.
using check_heard = std::function<void(session& by, const tertulia::session::credential_answer&)>;

class session final : public tertulia::session::protocol {
public:
    session(const dialect& speaks, peer from, base::moment now);
    ~session() override;

    void begin(base::moment now, tertulia::session::output& out) override;
    void identify(std::string_view certificate) override;
    std::size_t receive(std::string_view bytes, base::moment now,
                        tertulia::session::output& out) override;
    void deliver(const chat::event& of, base::moment now, tertulia::session::output& out) override;
    void deliver_check(const tertulia::session::credential_answer& answer, base::moment now,
                       tertulia::session::output& out) override;
    void deliver_read(const tertulia::session::read_answer& answer, base::moment now,
                      tertulia::session::output& out) override;
    void tick(base::moment now, tertulia::session::output& out) override;
    void reconfigured(base::moment now, tertulia::session::output& out) override;
    [[nodiscard]] base::steady_time wakes_at() const override;
    void farewell(std::string_view reason, tertulia::session::output& out) override;
    [[nodiscard]] const tertulia::session::dialect& speaks() const override { return speaks_; }
    [[nodiscard]] tertulia::session::features wants() const override;
    [[nodiscard]] tertulia::session::own_event hears_own(const chat::event& of) const override;

    // For the verbs. What they write takes its place behind the answers of commands still on their
    // way to the core, and carries the label of the line being handled.
    [[nodiscard]] const settings& rules() const { return speaks_.rules(); }
    [[nodiscard]] const dialect& door() const { return speaks_; }
    [[nodiscard]] bool registered() const { return self_ != nullptr; }
    [[nodiscard]] const chat::card* self() const { return self_.get(); } // none before registration
    [[nodiscard]] std::string_view nickname() const;                     // "*" before registration
    [[nodiscard]] capability_set capabilities() const { return capabilities_; }
    [[nodiscard]] base::moment now() const;
    [[nodiscard]] chat::session_id id() const { return id_; }
    [[nodiscard]] std::string_view came_through() const { return door_; }
    [[nodiscard]] const particulars* rare() const { return rare_.get(); }
    [[nodiscard]] particulars& more();

    [[nodiscard]] std::string head(numeric number) const; // ":server NNN nickname"
    // ":server NNN nickname middle… :trailing". What clients typed may stand in the middle: it is
    // shown as one parameter. The trailing text comes from the catalogue or is data.
    void reply(numeric number, std::initializer_list<std::string_view> middle,
               std::string_view trailing);
    void reply(numeric number, std::initializer_list<std::string_view> middle);
    // A standard reply (standard_reply.hpp).
    void fail(std::string_view verb, std::string_view code,
              std::initializer_list<std::string_view> context, std::string_view description);
    // A whole line, without CR LF; `tags`, with '@' and the blank behind, do not count towards it.
    void line(std::string_view text, std::string_view tags = {});
    // Whole lines with their CR LF, rendered as the queue drains.
    void list(std::unique_ptr<tertulia::session::listing> of);
    // The catalogue in the session's language.
    [[nodiscard]] base::language language() const;
    [[nodiscard]] std::string_view text(base::text_key what) const;
    [[nodiscard]] std::string say(base::text_key what,
                                  std::initializer_list<std::string_view> values) const;

    // To the core; the answer comes as events, with the verb of the line that asked.
    void submit(chat::command what);
    void submit(chat::question what);
    // Told by another verb than the line's; of static lifetime.
    void submit_as(chat::command what, std::string_view verb);
    void submit_as(chat::question what, std::string_view verb);
    // What a read begins with; further input waits for both.
    void ask_first(core_question about, chat::question what, std::string_view verb);
    // Asks whether somebody is who she says, and then does what `heard` does, which may submit one
    // command. Further input waits. `verb`, of static lifetime, is what answers are told by.
    void ask_check(tertulia::session::credential_query::what_of what, std::string_view verb,
                   check_heard heard);
    // The session is that account's: at once, or with the end of its registration.
    void become(const tertulia::session::proved& who);
    // Whom the connection itself proves; nothing: nobody, or the welcome has been said.
    [[nodiscard]] const std::optional<tertulia::session::proved>& outside() const;
    [[nodiscard]] greeting* before_registration() const { return greeting_.get(); }
    void register_when_ready();
    void come_from(peer whence); // a gateway says so
    void set_capabilities(capability_set to);
    // "ERROR" and the end, behind all that is still to be answered; `reason` is what others hear.
    void close(std::string_view last_words, std::string reason);
    [[nodiscard]] attention& attend(); // to what is under way; made where nothing is

private:
    struct turn; // of one call from outside
    using piece = tertulia::session::output::piece;
    using conversations = std::vector<chat::history_answer>;

    // session.cpp
    [[nodiscard]] bool takes_lines();
    [[nodiscard]] base::steady_time line_allowed_at() const;
    void charge_line();
    [[nodiscard]] bool in_batch(const wire::irc_line& line) const;
    void take_line(std::string_view text);
    void pass_door(const wire::irc_line& line);
    [[nodiscard]] base::steady_time silent_until() const;
    // speaking.cpp
    void write(piece what);
    std::uint32_t next_serial();
    void end_now(base::text_key last_words);
    // checking.cpp
    void ask_now_if_alone();
    void hear_registered(const chat::event& of, const chat::registered& what);
    void hear_logged_in(const chat::event& of, const chat::logged_in& what);
    void hear_evicted(const chat::evicted& what);
    // registration.cpp
    void hear_welcome(const chat::event& of, const chat::welcomed& what);
    void hear_no_welcome(const chat::refused& what);
    // hearing.cpp
    [[nodiscard]] bool mine(const chat::event& of) const;
    [[nodiscard]] bool is_self(const chat::card_ref& who) const;
    void show(const chat::event& of);
    void show_if_watched(const chat::event& of, const chat::card_ref& who);
    void meet(std::string_view target);
    void hear_presence(const chat::presence_changed& what);
    void hear_metadata(const chat::event& of, const chat::metadata_changed& what);
    void hear_away(const chat::event& of, const chat::away_changed& what);
    void hear_join(const chat::event& of, const chat::joined& what);
    void hear_said(const chat::event& of, const chat::card_ref& by, const chat::card_ref& to);
    void hear_invitation(const chat::event& of, const chat::invited& what);
    void hear_answer(const chat::event& of, const chat::answer& what);
    void hear_refusal(const chat::event& of, const chat::refused& what);
    void hear_done(std::uint32_t serial);
    // reading.cpp
    void hear_history(history_wish wish, const chat::history_answer& what, std::uint32_t serial);
    void hear_open(const history_wish& wish, const conversations& open, std::uint32_t serial);
    void hear_standing(change_wish wish, const chat::history_answer& what, std::uint32_t serial);
    void change(const change_wish& wish, const tertulia::session::read_answer& answer);
    void search_in(tertulia::session::search_query query, conversations of, std::uint32_t serial);
    void show_hits(const conversations& of, const tertulia::session::read_answer& answer);
    void play_back(const chat::joined& what);
    void read(history_read what);
    void show_playback(const playback& of, const tertulia::session::read_answer& answer);
    void show_page(const page& of, const tertulia::session::read_answer& answer);
    void show_activity(const activity& of, const tertulia::session::read_answer& answer);
    void show_messages(std::string_view target, const tertulia::session::history_page& found,
                       playing how);
    // playback.cpp
    void replay_all(replay_wish wish, conversations of, std::uint32_t serial);
    void replay_next(replay of, std::uint32_t serial);
    void show_replayed(const replay& of, const tertulia::session::read_answer& answer);

    const dialect& speaks_;
    turn* turn_ = nullptr;                 // while it lasts
    std::unique_ptr<greeting> greeting_;   // before registration only
    std::unique_ptr<attention> attention_; // only while something is under way
    std::unique_ptr<particulars> rare_;
    std::string_view door_;
    chat::card_ref self_;
    chat::session_id id_;             // known with the welcome
    std::uint64_t origin_;            // a hash of the address
    base::steady_time heard_at_;      // the last byte taken, or the ping sent after it
    base::steady_time lines_paid_at_; // when flood control will have forgotten all lines
    capability_set capabilities_;
    std::uint32_t serial_ = 0;
    bool skipping_ = false;  // the rest of a line that was too long
    bool throttled_ = false; // input waits for flood control
    bool pinged_ = false, closing_ = false, told_slow_ = false;
};

} // namespace tertulia::irc
