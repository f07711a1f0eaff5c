// SPDX-License-Identifier: Apache-2.0
// One IRC client, from its first byte to its last: splits lines, sends each through the one door that
// every verb passes (verbs.hpp), keeps the order of answers, and turns events into lines. Owns no
// socket and reads no clock. Lives on its network thread; the dialect outlives it.
#pragma once

#include "base/time.hpp"
#include "irc/capabilities.hpp"
#include "irc/dialect.hpp"
#include "irc/numeric.hpp"
#include "session/protocol.hpp"
#include "wire/irc_line.hpp"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

namespace tertulia::irc {

// Where a client comes from, as the listener saw it.
struct peer {
    std::string host;    // shown to others
    std::string address; // counted by: an IPv4 address or an IPv6 /64
    std::string door;    // the listener's scheme
    bool secure = false;
};

class session final : public tertulia::session::protocol {
public:
    session(const dialect& speaks, peer from, base::moment now);
    ~session() override;

    void begin(base::moment now, tertulia::session::output& out) override;
    std::size_t receive(std::string_view bytes, base::moment now,
                        tertulia::session::output& out) override;
    void deliver(const chat::event& of, base::moment now, tertulia::session::output& out) override;
    void deliver_read(const tertulia::session::read_answer& page, base::moment now,
                      tertulia::session::output& out) override;
    void tick(base::moment now, tertulia::session::output& out) override;
    [[nodiscard]] base::steady_time wakes_at() const override;
    void farewell(std::string_view reason, tertulia::session::output& out) override;
    [[nodiscard]] const tertulia::session::dialect& speaks() const override;
    [[nodiscard]] tertulia::session::features wants() const override;
    [[nodiscard]] tertulia::session::own_event hears_own(const chat::event& of) const override;

    // For the verbs. What they write takes its place behind the answers of commands still on their
    // way to the core, and carries the label of the line being handled.

    [[nodiscard]] const settings& rules() const;
    [[nodiscard]] const dialect& door() const;
    [[nodiscard]] bool registered() const;
    [[nodiscard]] std::string_view nickname() const; // "*" before registration
    [[nodiscard]] capability_set capabilities() const;
    [[nodiscard]] base::moment now() const;

    // ":server NNN nickname middle… :trailing". The trailing text comes from the catalogue or is data.
    void reply(numeric number, std::initializer_list<std::string_view> middle,
               std::string_view trailing);
    // The same without a trailing text.
    void reply(numeric number, std::initializer_list<std::string_view> middle);
    // IRCv3 standard replies, for those who negotiated them; others get a NOTICE with the text.
    void fail(std::string_view verb, std::string_view code,
              std::initializer_list<std::string_view> context, std::string_view description);
    // A whole line, without CR LF, from the server or from `source`.
    void line(std::string_view text);

    // To the core; the answer comes as events. Whatever the answer needs to know of the line that
    // asked is kept by the serial.
    void submit(chat::command what);
    void submit(chat::question what);

private:
    struct greeting;  // before registration only
    struct attention; // labels, answers held back, reads: only while something is under way

    // The implementer completes this part.
};

} // namespace tertulia::irc
