// SPDX-License-Identifier: Apache-2.0
// What a device is pushed: one line of IRC, without its end, as a client with message-tags,
// server-time and account-tag would hear it (draft/webpush). For the thread that pushes, alone.
#pragma once

#include "chat/event.hpp"
#include "irc/dialect.hpp"

#include <string>
#include <string_view>

namespace tertulia::irc {

class push_lines {
public:
    push_lines(settings_ref rules, std::string_view message_key);

    // A message; of several lines, in one. What clients add to it is left out.
    [[nodiscard]] std::string said(const chat::event& of) const;
    // MARKREAD, so that a device shows no more what was read elsewhere.
    [[nodiscard]] std::string read(std::string_view target, base::wall_time up_to) const;

private:
    dialect speaks_;
};

} // namespace tertulia::irc
