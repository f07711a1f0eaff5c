// SPDX-License-Identifier: Apache-2.0
// A dialect of lines as WebSocket carries it: each line a message, without its line break (IRCv3
// websocket). One object for text and one for binary beside each line dialect, so that what is
// rendered stays shared by all who are framed the same way.
#pragma once

#include "session/protocol.hpp"
#include "wire/websocket.hpp"

#include <string>
#include <string_view>

namespace tertulia::web {

class framed_dialect final : public session::dialect {
public:
    // `of` outlives it; both live on one network thread.
    framed_dialect(const session::dialect& of, wire::websocket_opcode frame)
        : of_(of), frame_(frame) {}

    void render(const chat::event& of, session::features as, std::string& out) const override;
    [[nodiscard]] session::features relevant(const chat::event& of) const override {
        return of_.relevant(of);
    }
    [[nodiscard]] bool tells_each(const chat::event& of, session::features as) const override {
        return of_.tells_each(of, as);
    }
    void witness(const chat::event& of, chat::conversation_id in) const override {
        of_.witness(of, in);
    }

    [[nodiscard]] wire::websocket_opcode frame() const { return frame_; }

private:
    const session::dialect& of_;
    wire::websocket_opcode frame_;
    mutable std::string lines_; // used again and again
};

// Appends each line as a frame. In text, bytes that are no UTF-8 become U+FFFD.
void append_framed(std::string_view lines, wire::websocket_opcode frame, std::string& out);

} // namespace tertulia::web
