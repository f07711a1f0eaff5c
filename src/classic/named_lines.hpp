// SPDX-License-Identifier: Apache-2.0
// "NAME: TEXT", as two of the dialects write it. Only the client's own name is taken for one, so
// that "mira: esto" renames nobody.
#pragma once

#include <string>
#include <string_view>

namespace tertulia::classic {

class named_lines {
public:
    explicit named_lines(std::string name = {}) : name_(std::move(name)) {}

    // The text of a line. The name becomes known by the first one, unless it was before: one word
    // of at most 32 characters before ": ".
    [[nodiscard]] std::string_view read(std::string_view line);

    [[nodiscard]] const std::string& name() const { return name_; } // empty: not known

private:
    std::string name_;
    bool first_ = true;
};

} // namespace tertulia::classic
