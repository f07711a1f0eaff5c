// SPDX-License-Identifier: Apache-2.0
// A server without sockets, log or disk: the production's heart, hub and IRC sessions, joined by
// hand, so that a test is what clients send and what they hear.
//
//     conversation server;
//     client& ana = server.registers("ana");
//     ana.sends("PING hola");
//     CHECK(ana.hears() == ":irc.test PONG irc.test :hola\n");
//
// Everything that is sent is answered at once, unless the core or the reader is told to hold.
#pragma once

#include "auth/clerk.hpp"
#include "auth/guesses.hpp"
#include "base/time.hpp"
#include "chat/batch.hpp"
#include "chat/heart.hpp"
#include "irc/dialect.hpp"
#include "irc/kept_accounts.hpp"
#include "irc/session.hpp"
#include "irc/settings.hpp"
#include "session/history.hpp"
#include "session/hub.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::tests {

class conversation;

class client final : public session::outlet {
public:
    client(conversation& server, chat::session_id id, irc::peer from);

    // A line, its CR LF added.
    client& sends(std::string_view line);
    client& sends_bytes(std::string_view bytes);
    // It showed this certificate in its handshake.
    void identifies(std::string_view certificate) { protocol_.identify(certificate); }

    // What has come since this was last asked: lines that end in '\n', each msgid masked as "*".
    [[nodiscard]] std::string hears();
    [[nodiscard]] std::string hears_exactly(); // as on the wire

    // The reason of the leave, once the server has closed the connection.
    [[nodiscard]] const std::optional<std::string>& closed() const { return closed_; }
    // Bytes that the session did not take yet.
    [[nodiscard]] std::size_t waiting() const { return unread_.size(); }
    [[nodiscard]] const chat::session_id& id() const { return id_; }

    void take(const session::slice& shared) override { heard_ += shared.bytes(); }
    void take(session::output& own) override;

private:
    friend class conversation;
    bool offer_unread();

    conversation& server_;
    chat::session_id id_;
    irc::session protocol_;
    std::string unread_;
    std::string heard_;
    std::optional<std::string> closed_;
};

class conversation {
public:
    // A server named irc.test without flood control, message of the day, or history on join.
    [[nodiscard]] static irc::settings quiet();
    // Makes the first operator.
    static constexpr std::string_view claim_code = "bcdf-ghjk-mnpq";

    explicit conversation(irc::settings rules = quiet());
    ~conversation();

    client& arrives(irc::peer from = {"example.org", "192.0.2.1", false});
    // Capabilities negotiated, welcomed, and nothing of it left to hear.
    client& registers(std::string_view nickname, std::string_view capabilities = "");
    // What is to be heard by nobody: a scene is set.
    void nobody_hears();

    void waits(std::chrono::milliseconds time);
    // For those who read it from now on; the core's time never runs back, so no command may follow.
    void sets_clock_back(std::chrono::milliseconds by) { now_.wall -= by; }
    void replaces_settings(irc::settings rules);
    void says_farewell(std::string_view reason);

    // The core takes nothing until it goes on, so that commands stay under way.
    void core_holds() { core_holds_ = true; }
    void core_goes_on();
    // The log refuses commands, as it does when the disk is nearly full; nothing: no longer.
    void core_refuses(std::optional<chat::reason> why) { refuses_ = why; }

    // An entry of the server's own: a room is kept, empty ones are swept away, a code is made.
    void server_does(chat::command what);

    // Reads are answered by this; without one every page is empty.
    std::function<session::read_answer(const session::read_query&)> reader;
    void reader_holds() { reader_holds_ = true; }
    void reader_goes_on();

    // Likewise the clerk, who checks passwords.
    void clerk_holds() { clerk_holds_ = true; }
    void clerk_goes_on();

    [[nodiscard]] std::string msgid(std::uint64_t number) const;
    [[nodiscard]] base::wall_time wall() const { return now_.wall; }

private:
    friend class client;
    struct pending_read {
        client* asker;
        session::read_query what;
    };

    struct pending_check {
        client* asker;
        session::credential_query what;
    };

    [[nodiscard]] irc::settings completed(irc::settings rules);
    void run();
    bool run_core();
    bool run_reader();
    bool run_clerk();
    void apply(const chat::submission& of);
    void route(const std::vector<chat::event>& events);

    base::moment now_;
    const std::shared_ptr<session::word_board> words_ = std::make_shared<session::word_board>();
    irc::dialect dialect_;
    chat::heart heart_;
    session::hub hub_;
    std::vector<std::unique_ptr<client>> clients_;
    std::deque<chat::submission> to_core_;
    std::deque<pending_read> reads_;
    std::deque<pending_check> checks_;
    base::guarded<auth::guesses> guesses_;
    session::service_passes passes_;
    kept_accounts* accounts_; // the clerk's
    auth::clerk clerk_;
    bool core_holds_ = false;
    std::optional<chat::reason> refuses_;
    bool reader_holds_ = false;
    bool clerk_holds_ = false;
};

} // namespace tertulia::tests
