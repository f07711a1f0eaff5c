// SPDX-License-Identifier: Apache-2.0
// Line mode: what happens is a line, what is read is a line. For scripts and pipes, and for
// terminals that can do no more. Lines that are read wait until the rooms have been entered.
#pragma once

#include "terminal/face.hpp"

#include <deque>
#include <string>

namespace tertulia::terminal {

enum class line_format : std::uint8_t { plain, json };

class line_face final : public face {
public:
    line_face(line_format as, bool at_terminal, base::language in);
    ~line_face() override;

    void take_input(std::string_view bytes, client& who) override;
    [[nodiscard]] bool wants_input(const client& who) const override;
    void show(const show_entry& what) override;
    void ask_for(const ask& what, const client& who) override;
    void ring_bell() override {}
    void tell(std::string_view line, client& who) override;
    void show_progress(std::string_view /*text*/) override {}
    void close(int exit_status, base::language in) override;
    void draw(client& who) override;
    [[nodiscard]] std::chrono::milliseconds patience() const override;
    void resized() override {}

private:
    void say(std::string_view line);
    void set_echo(bool on) const;

    line_format as_;
    bool at_terminal_;
    base::language language_;
    bool ended_ = false;
    bool left_ = false;
    std::string unfinished_;
    std::deque<std::string> typed_;
};

} // namespace tertulia::terminal
