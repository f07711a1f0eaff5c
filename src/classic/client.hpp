// SPDX-License-Identifier: Apache-2.0
// What the conversations of all classic dialects share: a client becomes a guest, comes into its
// listener's room, gets the nickname it wishes or one like it, speaks when its turn has come, and
// is written at its pace. A dialect says how reads become deeds, and how things read (dialect.hpp).
// Owns no socket and reads no clock. Lives on its network thread; the dialect outlives it.
#pragma once

#include "classic/dialect.hpp"
#include "classic/pacing.hpp"
#include "session/protocol.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace tertulia::classic {

class client : public session::protocol {
public:
    client(const dialect& speaks, entrance at, visitor who, base::moment now);
    ~client() override;

    void begin(base::moment now, session::output& out) override;
    std::size_t receive(std::string_view bytes, base::moment now, session::output& out) override;
    void deliver(const chat::event& of, base::moment now, session::output& out) override;
    void deliver_read(const session::read_answer& page, base::moment now,
                      session::output& out) override;
    void deliver_check(const session::credential_answer& answer, base::moment now,
                       session::output& out) override;
    void tick(base::moment now, session::output& out) override;
    [[nodiscard]] base::steady_time wakes_at() const override;
    void farewell(std::string_view reason, session::output& out) override;
    [[nodiscard]] const session::dialect& speaks() const override { return speaks_; }
    [[nodiscard]] session::features wants() const override { return 0; }
    [[nodiscard]] session::own_event hears_own(const chat::event& of) const override;

protected:
    // What a dialect's conversation is made of. `opens`: somebody has connected. `reads`: what one
    // read brought. `settles`: she is in the room. `hears`: an event for her; what is not the
    // dialect's own is the base's to tell.
    virtual void opens() { enter({}); }
    virtual void reads(std::string_view bytes) = 0;
    virtual void settles() {}
    virtual void hears(const chat::event& of);
    // She is in a room, by her own wish or as her account was before.
    virtual void comes_in(const chat::joined& what);
    // Her name and password were looked at.
    virtual void checked(const session::credential_answer& /*answer*/) {}
    // What came and waits for its turn.
    [[nodiscard]] virtual std::size_t backlog() const { return deeds_.size(); }
    // How long she may take to say who she is.
    [[nodiscard]] virtual std::chrono::milliseconds patience() const {
        return rules().answer_timeout;
    }
    // When the dialect wants to be woken, and that it is time.
    [[nodiscard]] virtual base::steady_time waits_until() const;
    virtual void wakes() {}

    // Becomes a guest of this nickname, or one like it; without a wish `invitadoN`.
    void enter(std::string_view wish);
    // As an account.
    void enter_as(const session::proved& who);
    [[nodiscard]] bool entering() const { return entering_; } // or in
    void stay_out() { entering_ = false; }
    // Deeds, done one by one when their turn has come.
    void wishes(std::string_view name);
    void says(std::string text);
    void leaves();

    void write(const writes& message);
    void note(std::string_view text);                          // the server's own word
    [[nodiscard]] std::string word(base::text_key what) const; // of the catalogue
    // What others hear as her reason is the same.
    void close(const std::string& last_word);
    std::uint32_t submit(chat::command what);
    std::uint32_t submit(chat::question what);
    [[nodiscard]] std::uint32_t last_serial() const { return serial_; }

    [[nodiscard]] const settings& rules() const { return speaks_.rules(); }
    [[nodiscard]] const entrance& at() const { return at_; }
    [[nodiscard]] const visitor& from() const { return from_; }
    // Why she may not, in words; else words are hidden in it that are to be. The core is told of
    // some of it.
    [[nodiscard]] std::optional<std::string> objection_to(chat::command& wish);
    [[nodiscard]] std::optional<std::string> objection_to(const base::name& target,
                                                          std::string& text);
    [[nodiscard]] base::moment now() const { return now_; }
    [[nodiscard]] session::output& out() { return *out_; }
    [[nodiscard]] const chat::room_ref& room() const { return room_; } // empty: not in yet
    [[nodiscard]] bool is_self(const chat::card_ref& who) const;
    [[nodiscard]] const chat::card& self() const { return *self_; }
    void sits_in(chat::room_ref where) { room_ = std::move(where); }
    // In pieces that a line of IRC holds: the first at once, others when their turn has come.
    void speak(const base::name& target, std::string_view text);
    [[nodiscard]] bool speaks_on() const { return !pieces_.empty(); }
    void falls_silent() { pieces_.clear(); }
    [[nodiscard]] std::uint32_t spoken_serial() const { return spoken_serial_; } // the last's
    [[nodiscard]] std::string in_words(const chat::kicked& what) const;          // to whom it meets
    // Flood control.
    [[nodiscard]] base::steady_time deed_allowed_at() const;
    void charge();

private:
    struct turn; // of one call from outside
    struct deed {
        enum class kind : std::uint8_t { wish, speech, end } what;
        std::string text;
    };
    // A nickname being asked for.
    struct naming {
        std::uint32_t serial = 0;
        std::string base;
        std::uint32_t tries = 0;
    };

    void work();
    void say_next_piece();
    [[nodiscard]] bool may_work() const;
    void start_naming(std::string_view wish);
    void ask_for_name();
    [[nodiscard]] std::string stem_of(std::string_view wish);
    [[nodiscard]] base::name next_name();
    [[nodiscard]] chat::connect coming_as(base::name nickname) const;
    void flush();

    void hear_refusal(const chat::event& of, const chat::refused& what);
    void hear_no_name(chat::reason why);
    void tell(const chat::event& of);
    [[nodiscard]] bool crowded(const chat::event& of,
                               const std::vector<std::uint32_t>& others) const;

    const dialect& speaks_;
    const entrance at_;
    const visitor from_;
    session::output* out_ = nullptr; // while a turn lasts
    base::moment now_{};             // likewise
    std::deque<deed> deeds_;
    std::deque<chat::speak> pieces_; // of what is being said, before all deeds
    pacing pace_;
    std::string held_; // a read that ended within a character
    base::steady_time held_until_{};
    std::string known_as_; // as she said last that she is called
    std::optional<naming> naming_;
    chat::card_ref self_;
    chat::room_ref room_;
    base::steady_time since_;      // the connection
    base::steady_time renamed_at_; // may be again, some time after
    base::steady_time paid_at_;    // when flood control will have forgotten all deeds
    std::uint32_t serial_ = 0;
    std::uint32_t join_serial_ = 0;
    std::uint32_t spoken_serial_ = 0;
    bool entering_ = false;
    bool closing_ = false;
};

} // namespace tertulia::classic
