// SPDX-License-Identifier: Apache-2.0
// Order on the whole server, kept while one entry is applied: who may come in, who may write, and
// what is over.
#pragma once

#include "chat/application.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::chat {

class steward {
public:
    explicit steward(application& in) : in_(in) {}

    // sanctions.cpp

    // Somebody who comes, or comes to be that account, may; otherwise refuses.
    [[nodiscard]] bool admits(const account* of, const std::optional<base::network>& from);
    [[nodiscard]] std::optional<base::network> whence(session_id session) const;
    // As whom a program speaks, from there; otherwise refuses.
    [[nodiscard]] bool lets_speak(const account& as, const std::optional<base::network>& from);
    // What the author's session is muted by; none: nothing.
    [[nodiscard]] const sanction* mute() const;
    // Her command without what others would read of it; refused where nothing is left.
    void apply_muted(const sanction& by);
    void begin(const impose& wish);
    void end(const lift& wish);
    void end_what_is_over(); // as time passes
    void forget(person_id ended);

    // reports.cpp
    void record(moderated done);
    void tell_everybody(const announce& wish);
    void take_report(const file_report& wish);
    void close(const close_report& wish);

    // codes.cpp

    // The code opens the door once more; otherwise refuses.
    [[nodiscard]] bool accepts(const std::string& code);
    void use(const std::string& code, const base::name& by);
    void end_codes_that_are_over();

    // words.cpp
    void list(const add_word& wish);
    void unlist(const remove_word& wish);
    // Somebody said it: an account, or the guest or program of that name. False: she is muted.
    bool meet(const word_met& what, const account* as, const base::name& name);

private:
    void refuse_by(const sanction& what, reason why);
    [[nodiscard]] bool may(sanction_kind kind);
    [[nodiscard]] bool may_write_to(const base::name& target) const;
    [[nodiscard]] bool is_for_operators(const command& what) const;
    [[nodiscard]] std::optional<sanctioned> resolved(const sanction_target& wish);
    [[nodiscard]] bool within_reach(const sanctioned& whom);
    void put_in_force(const sanction& made);
    void put_out_the_banned(const sanction& by);
    void tell_the_muted(const sanction& by);
    void impose_by(const listed_word& word, const sanctioned& whom);
    void report_by(const listed_word& word, const word_met& what, const base::name& whom);
    void tell_of(const report& made);
    void save_words(const listed_word& what, bool kept, std::vector<listed_word> all);
    void drop_if(const std::function<bool(const sanction&)>& over);

    application& in_;
};

} // namespace tertulia::chat
