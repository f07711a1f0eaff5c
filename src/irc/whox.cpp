// SPDX-License-Identifier: Apache-2.0
#include "irc/whox.hpp"

#include "irc/modes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace tertulia::irc {
namespace {

constexpr std::size_t token_size_max = 3;
constexpr std::string_view no_token = "0";
constexpr std::string_view no_account = "0";
constexpr std::string_view no_address = "255.255.255.255"; // "refuses to disclose"

// The fields in the order that the specification has them in.
constexpr std::string_view field_order = "tcuihsnflar";

bool is_token(std::string_view typed) {
    return !typed.empty() && typed.size() <= token_size_max &&
           std::ranges::all_of(typed, [](char one) { return one >= '0' && one <= '9'; });
}

std::string seconds_since(base::wall_time then, base::wall_time now) {
    const auto passed = std::max(now - then, std::chrono::milliseconds{0});
    return fmt::to_string(std::chrono::floor<std::chrono::seconds>(passed).count());
}

} // namespace

std::optional<std::string> whox_fields(std::string_view typed) {
    const std::size_t percent = typed.find('%');
    if (percent == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view chosen = typed.substr(percent + 1);
    const std::size_t comma = std::min(chosen.find(','), chosen.size());
    const std::string_view token = chosen.substr(std::min(comma + 1, chosen.size()));
    std::string known;
    for (const char field : field_order) {
        if (chosen.substr(0, comma).contains(field)) {
            known += field;
        }
    }
    return fmt::format("{},{}", known, is_token(token) ? token : no_token);
}

std::string who_flags(const chat::who_answer::entry& of) {
    return fmt::format("{}{}{}{}", of.member.away ? 'G' : 'H',
                       of.member.who->is_operator ? "*" : "",
                       of.room ? role_prefix(of.member.rank) : "",
                       of.member.who->bot ? std::string_view(&bot_letter, 1) : "");
}

std::string whox_row(const chat::who_answer::entry& of, std::string_view fields,
                     std::string_view server, base::wall_time now) {
    const chat::card& who = *of.member.who;
    const std::size_t comma = fields.find(',');
    std::string row;
    for (const char field : fields.substr(0, comma)) {
        row += ' ';
        switch (field) {
        case 't': row += fields.substr(comma + 1); break;
        case 'c': row += of.room ? of.room->name.display : "*"; break;
        case 'u': row += who.user; break;
        case 'i': row += no_address; break;
        case 'h': row += who.host; break;
        case 's': row += server; break;
        case 'n': row += who.nickname.display; break;
        case 'f': row += who_flags(of); break;
        case 'l': row += seconds_since(of.spoke_at, now); break;
        case 'a':
            row += who.registered ? std::string_view(who.nickname.display) : no_account;
            break;
        default: row += fmt::format(":{}", who.real_name); break; // 'r', the last
        }
    }
    return row;
}

} // namespace tertulia::irc
