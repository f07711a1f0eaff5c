// SPDX-License-Identifier: Apache-2.0
// How the program meets the person: as a full screen, or line by line. A face shows effects and
// hands over what is typed; program.hpp does the rest.
#pragma once

#include "terminal/client.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace tertulia::terminal {

class face {
public:
    virtual ~face() = default;

    // Bytes of standard input; it has ended where there are none.
    virtual void take_input(std::string_view bytes, client& who) = 0;
    [[nodiscard]] virtual bool wants_input(const client& who) const = 0;
    virtual void show(const show_entry& what) = 0;
    virtual void ask_for(const ask& what, const client& who) = 0;
    virtual void ring_bell() = 0;
    // The program's own word, such as why there is no connection.
    virtual void tell(std::string_view line, client& who) = 0;
    // How far an upload is; empty: there is none any more.
    virtual void show_progress(std::string_view text) = 0;
    // The end, with 400 or 500 where it is a failure; the terminal is as it was before.
    virtual void close(int exit_status, base::language in) = 0;
    // Each turn, after what happened in it.
    virtual void draw(client& who) = 0;
    // Until when nothing has to be drawn by itself.
    [[nodiscard]] virtual std::chrono::milliseconds patience() const = 0;
    // The size of the terminal has changed.
    virtual void resized() = 0;
};

} // namespace tertulia::terminal
