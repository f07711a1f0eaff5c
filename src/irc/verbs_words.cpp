// SPDX-License-Identifier: Apache-2.0
// WORDS: the words that operators do not want said, listed while the server runs. Those of the
// configuration are beside them and stand there alone.
#include "base/order_limits.hpp"
#include "base/text.hpp"
#include "irc/answer_families.hpp"
#include "irc/answers.hpp"
#include "irc/lines.hpp"
#include "irc/sanction_words.hpp"
#include "irc/verbs.hpp"
#include "irc/words.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::irc {
namespace {

using base::text_key;
using chat::word_action;
using wire::irc_line;

std::string in_small_letters(std::string_view word) {
    std::string made = in_capitals(word);
    for (char& one : made) {
        one = one >= 'A' && one <= 'Z' ? static_cast<char>(one + ('a' - 'A')) : one;
    }
    return made;
}

// "word [action [time]]": without an action it is refused.
std::optional<chat::add_word> read_addition(const irc_line& line) {
    const std::string_view mask = line.parameter[1];
    if (mask.empty() || mask.size() > base::limits::word_size_max) {
        return std::nullopt;
    }
    chat::add_word made{std::string(mask), base::fold_mask(mask), word_action::refuse, {}};
    if (line.parameter_count > 2) {
        const auto action = chat::word_action_of(in_small_letters(line.parameter[2]));
        if (!action) {
            return std::nullopt;
        }
        made.action = *action;
    }
    if (made.action == word_action::mute) {
        const auto typed = line.parameter_count > 3 ? read_duration(line.parameter[3])
                                                    : base::limits::word_mutes_for;
        if (!typed) {
            return std::nullopt;
        }
        made.mutes_for = *typed;
    }
    return made;
}

void words(session& by, const irc_line& line) {
    const std::string what = in_capitals(line.parameter[0]);
    if (line.parameter_count == 0 || what == "LIST") {
        by.submit(chat::question{chat::ask_words{}});
        return;
    }
    const std::string mask(line.parameter[1]);
    if (what == "DEL" && !mask.empty()) {
        by.submit(chat::command{chat::remove_word{mask, base::fold_mask(mask)}});
        return;
    }
    constexpr std::size_t time_at = 3;
    if (what == "ADD" && line.parameter_count > time_at &&
        is_bad_duration(line.parameter[time_at])) {
        say_bad_time(by, "WORDS", line.parameter[time_at]);
        return;
    }
    auto wish = what == "ADD" ? read_addition(line) : std::nullopt;
    if (!wish) {
        by.fail("WORDS", "INVALID_PARAMS", {}, by.text(text_key::order_words_usage));
        return;
    }
    by.submit(chat::command{std::move(*wish)});
}

// "mute 60m", as it is typed.
std::string action_of(const chat::listed_word& what) {
    std::string made(chat::name_of(what.action));
    if (what.action == word_action::mute) {
        made +=
            fmt::format(" {}m", std::chrono::ceil<std::chrono::minutes>(what.mutes_for).count());
    }
    return made;
}

std::string entry_of(const session& to, const chat::listed_word& what) {
    return to.say(text_key::order_word_entry, {what.mask, action_of(what), what.by});
}

constexpr std::array verbs{verb{"WORDS", 0, phase::after, words}};

} // namespace

void say_words_changed(session& to, const chat::words_changed& what) {
    const std::string text =
        what.kept ? entry_of(to, what.what) : to.say(text_key::order_word_gone, {what.what.mask});
    to.line(fmt::format(":{} NOTICE {} :{}", to.rules().server_name, to.nickname(), text));
}

void render(session& to, const chat::words_answer& what) {
    std::vector<std::string> texts;
    for (const chat::listed_word& one : *what.all) {
        texts.push_back(entry_of(to, one));
    }
    texts.emplace_back(to.text(text_key::order_end_of_list));
    list_notices(to, std::move(texts));
}

std::span<const verb> word_verbs() { return verbs; }

} // namespace tertulia::irc
