// SPDX-License-Identifier: Apache-2.0
// The conversation of the dialect `labels`: requests as Python lists, each with a label, answered
// one after the other (docs/classic/labels.md). Its accounts are the server's own.
#pragma once

#include "classic/client.hpp"
#include "wire/python_list.hpp"

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::classic {

using list = std::vector<std::string>;

class labels_client final : public client {
public:
    using client::client;

private:
    // What the answer under way is for.
    enum class errand : std::uint8_t {
        none,
        registering, // label 1
        logging_in,  // label 2
        users,       // label 4, or the command
        rooms,       // label 5, or the command
        speaking,
        whispering,
        making,  // a room: is there one of this name?
        going,   // to a room: is there one?
        entering // the room
    };

    // labels.cpp
    void opens() override {}
    void reads(std::string_view bytes) override;
    void checked(const session::credential_answer& answer) override;
    void hears(const chat::event& of) override;
    void comes_in(const chat::joined& what) override;
    [[nodiscard]] std::size_t backlog() const override { return requests_.size(); }
    [[nodiscard]] std::chrono::milliseconds patience() const override;
    [[nodiscard]] base::steady_time waits_until() const override;
    void wakes() override { go_on(); }

    void go_on();
    void handle(const list& request);
    void handle_account(const list& request, bool registers);
    [[nodiscard]] std::optional<std::string> objection_to_name(const base::name& wish);
    [[nodiscard]] std::string without_code(const std::string& password);
    [[nodiscard]] bool is_last(std::uint32_t serial) const;
    [[nodiscard]] bool is_elsewhere(const chat::event& of) const;
    void handle_registered(const chat::registered& what);
    void say_text(const std::string& text, std::string_view room);
    [[nodiscard]] std::string without_own_name(const std::string& text) const;
    [[nodiscard]] bool is_here(const std::string& key) const;
    void answer(const list& what);
    void fail(std::string_view label, std::string_view why);
    void fail(base::text_key why); // a label-3 message
    void hear_refusal(const chat::refused& what);
    void hear_no_login(const chat::refused& what);
    void hear_doubt(const session::not_proved& what);
    void hear_answer(const chat::answer& what);
    void hear_done();
    void hear_leave(const chat::card_ref& who, const chat::room_ref& from, const std::string& why);
    void hear_room_renamed(const chat::room_renamed& what);
    void finish() { under_way_ = errand::none; }
    [[nodiscard]] bool busy() const { return under_way_ != errand::none; }
    [[nodiscard]] bool logged_in() const { return room() != nullptr; }
    [[nodiscard]] std::string_view label() const;

    // labels_commands.cpp
    [[nodiscard]] bool is_command(std::string_view text);
    void look_for(errand what, std::string_view name);
    void hear_room(const chat::room_answer& what);
    void enter_room(const base::name& named);
    void arrive();
    void whisper(std::string_view rest);
    void confirm();

    wire::python_list_reader reader_;
    std::deque<std::optional<list>> requests_; // none: what was no request
    errand under_way_ = errand::none;
    bool by_command_ = false; // the answer ends with ['3', 'ok', ROOM]
    bool refused_ = false;    // it was an error
    std::uint32_t serial_ = 0;
    base::name wanted_;                          // a room, or an account
    base::name account_;                         // that she logged in with
    std::optional<std::string> code_;            // the digest of the one to register with
    std::map<std::string, chat::room_ref> in_;   // by key: those that she is in
    std::map<std::string, chat::room_ref> came_; // those of them that she came into here
    std::string former_name_; // a key: of the room where she sits, before it got another
};

// ['4', name, …] in as many lists as needed.
[[nodiscard]] writes labelled(std::string_view label, const list& names);

} // namespace tertulia::classic
