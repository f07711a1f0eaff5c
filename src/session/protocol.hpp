// SPDX-License-Identifier: Apache-2.0
// What a protocol is: it owns no socket, starts no thread and reads no clock. It is told bytes,
// events and time, and answers with text, requests and "close", so that a whole conversation is a
// unit test made of string literals. One object per session, on its network thread.
#pragma once

#include "base/time.hpp"
#include "chat/command.hpp"
#include "chat/event.hpp"
#include "chat/question.hpp"
#include "session/chore.hpp"
#include "session/credentials.hpp"
#include "session/history.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tertulia::session {

// Everything a rendering depends on besides the event: framing, language, negotiated features, as
// bits that only their dialect understands. Hearers of one dialect with equal features share runs.
using features = std::uint64_t;

// A long answer, rendered a slice at a time as its reader's queue drains. What is written to the
// session after it waits behind it, so that the order holds.
class listing {
public:
    virtual ~listing() = default;
    // Appends the next slice, of a few kilobytes at most; returns false when there is no more.
    virtual bool next(std::string& out) = 0;
};

// For the core: takes its place in the session's line. `serial` is the session's own count, which
// comes back as the events' `cause.serial`.
struct request {
    std::uint32_t serial = 0;
    std::variant<chat::command, chat::question> what;
};

class protocol;

// What a protocol answers with. One object is used again and again: callers clear it.
struct output {
    using piece = std::variant<std::string, std::unique_ptr<listing>>;

    std::vector<piece> pieces; // in the order they are to leave
    std::vector<request> requests;
    std::optional<read_query> read;        // answered by protocol::deliver_read; one at a time
    std::optional<credential_query> check; // by protocol::deliver_check; one at a time
    std::unique_ptr<session::chore> chore; // by protocol::deliver_chore; one at a time
    std::unique_ptr<protocol> successor;   // who speaks from here on, behind the pieces
    bool recognised = false;               // no stranger that connects and says nothing
    std::optional<std::string> close;      // after the pieces have left; the reason of the leave
    bool features_changed = false;         // ask wants() again

    // The text to append to.
    std::string& text();
    void list(std::unique_ptr<listing> of) { pieces.emplace_back(std::move(of)); }
    [[nodiscard]] bool empty() const;
    void clear();
};

// How the session hears an event that a whole room hears and that its own command caused.
enum class own_event { shared, apart };

// The pure part of a protocol: one object per dialect and network thread, shared by its sessions.
class dialect {
public:
    virtual ~dialect() = default;

    // Appends the event as hearers with `as` see it; nothing, when they do not hear of such events.
    // Pure: equal arguments, equal bytes.
    virtual void render(const chat::event& of, features as, std::string& out) const = 0;

    // Those features that the rendering of such an event depends on.
    [[nodiscard]] virtual features relevant(const chat::event& of) const = 0;

    // Is each session with `as` told of the event by deliver(), instead of hearing a rendering with
    // the others? For protocols that write at a pace of their own.
    [[nodiscard]] virtual bool tells_each(const chat::event& /*of*/, features /*as*/) const {
        return false;
    }

    // Every event of a room where the dialect has hearers, before any of them hears it, whether
    // they will or not; the same one several times, when they differ in features.
    virtual void witness(const chat::event& /*of*/, chat::conversation_id /*in*/) const {}
};

class protocol {
public:
    virtual ~protocol() = default;

    // The connection is there (a protocol that greets, greets now).
    virtual void begin(base::moment now, output& out) = 0;

    // The client showed a TLS certificate: its SHA-256 in hexadecimal digits. Before the first
    // byte.
    virtual void identify(std::string_view /*certificate*/) {}

    // Takes what it can of `bytes` and returns how many; the rest is offered again, with more
    // behind it, after the next bytes, event, read answer or tick. So an unfinished line is kept by
    // the connection, and a session whose input must wait simply takes nothing.
    virtual std::size_t receive(std::string_view bytes, base::moment now, output& out) = 0;

    // An event for this session alone, or one that its own command caused and that it hears apart.
    virtual void deliver(const chat::event& of, base::moment now, output& out) = 0;

    // The answer to the last `output::read`.
    virtual void deliver_read(const read_answer& page, base::moment now, output& out) = 0;

    // The answer to the last `output::check`, which only some protocols ask for.
    virtual void deliver_check(const credential_answer& /*answer*/, base::moment /*now*/,
                               output& /*out*/) {}

    // The answer to the last `output::chore`, likewise.
    virtual void deliver_chore(chore_done /*what*/, base::moment /*now*/, output& /*out*/) {}

    // Time has passed: pings, time-outs, input that waited. Called at or after `wakes_at`.
    virtual void tick(base::moment now, output& out) = 0;

    // The operator changed the settings that its dialect holds.
    virtual void reconfigured(base::moment /*now*/, output& /*out*/) {}

    // When tick is wanted next.
    [[nodiscard]] virtual base::steady_time wakes_at() const = 0;

    // The server stops: the last words, then close.
    virtual void farewell(std::string_view reason, output& out) = 0;

    [[nodiscard]] virtual const dialect& speaks() const = 0;
    [[nodiscard]] virtual features wants() const = 0;
    [[nodiscard]] virtual own_event hears_own(const chat::event& of) const = 0;
};

} // namespace tertulia::session
