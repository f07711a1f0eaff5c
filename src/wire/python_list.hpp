// SPDX-License-Identifier: Apache-2.0
// Lists of strings as Python prints them, which is how one classic protocol frames what it says.
//
//     parse_python_list("['Julian', \"it's\", u'\\xf1']") == {"Julian", "it's", "ñ"}
//     python_list({"Julian", "it's"})                     == "['Julian', \"it's\"]"
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::wire {

// Single or double quotes, a u before a quote, the escapes of Python's repr, blanks around commas.
// Where \xNN without a u spells UTF-8, as Python 2 does, it is read as that. Nothing for what is no
// such list.
[[nodiscard]] std::optional<std::vector<std::string>> parse_python_list(std::string_view text);

// What repr() of Python 3 prints of one string, and of a list of them.
[[nodiscard]] std::string python_string(std::string_view text);
[[nodiscard]] std::string python_list(const std::vector<std::string>& items);

// Lists out of a stream: each ends at its bracket, however reads cut and glue them.
class python_list_reader {
public:
    enum class found { list, nonsense, nothing };

    // Takes from the front of `bytes` what belongs to the next thing found. After `list`, list()
    // has it. `nonsense` comes once for all that is skipped up to the next '[', and for a list that
    // is too long or cannot be read. `nothing`: all was taken and more is needed.
    [[nodiscard]] found read(std::string_view& bytes);

    [[nodiscard]] const std::vector<std::string>& list() const { return list_; }

private:
    [[nodiscard]] found outside(std::string_view& bytes);
    [[nodiscard]] found inside(std::string_view& bytes);
    [[nodiscard]] bool closes(char one);
    [[nodiscard]] found refuse();

    std::string text_; // of the list under way, with its '['
    std::vector<std::string> list_;
    char quote_ = 0; // of the string under way
    bool escaped_ = false;
    bool refused_ = false; // what is being skipped was answered
};

} // namespace tertulia::wire
