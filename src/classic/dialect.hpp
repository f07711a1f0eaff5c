// SPDX-License-Identifier: Apache-2.0
// The pure half of a classic door: how things read in its protocol, as the writes that bring them.
// One object per dialect and network thread, shared by its clients. A client takes whatever one
// read brings for one message, so everything here is in pieces of at most form().size_max bytes.
#pragma once

#include "chat/event.hpp"
#include "classic/recent_words.hpp"
#include "classic/settings.hpp"
#include "session/protocol.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::classic {

using writes = std::vector<std::string>;

struct write_form {
    std::size_t size_max;
    std::chrono::milliseconds pause; // between two writes, so that each is a read of its own
    // Several may go into one write, when the client falls behind, with this between them.
    std::optional<std::string_view> joined_by = {};
};

// Somebody says something.
struct speech {
    std::string name;
    std::string text;
    std::uint32_t arrival = 0;
    std::string room = {}; // without its '#'; "@name" for a private message
};

class dialect : public session::dialect {
public:
    explicit dialect(settings_ref rules) : rules_(std::move(rules)) {}

    // Takes effect at once for every client of the thread.
    void replace_settings(settings_ref rules) { rules_ = std::move(rules); }
    [[nodiscard]] const settings& rules() const { return *rules_; }

    // Of the dialect: also the user name by which others see the door.
    [[nodiscard]] virtual std::string_view name() const = 0;
    [[nodiscard]] virtual write_form form() const = 0;
    // Does a client hear its own words?
    [[nodiscard]] virtual bool echoes() const { return false; }
    // Can its clients log in?
    [[nodiscard]] virtual bool has_accounts() const { return false; }
    // Does it show what was said where?
    [[nodiscard]] virtual bool shows_rooms() const { return false; }

    [[nodiscard]] virtual writes said(const speech& what) const = 0;
    // The server's own word.
    [[nodiscard]] virtual writes noted(std::string_view text) const = 0;
    // Comings and goings; nothing where the protocol has no word for them.
    [[nodiscard]] virtual writes came(const chat::card& who, const chat::room_card& where) const;
    [[nodiscard]] virtual writes went(const chat::card& who) const;
    [[nodiscard]] virtual writes changed_name(const chat::card& before,
                                              const chat::card& after) const;
    // A client's address as the origin shows it; nothing where it shows none.
    [[nodiscard]] virtual std::string origin_address(const visitor& who) const;

    // The conversation of a new client.
    [[nodiscard]] virtual std::unique_ptr<session::protocol>
    receive(const entrance& at, const visitor& who, base::moment now) = 0;

    // The writes for a message, made once for all who hear it.
    [[nodiscard]] const writes& heard(const chat::spoke& what) const;
    // Likewise for what becomes of one.
    [[nodiscard]] const writes& heard(const chat::redacted& what) const;
    [[nodiscard]] const writes& heard(const chat::edited& what) const;

    // Nothing is shared as bytes: each client takes its writes at its own pace.
    void render(const chat::event& of, session::features as, std::string& out) const final;
    [[nodiscard]] session::features relevant(const chat::event& of) const final;
    [[nodiscard]] bool tells_each(const chat::event& of, session::features as) const override;
    // Remembers what is said, to quote from.
    void witness(const chat::event& of, chat::conversation_id in) const override;

protected:
    // "(127.0.0.1, 45350)" of somebody who came through this door.
    [[nodiscard]] static std::string_view address_of(const chat::card& who);
    [[nodiscard]] bool came_here(const chat::card& who) const { return who.user == name(); }

private:
    template <class Said>
    [[nodiscard]] speech speech_of(const Said& what, std::string text) const;
    [[nodiscard]] bool begins(chat::message_number of) const;

    settings_ref rules_;
    mutable chat::message_number last_number_; // what last_ is of
    mutable writes last_;
    mutable recent_words recent_;
};

// A room's name as these protocols say it: "redes". With its '#' where that would read as a person
// ("@ana") or as the server ("*").
[[nodiscard]] std::string_view without_hash(const chat::room_card& of);

// The five, a file each.
[[nodiscard]] std::unique_ptr<dialect> make_base64(settings_ref rules);
[[nodiscard]] std::unique_ptr<dialect> make_caesar(settings_ref rules);
[[nodiscard]] std::unique_ptr<dialect> make_labels(settings_ref rules);
[[nodiscard]] std::unique_ptr<dialect> make_nickname(settings_ref rules);
[[nodiscard]] std::unique_ptr<dialect> make_roster(settings_ref rules);

} // namespace tertulia::classic
