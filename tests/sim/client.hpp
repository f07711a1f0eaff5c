// SPDX-License-Identifier: Apache-2.0
// One IRC client of a simulated world: the server's own session object on one side, on the other a
// reader that notes every room message it is shown. No socket between them, only strings.
#pragma once

#include "base/time.hpp"
#include "chat/batch.hpp"
#include "crypto/message_token.hpp"
#include "irc/dialect.hpp"
#include "irc/session.hpp"
#include "session/hub.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::sim {

// A message that somebody was shown.
struct sight {
    std::uint64_t number;
    std::string text;
};

// Where a session comes from: a few share each address.
[[nodiscard]] std::string address_of(chat::session_id session);

class client final : public session::outlet {
public:
    client(const irc::dialect& speaks, chat::session_id id, base::moment now);

    [[nodiscard]] chat::session_id id() const { return id_; }
    [[nodiscard]] session::protocol& protocol() { return protocol_; }

    // The client's side.
    void types(std::string_view line);
    // The server's side takes what it can of what was typed.
    void server_reads(base::moment now, session::hub& hub);
    void server_ticks(base::moment now, session::hub& hub);
    void answer_read(const session::read_answer& page, base::moment now, session::hub& hub);
    void answer_check(const session::credential_answer& found, base::moment now, session::hub& hub);

    void take(const session::slice& shared) override;
    void take(session::output& own) override;

    // What the session wants from the core, from the history and the clerk, and of the connection.
    std::vector<chat::submission> submissions;
    std::optional<session::read_query> read;
    std::optional<session::credential_query> check;
    bool closed = false;

    // What it has been shown since the last look.
    std::vector<sight> seen;
    // The first thing that may never happen, if it has.
    std::optional<std::string> wrong;

private:
    void settle_and_take(session::hub& hub);
    void hear(std::string_view bytes);
    void hear_line(std::string_view line);

    chat::session_id id_;
    const crypto::message_tokens& tokens_;
    irc::session protocol_;
    session::output out_;
    bool knows_batches_ = false;
    std::string typed_;
    std::string heard_;
    std::map<std::string, std::uint64_t, std::less<>> last_; // newest live message of each room
};

} // namespace tertulia::sim
