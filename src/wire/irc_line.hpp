// SPDX-License-Identifier: Apache-2.0
// One line of IRC, split and joined: RFC 2812 2.3.1, IRCv3 message-tags. Works on views of the
// line; allocates nothing but for tag values with escapes.
//
//     irc_line line;
//     parse_irc_line("@label=1 :ana PRIVMSG #lobby :hola", line) -> line_fault::none
//     line.verb == "PRIVMSG", line.parameters() == {"#lobby", "hola"}, line.tags == "label=1"
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tertulia::wire {

inline constexpr std::size_t parameters_max = 15; // RFC 2812: further text belongs to the last one

struct irc_line {
    std::string_view tags;   // without '@', still escaped
    std::string_view source; // without ':'
    std::string_view verb;   // as typed
    std::array<std::string_view, parameters_max> parameter;
    std::size_t parameter_count = 0;

    [[nodiscard]] std::span<const std::string_view> parameters() const {
        return {parameter.data(), parameter_count};
    }
};

enum class line_fault { none, empty, malformed };

// `line` comes without its CR LF and outlives the result; NUL, CR and LF inside it are malformed.
[[nodiscard]] line_fault parse_irc_line(std::string_view line, irc_line& out);

// The value of one tag, unescaped; empty when it has no value; nothing when it is not there. The
// last one counts when a key stands there twice.
[[nodiscard]] std::optional<std::string> tag_value(std::string_view tags, std::string_view key);

// Only the client-only tags ('+' before the key), as they stand, joined by ';'. A key that stands
// twice counts once, with its last value; malformed keys are left out.
[[nodiscard]] std::string client_only_tags(std::string_view tags);

// Appends the value with ';', blank, CR, LF and '\' escaped.
void append_escaped_tag_value(std::string_view value, std::string& out);

} // namespace tertulia::wire
