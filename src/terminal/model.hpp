// SPDX-License-Identifier: Apache-2.0
// Everything that the client knows, and that a screen draws: rooms, who we are, how the connection
// is, and what is being asked. Plain data; client.hpp changes it.
#pragma once

#include "base/catalogue.hpp"
#include "base/time.hpp"
#include "terminal/room.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::terminal {

enum class connection_state : std::uint8_t {
    offline,
    connecting,
    registering,
    online,
};

// What the next line that is typed answers.
enum class question : std::uint8_t {
    none,
    nickname,
    password,           // of the account, to log in
    entrance,           // the server's own password, or its code for guests
    new_password,       // of an account to be made
    new_password_again, //
    keep_password,      // yes or no
    trust,              // a certificate: yes or no
    send_again,         // what may have been lost: yes or no
};

// How the connection is protected, for the status line.
enum class protection : std::uint8_t { none, fingerprint, certified };

// The numbers that messages of a room have while a command with one is typed: the first is 1.
struct numbering {
    std::string room;
    std::vector<std::uint64_t> serials;
};

class model {
public:
    explicit model(base::language in);

    const base::language language;
    connection_state state = connection_state::offline;
    protection shielded = protection::none;
    question asked = question::none;
    std::string asked_about; // what the question is about: a fingerprint, an account
    std::string host;
    std::string network; // as the server calls itself
    std::string nickname;
    std::string account; // empty: a guest
    bool away = false;
    bool retrying = false; // the connection was lost
    base::wall_time next_attempt;
    std::chrono::seconds next_attempt_in{0}; // as of now
    std::chrono::milliseconds lag{0};

    std::set<std::string, std::less<>> capabilities;
    std::map<std::string, std::string, std::less<>> supports; // ISUPPORT

    std::vector<std::unique_ptr<room>> rooms; // the first is the server's
    std::size_t current = 0;
    std::optional<numbering> numbered; // else they count from the newest

    [[nodiscard]] room& here() { return *rooms[current]; }
    [[nodiscard]] const room& here() const { return *rooms[current]; }
    [[nodiscard]] room& server_room() { return *rooms.front(); }
    [[nodiscard]] room* find(std::string_view name);
    // Opens it where it is not; the server's once there are too many.
    [[nodiscard]] room& open(std::string_view name);
    void close(const room& which);
    // A room that is shown has been read.
    void show(std::size_t number);
    void show(const room& which);

    [[nodiscard]] bool can(std::string_view capability) const;
    [[nodiscard]] std::string supported(std::string_view token) const;
    [[nodiscard]] bool is_channel(std::string_view name) const;
    [[nodiscard]] bool is_me(std::string_view who) const;
    // The same for two spellings of one name.
    [[nodiscard]] std::string key(std::string_view name) const;
    [[nodiscard]] bool mentions_me(std::string_view text) const;

    // Rooms that nobody looks at give away what is beyond the bound.
    void keep_within_bounds();
};

} // namespace tertulia::terminal
