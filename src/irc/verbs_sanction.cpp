// SPDX-License-Identifier: Apache-2.0
// BAN UNBAN BANS MUTE UNMUTE MUTES: who may not come in, and who may not write. KLINE, DLINE and
// ZLINE are BAN as classical servers have it, with the time in front.
#include "base/limits.hpp"
#include "irc/answer_families.hpp"
#include "irc/answers.hpp"
#include "irc/lines.hpp"
#include "irc/rows.hpp"
#include "irc/sanction_words.hpp"
#include "irc/verbs.hpp"
#include "irc/words.hpp"
#include "session/order_texts.hpp"

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::irc {
namespace {

namespace limits = base::limits;
using base::text_key;
using chat::sanction_kind;
using wire::irc_line;

void tell(session& to, std::string_view text) {
    to.line(fmt::format(":{} NOTICE {} :{}", to.rules().server_name, to.nickname(), text));
}

std::string entry_of(const session& to, const chat::sanction& what) {
    const bool bans = what.kind == sanction_kind::ban;
    return to.say(bans ? text_key::order_ban_entry : text_key::order_mute_entry,
                  {chat::shown(what.whom),
                   tertulia::session::end_in_words(to.language(), what.until), what.by,
                   what.why.empty() ? "-" : what.why});
}

std::optional<chat::sanction_target> target_of(session& by, const irc_line& line, std::size_t at) {
    auto whom = at < line.parameter_count ? read_target(line.parameter[at]) : std::nullopt;
    if (!whom) {
        const std::string verb = in_capitals(line.verb);
        by.fail(verb, "INVALID_PARAMS", {}, by.say(text_key::order_target_usage, {verb}));
    }
    return whom;
}

// False: that is a time that nobody can read, and the operator has been told so.
bool time_is_clear(session& by, const irc_line& line, std::size_t at) {
    if (at >= line.parameter_count || !is_bad_duration(line.parameter[at])) {
        return true;
    }
    say_bad_time(by, in_capitals(line.verb), line.parameter[at]);
    return false;
}

void begin(session& by, const irc_line& line, sanction_kind kind, chat::sanction_target whom,
           std::optional<std::chrono::seconds> lasts_for, std::size_t next) {
    chat::impose wish{kind, std::move(whom), lasts_for, {}};
    wish.why = base::truncate_utf8(words_from(line, next), base::limits::reason_size_max);
    by.submit(chat::command{std::move(wish)});
}

// "who [time] [reason]"
void begin(session& by, const irc_line& line, sanction_kind kind) {
    auto whom = target_of(by, line, 0);
    if (whom && time_is_clear(by, line, 1)) {
        const auto lasts =
            line.parameter_count > 1 ? read_duration(line.parameter[1]) : std::nullopt;
        begin(by, line, kind, std::move(*whom), lasts, lasts ? 2 : 1);
    }
}

// "[minutes] who [reason]"
void begin_line(session& by, const irc_line& line) {
    const auto lasts = line.parameter_count > 1 ? read_duration(line.parameter[0]) : std::nullopt;
    const std::size_t at = lasts ? 1 : 0;
    auto whom = target_of(by, line, at);
    const bool network = whom && whom->how == chat::sanction_target::kind::network;
    if (whom && (network || lasts || time_is_clear(by, line, 0))) {
        begin(by, line, sanction_kind::ban, std::move(*whom), lasts, at + 1);
    }
}

// A mute of a nickname may wait for who comes, or be a slip of the pen. A ban has ended the
// sessions of whom it met.
void ask_if_present(session& to, const chat::sanction& what) {
    const auto* const nickname = std::get_if<chat::by_nickname>(&what.whom);
    if (what.kind == sanction_kind::mute && nickname != nullptr &&
        nickname->mask.find_first_of("*?") == std::string::npos) {
        to.submit_as(chat::question{chat::ask_whois{name_to_find(nickname->mask)}}, "MUTE");
    }
}

void end(session& by, const irc_line& line, sanction_kind kind) {
    if (auto whom = target_of(by, line, 0)) {
        by.submit(chat::command{chat::lift{kind, std::move(*whom)}});
    }
}

void ban(session& by, const irc_line& line) { begin(by, line, sanction_kind::ban); }
void mute(session& by, const irc_line& line) { begin(by, line, sanction_kind::mute); }
void unban(session& by, const irc_line& line) { end(by, line, sanction_kind::ban); }
void unmute(session& by, const irc_line& line) { end(by, line, sanction_kind::mute); }
void bans(session& by, const irc_line& /*line*/) {
    by.submit(chat::question{chat::ask_sanctions{sanction_kind::ban}});
}
void mutes(session& by, const irc_line& /*line*/) {
    by.submit(chat::question{chat::ask_sanctions{sanction_kind::mute}});
}

constexpr std::array verbs{
    verb{"BAN", 1, phase::after, ban},          verb{"BANS", 0, phase::after, bans},
    verb{"DLINE", 1, phase::after, begin_line}, verb{"KLINE", 1, phase::after, begin_line},
    verb{"MUTE", 1, phase::after, mute},        verb{"MUTES", 0, phase::after, mutes},
    verb{"UNBAN", 1, phase::after, unban},      verb{"UNDLINE", 1, phase::after, unban},
    verb{"UNKLINE", 1, phase::after, unban},    verb{"UNMUTE", 1, phase::after, unmute},
    verb{"UNZLINE", 1, phase::after, unban},    verb{"ZLINE", 1, phase::after, begin_line},
};

} // namespace

void say_sanction(session& to, const chat::sanction_told& what) {
    switch (what.heard_as) {
    case chat::told_as::imposed:
        tell(to, entry_of(to, what.what));
        ask_if_present(to, what.what);
        return;
    case chat::told_as::lifted:
        tell(to, to.say(text_key::order_lifted, {chat::shown(what.what.whom)}));
        return;
    case chat::told_as::met:
        tell(to, tertulia::session::in_words(to.language(), what.what));
        return;
    }
}

bool say_if_absent(session& to, const chat::whois_answer& what, std::string_view verb) {
    if (verb == "MUTE" && !what.who) {
        tell(to, to.say(text_key::order_nobody_there, {what.asked.display}));
    }
    return verb == "MUTE";
}

void say_bad_time(session& by, std::string_view verb, std::string_view typed) {
    constexpr auto years = std::chrono::floor<std::chrono::years>(limits::sanction_lasts_max);
    by.fail(verb, "INVALID_PARAMS", {},
            by.say(text_key::order_bad_time, {typed, fmt::to_string(years.count())}));
}

void render(session& to, const chat::sanctions_answer& what) {
    std::vector<std::string> texts;
    for (const chat::sanction& one : what.in_force) {
        texts.push_back(entry_of(to, one));
    }
    texts.emplace_back(to.text(text_key::order_end_of_list));
    list_notices(to, std::move(texts));
}

void list_notices(session& to, std::vector<std::string> texts) {
    std::string start = fmt::format(":{} NOTICE {} :", to.rules().server_name, to.nickname());
    to.list(make_rows([texts = std::move(texts), start = std::move(start),
                       next = std::size_t{0}](std::string& out) mutable {
        if (next >= texts.size()) {
            return false;
        }
        line_end ends(out);
        out += start + texts[next++];
        ends.close();
        return true;
    }));
}

std::span<const verb> sanction_verbs() { return verbs; }

} // namespace tertulia::irc
