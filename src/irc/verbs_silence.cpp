// SPDX-License-Identifier: Apache-2.0
// SILENCE: whose private messages one does not hear. Masks are those of a room's lists but that
// nobody is muted here: "t:1d:ana" ends by itself, "a:ana" is the account.
#include "irc/answer_families.hpp"
#include "irc/answers.hpp"
#include "irc/lines.hpp"
#include "irc/modes.hpp"
#include "irc/verbs.hpp"
#include "irc/words.hpp"

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

namespace tertulia::irc {
namespace {

using base::text_key;
using wire::irc_line;

void change(session& by, std::string_view typed) {
    const bool off = typed.starts_with('-');
    if (off || typed.starts_with('+')) {
        typed.remove_prefix(1);
    }
    auto mask = read_mask(typed, chat::room_list::ban);
    if (!mask || mask->folded.starts_with("m:")) {
        by.fail("SILENCE", "INVALID_PARAMS", {typed}, by.text(text_key::order_silence_usage));
    } else {
        by.submit(chat::command{chat::silence{std::move(*mask), !off}});
    }
}

void silence(session& by, const irc_line& line) {
    const bool asks =
        line.parameter_count == 0 || base::fold(line.parameter[0]) == base::fold(by.nickname());
    if (asks) {
        by.submit(chat::question{chat::ask_silences{}});
        return;
    }
    for (const std::string_view one : split_list(line.parameter[0])) {
        change(by, one);
    }
}

constexpr std::array verbs{
    verb{"SILENCE", 0, phase::after, silence},
};

} // namespace

void say_silence(session& to, const chat::silence_changed& what) {
    std::string line;
    append_source(*to.self(), line);
    line += fmt::format("SILENCE {}{}", what.on ? '+' : '-', what.whom.mask);
    to.line(line);
}

void render(session& to, const chat::silences_answer& what) {
    for (const chat::mask_entry& one : what.masks) {
        to.reply(numeric::rpl_silelist, {to.nickname(), one.mask});
    }
    to.reply(numeric::rpl_endofsilelist, {}, to.text(text_key::order_end_of_silences));
}

std::span<const verb> silence_verbs() { return verbs; }

} // namespace tertulia::irc
