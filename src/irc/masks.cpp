// SPDX-License-Identifier: Apache-2.0
// The masks of a room's lists as people type them. Extended bans have no prefix character and
// stack: "t:2h:m:a:Ana" (ISUPPORT EXTBAN, ACCOUNTEXTBAN). Each is shown as typed, so that it can be
// taken away by what is shown; the time is no part of what is compared.
#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "irc/modes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <utility>

namespace tertulia::irc {
namespace {

namespace limits = base::limits;

std::optional<std::chrono::seconds> unit_of(std::string_view letter) {
    using namespace std::chrono_literals;
    constexpr std::array units{
        std::pair{std::string_view(), std::chrono::seconds{1min}}, // as elsewhere: minutes
        std::pair{std::string_view("s"), std::chrono::seconds{1s}},
        std::pair{std::string_view("m"), std::chrono::seconds{1min}},
        std::pair{std::string_view("h"), std::chrono::seconds{1h}},
        std::pair{std::string_view("d"), std::chrono::seconds{std::chrono::days{1}}},
        std::pair{std::string_view("w"), std::chrono::seconds{std::chrono::weeks{1}}}};
    for (const auto& [name, unit] : units) {
        if (name == letter) {
            return unit;
        }
    }
    return std::nullopt;
}

std::optional<std::chrono::seconds> read_length(std::string_view typed) {
    std::uint32_t count = 0;
    const auto [end, fault] = std::from_chars(typed.data(), typed.data() + typed.size(), count);
    const auto unit = unit_of({end, typed.data() + typed.size()});
    if (fault != std::errc{} || !unit || count == 0 || count > limits::mask_lasts_max / *unit) {
        return std::nullopt;
    }
    return count * *unit;
}

// Takes "x:" off the front, and one of `signs` before it.
bool take_prefix(std::string_view& typed, char letter, std::string_view signs = {}) {
    const bool sign = !typed.empty() && signs.contains(typed[0]);
    const std::string_view bare = typed.substr(sign ? 1 : 0);
    const bool there = bare.size() >= 2 && bare[0] == letter && bare[1] == ':';
    typed = there ? bare.substr(2) : typed;
    return there;
}

// A fingerprint as programs print it, "AB:CD:…", or as it is kept; "*": of any certificate. Nothing
// between: a mask that fits some would tell bit by bit what somebody's is.
std::string read_fingerprint(std::string_view typed) {
    constexpr std::size_t digits_count = 64;
    std::string digits(typed);
    std::erase(digits, ':');
    const bool all_hex = std::ranges::all_of(digits, [](char one) {
        return (one >= '0' && one <= '9') || (one >= 'a' && one <= 'f') ||
               (one >= 'A' && one <= 'F');
    });
    return digits == "*" || (digits.size() == digits_count && all_hex) ? digits : std::string();
}

} // namespace

bool is_one_parameter(std::string_view typed) {
    return !typed.empty() && typed.front() != ':' && std::ranges::none_of(typed, [](char one) {
        return static_cast<unsigned char>(one) <= ' ' || one == 0x7F;
    });
}

std::optional<chat::mask_entry> read_mask(std::string_view typed, chat::room_list list) {
    if (!is_one_parameter(typed)) {
        return std::nullopt;
    }
    chat::mask_entry made;
    std::string time;
    bool mutes = false;
    for (bool more = true; more;) {
        if (time.empty() && take_prefix(typed, 't')) {
            const std::string_view written = typed.substr(0, typed.find(':'));
            const auto length = read_length(written);
            if (!length || written.size() == typed.size()) {
                return std::nullopt;
            }
            made.lasts = *length;
            time = fmt::format("t:{}:", written);
            typed.remove_prefix(written.size() + 1);
        } else {
            more = !mutes && take_prefix(typed, 'm');
            mutes = mutes || more;
        }
    }
    const bool account = take_prefix(typed, 'a', "~$"); // as on other servers
    const bool certificate = !account && take_prefix(typed, 'z');
    const bool asks_in = list == chat::room_list::invite_exception; // nobody is asked in to be mute
    const std::string fingerprint = certificate ? read_fingerprint(typed) : std::string();
    const bool named = account || certificate;
    if (typed.empty() || (!named && is_foreign_mask(typed)) || (mutes && asks_in) ||
        (certificate && fingerprint.empty())) {
        return std::nullopt;
    }
    const std::string_view kind = account ? "a:" : certificate ? "z:" : "";
    const std::string sense = fmt::format("{}{}", mutes ? "m:" : "", kind);
    const std::string whom = certificate ? fingerprint
                             : account   ? std::string(typed)
                                         : complete_mask(typed);
    made.mask = time + sense + whom;
    made.folded = sense + base::fold_mask(whom);
    return made.mask.size() <= limits::mask_size_max ? std::optional(std::move(made))
                                                     : std::nullopt;
}

std::string extended_ban_letters() { return "amtz"; }

// One letter and a colon begin no address that there is, and no nickname has a sign of these.
bool is_foreign_mask(std::string_view typed) {
    const bool sign = typed.starts_with('~') || typed.starts_with('$');
    const std::string_view bare = typed.substr(sign ? 1 : 0);
    const std::size_t letters = static_cast<std::size_t>(
        std::ranges::find_if_not(bare, base::is_ascii_letter) - bare.begin());
    const bool named = letters > 0 && bare.substr(letters).starts_with(':');
    return typed.starts_with('$') || (named && (sign || letters == 1));
}

std::string complete_mask(std::string_view typed) {
    const auto or_any = [](std::string_view part) { return part.empty() ? "*" : part; };
    const std::size_t bang = typed.find('!');
    const std::size_t at = typed.find('@', bang == std::string_view::npos ? 0 : bang);
    if (bang == std::string_view::npos && at == std::string_view::npos) {
        const bool is_host = typed.find_first_of(".:") != std::string_view::npos;
        return is_host ? fmt::format("*!*@{}", typed) : fmt::format("{}!*@*", or_any(typed));
    }
    const bool has_nickname = bang != std::string_view::npos;
    const std::string_view nickname = has_nickname ? typed.substr(0, bang) : std::string_view();
    const std::string_view rest = has_nickname ? typed.substr(bang + 1) : typed;
    const std::size_t split = rest.find('@');
    const std::string_view user = rest.substr(0, split);
    const std::string_view host =
        split == std::string_view::npos ? std::string_view() : rest.substr(split + 1);
    return fmt::format("{}!{}@{}", or_any(nickname), or_any(user), or_any(host));
}

} // namespace tertulia::irc
