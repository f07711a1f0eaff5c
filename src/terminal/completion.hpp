// SPDX-License-Identifier: Apache-2.0
// What Tab makes of the word before the cursor: a command, a room, an emoji or a person. Pure.
#pragma once

#include "terminal/editor.hpp"
#include "terminal/model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::terminal {

// What the last word of `before` may become, each with the blank or colon that follows it.
struct completions {
    std::size_t start = 0; // of the word
    std::vector<std::string> choices;
};
[[nodiscard]] completions complete(std::string_view before, const model& in);

// Tab after Tab goes through the choices.
class completer {
public:
    void next(editor& in, const model& with, int step);
    void stop() { choices_ = {}; }

private:
    completions choices_;
    std::size_t at_ = 0;
    std::string made_; // the text as it was left: another one begins anew
};

} // namespace tertulia::terminal
