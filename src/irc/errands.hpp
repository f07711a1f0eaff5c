// SPDX-License-Identifier: Apache-2.0
// The order of one session's answers, and the labels on them (IRCv3 labeled-response). What a line
// writes waits behind the answers of commands that are still on their way to the core; what the
// core says passes through. A labelled answer is gathered until its command is done, and leaves as
// one line with the label, as one batch, or as ACK; of a line with several commands it streams in a
// batch.
//
//     begin_line("7"); submitted(1, "JOIN"); end_line(out);   // nothing leaves yet
//     answer(":ana!~ana@host JOIN #lobby\r\n", out);
//     finish(1, out);                          // "@label=7 :ana!~ana@host JOIN #lobby\r\n"
#pragma once

#include "session/protocol.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tertulia::irc {

// Puts a piece behind what is in `out` already.
void append(tertulia::session::output::piece what, tertulia::session::output& out);

class errands {
public:
    using output = tertulia::session::output;
    using piece = output::piece;

    // `server` is the source of BATCH and ACK lines.
    explicit errands(std::string_view server) : server_(server) {}

    // A line from the client; `label` is empty when it has none.
    void begin_line(std::string_view label);
    // The label of the line under way, if it has one, is for a later line: a tag, for resume_line.
    [[nodiscard]] std::string postpone_line();
    void resume_line(std::string tag); // the line under way answers to it; empty: to its own
    void submitted(std::uint32_t serial, std::string_view verb); // `verb` outlives everything
    void write(piece what, output& out);
    void end_line(output& out);

    // What the core says to the command that is now in turn, and its end.
    void answer(piece what, output& out);
    void finish(std::uint32_t serial, output& out);

    // Nothing under way, nothing held.
    [[nodiscard]] bool idle() const { return held_.empty() && !response_; }
    [[nodiscard]] std::size_t in_flight() const { return in_flight_; }
    // Of the line that submitted it; empty when there is no such command.
    [[nodiscard]] std::string_view verb_of(std::uint32_t serial) const;
    [[nodiscard]] bool has_label(std::uint32_t serial) const;
    // Has the core said anything to the command that is now in turn?
    [[nodiscard]] bool told() const { return told_; }

private:
    struct label_begins {
        std::string tag; // "label=" and its value
    };
    struct label_ends {};
    struct command {
        std::uint32_t serial;
        bool done;
        std::string_view verb;
    };
    using held = std::variant<label_begins, label_ends, command, piece>;

    // The labelled answer that is being given.
    struct response {
        std::string tag;
        bool streams;      // of several commands, whose answers others' events may come between
        bool open = false; // its batch has begun
        std::vector<piece> gathered;
    };

    void pump(output& out);
    void begin_response(std::string tag);
    void end_response(output& out);
    void append_in_batch(piece what, output& out);

    std::string server_;
    std::deque<held> held_;
    std::optional<response> response_;
    std::size_t in_flight_ = 0;
    bool labelled_line_ = false; // between begin_line and end_line
    bool told_ = false;
};

} // namespace tertulia::irc
