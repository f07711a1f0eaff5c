// SPDX-License-Identifier: Apache-2.0
#include "irc/push_lines.hpp"

#include "irc/capabilities.hpp"
#include "irc/lines.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

namespace tertulia::irc {

push_lines::push_lines(settings_ref rules, std::string_view message_key)
    : speaks_(std::move(rules), message_key) {}

std::string push_lines::said(const chat::event& of) const {
    chat::event plain = of;
    auto& what = std::get<chat::spoke>(plain.what);
    what.tags.clear();
    std::ranges::replace(what.text, '\n', ' ');
    capability_set as;
    as.add(capability::message_tags);
    as.add(capability::server_time);
    as.add(capability::account_tag);
    std::string line;
    speaks_.render(plain, as.bits(), line);
    line.erase(std::min(line.find_first_of("\r\n"), line.size()));
    return line;
}

std::string push_lines::read(std::string_view target, base::wall_time up_to) const {
    std::string line =
        fmt::format(":{} MARKREAD {} timestamp=", speaks_.rules().server_name, target);
    wire::append_timestamp(up_to, line);
    return line;
}

} // namespace tertulia::irc
