// SPDX-License-Identifier: Apache-2.0
// The control socket: how `tertulia account` speaks with the running server. One line a request, a
// word and then its arguments in base64; answered by lines, the last of which is "done" or
// "refused" and a word that says why. Who may write to the socket is the operator.
//
//     account-add YW5h c2VjcmV0bw==      ->  done
//     account-list                       ->  account YW5h 1772366400000 0 1 kill,ban, done
#pragma once

#include "session/protocol.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::server {

inline constexpr std::string_view control_socket = "control"; // in the data folder

// Nothing is heard on a control socket but answers.
class control_dialect final : public session::dialect {
public:
    void render(const chat::event& of, session::features as, std::string& out) const override;
    [[nodiscard]] session::features relevant(const chat::event& of) const override;
};

class control_session final : public session::protocol {
public:
    explicit control_session(const control_dialect& speaks) : speaks_(speaks) {}

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

private:
    using words = std::vector<std::string>; // the verb, then what it is given
    struct row {
        std::string_view verb;
        std::size_t arguments; // the first is an account's name, where it is about one
        void (control_session::*handle)(const words& given, session::output& out);
    };
    static const std::array<row, 10> rows;

    void add(const words& given, session::output& out);
    void set_password(const words& given, session::output& out);
    void list(const words& none, session::output& out);
    void suspend(const words& name, session::output& out);
    void resume(const words& name, session::output& out);
    void remove(const words& name, session::output& out);
    void set_rights(const words& given, session::output& out);
    void add_code(const words& given, session::output& out);
    void list_codes(const words& none, session::output& out);
    void remove_code(const words& given, session::output& out);

    void take_line(std::string_view line, session::output& out);
    void hash(const std::string& password, session::output& out);
    void submit(std::variant<chat::command, chat::question> what, session::output& out);
    void refuse(std::string_view why, session::output& out);

    const control_dialect& speaks_;
    std::uint32_t serial_ = 0;
    bool busy_ = false;          // a request is under way; further lines wait
    bool adds_ = false;          // the password that is being hashed is for a new account
    base::name account_;         // whose password that is
    std::string_view refused_{}; // why the request under way was; empty: it was not
};

} // namespace tertulia::server
