// SPDX-License-Identifier: Apache-2.0
// Classic clients of any kind in one house, without sockets, log or disk: the production's heart,
// hub and dialects, joined by hand. What a client sends at once is one read of the server, what it
// is written at once one read of its own.
//
//     hall house;
//     guest& ana = house.connects("caesar");
//     ana.sends(wire::caesar_cipher("Ana: hola"));
//     CHECK(luis.hears() == std::vector<std::string>{"Ana: hola"});
#pragma once

#include "auth/clerk.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "chat/batch.hpp"
#include "chat/heart.hpp"
#include "classic/dialect.hpp"
#include "irc/kept_accounts.hpp"
#include "session/hub.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::tests {

class hall;

class guest final : public session::outlet {
public:
    guest(hall& house, chat::session_id id, classic::dialect& speaks, const classic::entrance& at,
          const classic::visitor& who);

    guest& sends(std::string_view bytes);
    // Its side of the connection is closed.
    void hangs_up();

    // Each write since this was last asked. Half a second passes, so that all have come.
    [[nodiscard]] std::vector<std::string> hears();
    [[nodiscard]] std::vector<std::string> hears_now();

    [[nodiscard]] const std::optional<std::string>& closed() const { return closed_; }
    [[nodiscard]] const chat::session_id& id() const { return id_; }

    void take(const session::slice& shared) override;
    void take(session::output& own) override;

private:
    friend class hall;
    bool offer();

    hall& house_;
    chat::session_id id_;
    std::unique_ptr<session::protocol> protocol_;
    std::deque<std::string> unread_;
    std::vector<std::string> heard_;
    std::optional<std::string> closed_;
};

class hall {
public:
    explicit hall(const classic::settings& rules = quiet());
    ~hall();

    // Spanish, without flood control.
    [[nodiscard]] static classic::settings quiet();

    // Numbered from 0 as they come; from port 45350 on.
    guest& connects(const std::string& kind, const std::string& room = "#lobby",
                    const std::string& host = "127.0.0.1");
    guest& connects_to(const std::string& kind, const classic::entrance& at,
                       const std::string& host = "127.0.0.1");
    void nobody_hears();
    void waits(std::chrono::milliseconds time);

    // Somebody at a door that is not classic, and what she does.
    void arrives(const std::string& nickname, const std::string& room = "#lobby");
    void does(const std::string& nickname, chat::command what);
    // What another session of that guest's person would do.
    void does_as(const guest& who, chat::command what);
    void says(const std::string& nickname, const std::string& target, const std::string& text);
    // The answers of the core to the last act of such a person.
    [[nodiscard]] const std::vector<chat::event>& answers() const { return answers_; }
    [[nodiscard]] std::vector<std::string> people_in(const std::string& room);
    [[nodiscard]] std::vector<std::string> real_names_in(const std::string& room);
    [[nodiscard]] std::vector<std::string> said() const { return said_; } // to rooms, by anybody

    void core_holds() { core_holds_ = true; }
    void core_goes_on();
    void core_refuses(std::optional<chat::reason> why) { refuses_ = why; }
    // Questions that the core was asked.
    [[nodiscard]] std::size_t questions() const { return questions_; }
    void replaces_settings(const classic::settings& rules);

private:
    friend class guest;
    [[nodiscard]] std::vector<chat::card_ref> members_of(const std::string& room);
    void run();
    bool run_core();
    bool run_clerk();
    void apply(const chat::submission& of);
    classic::dialect& dialect_of(const std::string& kind);

    base::moment now_;
    classic::settings_ref rules_;
    std::map<std::string, std::unique_ptr<classic::dialect>> dialects_;
    chat::heart heart_;
    kept_accounts* accounts_; // the clerk's
    base::guarded<auth::guesses> guesses_;
    auth::clerk clerk_;
    session::hub hub_;
    std::vector<std::unique_ptr<guest>> guests_;
    std::map<std::string, chat::session_id> others_;
    std::deque<chat::submission> to_core_;
    std::deque<std::pair<guest*, session::credential_query>> checks_;
    std::vector<chat::event> answers_;
    std::vector<std::string> said_;
    std::uint32_t arrivals_ = 0;
    std::size_t questions_ = 0;
    bool core_holds_ = false;
    std::optional<chat::reason> refuses_;
};

} // namespace tertulia::tests
