// SPDX-License-Identifier: Apache-2.0
// One question being answered, for one asker: what she may not know reads as if it did not exist.
#pragma once

#include "chat/state.hpp"

#include <functional>

namespace tertulia::chat {

struct inquiry {
    const heart_state& state;
    const person& asker;
    origin cause;
    base::wall_time time;

    [[nodiscard]] event operator()(const ask_names& what) const;
    [[nodiscard]] event operator()(const ask_who& what) const;
    [[nodiscard]] event operator()(const ask_whois& what) const;
    [[nodiscard]] event operator()(const ask_whowas& what) const;
    [[nodiscard]] event operator()(const ask_rooms& what) const;
    [[nodiscard]] event operator()(const ask_room& what) const;
    [[nodiscard]] event operator()(const ask_mask_list& what) const;
    [[nodiscard]] event operator()(const ask_self& what) const;
    [[nodiscard]] event operator()(const ask_present& what) const;
    [[nodiscard]] event operator()(const ask_invitations& what) const;
    [[nodiscard]] event operator()(const ask_counts& what) const;
    [[nodiscard]] event operator()(const ask_history& what) const;
    [[nodiscard]] event operator()(const ask_conversations& what) const;
    [[nodiscard]] event operator()(const ask_accounts& what) const;
    [[nodiscard]] event operator()(const ask_marker& what) const;   // markers.cpp
    [[nodiscard]] event operator()(const ask_watched& what) const;  // watching.cpp
    [[nodiscard]] event operator()(const ask_metadata& what) const; // metadata.cpp
    [[nodiscard]] event operator()(const ask_sessions& what) const; // sessions.cpp
    [[nodiscard]] event operator()(const ask_certificates& what) const;
    [[nodiscard]] event operator()(const ask_sanctions& what) const;  // sanctions.cpp
    [[nodiscard]] event operator()(const ask_admission& what) const;  // likewise
    [[nodiscard]] event operator()(const ask_reports& what) const;    // reports.cpp
    [[nodiscard]] event operator()(const ask_moderation& what) const; // likewise
    [[nodiscard]] event operator()(const ask_silences& what) const;   // silences.cpp
    [[nodiscard]] event operator()(const ask_codes& what) const;      // codes.cpp
    [[nodiscard]] event operator()(const ask_words& what) const;      // words.cpp
    // questions_keeping.cpp
    [[nodiscard]] event operator()(const ask_access& what) const;
    [[nodiscard]] event operator()(const ask_keeping& what) const;
    [[nodiscard]] event operator()(const ask_invited& what) const;
    [[nodiscard]] event operator()(const ask_of_account& what) const; // bots.cpp
    [[nodiscard]] event operator()(const ask_pushable& what) const;   // pushes.cpp
    [[nodiscard]] event operator()(const signal& what) const;

private:
    [[nodiscard]] event answer_with(answer what) const;
    // What the asker lacks a right for.
    [[nodiscard]] std::optional<event> without(right needed) const;
    // Those in no room with the asker are hidden by +i.
    [[nodiscard]] bool visible(const person& whom) const;
    [[nodiscard]] bool sees(const room& which) const;
    // The room, for those who keep order there; `allowed`: they may know what they asked.
    [[nodiscard]] const room* governed(std::string_view key, bool& allowed) const;
    void each_watched(const std::function<void(const person&)>& tell) const; // who are there
};

// bots.cpp: a session, or a stranger with a proof, asks what is an account's to know.
[[nodiscard]] event tell_account(const heart_state& in, const person* asker, origin cause,
                                 const ask_of_account& what);

// sanctions.cpp
[[nodiscard]] admission_answer tell_admission(const heart_state& in, const ask_admission& what,
                                              base::wall_time now);

[[nodiscard]] pushable_answer tell_pushable(const heart_state& in, const ask_pushable& what);

[[nodiscard]] member_view view_of(const person& who, role rank);

} // namespace tertulia::chat
